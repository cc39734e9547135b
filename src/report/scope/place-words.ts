import type { MachineView, SlotStateView } from "../../compile/state-view.ts";

function contextWords({ context }: MachineView): string {
  const extras = ["chargedTo", "retriesUsed", "failures"].flatMap((key) => {
    const value = context[key];
    if (typeof value !== "number") return [];
    if (key === "chargedTo") return [`${value}`];
    return value === 0 ? [] : [`×${value}`];
  });
  return extras.length === 0 ? "" : `(${extras.join(",")})`;
}

/** A slot in a few words, such as `up · flushing` or `down · idle`; a free slot is a dash. */
export function slotWords(slot: SlotStateView): string {
  const words: string[] = [];
  for (const [role, machine] of Object.entries(slot)) {
    if (role === "task") continue;
    const machines: readonly MachineView[] = "state" in machine ? [machine] : machine;
    const told = machines.map((one) => one.state + contextWords(one));
    if (role === "chunk") {
      if (told[0] === "absent") return "–";
      words.push(...told);
      const task = slot["task"];
      if (task !== undefined && "state" in task && task.state === "vacant") words.push("idle");
    } else if (machines.some(({ state }) => !quiet.has(state))) {
      words.push(told.join("/"));
    }
  }
  return words.join(" · ");
}

/** States that say no more than the words before them. */
const quiet = new Set(["unrouted", "routed", "settled", "owed", "none"]);
