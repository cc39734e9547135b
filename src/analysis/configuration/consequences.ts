import type { FluentBitConfiguration } from "../../config/fluent-bit-configuration.ts";
import type { RoutedInput } from "../../config/input-routes.ts";
import { memoryPauses } from "./nothing-judged.ts";
import type { JudgedConfiguration } from "./judge-configuration.ts";
import { lossBefore } from "./limit-conditions.ts";

function namesOf(inputs: readonly RoutedInput[]): string {
  const names = inputs.map(({ alias, name }) => alias ?? name);
  return names.length > 3 ? `${names.slice(0, 3).join(", ")} and others` : names.join(", ");
}

/** What happens to inputs whose chunks are in memory. */
function ofMemoryInputs(
  { memory, filesystem, outputs }: FluentBitConfiguration,
  isStuck: boolean,
): readonly string[] {
  const routed = memory.inputs.filter(({ routes }) => routes.masks.length > 0);
  if (routed.length === 0) return [];
  if (isStuck) {
    return [
      `${namesOf(routed)}, with chunks in memory, stop as well then: the task map is full, and each of their chunks needs a task.`,
    ];
  }
  return filesystem.outputs.length > 0 ? [] : memoryPauses(routed, outputs);
}

/** What `storage.total_limit_size` does besides. */
function ofLimits(
  configuration: FluentBitConfiguration,
  { violated, stuckIn }: JudgedConfiguration,
): readonly string[] {
  const limited = configuration.filesystem.outputs.filter(({ totalLimit }) => totalLimit);
  if (limited.length === 0) return [];
  const pauses = configuration.filesystem.pause === "on";
  // An output without a limit may be the one that waits: nothing is deleted for it.
  const all = limited.length === configuration.filesystem.outputs.length;
  const ends = pauses
    ? "Nothing ends it but a restart: the inputs pause, so that no new data deletes a waiting chunk."
    : "Once storage.total_limit_size is reached, new data deletes a waiting chunk (data loss), and the engine goes on.";
  return [
    ...(stuckIn.length === 0 ? lossBefore(configuration) : all ? [ends] : []),
    ...(violated.has("neverExits")
      ? [
          `When storage.total_limit_size is reached and every chunk is being sent, v${configuration.version.text} ends the process with exit status 0: a supervisor that restarts on failure does not restart it (flb_input_chunk.c::flb_input_chunk_find_space_new_data, to v3.1.3).`,
        ]
      : []),
  ];
}

/** What else the model says will happen, whether or not the engine can get stuck, in sentences. */
export function consequences(
  configuration: FluentBitConfiguration,
  judged: JudgedConfiguration,
): readonly string[] {
  return [
    ...ofLimits(configuration, judged),
    ...judged.lifecycle.consequences,
    ...ofMemoryInputs(configuration, judged.stuckIn.length > 0),
  ];
}
