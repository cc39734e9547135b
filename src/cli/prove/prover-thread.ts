import { parentPort } from "node:worker_threads";
import { UserError } from "../../errors/user-error.ts";
import { loadReleases } from "../../compile/load-releases.ts";
import { startZ3 } from "../../prove/logic/solver.ts";
import { answerRequest, type ProofAnswer, type ProofRequest } from "./proof-request.ts";

/** What a thread is told: to prove a system, known by its number. */
export interface ThreadTask {
  readonly index: number;
  readonly request: ProofRequest;
}

/** What a thread says: what it asks the solver, now and then; and what came of a task, or why nothing did. */
export type ThreadMessage =
  | { readonly kind: "asks"; readonly index: number; readonly claim: string }
  | { readonly kind: "answers"; readonly index: number; readonly answer: ProofAnswer }
  | {
      readonly kind: "fails";
      readonly index: number;
      readonly sentence: string;
      /** Whether there is nothing wrong with the prover: the release cannot be proved anything of. */
      readonly refused: boolean;
    };

const everyMs = 200;

/** Proves the systems that it is given, one at a time, with a solver of its own. */
async function serve(): Promise<void> {
  if (parentPort === null) return;
  const port = parentPort;
  const say = (message: ThreadMessage): void => {
    port.postMessage(message);
  };
  const [releases, solver] = await Promise.all([loadReleases(), startZ3()]);
  let saidAt = -Infinity;
  port.on("message", ({ index, request }: ThreadTask) => {
    answerRequest(request, releases, solver, (claim) => {
      if (performance.now() - saidAt < everyMs) return;
      saidAt = performance.now();
      say({ kind: "asks", index, claim });
    }).then(
      (answer) => {
        say({ kind: "answers", index, answer });
      },
      (error: unknown) => {
        say({
          kind: "fails",
          index,
          sentence: error instanceof Error ? error.message : String(error),
          refused: error instanceof UserError,
        });
      },
    );
  });
}

await serve();
