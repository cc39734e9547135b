import type { JSX } from "preact";
import { useSignal } from "@preact/signals";
import type { PageScope } from "../page-data.ts";
import { copiedTest } from "../tell/copied-test.ts";
import type { Comparison } from "./comparison.ts";
import type { Viewer } from "./viewer.ts";

function sizesWords({ sizes, judged }: PageScope): string {
  return `${sizes}${judged?.complete === true ? ": small enough to try everything that can happen." : "."}`;
}

/** Copies the run up to the step that is shown; what came of it is said of that run only. */
function CopyButton(props: { readonly viewer: Viewer }): JSX.Element {
  const { viewer } = props;
  const { moments } = viewer.run.value;
  const run = { moments: moments.slice(0, viewer.step.value + 1), refused: null };
  const text = copiedTest(viewer.scope.value, run);
  const copied = useSignal({ text: "", words: "" });
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      copied.value = { text, words: "copied" };
    } catch {
      copied.value = { text, words: "this browser does not let the page copy" };
    }
  };
  const done = copied.value.text === text;
  return (
    <button
      type="button"
      class="copy"
      data-text={text}
      onClick={() => {
        void copy();
      }}
    >
      {done ? copied.value.words : "copy as test"}
    </button>
  );
}

function VerdictTabs(props: { readonly viewer: Viewer }): JSX.Element | null {
  const { viewer } = props;
  const judged = viewer.open.value.page.judged;
  if (judged === null) return null;
  const violated = judged.properties.filter(({ path }) => path !== null);
  const rest = judged.properties.filter(({ path }) => path === null);
  const named = (verdict: string): readonly string[] =>
    rest.filter((one) => !one.vacuous && one.verdict === verdict).map(({ name }) => name);
  const holding = named("holds");
  const unknown = named("unknown");
  return (
    <div class="tabs" role="group" aria-label="Properties">
      {viewer.data.mode === "explore" && (
        <button
          type="button"
          class="verdict by-hand"
          aria-pressed={viewer.property.value === ""}
          onClick={() => {
            viewer.show(viewer.scopeIndex.value, "");
          }}
        >
          by hand
        </button>
      )}
      {violated.map(({ name, path, hasLength, lasso, meaning }) => (
        <button
          key={name}
          type="button"
          class="verdict violated"
          aria-pressed={name === viewer.property.value}
          title={meaning}
          onClick={() => {
            viewer.show(viewer.scopeIndex.value, name);
          }}
        >
          ✗ {name}
          {path !== null && hasLength ? `, ${path.length} steps` : ""}
          {!hasLength && lasso !== null ? `, a loop of ${lasso.loop.length}` : ""}
        </button>
      ))}
      {holding.length > 0 && <span class="verdict holds">✓ {holding.join(", ")}</span>}
      {unknown.length > 0 && <span class="verdict unknown">? {unknown.join(", ")}</span>}
    </div>
  );
}

/** The release and its sizes, the verdicts, and what can be done with the run. */
export function Header(props: {
  readonly viewer: Viewer;
  readonly comparison: Comparison;
}): JSX.Element {
  const { viewer, comparison } = props;
  const { page, scope } = viewer.open.value;
  const told = viewer.told.value;
  const judged = viewer.scopes.flatMap((one, index) =>
    one.page.judged === null ? [] : [{ ...one, index }],
  );
  const others = viewer.scopes
    .map((one, index) => ({ ...one, index }))
    .filter(
      ({ page: { group }, index }) => group === page.group && index !== viewer.scopeIndex.value,
    );
  return (
    <header>
      <div class="title">
        <h1>
          {judged.length > 1 ? (
            <select
              aria-label="Release"
              value={viewer.scopeIndex.value}
              onChange={(event) => {
                const index = Number(event.currentTarget.value);
                const paths = viewer.scopes[index]?.page.judged?.properties ?? [];
                comparison.compareWith(null);
                viewer.show(index, paths.find(({ path }) => path !== null)?.name ?? "");
              }}
            >
              {judged.map(({ index, page: one, scope: { release } }) => (
                <option key={index} value={index}>
                  {release} · {one.group}
                </option>
              ))}
            </select>
          ) : (
            scope.release
          )}
        </h1>
        <p>
          {page.summary}. <span class="quiet">{sizesWords(page)}</span>
          {page.judged !== null && <span class="quiet"> {page.judged.coverage}.</span>}
        </p>
      </div>
      <VerdictTabs viewer={viewer} />
      <div class="tools">
        {told !== null && (
          <p class="meaning">
            <b>{told.name}</b> is violated. It asks: {told.meaning}.
          </p>
        )}
        {others.length > 0 && (
          <label>
            compare with{" "}
            <select
              class="compare"
              value={comparison.other.value ?? ""}
              onChange={(event) => {
                const { value } = event.currentTarget;
                comparison.compareWith(value === "" ? null : Number(value));
              }}
            >
              <option value="">nothing</option>
              {others.map(({ index, scope: { release } }) => (
                <option key={index} value={index}>
                  {release}
                </option>
              ))}
            </select>
          </label>
        )}
        <CopyButton viewer={viewer} />
      </div>
    </header>
  );
}
