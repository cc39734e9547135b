import type { PageData } from "../page-data.ts";
import type { PageFiles } from "../page-files.ts";
import { singlePage } from "../single-page.ts";
import { readFactsQuestion, type FactsOf } from "../state-facts.ts";
import { startLocalServer, type LocalServer } from "./local-server.ts";

/** Serves a page on which a state space can be walked, and answers what it asks about states. */
export function serveExplorer(
  data: PageData,
  files: PageFiles,
  factsOf: FactsOf,
  port: number,
): Promise<LocalServer> {
  const page = singlePage(data, files, "unstuck explore", ["'self'"]);
  return startLocalServer(port, async (path, body, gone) => {
    if (path === "/") return { status: 200, type: "text/html", body: page };
    if (path !== "/facts" || body === null) return null;
    const { served, state } = readFactsQuestion(body);
    if (served !== data.served) {
      const words = "another scope is served here now; reload the page";
      return { status: 409, type: "text/plain", body: words };
    }
    const facts = await factsOf(state, gone);
    return { status: 200, type: "application/json", body: JSON.stringify(facts) };
  });
}
