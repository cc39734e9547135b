import type { JSX } from "preact";
import type { LoopFacts, NeighbourhoodFacts, StateFacts } from "../state-facts.ts";
import type { Facts } from "./facts.ts";

function recoveryWords({ canRecover }: StateFacts): JSX.Element {
  return canRecover ? (
    <span class="good">recovery is possible</span>
  ) : (
    <span class="bad">recovery is impossible</span>
  );
}

function count(value: number): string {
  return value.toLocaleString("en-US");
}

function counted(steps: number): string {
  return `${count(steps)} step${steps === 1 ? "" : "s"}`;
}

/** Takes the way to what is shown beside it; while nothing is known there is no way to take. */
function Go(props: {
  readonly facts: Facts;
  readonly keys: readonly string[];
  readonly label: string;
  readonly children: string;
}): JSX.Element {
  const { facts, keys, label, children } = props;
  return (
    <button
      type="button"
      class="go"
      aria-label={label}
      disabled={keys.length === 0}
      onClick={() => {
        facts.take(keys);
      }}
    >
      {children}
    </button>
  );
}

function RoundWords(props: { readonly round: readonly string[] }): JSX.Element {
  const { round } = props;
  if (round.length === 0) return <>nothing is left to do</>;
  return (
    <>
      {counted(round.length)}: <code>{round.join(" ")}</code>
    </>
  );
}

function Loop(props: {
  readonly facts: Facts;
  readonly property: string;
  /** One round of it as its own path takes it: as long as any other. */
  readonly likely: readonly string[];
  /** Undefined while it is not known, null if the loop cannot be reached. */
  readonly loop: LoopFacts | null | undefined;
}): JSX.Element {
  const { facts, property, likely, loop } = props;
  const { way = [], round = [] } = loop ?? {};
  const isHere = loop !== null && loop !== undefined && way.length === 0;
  return (
    <tr class={isHere ? "here" : ""}>
      <th scope="row">{property}</th>
      <td>
        {loop === undefined ? (
          "…"
        ) : loop === null ? (
          "cannot be reached from here"
        ) : isHere ? (
          <b>↻ on the loop</b>
        ) : (
          `${counted(way.length)} away`
        )}{" "}
        {loop !== null && (
          <Go
            facts={facts}
            keys={isHere ? round : way}
            label={`${isHere ? "go round" : "go there"}: the loop of ${property}`}
          >
            {isHere ? "go round" : "go there"}
          </Go>
        )}
      </td>
      <td>
        {loop === null || loop === undefined ? (
          <span class="unknown" aria-hidden>
            <RoundWords round={likely} />
          </span>
        ) : (
          <RoundWords round={round} />
        )}
      </td>
    </tr>
  );
}

/** The loops that can be taken for ever, and how far they are. */
function Loops(props: {
  readonly facts: Facts;
  readonly found: NeighbourhoodFacts | null;
}): JSX.Element | null {
  const { facts, found } = props;
  if (facts.loops.length === 0) return null;
  return (
    <table class="loops">
      <caption>
        Loops that can go on for ever while a chunk waits, one for each violated property:
      </caption>
      <thead>
        <tr>
          <th scope="col">violates</th>
          <th scope="col">from here</th>
          <th scope="col">one round</th>
        </tr>
      </thead>
      <tbody>
        {facts.loops.map(({ property, round }) => (
          <Loop
            key={property}
            facts={facts}
            property={property}
            likely={round}
            loop={
              found === null
                ? undefined
                : (found.loops.find((loop) => loop.property === property) ?? null)
            }
          />
        ))}
      </tbody>
    </table>
  );
}

function Nearest(props: { readonly facts: Facts; readonly here: StateFacts }): JSX.Element {
  const { nearest } = props.here;
  if (nearest === null)
    return <>No state that can be reached from here is a violation by itself.</>;
  if (nearest.keys.length === 0) {
    return <span class="bad">This state violates {nearest.property}.</span>;
  }
  return (
    <>
      The nearest violation is <b>{nearest.property}</b>, {counted(nearest.keys.length)} away{" "}
      <Go facts={props.facts} keys={nearest.keys} label={`go there: ${nearest.property}`}>
        go there
      </Go>{" "}
      <code title={nearest.keys.join(" ")}>{nearest.keys.join(" ")}</code>
    </>
  );
}

/** What lies behind the state that is shown. It is as high while that is being judged as it is afterwards. */
export function FactsPanel(props: { readonly facts: Facts }): JSX.Element {
  const { facts } = props;
  const found = facts.found.value;
  const failed = facts.failed.value;
  return (
    <section
      class="facts"
      aria-label="The state space from here"
      aria-busy={found === null && failed === ""}
    >
      <p class="reach" role="status">
        {found !== null ? (
          <>
            {count(found.here.behind)} of {count(found.states)} states can still be reached;{" "}
            {recoveryWords(found.here)}.
          </>
        ) : failed === "" ? (
          <span class="quiet">judging {count(facts.states)} states…</span>
        ) : (
          <>
            <span class="bad">Nothing is known of this state: {failed}.</span>{" "}
            <button
              type="button"
              class="again"
              onClick={() => {
                facts.askAgain();
              }}
            >
              ask again
            </button>
          </>
        )}
      </p>
      <p class="nearest">
        {found !== null && <Nearest facts={facts} here={found.here} />}
        {found === null && failed === "" && (
          <Go facts={facts} keys={[]} label="go there: the nearest violation">
            go there
          </Go>
        )}
      </p>
      <Loops facts={facts} found={found} />
    </section>
  );
}

/** What lies behind an action. */
export function Behind(props: { readonly facts: Facts; readonly action: string }): JSX.Element {
  const { facts, action } = props;
  const found = facts.found.value;
  const after = found?.after[action];
  if (found === null || after === undefined) {
    const words = facts.failed.value === "" ? "judging…" : "";
    return <small class="behind quiet">{words}</small>;
  }
  const along = found.loops
    .filter(({ way, round }) => way.length === 0 && round[0] === action)
    .map(({ property }) => property);
  const { nearest } = after;
  return (
    <small class="behind">
      {along.length > 0 && (
        <b class="along-loop">↻ goes on round the loop of {along.join(", ")}; </b>
      )}
      {count(after.behind)} states behind; {recoveryWords(after)}
      {nearest !== null &&
        (nearest.keys.length === 0 ? (
          <span class="bad">; violates {nearest.property}</span>
        ) : (
          `; ${nearest.property} in ${count(nearest.keys.length)} more`
        ))}
    </small>
  );
}
