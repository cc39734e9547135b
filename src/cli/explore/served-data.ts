import { createHash } from "node:crypto";
import type { PageData } from "../../inspect/page-data.ts";

/** The data of a page that a server shows, with a name that follows from all that is in it. */
export function servedData(data: Omit<PageData, "served">): PageData {
  const served = createHash("sha256").update(JSON.stringify(data)).digest("hex").slice(0, 16);
  return { ...data, served };
}
