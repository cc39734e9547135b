import { valueOr } from "../../errors/checked-access.ts";
import type { Release } from "../../../models/description.ts";
import { SMALLEST_CHUNK } from "../../config/chunk-size.ts";
import { byteWords } from "./byte-words.ts";
import type { Remedy } from "./configuration-verdict.ts";
import type { Sizes, Variant } from "./judged-variants.ts";
import type { ConfigurationShape } from "./scope-of-configuration.ts";

/** A change to ask the model about. */
export interface RemedyQuestion extends Omit<Remedy, "result" | "delays"> {
  /** Whether it may delay what it does not end. */
  readonly mayDelay?: true;
  readonly release?: string;
  readonly shape?: Partial<ConfigurationShape>;
  readonly resize?: (sizes: Sizes) => Sizes;
}

/** The limits of a configuration at its real sizes. */
interface RealSizes {
  readonly taskMapSize: number;
  readonly maxChunksUp: number;
}

const setting = "setting" as const;

/** The variants with other cases for the inputs' limits, each once. */
function withBuffers(
  { variants, inputs }: ConfigurationShape,
  buffer: Variant["buffers"][number],
): readonly Variant[] {
  const changed = variants.map(({ limits }) => ({ buffers: inputs.map(() => buffer), limits }));
  return [...new Map(changed.map((one) => [JSON.stringify(one), one])).values()];
}

/** The inputs, all of them pausing on `storage.max_chunks_up`, or none. */
function pauseQuestions({ inputs }: ConfigurationShape): readonly RemedyQuestion[] {
  const change = "storage.pause_on_chunks_overlimit";
  const to = (pauses: boolean): Partial<ConfigurationShape> => ({
    inputs: inputs.map((input) => ({ ...input, pauses })),
  });
  return [
    ...(inputs.every(({ pauses }) => pauses)
      ? []
      : [
          {
            change: `${change} on`,
            shape: to(true),
            needs: setting,
            cost: "inputs stop reading while memory is full",
          },
        ]),
    ...(inputs.some(({ pauses }) => pauses)
      ? [{ change: `${change} off`, shape: to(false), needs: setting, cost: "more chunks on disk" }]
      : []),
  ];
}

/** Retry limits to ask about; an output that never asks for a retry has none. */
function retryQuestions({
  retryLimit,
  asksForRetries,
}: ConfigurationShape): readonly RemedyQuestion[] {
  if (!asksForRetries) return [];
  return [
    retryLimit === "unlimited"
      ? {
          change: "Retry_Limit 1",
          shape: { retryLimit: 1 },
          needs: setting,
          cost: "what fails twice is dropped (data loss)",
        }
      : {
          change: "Retry_Limit no_limits",
          shape: { retryLimit: "unlimited" },
          needs: setting,
          cost: "chunks wait for as long as an output is down",
        },
    ...(retryLimit === 0
      ? []
      : [
          {
            change: "Retry_Limit no_retries",
            shape: { retryLimit: 0 },
            needs: setting,
            cost: "every failed flush is dropped (data loss)",
          },
        ]),
  ];
}

/** `Mem_Buf_Limit` of inputs on disk: without it, or so small that every chunk that waits is put down. */
function bufferQuestions(shape: ConfigurationShape): readonly RemedyQuestion[] {
  const { inputs, masks } = shape;
  const isLimited = inputs.some(({ memBufLimit }) => memBufLimit !== undefined);
  if (isLimited) {
    return [
      {
        change: "no Mem_Buf_Limit on inputs with storage.type filesystem",
        shape: { variants: withBuffers(shape, "none") },
        needs: setting,
        cost: "chunks with several routes keep their place in memory while they wait, so that one output that is down cuts off the others sooner",
      },
    ];
  }
  if (masks.every(({ length }) => length < 2)) return [];
  return [
    {
      change: "Mem_Buf_Limit 1 on inputs with storage.type filesystem",
      shape: { variants: withBuffers(shape, "one") },
      mayDelay: true,
      needs: setting,
      cost: "a chunk that waits is read from disk again for each retry, and once the task map is full the engine can get stuck",
    },
  ];
}

