import type { Task, TaskMap } from "./structures.ts";

/** An empty map of `size` ids that may grow by `growth` up to `limit`. */
export function taskMapCreate(size: number, limit: number, growth: number): TaskMap {
  return { size, limit, growth, tasks: [], count: 0, lowestFree: 0 };
}

/**
 * The lowest id that no task has, or undefined if the map is full and may not grow.
 * Stands for `flb_task.c::map_get_task_id` (v3.0.4) and `flb_config_task_map_grow` (since v4.0).
 */
export function mapGetTaskId(map: TaskMap): number | undefined {
  let id = map.lowestFree;
  while (id < map.size && map.tasks[id] !== undefined) id += 1;
  map.lowestFree = id;
  if (id < map.size) return id;
  if (map.size >= map.limit) return undefined;
  map.size = Math.min(map.size + map.growth, map.limit);
  return id;
}

/** Stands for `flb_task.c::map_set_task_id`. */
export function mapSetTaskId(map: TaskMap, id: number, task: Task): void {
  map.tasks[id] = task;
  map.count += 1;
}

/** Stands for `flb_task.c::map_free_task_id`. */
export function mapFreeTaskId(map: TaskMap, id: number): void {
  map.tasks[id] = undefined;
  map.count -= 1;
  map.lowestFree = Math.min(map.lowestFree, id);
}

/** True if {@link mapGetTaskId} would find nothing. Changes nothing. */
export function mapIsFull(map: TaskMap): boolean {
  return map.count >= map.limit;
}
