import { createColors } from "picocolors";

/** How a report marks what matters; without colour every mark is the text itself. */
export type Style = Pick<
  ReturnType<typeof createColors>,
  "bold" | "dim" | "red" | "green" | "yellow" | "cyan"
>;

/** Colours, or none. */
export function style(coloured: boolean): Style {
  return createColors(coloured);
}
