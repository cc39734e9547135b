import { callWords, type ActionCall } from "../action-call.ts";
import type { ConformScope } from "../conform-scopes.ts";
import { isObject, readJson, type JsonObject } from "../json.ts";
import { SubjectFailure, type Answer, type Subject } from "../subject.ts";
import { LineChannel, quoted } from "./line-channel.ts";
import { notEnabled, protocolVersion, readHello, type Hello, type Request } from "./protocol.ts";

/** A port in a child process; started anew at the first `reset` after a failure. */
export class PortProcess implements Subject {
  readonly #command: readonly string[];
  readonly #timeoutMs: number;
  #channel: LineChannel | undefined;
  /** What a slot holds, since the last reset. */
  #noun = "chunk";

  /**
   * @param command the program and its arguments
   * @param timeoutMs how long the port may take for one answer, in milliseconds
   */
  constructor(command: readonly string[], timeoutMs: number) {
    this.#command = command;
    this.#timeoutMs = timeoutMs;
  }

  /**
   * Starts the port.
   *
   * @throws SubjectFailure if it cannot be started or does not speak the protocol.
   */
  async start(): Promise<Hello> {
    this.#channel = new LineChannel(this.#command, this.#timeoutMs);
    const hello = readHello(await this.#ask({ type: "hello", protocol: protocolVersion }, "hello"));
    if (typeof hello === "string") throw this.#failed(hello);
    return hello;
  }

  async reset({ release, parameters, scope }: ConformScope): Promise<JsonObject> {
    this.#noun = scope.system.slots.noun;
    if (this.#channel === undefined) await this.start();
    return this.#stateOf(await this.#ask({ type: "reset", release, parameters }, "reset"), "reset");
  }

  async act(call: ActionCall): Promise<Answer> {
    const about = callWords(call, this.#noun);
    const answer = await this.#ask({ type: "act", ...call }, about);
    if (answer["type"] === "error" && answer["error"] === notEnabled)
      return { refused: notEnabled };
    return { state: this.#stateOf(answer, about) };
  }

  async state(): Promise<JsonObject> {
    return this.#stateOf(await this.#ask({ type: "state" }, "state"), "state");
  }

  /**
   * Says bye.
   *
   * @throws SubjectFailure if the port does not say bye, or does not end.
   */
  async stop(): Promise<void> {
    const channel = this.#channel;
    if (channel === undefined) return;
    const answer = await this.#ask({ type: "bye" }, "bye");
    if (answer["type"] !== "bye") throw this.#failed("the port does not answer bye with bye");
    this.#channel = undefined;
    if (!(await channel.close())) {
      throw new SubjectFailure(
        `the port said bye, but did not end within ${this.#timeoutMs / 1000} s`,
      );
    }
  }

  /** Ends the port at once. */
  kill(): void {
    this.#channel?.kill();
    this.#channel = undefined;
  }

  #stateOf(answer: JsonObject, about: string): JsonObject {
    const { type, state, error } = answer;
    if (type === "error") {
      throw this.#failed(`the port answers ${about} with the error ${JSON.stringify(error)}`);
    }
    if (type !== "state" || !isObject(state)) {
      throw this.#failed(
        `the port answers ${about} with ${quoted(JSON.stringify(answer))}: no state`,
      );
    }
    return state;
  }

  async #ask(request: Request, about: string): Promise<JsonObject> {
    const channel = this.#channel;
    if (channel === undefined) throw new SubjectFailure("the port was not started");
    let line: string;
    try {
      line = await channel.ask(JSON.stringify(request), about);
    } catch (error) {
      if (this.#channel === channel) this.#channel = undefined;
      throw error;
    }
    const answer = readJson(line);
    if (!isObject(answer)) {
      throw this.#failed(`the port answers ${about} with ${quoted(line)}, which is no JSON object`);
    }
    return answer;
  }

  #failed(sentence: string): SubjectFailure {
    this.kill();
    return new SubjectFailure(sentence);
  }
}
