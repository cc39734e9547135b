import type { InspectionEvent } from "xstate";

/** The protocol version that messages say: that of `@statelyai/inspect`, whose clients read it. */
const protocol = "0.7.2";

/** What a transition taken by an actor was, for a page that draws it. */
interface MicrostepTransition {
  readonly event: string;
  readonly source: string;
  readonly target: string | null;
}

function replacer(_: string, value: unknown): unknown {
  return typeof value === "function" ? { type: value.name } : value;
}

function part(of: object, key: string): unknown {
  return Object.entries(of).find(([name]) => name === key)?.[1];
}

function text(of: unknown, key: string): string | undefined {
  if (typeof of !== "object" || of === null) return undefined;
  const value: unknown = Reflect.get(of, key);
  return typeof value === "string" ? value : undefined;
}

function stateKey(node: unknown): string {
  const path: unknown = typeof node === "object" && node !== null ? Reflect.get(node, "path") : [];
  return Array.isArray(path) ? path.join(".") : "";
}

function transitionOf(definition: object): MicrostepTransition {
  const target: unknown = Reflect.get(definition, "target");
  return {
    event: text(definition, "eventType") ?? "",
    source: stateKey(Reflect.get(definition, "source")),
    target: Array.isArray(target) && target.length > 0 ? stateKey(target[0]) : null,
  };
}

/**
 * What XState tells an inspector, as a message of the protocol of `@statelyai/inspect`. Microsteps, which that leaves
 * out, are a message of their own with the transitions that were taken.
 *
 * @returns undefined for what no client asks for
 */
export function inspectionMessage(event: InspectionEvent): string | undefined {
  const actor: object = event.actorRef;
  const common = {
    type: event.type,
    sessionId: event.actorRef.sessionId,
    rootId: event.rootId,
    createdAt: String(Date.now()),
    id: null,
    _version: protocol,
  };
  switch (event.type) {
    case "@xstate.actor": {
      const logic = part(actor, "logic");
      const config: unknown =
        typeof logic === "object" && logic !== null ? Reflect.get(logic, "config") : undefined;
      // An actor that is still being made has no snapshot that may be asked for; its first one follows.
      const snapshot = part(actor, "_snapshot") ?? { status: "active" };
      const id = text(actor, "id");
      const name = id === common.sessionId ? (text(config, "id") ?? id) : id;
      return JSON.stringify(
        {
          ...common,
          name,
          parentId: text(part(actor, "_parent"), "sessionId"),
          definition: JSON.stringify(config ?? { id: name }, replacer),
          snapshot,
        },
        replacer,
      );
    }
    case "@xstate.event":
      return JSON.stringify(
        { ...common, event: event.event, sourceId: event.sourceRef?.sessionId },
        replacer,
      );
    case "@xstate.snapshot":
      return JSON.stringify({ ...common, event: event.event, snapshot: event.snapshot }, replacer);
    case "@xstate.microstep":
      return JSON.stringify(
        {
          ...common,
          event: event.event,
          snapshot: event.snapshot,
          transitions: event._transitions.map(transitionOf),
        },
        replacer,
      );
    case "@xstate.transition":
    case "@xstate.action":
      return undefined;
  }
}
