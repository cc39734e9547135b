import { createServer, type Server, type ServerResponse } from "node:http";
import type { Socket } from "node:net";

/** An HTTP endpoint on 127.0.0.1 that takes JSON lines `{"log": …}`, and can go down, hang and come back. */
export class Endpoint {
  /** Arrivals of each line. */
  readonly arrivals = new Map<string, number>();
  /** Requests that were taken and are never answered. */
  held = 0;
  /** Take requests, count them, and do not answer. */
  holds = false;
  port = 0;
  #server: Server | undefined;

  get url(): string {
    return `http://127.0.0.1:${this.port}/`;
  }

  /** Listens on the port that it had before; the first time on a free one. */
  async up(): Promise<void> {
    const server = createServer((request, response) => {
      let body = "";
      request.setEncoding("utf8");
      request.on("data", (text: string) => (body += text));
      request.on("end", () => {
        this.#take(body, response);
      });
      request.on("error", () => undefined);
    });
    server.on("connection", (socket: Socket) => socket.on("error", () => undefined));
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(this.port, "127.0.0.1", resolve);
    });
    const address = server.address();
    if (address === null || typeof address === "string") throw new Error("no port");
    this.port = address.port;
    this.#server = server;
  }

  /** Breaks every connection and refuses new ones. */
  async down(): Promise<void> {
    const server = this.#server;
    if (server === undefined) return;
    this.#server = undefined;
    await new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    });
  }

  #take(body: string, response: ServerResponse): void {
    for (const text of body.split("\n")) {
      if (text === "") continue;
      const record: unknown = JSON.parse(text);
      if (typeof record !== "object" || record === null || !("log" in record)) continue;
      const line = String(record.log);
      this.arrivals.set(line, (this.arrivals.get(line) ?? 0) + 1);
    }
    if (this.holds) this.held += 1;
    else response.writeHead(200).end();
  }
}
