import type { PageData } from "../page-data.ts";
import type { PageFiles } from "../page-files.ts";
import { singlePage } from "../single-page.ts";
import { readState, type FactsOf } from "../state-facts.ts";
import { startLocalServer, type LocalServer } from "./local-server.ts";

/** Serves a page on which a state space can be walked, and answers what it asks about states. */
export function serveExplorer(
  data: PageData,
  files: PageFiles,
  factsOf: FactsOf,
  port: number,
): Promise<LocalServer> {
  const page = singlePage(data, files, "unstuck explore", ["'self'"]);
  return startLocalServer(port, (path, body) => {
    if (path === "/") return { status: 200, type: "text/html", body: page };
    if (path === "/facts" && body !== null) {
      const facts = factsOf(readState(body));
      return { status: 200, type: "application/json", body: JSON.stringify(facts) };
    }
    return null;
  });
}
