import { computed, effect, signal } from "@preact/signals";
import { Stepper } from "../../compile/stepper.ts";
import { actionKey } from "../action-key.ts";
import { continueRun, type Run } from "../run.ts";
import { differences } from "../tell/differences.ts";
import { optionsOf, type Option } from "../tell/options.ts";
import type { Viewer } from "./viewer.ts";

/** The run that is shown, taken by another release for as long as its rules allow. */
export class Comparison {
  readonly viewer: Viewer;
  /** Index of the other scope; null where nothing is compared. */
  readonly other = signal<number | null>(null);
  /** What was chosen in the other release after the two had parted. */
  readonly chosen = signal<readonly string[]>([]);

  readonly open = computed(() => {
    const index = this.other.value;
    return index === null ? null : (this.viewer.scopes[index] ?? null);
  });
  readonly common = computed((): Run | null => {
    const open = this.open.value;
    if (open === null) return null;
    const keys = this.viewer.run.value.moments.flatMap(({ taken }) =>
      taken === null ? [] : [actionKey(taken)],
    );
    return continueRun(open.scope, [{ taken: null, state: new Stepper(open.scope).state() }], keys);
  });
  /** The step that the other release does not take; null if it takes all of them. */
  readonly refusedAt = computed((): number | null => {
    const common = this.common.value;
    return common?.refused === null ? null : (common?.moments.length ?? null);
  });
  /** The first step after which the two are in different states; null if they never are. */
  readonly differsAt = computed((): number | null => {
    const open = this.open.value;
    const common = this.common.value;
    if (open === null || common === null) return null;
    const { moments } = this.viewer.run.value;
    const { scope } = this.viewer;
    const at = common.moments.findIndex((moment, step) => {
      const own = moments[step];
      return own !== undefined && differences(scope.value, own, open.scope, moment).length > 0;
    });
    return at < 0 ? null : at;
  });
  /** The first step at which the two part, in what they do or in the state that it leads to. */
  readonly partsAt = computed((): number | null => {
    const steps = [this.refusedAt.value, this.differsAt.value].filter((step) => step !== null);
    return steps.length === 0 ? null : Math.min(...steps);
  });
  /** What differs at the step that is shown. */
  readonly differs = computed((): readonly string[] => {
    const open = this.open.value;
    const other = this.common.value?.moments[this.viewer.step.value];
    if (open === null || other === undefined) return [];
    return differences(this.viewer.scope.value, this.viewer.moment.value, open.scope, other);
  });
  /** Whether the other release goes on by itself here: after its last common step. */
  readonly alone = computed(
    () => this.viewer.step.value >= (this.common.value?.moments.length ?? 0) - 1,
  );
  /** The other release's state at the step that is shown, or where it stopped following. */
  readonly stepper = computed((): Stepper | null => {
    const open = this.open.value;
    const common = this.common.value;
    if (open === null || common === null) return null;
    if (!this.alone.value) {
      return new Stepper(open.scope, common.moments[this.viewer.step.value]?.state);
    }
    const { moments } = continueRun(open.scope, common.moments, this.chosen.value);
    return new Stepper(open.scope, moments.at(-1)?.state);
  });
  readonly options = computed((): readonly Option[] => {
    const stepper = this.stepper.value;
    return stepper === null ? [] : optionsOf(stepper);
  });

  /** What the other release's state is, in words: that after the same steps is one thing, where it stopped another. */
  readonly title = computed((): string => {
    const { release } = this.open.value?.scope ?? this.viewer.scope.value;
    const chosen = this.chosen.value.length;
    const at = (this.common.value?.moments.length ?? 1) - 1;
    if (!this.alone.value) return `${release}, same steps`;
    if (chosen > 0) {
      return `${release}, ${chosen} step${chosen === 1 ? "" : "s"} of its own after step ${at}`;
    }
    return this.viewer.step.value > at
      ? `${release}, stopped after step ${at}`
      : `${release}, same steps`;
  });

  constructor(viewer: Viewer) {
    this.viewer = viewer;
    // What was chosen went on from the end of a run that is no longer shown.
    effect(() => {
      if (viewer.run.value.moments.length > 0) this.chosen.value = [];
    });
    // Scopes of other sizes cannot be compared.
    effect(() => {
      const { group } = viewer.open.value.page;
      const other = this.other.peek();
      if (other === viewer.scopeIndex.value || viewer.scopes[other ?? -1]?.page.group !== group) {
        this.compareWith(null);
      }
    });
  }

  /** Compares with another scope, or with none. */
  compareWith(index: number | null): void {
    this.other.value = index;
    this.chosen.value = [];
  }

  /** Goes on in the other release alone. */
  take(key: string): void {
    this.chosen.value = [...this.chosen.value, key];
  }
}
