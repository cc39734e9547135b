import { featureSince, hasFeature } from "./engine-features.ts";
import type { InputInstance } from "./input-instance.ts";
import type { OutputInstance } from "./output-instance.ts";
import { eventTypesOfTags, type EventType } from "./routing/event-type.ts";
import { routeMasksOfTags, type OutputMatch } from "./routing/output-match.ts";
import {
  collectRouteMasks,
  subsetsWith,
  uniteRouteMasks,
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

/** Conditions look at records, so that any of the named outputs may be picked. */
function conditionalRoutes(
  input: InputInstance,
  outputs: readonly OutputInstance[],
  { warn }: SettingsContext,
): RouteMasks {
  const named = new Set<number>();
  for (const name of input.routesTo) {
    const output = findOutput(name, outputs);
    if (output === undefined) {
      warn(`${input.name} routes to '${name}', but there is no such output.`, input.position);
    } else {
      named.add(output.index);
    }
  }
  const optional = [...named].sort((left, right) => left - right);
  const tooMany = optional.length > SUBSET_LIMIT;
  return collectRouteMasks(tooMany ? [optional] : subsetsWith([], optional), {
    exact: false,
    complete: !tooMany,
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
  if (input.routesTo.length > 0) {
    if (hasFeature(context.version, "conditionalRoutes")) {
      return conditionalRoutes(input, outputs, context);
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
