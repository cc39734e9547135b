import type { Parameters } from "../../models/parameters.ts";
import type { CompiledSystem } from "../compile/compiled-system.ts";
import { smallestSizes } from "../compile/sizes.ts";
import type { Scope } from "../compile/scope.ts";
import type { EnabledAction } from "../compile/stepper.ts";
import type { LeastViolation, Sizes } from "./condition.ts";

/** What an exploration found out about a property of a small scope. */
export interface Finding {
  readonly property: string;
  readonly verdict: "holds" | "violated" | "unknown";
  /** A shortest way into the violation, from the initial state. */
  readonly steps: readonly EnabledAction[] | null;
  /** Null where the property has no shortest length. */
  readonly length: number | null;
}

/**
 * Explores a scope; the explorer is handed in, so that proofs do not lean on it.
 *
 * @param watchClock to be called now and then; it throws when there is no time left
 */
export type Search = (scope: Scope, watchClock: () => void) => readonly Finding[];

/** A violation in the smallest scope that has one. */
export interface Counterexample {
  readonly parameters: Parameters;
  readonly steps: readonly EnabledAction[];
  readonly length: number | null;
}

/** What was found in the small scopes of a system: where a property is violated, and with how few chunks. */
export interface Survey {
  readonly smallest: Counterexample | null;
  readonly least: readonly LeastViolation[];
  /** Whether each size has a violation with some number of chunks, as far as that was found out. */
  readonly everywhere: boolean;
}

/** Small scopes of one system, explored when somebody asks, and once. */
export class SmallScopes {
  readonly #release: string;
  readonly #system: CompiledSystem;
  readonly #parameters: Parameters;
  readonly #search: (scope: Scope) => readonly Finding[];
  readonly #found = new Map<string, readonly Finding[]>();

  constructor(
    release: string,
    system: CompiledSystem,
    parameters: Parameters,
    search: (scope: Scope) => readonly Finding[],
  ) {
    this.#release = release;
    this.#system = system;
    this.#parameters = parameters;
    this.#search = search;
  }

  /** The system with these sizes. */
  scopeOf(chunks: number, sizes: Sizes): Scope {
    const parameters = { ...this.#parameters, ...sizes, chunks };
    return { release: this.#release, parameters, system: this.#system };
  }

  /** The finding about a property in a scope of these sizes. */
  find(property: string, chunks: number, sizes: Sizes): Finding | undefined {
    const key = JSON.stringify([chunks, sizes]);
    let found = this.#found.get(key);
    if (found === undefined) {
      found = this.#search(this.scopeOf(chunks, sizes));
      this.#found.set(key, found);
    }
    return found.find((one) => one.property === property);
  }

  /** Whether a property is violated with T, X and, where there is a quota, Q of 1 and with at most two chunks. */
  failsInTinyScope(property: string): boolean {
    const sizes = smallestSizes(this.#system, this.#parameters.overLimitQuota > 0);
    return [1, 2].some((chunks) => this.find(property, chunks, sizes)?.verdict === "violated");
  }

  /** Looks for violations of a property with T, X and, where there is a quota, Q of 1 and 2. */
  survey(property: string): Survey {
    const quotas = this.#parameters.overLimitQuota === 0 ? [0] : this.#quotas();
    let smallest: Counterexample | null = null;
    const violations: LeastViolation[] = [];
    const least = smallestSizes(this.#system, this.#parameters.overLimitQuota > 0);
    let everywhere = true;
    for (const overLimitQuota of quotas) {
      for (const taskMapSize of [least.taskMapSize, least.taskMapSize + 1]) {
        for (const maxChunksUp of [least.maxChunksUp, least.maxChunksUp + 1]) {
          const sizes: Sizes = { taskMapSize, maxChunksUp, overLimitQuota };
          const chunks = this.#leastChunks(property, sizes);
          if (chunks === null) everywhere = false;
          if (chunks === null || chunks === "unknown") continue;
          violations.push({ sizes, chunks });
          const found = this.find(property, chunks, sizes);
          smallest ??= {
            parameters: { ...this.#parameters, ...sizes, chunks },
            steps: found?.steps ?? [],
            length: found?.length ?? null,
          };
        }
      }
    }
    return { smallest, least: violations, everywhere };
  }

  /** With many local states only the smallest quota is tried: what is fitted is proved afterwards. */
  #quotas(): readonly number[] {
    const { overLimitQuota: quota } = smallestSizes(this.#system, true);
    return this.#system.places.length > 16 ? [quota] : [quota, quota + 1];
  }

  /** The fewest chunks with which a property is violated; null for none, and unknown where a search was cut short. */
  #leastChunks(property: string, sizes: Sizes): number | "unknown" | null {
    const most = sizes.taskMapSize + sizes.maxChunksUp;
    for (let chunks = 1; chunks <= most; chunks++) {
      const verdict = this.find(property, chunks, sizes)?.verdict;
      if (verdict === "violated") return chunks;
      if (verdict === "unknown") return "unknown";
    }
    return null;
  }
}
