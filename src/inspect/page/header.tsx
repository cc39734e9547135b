import type { JSX } from "preact";
import { useSignal } from "@preact/signals";
import type { Comparison } from "./comparison.ts";
import { CopyMenu } from "./copy-menu.tsx";
import type { Viewer } from "./viewer.ts";

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

function ReleaseChoice(props: {
  readonly viewer: Viewer;
  readonly comparison: Comparison;
}): JSX.Element {
  const { viewer, comparison } = props;
  const judged = viewer.scopes.flatMap((one, index) =>
    one.page.judged === null ? [] : [{ ...one, index }],
  );
  if (judged.length < 2) return <>{viewer.scope.value.release}</>;
  return (
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
  );
}

function CompareChoice(props: {
  readonly viewer: Viewer;
  readonly comparison: Comparison;
}): JSX.Element | null {
  const { viewer, comparison } = props;
  const { page } = viewer.open.value;
  const others = viewer.scopes
    .map((one, index) => ({ ...one, index }))
    .filter(
      ({ page: { group }, index }) => group === page.group && index !== viewer.scopeIndex.value,
    );
  if (others.length === 0) return null;
  return (
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
  );
}

/** The release, the verdicts, and what can be done with the run. On a telephone all but the release folds away. */
export function Header(props: {
  readonly viewer: Viewer;
  readonly comparison: Comparison;
}): JSX.Element {
  const { viewer, comparison } = props;
  const isOpen = useSignal(false);
  return (
    <header class={isOpen.value ? "is-open" : ""}>
      <h1>
        <ReleaseChoice viewer={viewer} comparison={comparison} />
      </h1>
      <button
        type="button"
        class="unfold"
        aria-expanded={isOpen.value}
        onClick={() => {
          isOpen.value = !isOpen.value;
        }}
      >
        {isOpen.value ? "less" : "verdicts, compare, copy"}
      </button>
      <div class="folds">
        <VerdictTabs viewer={viewer} />
        <div class="tools">
          <CompareChoice viewer={viewer} comparison={comparison} />
          <CopyMenu viewer={viewer} />
        </div>
        <p class="summary quiet">{viewer.open.value.page.summary}.</p>
      </div>
    </header>
  );
}
