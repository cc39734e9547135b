import { createServer, type Server } from "node:http";
import { NoAnswer } from "../../src/diagnose/live/http-question.ts";
import { recordedAnswer } from "../diagnose/live/watched-recording.ts";
import type { Recording } from "../diagnose/judged-recording.ts";

/** A server on 127.0.0.1, and its address. */
export interface TestServer {
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** Starts a server on a free port. */
export async function listening(server: Server): Promise<TestServer> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return {
    url: `http://127.0.0.1:${address.port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

/**
 * A server that answers what a recorded engine answered at that moment.
 *
 * @param now seconds, on the clock of the recording
 */
export function recordedEngine(recording: Recording, now: () => number): Promise<TestServer> {
  const { metrics } = recording;
  return listening(
    createServer((request, response) => {
      const polled = metrics.findLast(({ time }) => time <= now()) ?? metrics[0];
      try {
        const { status, body } = recordedAnswer(recording, polled?.line ?? "", request.url ?? "/");
        response.writeHead(status).end(body);
      } catch (error) {
        if (!(error instanceof NoAnswer)) throw error;
        response.destroy();
      }
    }),
  );
}
