import type { Value } from "../../models/system.ts";

/** A parameter as it is written after `--set NAME=`: lists by commas, the outputs of a mask joined by `+`. */
export function parameterText(value: Value): string {
  if (typeof value !== "object") return String(value);
  return value.length === 0
    ? "none"
    : value.map((one) => (typeof one === "object" ? one.join("+") : String(one))).join(",");
}
