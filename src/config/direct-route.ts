import type { Property, Section } from "./format/section.ts";
import type { Position } from "./position.ts";

/** One item of an input's `routes`. */
export interface DirectRoute {
  /** Whether it picks single records, and gives them chunks of their own. */
  readonly picksRecords: boolean;
  /** The outputs that it names, by alias, instance or plugin name. */
  readonly outputs: readonly { readonly name: string; readonly position: Position }[];
}

/** `routes.logs.0.to.outputs`: the kind of event, the place in its list, and what is said there. */
const ROUTE_KEY = /^routes\.(?<route>[^.]*\.\d+)\.(?<rest>.*)$/u;
const OUTPUTS = /^to(?:\.\d+)?(?:\.outputs(?:\.\d+)?)?(?:\.name)?$/u;
const PICKS = /^(?:condition\b|per_record_routing$)/u;

/** Reads `routes` of an input (`flb_router_config.c::parse_route`). */
export function readDirectRoutes(section: Section): readonly DirectRoute[] {
  const routes = new Map<string, { rest: string; property: Property }[]>();
  for (const property of section.properties) {
    const groups = ROUTE_KEY.exec(property.key)?.groups;
    if (groups === undefined) continue;
    const route = groups["route"] ?? "";
    const parts = routes.get(route) ?? [];
    parts.push({ rest: groups["rest"] ?? "", property });
    routes.set(route, parts);
  }
  return [...routes.values()].map((parts) => ({
    picksRecords: parts.some(({ rest }) => PICKS.test(rest)),
    outputs: parts
      .filter(({ rest }) => OUTPUTS.test(rest))
      .map(({ property: { value, position } }) => ({ name: value, position })),
  }));
}
