import { showKeys } from "./keys-help.tsx";

/** What can be gone through step by step. */
export interface Steps {
  readonly goTo: (step: number) => void;
  readonly goOn: () => void;
  readonly goBack: () => void;
  readonly goToEnd: () => void;
}

/** What keys do besides: space plays, where there is something to play. */
interface KeyActions extends Steps {
  readonly play?: () => void;
}

/** In the search Enter goes to the first hit and Escape leaves; both give the keys back to the page. */
function keyInSearch(event: KeyboardEvent, search: HTMLInputElement): void {
  if (event.key === "Enter") {
    document.querySelector<HTMLElement>(".steps [data-step]")?.click();
  } else if (event.key === "Escape") {
    search.value = "";
    search.dispatchEvent(new Event("input", { bubbles: true }));
  } else return;
  search.blur();
  event.preventDefault();
}

function keyOnPage(event: KeyboardEvent, actions: KeyActions): boolean {
  switch (event.key) {
    case "ArrowRight":
    case "j":
      actions.goOn();
      return true;
    case "ArrowLeft":
    case "k":
      actions.goBack();
      return true;
    case "Home":
      actions.goTo(0);
      return true;
    case "End":
      actions.goToEnd();
      return true;
    case " ":
      actions.play?.();
      return actions.play !== undefined;
    case "?":
      showKeys();
      return true;
    case "/":
      document.querySelector<HTMLInputElement>(".search input")?.focus();
      return true;
    default:
      return false;
  }
}

/** Lets keys work anywhere but in fields that need them; space presses the button that has the focus. */
export function listenToKeys(actions: KeyActions): void {
  document.addEventListener("keydown", (event) => {
    const { target } = event;
    if (event.ctrlKey || event.metaKey || event.altKey || !(target instanceof HTMLElement)) return;
    if (target instanceof HTMLInputElement && target.type === "search") {
      keyInSearch(event, target);
      return;
    }
    const needsIt = target.matches("input:not([type=range]), select, textarea, dialog, dialog *");
    const isPressed = event.key === " " && target.matches("button, summary, a");
    if (!needsIt && !isPressed && keyOnPage(event, actions)) event.preventDefault();
  });
}
