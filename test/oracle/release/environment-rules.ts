import type { Step } from "../rules.ts";
import type { Change } from "./change.ts";
import { act } from "./change.ts";
import type { Chunk, ReleaseState } from "./release-state.ts";
import type { Settings } from "./settings.ts";

/** Outputs that go and come, crashes. */
export function* environmentSteps(
  settings: Settings,
  state: ReleaseState,
): Iterable<Step<ReleaseState>> {
  const turn = (
    action: "outputDown" | "outputUp" | "hang" | "unhang",
    output: number,
    to: ReleaseState["outputs"][number],
  ): Step<ReleaseState> =>
    act(settings, state, { action, output }, (change) => {
      change.state.outputs[output] = to;
    });
  for (const [output, at] of state.outputs.entries()) {
    switch (at) {
      case "offline":
        yield turn("outputUp", output, "online");
        break;
      case "hung":
        yield turn("unhang", output, "online");
        break;
      case "online":
        yield turn("outputDown", output, "offline");
        if (settings.outputHangs) {
          yield turn("hang", output, "hung");
        }
    }
  }
  if (settings.crash && state.phase === "running") {
    yield act(settings, state, { action: "crash" }, crash);
  }
}

function crash(change: Change): void {
  const { settings, state } = change;
  state.slots = state.slots.map((chunk) => chunk && survivor(settings, chunk));
  state.overLimitUp = state.overLimitUp.map(() => 0);
  state.paused = state.paused.map(() => false);
  if (settings.deadLetterRestart === "deleted") {
    if (state.letters > 0) {
      change.breaks.add("keptOrDelivered");
    }
    state.letters = 0;
  }
  state.lettersUp = state.letters;
}

/** What a crash leaves of a chunk: its file, if it has one. */
function survivor(settings: Settings, chunk: Chunk): Chunk | null {
  if (chunk.storage === "memory") {
    return null;
  }
  return {
    ...chunk,
    storage: settings.backlog ? "onDisk" : "down",
    charged: chunk.mask,
    restored: settings.knowsRestored,
    task: null,
  };
}
