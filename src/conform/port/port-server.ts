import type { ActionCall } from "../action-call.ts";
import type { ConformScope } from "../conform-scopes.ts";
import { engineActions } from "../engine-step.ts";
import { isList, isObject, readJson, type Json, type JsonObject } from "../json.ts";
import type { Subject } from "../subject.ts";
import { notEnabled, protocolVersion } from "./protocol.ts";

/** What a server serves. */
export interface Served {
  readonly name: string;
  readonly subject: Subject;
  readonly releases: readonly string[];
  /** The scope that a reset asks for; throws where there is none. */
  readonly scopeOf: (reset: JsonObject) => ConformScope;
}

/** An answer, and whether it is the last one. */
interface Reply {
  readonly answer: JsonObject;
  readonly ends: boolean;
}

function error(sentence: string): JsonObject {
  return { type: "error", error: sentence };
}

function isWhole(value: Json): value is number {
  return Number.isInteger(value);
}

/** The call of an act; a sentence where it is none. */
function callIn({ action, slot, output, mask }: JsonObject): ActionCall | string {
  if (typeof action !== "string") return 'an act needs an "action"';
  const outputs = isList(mask) ? mask.filter(isWhole) : undefined;
  if (
    (slot !== undefined && !isWhole(slot)) ||
    (output !== undefined && !isWhole(output)) ||
    (mask !== undefined && !(isList(mask) && outputs?.length === mask.length))
  ) {
    return "slot, output and the outputs of a mask are whole numbers";
  }
  return {
    action,
    ...(slot === undefined ? {} : { slot }),
    ...(output === undefined ? {} : { output }),
    ...(outputs === undefined ? {} : { mask: outputs }),
  };
}

/** The port's side of the protocol: a line in, a line out. */
export class PortServer {
  readonly #served: Served;

  constructor(served: Served) {
    this.#served = served;
  }

  /** Answers one line; whatever is wrong with it is answered, too. */
  async answer(line: string): Promise<Reply> {
    const request = readJson(line);
    if (!isObject(request)) return { answer: error("that is no JSON object"), ends: false };
    try {
      return { answer: await this.#answer(request), ends: request["type"] === "bye" };
    } catch (problem) {
      const sentence = problem instanceof Error ? problem.message : String(problem);
      return { answer: error(sentence), ends: false };
    }
  }

  async #answer(request: JsonObject): Promise<JsonObject> {
    const { name, subject, releases, scopeOf } = this.#served;
    const { type: asked } = request;
    const type = typeof asked === "string" ? asked : "";
    switch (type) {
      case "hello":
        return { type, protocol: protocolVersion, name, actions: engineActions, releases };
      case "reset":
        return { type: "state", state: await subject.reset(scopeOf(request)) };
      case "act": {
        const call = callIn(request);
        if (typeof call === "string") return error(call);
        const answer = await subject.act(call);
        return "refused" in answer ? error(notEnabled) : { type: "state", state: answer.state };
      }
      case "state":
        return { type, state: await subject.state() };
      case "bye":
        return { type };
      default:
        return error(`there is no request of type ${JSON.stringify(asked)}`);
    }
  }
}
