import type { ActionCall } from "../action-call.ts";
import { isList, type Json, type JsonObject } from "../json.ts";

/** The version of the port protocol; docs/port-protocol.md says what changes it. */
export const protocolVersion = 1;

/** What a port answers to an action that is not enabled. */
export const notEnabled = "not enabled";

/** What the kit tells a port: one JSON object a line. */
export type Request =
  | { readonly type: "hello"; readonly protocol: number }
  | { readonly type: "reset"; readonly release: string; readonly parameters: JsonObject }
  | ({ readonly type: "act" } & ActionCall)
  | { readonly type: "state" }
  | { readonly type: "bye" };

/** What a port says of itself. */
export interface Hello {
  readonly name: string;
  readonly actions: readonly string[];
  readonly releases: readonly string[];
}

function strings(value: Json | undefined): readonly string[] | undefined {
  if (!isList(value)) return undefined;
  const found = value.filter((one) => typeof one === "string");
  return found.length === value.length ? found : undefined;
}

/** Reads a port's hello; a sentence where it is none. */
export function readHello(answer: JsonObject): Hello | string {
  const { type, protocol, name } = answer;
  if (type !== "hello") return `the port answers hello with "type": ${JSON.stringify(type)}`;
  if (protocol !== protocolVersion) {
    return `the port speaks version ${JSON.stringify(protocol)} of the protocol, not ${protocolVersion}`;
  }
  const actions = strings(answer["actions"]);
  const releases = strings(answer["releases"]);
  if (typeof name !== "string" || actions === undefined || releases === undefined) {
    return 'the port\'s hello needs "name" (text), "actions" and "releases" (lists of text)';
  }
  return { name, actions, releases };
}
