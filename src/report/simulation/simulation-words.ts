/** Seconds as people write them: `1h30m`, `76.5s` below a minute, `0s`. */
export function durationWords(seconds: number): string {
  if (seconds < 60) return `${Number(seconds.toFixed(2))}s`;
  const whole = Math.round(seconds);
  const parts = [
    [Math.floor(whole / 86_400), "d"],
    [Math.floor(whole / 3600) % 24, "h"],
    [Math.floor(whole / 60) % 60, "m"],
    [whole % 60, "s"],
  ] as const;
  return parts
    .filter(([amount]) => amount > 0)
    .map(([amount, unit]) => `${amount}${unit}`)
    .join("");
}

/** `1,234,567`. */
export function countWords(count: number | bigint): string {
  return count.toLocaleString("en-US");
}

/** `39.5 MiB`. */
export function byteWords(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1024 ** 2
    ? `${(bytes / 1024).toFixed(1)} KiB`
    : `${(bytes / 1024 ** 2).toFixed(1)} MiB`;
}
