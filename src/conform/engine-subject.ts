import { valueAt } from "../../models/parameters.ts";
import { EngineCore, type CoreParameters } from "../engine/lockstep/engine-core.ts";
import { findRelease } from "../engine/releases/catalogue.ts";
import type { ActionCall } from "./action-call.ts";
import type { ConformScope } from "./conform-scopes.ts";
import { engineState } from "./engine-state.ts";
import { stepOf } from "./engine-step.ts";
import type { JsonObject } from "./json.ts";
import { notEnabled } from "./port/protocol.ts";
import { SubjectFailure, type Answer, type Subject } from "./subject.ts";
import { fluentBitParameters } from "../../models/fluent-bit-system.ts";

/** What an engine is made of; given, so that a changed engine can take the place of the real one. */
export interface EngineParts {
  readonly createCore: (parameters: CoreParameters) => Pick<EngineCore, "step" | "snapshot">;
  readonly findRelease: typeof findRelease;
}

const referenceEngine: EngineParts = {
  createCore: (parameters) => new EngineCore(parameters),
  findRelease,
};

/** The actions that the engine can always take, and the parameter with which they are part of a scope. */
const mayHappen: Readonly<Record<string, "crash" | "schedulerFails" | "shutdown">> = {
  crash: "crash",
  scheduleFail: "schedulerFails",
  shutdown: "shutdown",
};

/** The reference engine, to be held against the model as a port is. */
export class EngineSubject implements Subject {
  readonly #parts: EngineParts;
  #parameters: CoreParameters | undefined;
  #scope: ConformScope["scope"] | undefined;
  #core: Pick<EngineCore, "step" | "snapshot"> | undefined;

  constructor(parts: EngineParts = referenceEngine) {
    this.#parts = parts;
  }

  reset({ release: name, scope }: ConformScope): JsonObject {
    const release = this.#parts.findRelease(name);
    if (release === undefined) throw new SubjectFailure(`the engine has no release "${name}"`);
    const parameters = fluentBitParameters(scope.parameters);
    this.#scope = scope;
    this.#parameters = {
      release,
      chunks: parameters.chunks,
      taskMapSize: parameters.taskMapSize,
      maxChunksUp: parameters.maxChunksUp,
      outputs: parameters.outputs,
      retryLimit: parameters.retryLimit,
      overLimitQuota: parameters.overLimitQuota,
      pauseOnChunksOverlimit: valueAt(parameters.pauseOnChunksOverlimit, 0, false),
    };
    this.#core = this.#parts.createCore(this.#parameters);
    return this.state();
  }

  act(call: ActionCall): Answer {
    const step = stepOf(call);
    if (step === undefined) throw new SubjectFailure(`the engine has no action "${call.action}"`);
    const needs = mayHappen[call.action];
    if (needs !== undefined && this.#scope?.parameters[needs] !== true)
      return { refused: notEnabled };
    return this.#core?.step(step) === true ? { state: this.state() } : { refused: notEnabled };
  }

  state(): JsonObject {
    if (this.#core === undefined || this.#parameters === undefined) {
      throw new SubjectFailure("there is no state before the first reset");
    }
    const snapshot = this.#core.snapshot();
    const live = snapshot.slots.filter((slot) => slot !== undefined).length;
    if (snapshot.total !== live) {
      throw new SubjectFailure(
        `the store has ${snapshot.total} chunks, but ${live} slots are taken`,
      );
    }
    return engineState(snapshot, this.#parameters);
  }
}
