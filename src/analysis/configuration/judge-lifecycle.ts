import type { Release } from "../../../models/description.ts";
import type { Parameters } from "../../../models/parameters.ts";
import { Stepper } from "../../compile/stepper.ts";
import { isStuck, usefulEngineActions } from "../../compile/stuck.ts";
import type { Scope } from "../../compile/scope.ts";
import { hasFeature } from "../../config/engine-features.ts";
import type { FluentBitConfiguration } from "../../config/fluent-bit-configuration.ts";
import { formatPosition } from "../../config/position.ts";
import type { Setting } from "../../config/setting.ts";
import type { ScopeResult } from "../../explore/check-scope.ts";
import { isOutOfTime, violates } from "./judged-sizes.ts";
import { scopeOfShape, type ConfigurationShape } from "./scope-of-configuration.ts";

/** What starts and ends of the engine do, by the settings that are about them; all in sentences. */
export interface Lifecycle {
  /** How it gets stuck by them; each names its setting first. */
  readonly stalls: readonly { readonly setting: string; readonly sentence: string }[];
  /** What else happens. */
  readonly consequences: readonly string[];
  /** What was not decided in the time that there was. */
  readonly open: readonly string[];
}

const small = { taskMapSize: 2, maxChunksUp: 2, chunks: 2 };

/** What is asked: the engine, its shape, and how to search. */
interface Asked {
  readonly configuration: FluentBitConfiguration;
  readonly release: Release;
  readonly shape: ConfigurationShape;
  readonly search: (scope: Scope) => ScopeResult;
}

function where<T>(setting: Setting<T>): string {
  return setting.position === undefined ? "" : ` (${formatPosition(setting.position)})`;
}

/** A scope in which no limit on files is met: with a crash, only one rule for them is defined. */
function scopeWith(
  { release, shape }: Asked,
  sizes: { readonly taskMapSize: number; readonly maxChunksUp: number; readonly chunks: number },
  settings: Partial<Parameters>,
): Scope {
  return scopeOfShape(release, shape, sizes, settings);
}

/** Takes the first action of these that can be taken; false if none can. */
function takeFirst(stepper: Stepper, names: readonly string[]): boolean {
  const enabled = stepper.enabled();
  for (const name of names) {
    const action = enabled.find(({ move }) => move.action === name);
    if (action !== undefined) {
      stepper.take(action);
      return true;
    }
  }
  return false;
}

/** What leads from a chunk to its dead letters while outputs refuse it. */
const givingUp = [
  "flushError",
  "flushDrop",
  "retryFire",
  "flushRetry",
  "dispatch",
  "ingest",
] as const;

/** Fills `storage.max_chunks_up` with dead letters, restarts, and sees whether anything can go on; at the real sizes. */
function isStuckByLetters(asked: Asked): boolean {
  const { configuration, shape } = asked;
  const maxChunksUp = configuration.service.maxChunksUp.value;
  const scope = scopeWith(
    asked,
    { taskMapSize: configuration.engine.taskMapSize, maxChunksUp, chunks: 1 },
    {
      deadLetter: true,
      crash: true,
      backlog: true,
      flushError: shape.retryLimit === "unlimited",
    },
  );
  const letters = scope.system.quantities.findIndex(({ name }) => name === "letters");
  const stepper = new Stepper(scope);
  const most = 50 * maxChunksUp * shape.outputs;
  while (takeFirst(stepper, ["outputDown"]));
  for (let step = 0; step < most && stepper.amount(letters) < maxChunksUp; step++) {
    if (!takeFirst(stepper, givingUp)) return false;
  }
  if (stepper.amount(letters) < maxChunksUp) return false;
  while (takeFirst(stepper, ["outputUp"]));
  if (stepper.amount(scope.system.vocabulary.live) === 0) takeFirst(stepper, ["ingest"]);
  takeFirst(stepper, ["crash"]);
  while (takeFirst(stepper, ["queue"]));
  return isStuck(stepper);
}

