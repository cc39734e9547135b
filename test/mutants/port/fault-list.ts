import { faultKey, type Fault, type Watch } from "./faults.ts";
import { portOf } from "./ports.ts";
import { agrees } from "./visits.ts";
import type { WideScope } from "./wide-scopes.ts";

/** A fault, and two numbers that are the same for those faults that make a difference in the same passes. */
interface Met {
  readonly fault: Fault;
  first: number;
  second: number;
}

/** The passes of places through which a right port goes: which change would make a difference, in which circumstance. */
class Survey {
  /** By place and change, then by circumstance. */
  readonly #met = new Map<string, Map<string, Met>>();
  #passes = 0;

  readonly watch: Watch = (place, changes, circumstances) => {
    this.#passes++;
    for (const [change, differs] of Object.entries(changes)) {
      if (!differs) continue;
      const key = faultKey(place, change, "");
      const whens = this.#met.get(key) ?? new Map<string, Met>();
      this.#met.set(key, whens);
      this.#note(whens, { place, change, when: "always" });
      for (const when of circumstances) this.#note(whens, { place, change, when });
    }
  };

  /** Each fault once, under the first of its names. */
  get faults(): readonly Fault[] {
    return [...this.#met.values()].flatMap((whens) => {
      const names = new Map<string, Fault>();
      for (const { fault, first, second } of whens.values()) {
        const key = `${first} ${second}`;
        if (!names.has(key)) names.set(key, fault);
      }
      return [...names.values()];
    });
  }

  #note(whens: Map<string, Met>, fault: Fault): void {
    let met = whens.get(fault.when);
    if (met === undefined) {
      met = { fault, first: 1, second: 1 };
      whens.set(fault.when, met);
    }
    met.first = (Math.imul(met.first, 31) + this.#passes) | 0;
    met.second = (Math.imul(met.second, 65_599) ^ this.#passes) | 0;
  }
}

/**
 * Every fault that a port of a release can have: each change of each place, always and in each circumstance. A change
 * that would make no difference to what is asked or done there is none; nor is one that makes the difference in exactly
 * the same passes as another.
 */
export function faultsOf(release: string, scopes: readonly WideScope[]): readonly Fault[] {
  const survey = new Survey();
  const port = portOf(release, undefined, survey.watch);
  for (const scope of scopes) {
    if (!agrees(port, scope)) throw new Error(`the right port of ${release} is wrong`);
  }
  return survey.faults;
}
