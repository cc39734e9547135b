import type { RecordedEngine } from "./recorded-engine.ts";
import type { ReplayedModel } from "./replayed-model.ts";

/** How the two sides differ after a step, in what both of them count and in where the step's chunk is. */
export function disagreements(
  { storage, tasks, quota }: RecordedEngine,
  model: ReplayedModel,
  chunk: string,
): readonly string[] {
  const said = (what: string, recorded: unknown, modelled: unknown): readonly string[] =>
    recorded === modelled
      ? []
      : [`the model expects ${what} to be ${String(modelled)}, the trace has ${String(recorded)}`];
  // A process that starts finds its chunks one by one.
  const unfound = model.outside().filter((one) => !storage.has(one)).length;
  const loaded = model.outside().filter((one) => storage.isUp(one)).length;
  const isOutside = model.isOutside(chunk);
  return [
    ...said("the number of chunks up", storage.up - loaded, model.up),
    ...said("the number of tasks", tasks.count, model.tasks),
    ...said("the number of live chunks", storage.live, model.live - unfound),
    ...model
      .counters()
      .flatMap((used, output) =>
        said(`the quota in use by output ${output}`, quota.used[output], used),
      ),
    ...said("the chunk being live", storage.has(chunk), isOutside || model.isLive(chunk)),
    ...(isOutside ? [] : said("the chunk being up", storage.isUp(chunk), model.isUp(chunk))),
    ...said("the chunk having a task", tasks.holds(chunk), model.hasTask(chunk)),
  ];
}
