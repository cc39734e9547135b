import { batch, computed, signal } from "@preact/signals";
import type { Scope } from "../../compile/scope.ts";
import { Stepper, type SystemState } from "../../compile/stepper.ts";
import { unpackScope } from "../packed-scope.ts";
import type { PlacedRemark } from "../live/page-message.ts";
import type { PagePlace } from "../page-address.ts";
import type { PageData, PageProperty, PageScope } from "../page-data.ts";
import { continueRun, replayRun, type Moment, type Run } from "../run.ts";
import { violatedAt } from "../tell/judge-state.ts";
import { optionsOf, type Option } from "../tell/options.ts";
import { storyOf } from "../tell/story.ts";
import type { Story } from "../tell/told-story.ts";

/** A scope of the page, ready to be stepped through. */
interface OpenScope {
  readonly page: PageScope;
  readonly scope: Scope;
}

/** What the page shows: a scope, a run of it, a step of the run. Everything else follows from that. */
export class Viewer {
  readonly data: PageData;
  readonly scopes: readonly OpenScope[];
  readonly scopeIndex = signal(0);
  readonly property = signal("");
  readonly step = signal(0);
  readonly left = signal<PagePlace["left"]>(null);
  readonly search = signal("");
  /** Why the page does not show what was asked for, until something else is shown; empty if it does. */
  readonly trouble = signal("");
  /** The moments of a run that happens elsewhere; null where runs are the page's own. */
  readonly live = signal<readonly Moment[] | null>(null);
  /** What the driver of such a run remarked. */
  readonly remarks = signal<readonly PlacedRemark[]>([]);
  /** The steps of such a run that were chosen by hand. */
  readonly byHand = signal<readonly number[]>([]);
  /** Takes an action elsewhere; null where the page takes it. */
  readonly takeElsewhere = signal<((key: string) => void) | null>(null);

  readonly open = computed((): OpenScope => {
    const open = this.scopes[this.scopeIndex.value] ?? this.scopes[0];
    if (open === undefined) throw new Error("the page has no scope");
    return open;
  });
  readonly scope = computed(() => this.open.value.scope);
  /** The violated property whose path is shown; null for a run of one's own. */
  readonly told = computed((): PageProperty | null => {
    const properties = this.open.value.page.judged?.properties ?? [];
    const violated = properties.filter(({ path }) => path !== null);
    return violated.find(({ name }) => name === this.property.value) ?? null;
  });
  /** What the path that is shown tells, or the run of a server; null for a run of one's own. */
  readonly story = computed((): Story | null => {
    const told = this.told.value;
    return told === null ? this.data.story : storyOf(this.scope.value, told);
  });
  /** The run of the property's path, whole, and once round the loop after it. */
  readonly path = computed((): Run => {
    const told = this.told.value;
    const { approach = [], loop = [] } = told?.lasso ?? {};
    return replayRun(this.scope.value, [...(told?.path ?? []), ...approach, ...loop]);
  });
  /** How often the loop was gone round so far. */
  readonly rounds = signal(0);
  /** The run that is shown: the path, or the path up to where it was left and what was chosen since. */
  readonly run = computed((): Run => {
    if (this.live.value !== null) return { moments: this.live.value, refused: null };
    const left = this.left.value;
    if (left === null) return this.path.value;
    const before = this.path.value.moments.slice(0, left.at + 1);
    return continueRun(this.scope.value, before, left.keys);
  });
  readonly last = computed(() => this.run.value.moments.length - 1);
  /** The step at which the property is violated, and at which the run can go round for ever; null off the path. */
  readonly violation = computed((): number | null =>
    this.left.value === null ? (this.told.value?.path?.length ?? null) : null,
  );
  /** The step at which the loop begins, and in whose state it ends: the last one. Null where there is none. */
  readonly loopStart = computed((): number | null => {
    const violation = this.violation.value;
    const lasso = this.told.value?.lasso;
    return violation === null || lasso === null || lasso === undefined || this.live.value !== null
      ? null
      : violation + lasso.approach.length;
  });
  /** The states that the loop comes through. */
  readonly loopStates = computed((): readonly SystemState[] => {
    const from = this.loopStart.value;
    if (from === null) return [];
    return this.run.value.moments.slice(from).map(({ state }) => state);
  });
  readonly moment = computed((): Moment => {
    const { moments } = this.run.value;
    const moment = moments[Math.min(this.step.value, moments.length - 1)];
    if (moment === undefined) throw new Error("a run has a first moment");
    return moment;
  });
  readonly before = computed(
    (): Moment | null => this.run.value.moments[this.step.value - 1] ?? null,
  );
  /** The properties that the step shown violates, and the one before did not. */
  readonly newlyViolated = computed((): readonly string[] => {
    const scope = this.scope.value;
    const before = this.before.value;
    const old = before === null ? [] : violatedAt(scope, before);
    return violatedAt(scope, this.moment.value).filter((name) => !old.includes(name));
  });
  readonly stepper = computed(() => new Stepper(this.scope.value, this.moment.value.state));
  readonly options = computed((): readonly Option[] => optionsOf(this.stepper.value));
  /** Whether the run shown is still the property's own path at this step. */
  readonly onPath = computed(
    () => this.left.value === null || this.step.value <= this.left.value.at,
  );

