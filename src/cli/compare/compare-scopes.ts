import { defaultParameters, type Parameters } from "../../../models/parameters.ts";
import type { Lettered } from "../../report/comparison/comparison.ts";

/** A shape of systems that is proved for every size. */
interface ProvedShape extends Omit<Lettered, "words"> {
  readonly settings: Partial<Parameters>;
}

/** Shapes that between them say everything that is known for every size. */
export const provedShapes: readonly ProvedShape[] = [
  { letter: "A", title: "one output", settings: {} },
  {
    letter: "B",
    title: "two outputs, any routes, crashes",
    settings: { outputs: 2, routing: "any", crash: true },
  },
  {
    letter: "C",
    title: "no timers left, shutdown",
    settings: { schedulerFails: true, shutdown: true },
  },
];

/**
 * Scopes in which a crash is looked at, each with one more chunk than the task map and the memory hold. They tell whether
 * what is sent twice grows with tasks, with memory or with outputs.
 */
export const crashScopes: readonly Partial<Parameters>[] = [
  { chunks: 3, taskMapSize: 1, maxChunksUp: 1, outputs: 2 },
  { chunks: 4, taskMapSize: 2, maxChunksUp: 1, outputs: 2 },
  { chunks: 4, taskMapSize: 1, maxChunksUp: 2, outputs: 2 },
  { chunks: 5, taskMapSize: 2, maxChunksUp: 2, outputs: 2 },
  { chunks: 2, taskMapSize: 1, maxChunksUp: 1, outputs: 3 },
].map((sizes) => ({ ...sizes, routing: "any", crash: true }));

/** Sizes of a crash scope in a few words, such as `T=1 X=1 M=2`. */
export function crashScopeWords(settings: Partial<Parameters>): string {
  const { taskMapSize, maxChunksUp, outputs } = { ...defaultParameters, ...settings };
  return `T=${taskMapSize} X=${maxChunksUp} M=${outputs}`;
}
