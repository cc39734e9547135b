import { isUp } from "../chunkio/chunk.ts";
import { fileContent } from "../chunkio/chunk-file.ts";
import { handleOutputEvent } from "./output-event.ts";
import type { Engine } from "./engine.ts";
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
    },
    done,
  );
}
