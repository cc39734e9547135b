/** What can be gone through step by step. */
export interface Steps {
  readonly goTo: (step: number) => void;
  readonly goOn: () => void;
  readonly goBack: () => void;
  readonly goToEnd: () => void;
}

/** Lets the arrow keys, Home, End and / work anywhere but in fields that need them. */
export function listenToKeys(steps: Steps): void {
  document.addEventListener("keydown", (event) => {
    const { target } = event;
    const inField =
      target instanceof HTMLElement && target.matches("input:not([type=range]), select, textarea");
    if (inField || event.ctrlKey || event.metaKey || event.altKey) return;
    switch (event.key) {
      case "ArrowRight":
        steps.goOn();
        break;
      case "ArrowLeft":
        steps.goBack();
        break;
      case "Home":
        steps.goTo(0);
        break;
      case "End":
        steps.goToEnd();
        break;
      case "/":
        document.querySelector<HTMLInputElement>(".search input")?.focus();
        break;
      default:
        return;
    }
    event.preventDefault();
  });
}
