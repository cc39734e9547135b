import type { JSX } from "preact";
import type { SeenMessage } from "./live-feed.ts";

const shown = 60;
const mostColumns = 12;

/** Who starts things stands on the left. */
function rank(name: string): number {
  return (
    ["outside", "fluent-bit"].indexOf(name) + (name === "outside" || name === "fluent-bit" ? 0 : 3)
  );
}

/** The latest messages between the actors, the newest first: a line for each, from the one who sent it to the other. */
export function Sequence(props: { readonly messages: readonly SeenMessage[] }): JSX.Element {
  const latest = props.messages.slice(-shown).reverse();
  const names = [...new Set(latest.flatMap(({ from, to }) => [from, to]))]
    .sort((a, b) => a.localeCompare(b, "en", { numeric: true }))
    .sort((a, b) => rank(a) - rank(b));
  const columns = names.slice(0, mostColumns);
  const drawn = latest.filter(({ from, to }) => columns.includes(from) && columns.includes(to));
  return (
    <section class="sequence" aria-label="Messages">
      <h2>Messages, the newest first</h2>
      {latest.length === 0 && <p class="quiet">None yet.</p>}
      <div class="scroll">
        <ol
          style={{
            gridTemplateColumns: `repeat(${Math.max(1, columns.length)}, minmax(7.2rem, 1fr))`,
          }}
        >
          {columns.map((name, column) => (
            <li key={name} class="head" style={{ gridColumn: column + 1, gridRow: 1 }}>
              {name}
            </li>
          ))}
          {drawn.map(({ number, from, to, event, transition }, row) => {
            const a = columns.indexOf(from);
            const b = columns.indexOf(to);
            return (
              <li
                key={number}
                class={a === b ? "self" : a < b ? "to-right" : "to-left"}
                style={{
                  gridColumn: `${Math.min(a, b) + 1} / ${Math.max(a, b) + 2}`,
                  gridRow: row + 2,
                }}
              >
                <b>{event}</b> {transition !== "" && <span class="quiet">{transition}</span>}
                <span class="read">
                  {" "}
                  from {from} to {to}
                </span>
              </li>
            );
          })}
        </ol>
      </div>
    </section>
  );
}