function ofDeadLetters(asked: Asked): Lifecycle {
  const { configuration, shape, search } = asked;
  const { service, version } = configuration;
  const name = `storage.keep.rejected${where(service.keepRejected)}`;
  const stays = hasFeature(version, "deadLettersStay");
  if (!shape.asksForRetries) {
    return {
      stalls: [],
      consequences: [],
      open: [
        `${name} keeps copies of what is given up, which take places in memory after a restart; whether outputs that never ask for a retry give anything up is not known.`,
      ],
    };
  }
  const result = search(
    scopeWith(asked, small, {
      deadLetter: true,
      flushError: shape.retryLimit === "unlimited",
    }),
  );
  return {
    stalls:
      stays && isStuckByLetters(asked)
        ? [
            {
              setting: "storage.keep.rejected",
              sentence: `Once ${service.maxChunksUp.value} dead letters are on disk at a start, as many as storage.max_chunks_up, they take every place in memory for the life of the process: ${name} keeps copies of what is given up, a start opens them before anything else, and nothing that is stored on disk is delivered any more (sb.c::sb_segregate_chunks). A restart does not help; move the files below storage.rejected.path away first, and keep fewer.`,
            },
          ]
        : [],
    consequences: [
      ...(stays
        ? []
        : [
            `${name}: v${version.text} deletes its dead letters at the next start (they have no tag, and so no route).`,
          ]),
      ...(violates(result, "keptOrDelivered")
        ? [
            `${name}: while memory is full (storage.max_chunks_up), a copy cannot be written, and what is given up is lost (flb_storage.c::flb_storage_quarantine_chunk).`,
          ]
        : []),
    ],
    open: isOutOfTime(result) ? [`what ${name} does was not decided in time.`] : [],
  };
}

/** Whether a chunk that an earlier run left waits for nothing but being queued. */
function ofBacklog(asked: Asked): Lifecycle {
  const { backlogMemLimit } = asked.configuration.service;
  const scope = scopeWith(asked, { ...small, chunks: 1 }, { crash: true, backlog: true });
  const stepper = new Stepper(scope);
  takeFirst(stepper, ["ingest"]);
  takeFirst(stepper, ["crash"]);
  const queued = usefulEngineActions(stepper).every(({ move }) => move.action === "queue");
  return {
    stalls: queued
      ? [
          {
            setting: "storage.backlog.mem_limit",
            sentence: `With storage.backlog.mem_limit 0${where(backlogMemLimit)}, chunks that an earlier run left on disk are never queued (sb.c::cb_queue_chunks), and wait for ever. Leave the setting out (5M), or give a size.`,
          },
        ]
      : [],
    consequences: [],
    open: [],
  };
}

function ofReload(asked: Asked): Lifecycle {
  const { configuration, search } = asked;
  const { service, version, filesystem } = configuration;
  const name = `hot_reload${where(service.hotReload)}`;
  const isStored = filesystem.outputs.length > 0;
  const result = search(
    scopeWith(asked, small, {
      reload: true,
      shutdownPhase: hasFeature(version, "shutdownWaitsForChunks") ? "chunks" : "tasks",
      ...(isStored ? { crash: true, backlog: true } : {}),
    }),
  );
  const ends = result.properties.find(({ property }) => property === "shutdownEnds");
  const actions = ends?.path?.steps.map(({ taken }) => taken.move.action).join(", ") ?? "";
  return {
    stalls: [],
    consequences:
      ends?.verdict === "violated"
        ? [
            `${name}: a reload can wait for ever, with every input paused and every output online (flb_reload.c::flb_reload, grace -1). The shortest way: ${actions}. Restart instead of reloading while chunks of an earlier run are loaded.`,
          ]
        : [],
    open: isOutOfTime(result) ? [`whether ${name} ends was not decided in time.`] : [],
  };
}

function ofFlushOnShutdown(asked: Asked): Lifecycle {
  const { service } = asked.configuration;
  const name = `storage.backlog.flush_on_shutdown${where(service.flushBacklogOnShutdown)}`;
  const result = asked.search(
    scopeWith(asked, small, { shutdownPhase: "chunks", flushOnShutdown: true }),
  );
  return {
    stalls: [],
    consequences: violates(result, "flushingIsMapped")
      ? [
          `${name}: a shutdown takes chunks out of memory while outputs still read them (sb.c::sb_segregate_chunks): a flush may fail, send part of a chunk, or end the process.`,
        ]
      : [],
    open: isOutOfTime(result) ? [`what ${name} does was not decided in time.`] : [],
  };
}

/** What the settings of a configuration about starts and ends do. */
export function judgeLifecycle(asked: Asked): Lifecycle {
  const { service, filesystem } = asked.configuration;
  const isStored = filesystem.outputs.length > 0;
  const { backlogMemLimit, keepRejected, hotReload, flushBacklogOnShutdown } = service;
  const all = [
    ...(isStored && backlogMemLimit.value === 0 ? [ofBacklog(asked)] : []),
    ...(isStored && keepRejected.value ? [ofDeadLetters(asked)] : []),
    ...(hotReload.value ? [ofReload(asked)] : []),
    ...(isStored && flushBacklogOnShutdown.value ? [ofFlushOnShutdown(asked)] : []),
  ];
  return {
    stalls: all.flatMap(({ stalls }) => stalls),
    consequences: all.flatMap(({ consequences }) => consequences),
    open: all.flatMap(({ open }) => open),
  };
}
