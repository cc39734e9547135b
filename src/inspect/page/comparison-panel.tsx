import type { JSX } from "preact";
import { Board, Needs } from "./board.tsx";
import { ActionsPanel } from "./actions-panel.tsx";
import { actionWords } from "../tell/action-words.ts";
import type { Comparison } from "./comparison.ts";

/** Where the two part, and why. */
function PartingWords(props: {
  readonly comparison: Comparison;
  readonly name: string;
}): JSX.Element {
  const { comparison, name } = props;
  const step = comparison.viewer.step.value;
  const refused = comparison.common.value?.refused ?? null;
  const refusedAt = comparison.refusedAt.value;
  const partsAt = comparison.partsAt.value;
  if (partsAt === null) return <p>{name} takes every one of these steps too.</p>;
  const option = comparison.options.value.find(({ key }) => key === refused);
  const taken = comparison.viewer.run.value.moments[refusedAt ?? -1]?.taken ?? null;
  const explained = comparison.chosen.value.length === 0 && refusedAt !== null;
  return (
    <div class="parting">
      <p>
        They part at <b>step {partsAt}</b>.{" "}
        {refused !== null && (
          <>
            {name} does not allow{" "}
            <b>{taken === null ? refused : actionWords(taken, comparison.viewer.scope.value)}</b> at
            step {refusedAt}
            {explained && step >= refusedAt - 1 && option !== undefined && (
              <>
                :{" "}
                {option.reasons.map((reason) => (
                  <Needs key={reason.needed} reason={reason} slot={option.action.slot} />
                ))}
              </>
            )}
          </>
        )}
      </p>
      {comparison.differs.value.map((words) => (
        <p key={words}>{words}</p>
      ))}
    </div>
  );
}

/** The other release's board at the same step, where the two part, and how it can go on by itself. */
export function ComparisonPanel(props: { readonly comparison: Comparison }): JSX.Element | null {
  const { comparison } = props;
  const open = comparison.open.value;
  const stepper = comparison.stepper.value;
  if (open === null || stepper === null) return null;
  const { release } = open.scope;
  return (
    <section class="comparison" aria-label={`The same in ${release}`}>
      <PartingWords comparison={comparison} name={release} />
      <Board stepper={stepper} acting={null} title={comparison.title.value} />
      <p class="quiet">{open.page.summary}</p>
      {comparison.alone.value && (
        <ActionsPanel
          options={comparison.options.value}
          next={undefined}
          take={(key) => {
            comparison.take(key);
          }}
        />
      )}
    </section>
  );
}
