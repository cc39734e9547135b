import { isUp } from "../chunkio/chunk.ts";
import { fileContent } from "../chunkio/chunk-file.ts";
import { chunkCopyAside } from "../chunkio/rejected.ts";
import { handleOutputEvent } from "./output-event.ts";
import type { Engine } from "./engine.ts";
import type { ByteRange } from "./salvage.ts";
import type { FlushResult, Task, TaskRoute } from "./structures.ts";

/**
 * Starts one flush. Its answer is handled in a turn of the event loop of its own, as in C, even if the
 * output answers at once. Stands for `flb_output.h::flb_output_task_flush` (v3.0.4, no workers).
 */
export function outputTaskFlush(engine: Engine, task: Task, route: TaskRoute): void {
  task.users += 1;
  route.status = "flushing";
  let answered = false;
  const done = (result: FlushResult): void => {
    if (answered) return;
    answered = true;
    engine.clock.schedule(0, () => {
      if (engine.running) handleOutputEvent(engine, task, route, result);
    });
  };
  const { chunk, tag } = task.chunk;
  route.output.plugin.flush(
    {
      tag,
      chunkName: chunk.name,
      content: isUp(chunk) ? fileContent(chunk) : new Uint8Array(0),
      records: task.records,
      reject: (damaged, readable) =>
        chunkCopyAside(engine.store, chunk, damagedWords(damaged, readable)),
    },
    done,
  );
}

function damagedWords(damaged: readonly ByteRange[], readable: number): string {
  const shown = damaged.slice(0, 3).map(({ from, to }) => `${from} to ${to - 1}`);
  const more = damaged.length > shown.length ? `, and ${damaged.length - shown.length} more` : "";
  const delivers =
    readable === 0 ? "nothing can be delivered" : `${readable} records can be delivered`;
  return `bytes ${shown.join(", ")}${more} of its content are no records, ${delivers}`;
}
