import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readClassic, readYaml } from "../config/read-text.ts";
import { list, parse, part } from "../cli/json-value.ts";
import { run } from "../cli/recording-terminal.ts";

const folder = "docs/upstream";
const pages = readdirSync(folder).filter((name) => name !== "README.md");
const text = (name: string): string => readFileSync(join(folder, name), "utf8");

interface Claim {
  readonly page: string;
  readonly options: string;
  readonly property: string;
  /** Undefined where it holds. */
  readonly length: number | undefined;
  /** Undefined where the page does not tell it. */
  readonly path: string | undefined;
}

const way =
  /npx unstuck check (?<options>[^\n]+)\n```\n\n`(?<property>\w+)`\s+is violated after (?<length>\d+) actions: `(?<path>[^`]+)`/gu;
const said =
  /`npx unstuck check (?<options>[^`]+)` says that `(?<property>\w+)` (?:holds|is violated after (?<length>\d+) actions)/gu;

const claims = pages.flatMap((page) =>
  [way, said].flatMap((pattern) =>
    [...text(page).matchAll(pattern)].map(({ groups = {} }): Claim => ({
      page,
      options: groups["options"] ?? "",
      property: groups["property"] ?? "",
      length: groups["length"] === undefined ? undefined : Number(groups["length"]),
      path: groups["path"],
    })),
  ),
);

describe("docs/upstream", () => {
  it("its list has every page, and every page has a way or says why it has none", () => {
    const index = text("README.md");
    for (const page of pages) {
      expect(index).toContain(`(${page})`);
      const without = text(page).includes("The model does not have it: ");
      expect([page, claims.some((one) => one.page === page && one.path !== undefined)]).toEqual([
        page,
        !without,
      ]);
    }
    expect(claims.filter(({ path }) => path === undefined)).toHaveLength(6);
  });

  it.each(claims)("$page: $property", async ({ options, property, length, path }) => {
    const [only] = list(parse((await run(["check", ...options.split(" "), "--json"])).out), "runs");
    const judged = part(only, "properties", property);
    expect(part(judged, "verdict")).toBe(length === undefined ? "holds" : "violated");
    if (length !== undefined) expect(part(judged, "length")).toBe(length);
    if (path !== undefined) expect(list(judged, "path").join(" ")).toBe(path);
  });

  it.each(pages)("%s has a configuration that Fluent Bit takes", (page) => {
    const block = /## How to reproduce\n\n```text\n(?<block>[^`]+)```/u.exec(text(page))?.groups;
    const lines = block?.["block"] ?? "";
    const read = lines.startsWith("[") ? readClassic : readYaml;
    const { inputs, outputs, warnings } = read(lines, { version: "5.1.1" });
    expect([inputs.length > 0, outputs.length > 0, warnings]).toEqual([true, true, []]);
  });
});
