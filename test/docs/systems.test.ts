import { readFileSync } from "node:fs";
import { afterEach, expect, it } from "vitest";
import { systemVariable } from "../../src/compile/load-releases.ts";
import { fields, list, parse, part } from "../cli/json-value.ts";
import { run } from "../cli/recording-terminal.ts";

afterEach(() => {
  Reflect.deleteProperty(process.env, systemVariable);
});

/** The rows of the findings: what is said, the options, and the way. */
const findings = readFileSync("docs/systems/otel-collector.md", "utf8")
  .split("\n")
  .flatMap((line) => {
    const [, what = "", options = "", way = ""] = line.split("|").map((cell) => cell.trim());
    const code = (cell: string): string => /`([^`]+)`/u.exec(cell)?.[1] ?? "";
    return code(options).startsWith("--") ? [{ what, options: code(options), way: code(way) }] : [];
  });

it("docs/systems/otel-collector.md has its findings", () => {
  expect(findings).toHaveLength(8);
});

it.each(findings)("shows a shortest way: $options", async ({ options, way }) => {
  const words = ["check", "--system", "otel-collector", ...options.split(" "), "--json"];
  const [only] = list(parse((await run(words)).out), "runs");
  const ways = [...fields(part(only, "properties")).values()].flatMap((property) => {
    const path = part(property, "path");
    return Array.isArray(path) ? [path.join(" ")] : [];
  });
  expect(ways).toContain(way);
});
