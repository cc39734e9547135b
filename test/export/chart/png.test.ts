import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { expect, test } from "vitest";
import { pngOf } from "../../../src/export/chart/png.ts";

const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30" viewBox="0 0 40 30"/>';

test("asks one program after another, and returns what the first one drew", async () => {
  const asked: string[] = [];
  let folder = "";
  const png = await pngOf(svg, async (program, words) => {
    asked.push(program);
    if (program !== "chromium") return false;
    expect(words).toContain("--window-size=40,30");
    const file = words.find((word) => word.startsWith("--screenshot="))?.slice(13) ?? "";
    folder = dirname(file);
    await writeFile(file, "drawn");
    return true;
  });
  expect(asked).toEqual(["rsvg-convert", "inkscape", "chromium"]);
  expect(Buffer.from(png).toString()).toBe("drawn");
  expect(folder).not.toBe("");
  expect(existsSync(folder)).toBe(false);
});

test("says what is needed where nothing can draw", async () => {
  await expect(pngOf(svg, () => Promise.resolve(false))).rejects.toThrow(
    /^a PNG needs rsvg-convert .* none is installed; --svg needs nothing$/,
  );
});
