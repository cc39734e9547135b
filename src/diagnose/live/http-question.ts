import { request as plainRequest, type IncomingMessage } from "node:http";
import { request as secureRequest } from "node:https";

/** What a server said to one question. */
export interface HttpAnswer {
  readonly status: number;
  readonly body: string;
}

/** How long to wait for an answer, and how long it may be. */
export interface HttpPatience {
  readonly milliseconds: number;
  readonly bytes: number;
}

/** There was no answer, or none that can be read; the message says why, without the address. */
export class NoAnswer extends Error {
  override readonly name = "NoAnswer";
}

const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: "refuses the connection",
  ECONNRESET: "breaks the connection",
  ENOTFOUND: "is not known by that name",
  EAI_AGAIN: "cannot be looked up by its name now",
  EHOSTUNREACH: "cannot be reached",
  ENETUNREACH: "cannot be reached",
  ETIMEDOUT: "cannot be reached",
  EPROTO: "does not speak TLS",
};

function reasonOf(error: Error): string {
  const code = "code" in error ? String(error.code) : "";
  if (code.startsWith("HPE_")) return "does not speak HTTP";
  return reasons[code] ?? `gives no answer: ${error.message}`;
}

async function bodyOf(response: IncomingMessage, most: number): Promise<string> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response) {
    const part = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
    bytes += part.length;
    if (bytes > most) throw new NoAnswer(`answers with more than ${most} bytes`);
    parts.push(part);
  }
  return Buffer.concat(parts).toString("utf8");
}

/**
 * Asks for a page. Redirections are not followed.
 *
 * @throws NoAnswer (as a rejection) if no answer comes in time, or one that is too long or not HTTP.
 */
export function askHttp(url: URL, { milliseconds, bytes }: HttpPatience): Promise<HttpAnswer> {
  const request = url.protocol === "https:" ? secureRequest : plainRequest;
  return new Promise((resolve, reject) => {
    // A connection of its own: one that was kept may belong to a process that is gone.
    const asked = request(url, { agent: false, headers: { accept: "*/*" } });
    const end = (error: unknown): void => {
      clearTimeout(timer);
      asked.destroy();
      reject(
        error instanceof NoAnswer
          ? error
          : new NoAnswer(reasonOf(error instanceof Error ? error : new Error(String(error)))),
      );
    };
    const timer = setTimeout(() => {
      end(new NoAnswer(`gives no answer within ${milliseconds} ms`));
    }, milliseconds);
    asked.on("error", end);
    asked.on("response", (response) => {
      bodyOf(response, bytes).then((body) => {
        clearTimeout(timer);
        resolve({ status: response.statusCode ?? 0, body });
      }, end);
    });
    asked.end();
  });
}
