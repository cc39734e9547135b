import { GrowableUint32 } from "../../explore/growable.ts";
import { Layout } from "../../explore/layout.ts";
import { MoveKinds } from "../../explore/move-kinds.ts";
import type { StateGraph } from "../../explore/state-graph.ts";
import { packScope, unpackScope, type PackedScope } from "../../inspect/packed-scope.ts";

type Lists = "parents" | "edgeStarts" | "edgeTargets" | "edgeCodes";

/** A graph as plain data that can be given to a thread. */
export interface PackedGraph
  extends
    Omit<StateGraph, Lists | "scope" | "layout" | "findings" | "kinds">,
    Record<Lists, Uint32Array> {
  readonly scope: PackedScope;
  readonly room: StateGraph["layout"]["room"];
}

/** A graph without what can be made again from the rest. */
export function packGraph(graph: StateGraph): PackedGraph {
  const { scope, layout, symmetry, complete, endedBy, states, bytes, expanded, counts } = graph;
  return {
    symmetry,
    complete,
    endedBy,
    states,
    bytes,
    expanded,
    counts,
    scope: packScope(scope),
    room: layout.room,
    // Only what is used of the reserved memory.
    words: graph.words.slice(0, graph.states * layout.words),
    parents: graph.parents.copy(),
    edgeStarts: graph.edgeStarts.copy(),
    edgeTargets: graph.edgeTargets.copy(),
    edgeCodes: graph.edgeCodes.copy(),
  };
}

/** The graph again. */
export function unpackGraph(packed: PackedGraph): StateGraph {
  const scope = unpackScope(packed.scope);
  return {
    ...packed,
    scope,
    layout: new Layout(scope, packed.symmetry, packed.room),
    kinds: new MoveKinds(scope.system),
    findings: null,
    parents: GrowableUint32.of(packed.parents),
    edgeStarts: GrowableUint32.of(packed.edgeStarts),
    edgeTargets: GrowableUint32.of(packed.edgeTargets),
    edgeCodes: GrowableUint32.of(packed.edgeCodes),
  };
}
