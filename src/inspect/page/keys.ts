import type { Viewer } from "./viewer.ts";

/** Lets the arrow keys, Home, End and / work anywhere but in fields that need them. */
export function listenToKeys(viewer: Viewer): void {
  document.addEventListener("keydown", (event) => {
    const { target } = event;
    const inField =
      target instanceof HTMLElement && target.matches("input:not([type=range]), select, textarea");
    if (inField || event.ctrlKey || event.metaKey || event.altKey) return;
    switch (event.key) {
      case "ArrowRight":
        viewer.goOn();
        break;
      case "ArrowLeft":
        viewer.goBack();
        break;
      case "Home":
        viewer.goTo(0);
        break;
      case "End":
        viewer.goToEnd();
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
