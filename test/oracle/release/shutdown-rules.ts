import type { Step } from "../rules.ts";
import type { Change } from "./change.ts";
import { act } from "./change.ts";
import { detach, putDown } from "./chunk-life.ts";
import type { ReleaseState } from "./release-state.ts";
import { liveOf } from "./release-state.ts";
import type { Settings } from "./settings.ts";

/** How the engine stops: at once (§3.11), or in a phase (§9.8). */
export function* shutdownSteps(
  settings: Settings,
  state: ReleaseState,
): Iterable<Step<ReleaseState>> {
  if (state.phase === "ending") {
    yield* endingSteps(settings, state);
  } else if (settings.shutdownPhase !== undefined) {
    const action = settings.reload ? "reload" : "shutdown";
    yield act(settings, state, { action }, (change) => {
      change.state.phase = "ending";
    });
  } else if (settings.shutdown) {
    yield act(settings, state, { action: "shutdown" }, stop);
  }
}

function* endingSteps(settings: Settings, state: ReleaseState): Iterable<Step<ReleaseState>> {
  if (!isWaitedFor(settings, state)) {
    yield act(settings, state, { action: "shutdownDone" }, stop);
    return;
  }
  if (!settings.reload) {
    yield act(settings, state, { action: "graceOver" }, stop);
  }
  if (settings.flushOnShutdown && !state.segregated) {
    yield act(settings, state, { action: "segregate" }, (change) => {
      change.state.segregated = true;
      for (const { slot } of liveOf(state)) {
        putDown(change, slot);
      }
    });
  }
}

function isWaitedFor({ shutdownPhase }: Settings, state: ReleaseState): boolean {
  const live = liveOf(state);
  if (shutdownPhase === "chunks" && (live.length > 0 || state.lettersUp > 0)) {
    return true;
  }
  return live.some(({ chunk }) =>
    chunk.task?.some(({ status }) => ["flushing", "retry", "pinned"].includes(status)),
  );
}

/** The engine stops: every output is destroyed. */
function stop(change: Change): void {
  change.state.phase = "stopped";
  change.state.segregated = false;
  if (change.settings.detachOnOutputExit) {
    for (const { slot } of liveOf(change.state)) {
      detach(change, slot);
    }
  }
}
