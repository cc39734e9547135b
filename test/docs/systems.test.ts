import { readFileSync } from "node:fs";
import { afterEach, expect, it } from "vitest";
import { systemVariable } from "../../src/compile/load-releases.ts";
import { fields, list, parse, part } from "../cli/json-value.ts";
import { run } from "../cli/recording-terminal.ts";

afterEach(() => {
  Reflect.deleteProperty(process.env, systemVariable);
});

/** How many findings the page of each system has. */
const pages = { "otel-collector": 8, fluentd: 10 };

/** The rows of the findings of a page: the options, and the way. */
function findingsOf(system: string): readonly {
  readonly system: string;
  readonly options: string;
  readonly way: string;
}[] {
  return readFileSync(`docs/systems/${system}.md`, "utf8")
    .split("\n")
    .flatMap((line) => {
      const [, , options = "", way = ""] = line.split("|").map((cell) => cell.trim());
      const code = (cell: string): string => /`([^`]+)`/u.exec(cell)?.[1] ?? "";
      return code(options).startsWith("--")
        ? [{ system, options: code(options), way: code(way) }]
        : [];
    });
}

it.each(Object.entries(pages))("docs/systems/%s.md has its findings", (system, count) => {
  expect(findingsOf(system)).toHaveLength(count);
});

it.each(Object.keys(pages).flatMap(findingsOf))(
  "shows a shortest way: $system $options",
  async ({ system, options, way }) => {
    const words = ["check", "--system", system, ...options.split(" "), "--json"];
    const [only] = list(parse((await run(words)).out), "runs");
    const ways = [...fields(part(only, "properties")).values()].flatMap((property) => {
      const path = part(property, "path");
      return Array.isArray(path) ? [path.join(" ")] : [];
    });
    expect(ways).toContain(way);
  },
);
