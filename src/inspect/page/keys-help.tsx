import type { JSX } from "preact";

const keys: readonly (readonly [string, string])[] = [
  ["space", "plays, and pauses"],
  ["→ or j", "one step on"],
  ["← or k", "one step back"],
  ["Home", "the beginning"],
  ["End", "the violation; again: the end of the loop"],
  ["/", "searches the steps; Enter takes the first hit, Escape leaves"],
  ["Tab, Enter", "everything else"],
  ["?", "shows these keys; Escape closes them"],
];

/** Opens the list of keys. */
export function showKeys(): void {
  const dialog = document.querySelector<HTMLDialogElement>("dialog.keys");
  if (dialog?.open === false) dialog.showModal();
}

/** The keys of the page, in a dialog that `showKeys` opens. */
export function KeysHelp(): JSX.Element {
  return (
    <dialog class="keys" aria-labelledby="keys-title">
      <h2 id="keys-title">Keys</h2>
      <dl>
        {keys.map(([key, does]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <form method="dialog">
        <button type="submit">close</button>
      </form>
    </dialog>
  );
}
