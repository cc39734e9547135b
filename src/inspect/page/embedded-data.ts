import { isPageData, type PageData } from "../page-data.ts";

/** The data that travels with the page: JSON, compressed with gzip, in base64. */
export async function embeddedData(): Promise<PageData> {
  const text = document.getElementById("data")?.textContent ?? "";
  const bytes = Uint8Array.from(atob(text.trim()), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  const data: unknown = JSON.parse(await new Response(stream).text());
  if (!isPageData(data)) throw new Error("the page carries no data");
  return data;
}
