/**
 * The data that travels with the page: JSON, compressed with gzip, in base64.
 *
 * @param isData whether it is what this page shows
 */
export async function embeddedData<Data>(isData: (value: unknown) => value is Data): Promise<Data> {
  const text = document.getElementById("data")?.textContent ?? "";
  const bytes = Uint8Array.from(atob(text.trim()), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  const data: unknown = JSON.parse(await new Response(stream).text());
  if (!isData(data)) throw new Error("the page carries no data");
  return data;
}
