import { valueOr } from "../../errors/checked-access.ts";
import type { Values } from "../../../models/system.ts";
import type { CompiledSystem } from "../../compile/compiled-system.ts";
import {
  absentLimits,
  openLimits,
  smallestSizes,
  withSizes,
  type Sizes,
} from "../../compile/sizes.ts";
import type { Scope } from "../../compile/scope.ts";
import type { EnabledAction } from "../../compile/stepper.ts";
import type { LeastViolation } from "../violation/condition.ts";

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
  readonly parameters: Values;
  readonly chunks: number;
  readonly sizes: Sizes;
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
  readonly #parameters: Values;
  readonly #search: (scope: Scope) => readonly Finding[];
  readonly #found = new Map<string, readonly Finding[]>();

  constructor(
    release: string,
    system: CompiledSystem,
    parameters: Values,
    search: (scope: Scope) => readonly Finding[],
  ) {
    this.#release = release;
    this.#system = system;
    this.#parameters = parameters;
    this.#search = search;
  }

  /** The system with these sizes. */
  scopeOf(chunks: number, sizes: Sizes): Scope {
    const parameters = withSizes(this.#system, this.#parameters, chunks, sizes);
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

  /** Whether a property is violated at the smallest sizes, with at most two slots. */
  failsInTinyScope(property: string): boolean {
    const sizes = smallestSizes(this.#system, this.#parameters);
    return [1, 2].some((chunks) => this.find(property, chunks, sizes)?.verdict === "violated");
  }

  /** Looks for violations of a property at the smallest sizes, and with each one larger. */
  survey(property: string): Survey {
    let smallest: Counterexample | null = null;
    const violations: LeastViolation[] = [];
    let everywhere = true;
    for (const sizes of this.#tried()) {
      const chunks = this.#leastChunks(property, sizes);
      if (chunks === null) everywhere = false;
      if (chunks === null || chunks === "unknown") continue;
      violations.push({ sizes, chunks });
      const found = this.find(property, chunks, sizes);
      smallest ??= {
        parameters: withSizes(this.#system, this.#parameters, chunks, sizes),
        chunks,
        sizes,
        steps: found?.steps ?? [],
        length: found?.length ?? null,
      };
    }
    return { smallest, least: violations, everywhere };
  }

  /**
   * The sizes at which is looked: each limit as small as it can be, and one larger. With many local states an optional one
   * stays as small as it can be: what is fitted is proved afterwards.
   */
  #tried(): readonly Sizes[] {
    const least = smallestSizes(this.#system, this.#parameters);
    const absent = absentLimits(this.#system, this.#parameters);
    const limits = openLimits(this.#system, this.#parameters);
    const isMany = this.#system.places.length > 16;
    const optional = limits.filter((limit) => limit.least === 0);
    const order = [...optional, ...limits.filter((limit) => !optional.includes(limit))];
    const all = order.reduce<readonly Sizes[]>(
      (before, limit) =>
        before.flatMap((sizes) => {
          const { symbol } = limit;
          const size = valueOr(least, symbol, 1);
          const isFixed = absent.has(symbol) || (isMany && optional.includes(limit));
          return (isFixed ? [size] : [size, size + 1]).map((one) => ({ ...sizes, [symbol]: one }));
        }),
      [{}],
    );
    // In the order in which the system declares its limits.
    return all.map((sizes) => ({ ...least, ...sizes }));
  }

  /** The fewest chunks with which a property is violated; null for none, and unknown where a search was cut short. */
  #leastChunks(property: string, sizes: Sizes): number | "unknown" | null {
    const most = openLimits(this.#system, this.#parameters)
      .filter((limit) => limit.least > 0)
      .reduce((total, { symbol }) => total + valueOr(sizes, symbol, 0), 0);
    for (let chunks = 1; chunks <= most; chunks++) {
      const verdict = this.find(property, chunks, sizes)?.verdict;
      if (verdict === "violated") return chunks;
      if (verdict === "unknown") return "unknown";
    }
    return null;
  }
}
