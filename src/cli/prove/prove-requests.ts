import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { UserError } from "../../errors/user-error.ts";
import { loadReleases } from "../../compile/load-releases.ts";
import { startZ3 } from "../../prove/logic/solver.ts";
import { Interrupted } from "../interrupted.ts";
import { answerRequest, type ProofAnswer, type ProofRequest } from "./proof-request.ts";
import type { ThreadMessage, ThreadTask } from "./prover-thread.ts";

/** Told which request a question to the solver is about, what it is, and how many systems are done. */
export type OnProofQuestion = (request: ProofRequest, claim: string, done: number) => void;

async function inThisThread(
  requests: readonly ProofRequest[],
  onQuestion: OnProofQuestion,
): Promise<readonly ProofAnswer[]> {
  const releases = await loadReleases();
  const solver = await startZ3();
  try {
    const answers: ProofAnswer[] = [];
    for (const request of requests) {
      answers.push(
        await answerRequest(request, releases, solver, (claim) => {
          onQuestion(request, claim, answers.length);
        }),
      );
    }
    return answers;
  } finally {
    await solver.close();
  }
}

async function inThreads(
  requests: readonly ProofRequest[],
  program: URL,
  onQuestion: OnProofQuestion,
): Promise<readonly ProofAnswer[]> {
  const answers = new Map<number, ProofAnswer>();
  // The largest systems come last in a list: they are begun first, so that no thread is left with one at the end.
  let next = requests.length;
  const threads = Array.from(
    { length: Math.min(availableParallelism(), requests.length) },
    () => new Worker(program),
  );
  let interrupt = (): void => undefined;
  try {
    await new Promise<void>((resolve, reject) => {
      interrupt = () => {
        reject(new Interrupted(`interrupted after ${answers.size} of ${requests.length} systems`));
      };
      process.once("SIGINT", interrupt);
      process.once("SIGTERM", interrupt);
      const giveNext = (thread: Worker): void => {
        next--;
        const request = requests[next];
        if (request === undefined) return;
        const task: ThreadTask = { index: next, request };
        thread.postMessage(task);
      };
      for (const thread of threads) {
        thread.on("message", (message: ThreadMessage) => {
          const request = requests[message.index];
          if (request === undefined) return;
          switch (message.kind) {
            case "asks":
              onQuestion(request, message.claim, answers.size);
              break;
            case "answers":
              answers.set(message.index, message.answer);
              if (answers.size === requests.length) resolve();
              else giveNext(thread);
              break;
            case "fails":
              reject(
                message.refused
                  ? new UserError(message.sentence)
                  : new Error(`the proof of ${request.release} failed: ${message.sentence}`),
              );
          }
        });
        thread.on("error", (error) => {
          reject(new Error(`a prover failed: ${error.message}`));
        });
        thread.on("exit", () => {
          reject(new Error("a prover ended before it was done"));
        });
        giveNext(thread);
      }
    });
  } finally {
    process.off("SIGINT", interrupt);
    process.off("SIGTERM", interrupt);
    await Promise.all(threads.map((thread) => thread.terminate()));
  }
  return [...answers].sort(([a], [b]) => a - b).map(([, answer]) => answer);
}

/**
 * Proves systems, on as many threads as there are processors; from sources, where no thread can be started, one after
 * the other.
 *
 * @returns the answers, in the order of the requests
 * @throws Interrupted if the process is asked to end meanwhile.
 * @throws DependsOnSize if a release is not the same at every size.
 */
export function proveRequests(
  requests: readonly ProofRequest[],
  onQuestion: OnProofQuestion,
): Promise<readonly ProofAnswer[]> {
  return import.meta.url.endsWith(".ts")
    ? inThisThread(requests, onQuestion)
    : inThreads(requests, new URL("prover-thread.js", import.meta.url), onQuestion);
}
