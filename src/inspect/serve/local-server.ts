import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";

/** A server that only this machine can reach. */
export interface LocalServer {
  readonly server: Server;
  /** `http://127.0.0.1:<port>/` */
  readonly url: string;
  readonly port: number;
  readonly close: () => Promise<void>;
}

/** What is answered to a request. */
export interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

const address = "127.0.0.1";
const mostBytes = 1 << 20;

/** Whether the request names this server: a name that was bent to 127.0.0.1 (DNS rebinding) does not. */
function namesUs(request: IncomingMessage, port: number): boolean {
  const host = request.headers.host;
  return host === `${address}:${port}` || host === `localhost:${port}`;
}

/** Whether the request comes from one of our own pages, from an allowed one, or from no page at all. */
function comesFromUs(
  request: IncomingMessage,
  port: number,
  allowedOrigins: readonly string[],
): boolean {
  const { origin } = request.headers;
  return (
    origin === undefined ||
    origin === `http://${address}:${port}` ||
    origin === `http://localhost:${port}` ||
    allowedOrigins.includes(origin)
  );
}

/** Why a request is refused; null if it is not. */
export function refusal(
  request: IncomingMessage,
  port: number,
  allowedOrigins: readonly string[] = [],
): string | null {
  if (!namesUs(request, port)) return "this server answers to 127.0.0.1 and localhost only";
  if (!comesFromUs(request, port, allowedOrigins)) return "pages of other origins are refused";
  return null;
}

/** A request that cannot be answered, and the status that says why. */
class BadRequest extends Error {
  override readonly name = "BadRequest";
  readonly status: number;

  constructor(status: number, sentence: string) {
    super(sentence);
    this.status = status;
  }
}

/** The path that a request asks for; its target may be any text that anybody can think of, such as `//`. */
function pathOf(target: string, port: number): string {
  const base = `http://${address}:${port}`;
  let url: URL;
  try {
    url = new URL(target, base);
  } catch {
    throw new BadRequest(400, "the request names no path of this server");
  }
  if (url.origin === base || url.origin === `http://localhost:${port}`) return url.pathname;
  throw new BadRequest(400, "the request names a path of another server");
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    const part = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
    bytes += part.length;
    if (bytes > mostBytes) throw new BadRequest(413, "the request is too long");
    chunks.push(part);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function send(response: ServerResponse, { status, type, body }: Answer): void {
  if (response.headersSent || response.destroyed) return;
  response.writeHead(status, {
    "content-type": `${type}; charset=utf-8`,
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "same-origin",
    "content-security-policy": "frame-ancestors 'none'",
    // What is left of a request that was not read to its end is not the next one.
    ...(status === 413 ? { connection: "close" } : {}),
  });
  response.end(body);
}

function inWords(status: number, body: string): Answer {
  return { status, type: "text/plain", body };
}

/**
 * Answers a path and, for POST, a body; null where there is nothing. What it throws is answered with 400.
 *
 * @param gone is aborted when the one who asks does not wait for the answer any more
 */
export type Respond = (
  path: string,
  body: string | null,
  gone: AbortSignal,
) => Answer | null | Promise<Answer | null>;

async function answerTo(
  request: IncomingMessage,
  port: number,
  respond: Respond,
  gone: AbortSignal,
): Promise<Answer> {
  const refused = refusal(request, port);
  if (refused !== null) return inWords(403, refused);
  if (request.method !== "GET" && request.method !== "POST") return inWords(405, "GET or POST");
  try {
    const path = pathOf(request.url ?? "/", port);
    const body = request.method === "GET" ? null : await bodyOf(request);
    return (await respond(path, body, gone)) ?? inWords(404, "there is nothing here");
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return inWords(error instanceof BadRequest ? error.status : 400, why);
  }
}

/**
 * Starts a server on 127.0.0.1 that refuses requests for other hosts and from pages of other origins. Whatever a
 * request is, it is answered, and the server goes on.
 *
 * @param port 0 for any free one
 * @throws Error if the port is taken
 */
export async function startLocalServer(port: number, respond: Respond): Promise<LocalServer> {
  let bound = port;
  const server = createServer((request, response) => {
    const gone = new AbortController();
    response.on("close", () => {
      gone.abort();
    });
    // A connection may break at any moment; then there is nobody left to tell.
    response.on("error", () => undefined);
    void answerTo(request, bound, respond, gone.signal).then((answer) => {
      send(response, answer);
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, address, resolve);
  });
  const told = server.address();
  bound = typeof told === "object" && told !== null ? told.port : port;
  return {
    server,
    url: `http://${address}:${bound}/`,
    port: bound,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}
