/** A transcript without the times that it took. */
export function timeless(text: string): string {
  return text
    .replaceAll(/^ms .*$/gm, "ms (left out)")
    .replaceAll(/^\| ms \|.*$/gm, "| ms (left out) |")
    .replaceAll(/, \d+ ms$/gm, ", (left out) ms")
    .replaceAll(/\(\d+\.\d s\)/g, "((left out) s)")
    .replaceAll(/"elapsedMs": \d+/g, '"elapsedMs": 0');
}
