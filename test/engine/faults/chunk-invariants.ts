import { isUp } from "../../../src/engine/chunkio/chunk.ts";
import { compareChunkNames } from "../../../src/engine/core/chunk-name.ts";
import type { Engine } from "../../../src/engine/core/engine.ts";
import { differs, type Known } from "./known.ts";

/** Chunks, their files, the memory they take and who is charged for it. */
export function chunkFaults(engine: Engine, known: Known): readonly string[] {
  return [...storeFaults(engine, known), ...ownerFaults(engine, known)];
}

function storeFaults(
  engine: Engine,
  { files, strays, leaked, descriptors }: Known,
): readonly string[] {
  const { store, outputs, overLimitQuota } = engine;
  const found: string[] = [];
  const charged = new Map<unknown, number>();
  const paths = new Set<string>();
  let up = 0;
  for (const stream of store.streams.values()) {
    for (const chunk of stream.chunks) {
      paths.add(chunk.path);
      if (!files.has(chunk.path)) found.push(`${chunk.name} has no file`);
      if (isUp(chunk)) up += 1;
      const owner = chunk.overLimitOwner;
      if (owner !== undefined) charged.set(owner, (charged.get(owner) ?? 0) + 1);
      if (owner !== undefined && !isUp(chunk)) found.push(`${chunk.name} is charged and down`);
    }
  }
  found.push(...differs("total chunks", store.totalChunks, paths.size));
  found.push(...differs("chunks up", store.totalChunksUp, up));
  found.push(...differs("descriptors of chunks that are up", up, descriptors()));
  const bound = store.options.maxChunksUp + overLimitQuota * outputs.length;
  if (up > bound) found.push(`${up} chunks up, and the bound is ${bound}`);
  for (const output of outputs) {
    const counted = (charged.get(output.quota) ?? 0) + leaked(output);
    found.push(
      ...differs(`over-limit chunks of ${output.name}`, output.quota.overLimitUp, counted),
    );
    if (counted > overLimitQuota) found.push(`${output.name} has ${counted} chunks over the limit`);
  }
  for (const path of files) {
    if (!paths.has(path) && !strays.has(path)) found.push(`nobody knows ${path}`);
  }
  return found;
}

/** Every chunk of the store is an input's, or waits to be queued; and nothing else is. */
function ownerFaults({ inputs, store }: Engine, { backlog, strays }: Known): readonly string[] {
  const found: string[] = [];
  const owned = new Set<unknown>(backlog.waiting);
  for (const input of inputs) {
    for (const { chunk, routes, busy, task } of input.chunks) {
      if (owned.has(chunk)) found.push(`${chunk.name} has two owners`);
      owned.add(chunk);
      if (!chunk.stream.chunks.has(chunk)) found.push(`${chunk.name} is closed and not forgotten`);
      if (busy !== (task !== undefined))
        found.push(`${chunk.name} is busy without a task, or idle with one`);
      if (busy && !chunk.locked) found.push(`${chunk.name} is flushed and still written to`);
      if (routes.length === 0 && busy) found.push(`${chunk.name} has a task and no routes`);
    }
    for (const [tag, last] of input.chunkOfTag) {
      if (!input.chunks.has(last)) found.push(`the last chunk of ${tag} is closed`);
    }
  }
  for (const { chunks } of store.streams.values()) {
    for (const chunk of chunks) {
      if (!owned.has(chunk) && !strays.has(chunk.path)) found.push(`${chunk.name} is nobody's`);
    }
  }
  const names = backlog.waiting.map(({ name }) => name);
  if ([...names].sort(compareChunkNames).join() !== names.join()) {
    found.push("the backlog is not in the order of time");
  }
  return found;
}
