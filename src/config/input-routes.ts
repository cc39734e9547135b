import { featureSince, hasFeature } from "./engine-features.ts";
import type { InputInstance } from "./input-instance.ts";
import type { OutputInstance } from "./output-instance.ts";
import { eventTypesOfTags, type EventType } from "./routing/event-type.ts";
import { routeMasksOfTags, type OutputMatch } from "./routing/output-match.ts";
import {
  collectRouteMasks,
  subsetsWith,
  uniteRouteMasks,
  type RouteMask,
  type RouteMasks,
} from "./routing/route-mask.ts";
import type { SettingsContext } from "./settings-context.ts";

const SUBSET_LIMIT = 10;

/** By alias, then instance name, then plugin (`flb_router_config.c::find_output_instance`). */
function findOutput(name: string, outputs: readonly OutputInstance[]): OutputInstance | undefined {
  return outputs.find(
    (output) => output.alias === name || output.name === name || output.plugin === name,
  );
}

/**
 * A route that picks records gives them chunks of their own, which go to all of its outputs
 * (`flb_input_log.c::route_payload_apply_outputs`); an output belongs to the first route that names
 * it. What other routes and other kinds of events do depends on more than is read here, so that any
 * of the named outputs may be picked.
 */
function masksOfRoutes(
  input: InputInstance,
  outputs: readonly OutputInstance[],
  { warn }: SettingsContext,
): RouteMasks {
  const named = new Set<number>();
  const certain: RouteMask[] = [];
  for (const route of input.directRoutes) {
    const own: number[] = [];
    for (const { name, position } of route.outputs) {
      const output = findOutput(name, outputs);
      if (output === undefined) {
        warn(`${input.name} routes to '${name}', but there is no such output.`, position);
      } else if (!named.has(output.index)) {
        named.add(output.index);
        own.push(output.index);
      }
    }
    const takesLogs = own.every((index) => outputs[index]?.eventTypes.includes("logs") === true);
    if (route.picksRecords && takesLogs && input.eventTypes.includes("logs")) {
      certain.push(own.sort((left, right) => left - right));
    }
  }
  const optional = [...named].sort((left, right) => left - right);
  const tooMany = optional.length > SUBSET_LIMIT;
  return collectRouteMasks(tooMany ? [...certain, optional] : subsetsWith([], optional), {
    exact: false,
    complete: !tooMany,
    certain,
  });
}

/** An input with the routes of its chunks. */
export interface RoutedInput extends InputInstance {
  readonly routes: RouteMasks;
}

/** An output that does not take a type of event matches none of it. */
function matchesFor(type: EventType, outputs: readonly OutputInstance[]): readonly OutputMatch[] {
  return outputs.map(({ match, matchRegex, eventTypes }): OutputMatch =>
    eventTypes.includes(type)
      ? { match: match?.value, matchRegex: matchRegex?.value }
      : { match: undefined, matchRegex: undefined },
  );
}

/** Every routes mask that chunks of an input may get. */
export function inputRoutes(
  input: InputInstance,
  outputs: readonly OutputInstance[],
  context: SettingsContext,
): RouteMasks {
  if (!input.routable) {
    return collectRouteMasks([[]], { exact: true, complete: true });
  }
  if (input.directRoutes.length > 0) {
    if (hasFeature(context.version, "conditionalRoutes")) {
      return masksOfRoutes(input, outputs, context);
    }
    context.warn(`routes exist since v${featureSince("conditionalRoutes")}.`, input.position);
  }
  return uniteRouteMasks(
    input.tagPatterns.flatMap((tags) =>
      eventTypesOfTags(input.plugin, input.eventTypes, tags).map((type) =>
        routeMasksOfTags(tags, matchesFor(type, outputs)),
      ),
    ),
  );
}
