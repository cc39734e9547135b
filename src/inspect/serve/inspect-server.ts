import { WebSocketServer, type WebSocket } from "ws";
import type { SystemDescription } from "../../../models/description.ts";
import type { Scope } from "../../compile/scope.ts";
import type { Driver } from "../live/driver.ts";
import { inspectionMessage } from "../live/inspection-message.ts";
import { LiveRun } from "../live/live-run.ts";
import { LiveSystem } from "../live/live-system.ts";
import { readPageRequest } from "../live/page-message.ts";
import { Relay, type Listener } from "../live/relay.ts";
import type { PageData } from "../page-data.ts";
import { statelyScript, type PageFiles } from "../page-files.ts";
import { singlePage } from "../single-page.ts";
import { refusal, startLocalServer, type LocalServer } from "./local-server.ts";
import { statelyPage } from "./stately-page.ts";

const mostBytes = 1 << 20;
const mostClients = 100;

/** What is inspected, and how it is driven. */
export interface Inspection {
  readonly description: SystemDescription;
  readonly scope: Scope;
  readonly driver: Driver;
  /** Milliseconds between two actions. */
  readonly pace: number;
  /** Origins, besides our own, whose pages may connect. */
  readonly allowedOrigins: readonly string[];
  readonly port: number;
}

/** A running inspector. */
export interface Inspector extends LocalServer {
  readonly run: LiveRun;
}

function listenerOf(socket: WebSocket): Listener {
  return {
    send: (message) => {
      socket.send(message);
    },
  };
}

/**
 * Runs a system with live actors and serves a page that shows them. Any client of the protocol of `@statelyai/inspect` may connect
 * to the same port: what it sends shows up on the page, and it gets what everybody else sends.
 */
export async function serveInspector(
  inspection: Inspection,
  data: PageData,
  files: PageFiles,
): Promise<Inspector> {
  const relay = new Relay();
  const pages = new Set<WebSocket>();
  const system = new LiveSystem(inspection.description, inspection.scope, (event) => {
    const message = inspectionMessage(event);
    if (message !== undefined) relay.publish(message);
  });
  const run = new LiveRun(system, inspection.driver, inspection.pace, (news) => {
    for (const page of pages) page.send(JSON.stringify(news));
  });
  let page = "";
  const local = await startLocalServer(inspection.port, (path) => {
    if (path === "/") return { status: 200, type: "text/html", body: page };
    if (path === "/stately") {
      return { status: 200, type: "text/html", body: statelyPage(statelyScript(), local.port) };
    }
    return null;
  });
  page = singlePage(data, files, "unstuck inspect", [
    `ws://127.0.0.1:${local.port}`,
    `ws://localhost:${local.port}`,
  ]);

  const sockets = new WebSocketServer({ noServer: true, maxPayload: mostBytes });
  local.server.on("upgrade", (request, socket, head) => {
    // The connection is nobody's until it is upgraded: if it broke, that would end the process.
    socket.on("error", () => {
      socket.destroy();
    });
    const refused = refusal(request, local.port, inspection.allowedOrigins);
    if (refused !== null || sockets.clients.size >= mostClients) {
      socket.end(`HTTP/1.1 403 Forbidden\r\nconnection: close\r\n\r\n${refused ?? "too many"}\n`);
      return;
    }
    // Only a page of our own may drive the run; what others send is passed on and nothing more.
    const isOwnPage = request.url === "/page" && request.headers.origin !== undefined;
    sockets.handleUpgrade(request, socket, head, (client) => {
      const listener = listenerOf(client);
      client.on("error", () => {
        client.terminate();
      });
      client.on("close", () => {
        relay.leave(listener);
        pages.delete(client);
      });
      if (isOwnPage) {
        client.send(JSON.stringify(run.soFar));
        pages.add(client);
      }
      relay.join(listener);
      client.on("message", (raw) => {
        const message = Buffer.isBuffer(raw) ? raw.toString("utf8") : "";
        const asked = isOwnPage ? readPageRequest(message) : undefined;
        if (asked === undefined) relay.publish(message, listener);
        else run.obey(asked);
      });
    });
  });
  return {
    ...local,
    run,
    close: async () => {
      run.stop();
      for (const client of sockets.clients) client.terminate();
      sockets.close();
      await local.close();
    },
  };
}
