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

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    const part = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
    bytes += part.length;
    if (bytes > mostBytes) throw new RangeError("the request is too long");
    chunks.push(part);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function send(response: ServerResponse, { status, type, body }: Answer): void {
  response.writeHead(status, {
    "content-type": `${type}; charset=utf-8`,
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "same-origin",
    "content-security-policy": "frame-ancestors 'none'",
  });
  response.end(body);
}

/**
 * Starts a server on 127.0.0.1 that refuses requests for other hosts and from pages of other origins.
 *
 * @param port 0 for any free one
 * @param answer the answer to a path and, for POST, a body; null where there is nothing
 * @throws Error if the port is taken
 */
export async function startLocalServer(
  port: number,
  answer: (path: string, body: string | null) => Answer | null,
): Promise<LocalServer> {
  let bound = port;
  const server = createServer((request, response) => {
    const refused = refusal(request, bound);
    if (refused !== null) {
      send(response, { status: 403, type: "text/plain", body: refused });
      return;
    }
    const path = new URL(request.url ?? "/", `http://${address}`).pathname;
    const reply = (body: string | null): void => {
      const missing = { status: 404, type: "text/plain", body: "there is nothing here" };
      try {
        send(response, answer(path, body) ?? missing);
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        send(response, { status: 400, type: "text/plain", body: why });
      }
    };
    if (request.method === "GET") reply(null);
    else if (request.method === "POST") {
      bodyOf(request).then(reply, () => {
        response.destroy();
      });
    } else send(response, { status: 405, type: "text/plain", body: "GET or POST" });
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