  constructor(data: PageData) {
    this.data = data;
    this.scopes = data.scopes.map((page) => ({ page, scope: unpackScope(page.scope) }));
    const first = this.scopes.findIndex(({ page }) => firstPath(page) !== "");
    this.scopeIndex.value = Math.max(0, first);
    if (data.mode === "file") this.property.value = firstPath(this.open.value.page);
  }

  /** Goes to a step of the run; steps outside it mean its ends. */
  goTo(step: number): void {
    batch(() => {
      const next = Math.max(0, Math.min(step, this.last.value));
      if (next !== this.step.value) this.trouble.value = "";
      this.step.value = next;
      if (this.step.value <= (this.loopStart.value ?? Infinity)) this.rounds.value = 0;
    });
  }

  /** Goes one step on; at the end of the loop, to its first step again. */
  goOn(): void {
    const from = this.loopStart.value;
    const wraps = from !== null && from < this.last.value && this.step.value === this.last.value;
    batch(() => {
      this.goTo(wraps ? from + 1 : this.step.value + 1);
      if (wraps) this.rounds.value += 1;
    });
  }

  /** Goes one step back; from the first step of the loop to the last one, if it was gone round before. */
  goBack(): void {
    const wraps = this.rounds.value > 0 && this.step.value === (this.loopStart.value ?? -1) + 1;
    batch(() => {
      const { rounds } = this;
      const before = rounds.value;
      this.goTo(wraps ? this.last.value : this.step.value - 1);
      if (wraps) rounds.value = before - 1;
    });
  }

  /** Goes to the end: the violation, and from there on to the end of the loop. */
  goToEnd(): void {
    const violation = this.violation.value ?? this.last.value;
    this.goTo(this.step.value < violation ? violation : this.last.value);
  }

  /** Shows the path into the violation of a property, from its first step. */
  show(scope: number, property: string, step = 0): void {
    batch(() => {
      this.scopeIndex.value = scope;
      this.property.value = property;
      this.left.value = null;
      this.trouble.value = "";
      this.goTo(step);
    });
  }

  /**
   * Takes an action in the state that is shown: along the run if it is the next one, away from it else.
   *
   * @returns whether it is possible there; if not, the page says so
   */
  take(key: string): boolean {
    const elsewhere = this.takeElsewhere.value;
    if (elsewhere !== null) {
      elsewhere(key);
      return true;
    }
    if (!this.options.value.some((option) => option.enabled && option.key === key)) {
      this.trouble.value = `${key} is not possible here.`;
      return false;
    }
    const step = this.step.value;
    batch(() => {
      const left = this.left.value;
      if (this.nextKey() !== key) {
        this.left.value =
          left === null || step < left.at
            ? { at: step, keys: [key] }
            : { at: left.at, keys: [...left.keys.slice(0, step - left.at), key] };
      }
      this.goOn();
    });
    return true;
  }

  /** The key of the action that the run takes next; undefined at its end. */
  nextKey(): string | undefined {
    const atEnd = this.step.value === this.last.value;
    const from = atEnd ? (this.loopStart.value ?? this.last.value) : this.step.value;
    const next = this.run.value.moments[from + 1]?.taken;
    return next === undefined || next === null
      ? undefined
      : this.options.value.find(
          ({ action }) => action.move === next.move && action.slot === next.slot,
        )?.key;
  }

  /** Goes back to the path, to the step at which it was left. */
  backToPath(): void {
    batch(() => {
      const at = this.left.value?.at ?? 0;
      this.left.value = null;
      this.goTo(at);
    });
  }

  /** Where the page is. */
  get place(): PagePlace {
    return {
      scope: this.scopeIndex.value,
      property: this.property.value,
      step: this.step.value,
      left: this.left.value,
    };
  }

  /**
   * Goes to a place, or as near to it as there is something, and says then what there is not.
   *
   * @param trouble what is known already of why this is not the place that was asked for
   */
  visit({ scope, property, step, left }: PagePlace, trouble = ""): void {
    batch(() => {
      this.scopeIndex.value = scope;
      this.property.value = property;
      this.left.value = null;
      const onPath = this.last.value;
      const path = property === "" ? "This run" : `The path of ${property}`;
      const troubles = trouble === "" ? [] : [trouble];
      if (left !== null && left.at > onPath) {
        troubles.push(
          `${path} has no step ${left.at} to leave it after: its last one is ${onPath}.`,
        );
      } else if (left !== null) {
        const taken = this.#leave(left);
        const refused = left.keys[taken];
        if (refused !== undefined) {
          troubles.push(`After step ${left.at + taken}, ${refused} is not possible.`);
        }
      }
      const last = this.last.value;
      if (step > last) troubles.push(`There is no step ${step} here: the last one is ${last}.`);
      this.goTo(step);
      this.trouble.value = troubles.join(" ");
    });
  }

  /** Leaves the path as far as that is possible; returns how many of the actions were. */
  #leave({ at, keys }: NonNullable<PagePlace["left"]>): number {
    const before = this.path.value.moments.slice(0, at + 1);
    const { moments } = continueRun(this.scope.value, before, keys);
    const taken = moments.length - before.length;
    if (taken > 0) this.left.value = { at, keys: keys.slice(0, taken) };
    return taken;
  }
}

function firstPath({ judged }: PageScope): string {
  const told = judged?.properties.filter(({ path }) => path !== null) ?? [];
  const progress = told.find(({ name }) => name === "neverStuck");
  return (progress ?? told.find(({ hasLength }) => hasLength) ?? told[0])?.name ?? "";
}