/** Chunks without a file, and files that are limited so that a stuck engine has no room. */
function storageQuestions(
  shape: ConfigurationShape,
  { taskMapSize, maxChunksUp }: RealSizes,
): readonly RemedyQuestion[] {
  const { inputs, totalLimits, outputs } = shape;
  const room = (taskMapSize + maxChunksUp) * SMALLEST_CHUNK;
  const limit = Math.floor((room - 1) / outputs);
  return [
    {
      change: "storage.type memory, with a Mem_Buf_Limit, for every input",
      shape: {
        inputs: inputs.map((input) => ({ ...input, storageType: "memory", pauses: false })),
        totalLimits: totalLimits.map(() => undefined),
        variants: [{ buffers: inputs.map(() => "one"), limits: totalLimits.map(() => "none") }],
        hasRoom: true,
      },
      needs: setting,
      cost: "what is not delivered is lost when the process ends, and inputs pause at Mem_Buf_Limit",
    },
    ...(totalLimits.every((one) => one === undefined)
      ? [
          {
            change: `storage.total_limit_size ${Math.floor(limit / 1000)}K for ${outputs === 1 ? "the output" : "each output"}`,
            shape: {
              totalLimits: totalLimits.map(() => limit),
              variants: (["less", "one"] as const).map((one) => ({
                buffers: inputs.map(() => "none" as const),
                limits: totalLimits.map(() => one),
              })),
              hasRoom: false,
            },
            needs: setting,
            cost: `in an outage the oldest chunks are deleted from ${byteWords(limit)} on (data loss)`,
          },
        ]
      : []),
  ];
}

/** What people try, and what would help; settings first, patched builds last. */
export function remedyQuestions(
  shape: ConfigurationShape,
  sizes: RealSizes,
  releases: readonly Release[],
  isStuck: boolean,
): readonly RemedyQuestion[] {
  const { taskMapSize, maxChunksUp } = sizes;
  const isOnDisk = shape.inputs.some(({ storageType }) => storageType === "filesystem");
  const isLimited = shape.totalLimits.some((limit) => limit !== undefined);
  const chunks = taskMapSize + maxChunksUp;
  return [
    ...(isOnDisk ? bufferQuestions(shape) : []),
    ...(isOnDisk ? pauseQuestions(shape) : []),
    ...retryQuestions(shape),
    {
      change: `storage.max_chunks_up ${maxChunksUp * 2} (larger), with as many more chunks waiting`,
      resize: (one) => ({ ...one, maxChunksUp: one.maxChunksUp + 1, chunks: one.chunks + 1 }),
      needs: setting,
      cost: `up to ${byteWords(maxChunksUp * 2_000_000)} more memory`,
    },
    {
      change: "a task map that is larger (newer version), with as many more chunks waiting",
      resize: (one) => ({ ...one, taskMapSize: one.taskMapSize + 1, chunks: one.chunks + 1 }),
      needs: "version",
      cost: "an upgrade",
    },
    {
      change: "fewer chunks waiting than task map + storage.max_chunks_up",
      // Where files are limited, scopes have one chunk more than fills them.
      resize: (one) => ({ ...one, chunks: one.chunks - (isLimited ? 2 : 1) }),
      needs: "load",
      cost: `fewer tags, larger chunks, shorter outages: ${chunks} chunks are ${byteWords(chunks * SMALLEST_CHUNK)} to ${byteWords(chunks * 2_000_000)}`,
    },
    ...(isOnDisk && isStuck ? storageQuestions(shape, sizes) : []),
    ...releases.flatMap(({ name, offeredAs, least }) =>
      // A fix that needs more places in memory than there are is none.
      offeredAs === undefined || maxChunksUp < valueOr(least, "maxChunksUp", 1)
        ? []
        : [{ change: offeredAs, release: name, needs: "build" as const, cost: "a patched build" }],
    ),
  ];
}
