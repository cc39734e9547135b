import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { list, parse, part } from "./json-value.ts";
import { run } from "./recording-terminal.ts";

const folder = mkdtempSync(join(tmpdir(), "unstuck-several-"));

function written(name: string, lines: readonly string[]): string {
  const file = join(folder, name);
  writeFileSync(file, `${lines.join("\n")}\n`);
  return file;
}

const service = ["[SERVICE]", "    storage.path /b"];
const input = [
  "[INPUT]",
  "    Name tail",
  "    Path /x",
  "    Tag a",
  "    storage.type filesystem",
];
const output = ["[OUTPUT]", "    Name http", "    Match *"];
const stuck = written("stuck.conf", [...service, ...input, ...output, "    Retry_Limit False"]);
const free = written("free.conf", [...service, ...input, ...output, "    Retry_Limit no_retries"]);
const bad = written("bad.conf", ["[INPUT]", "Name tail"]);

async function check(
  files: readonly string[],
  ...words: readonly string[]
): Promise<{ readonly code: number; readonly out: string }> {
  const named = files.flatMap((file) => ["--config", file]);
  return run(["check", ...named, "--time-limit", "0", ...words]);
}

describe("check with several configurations", () => {
  it("tells each below its name, and ends with the worst", async () => {
    const { code, out } = await check([stuck, free]);
    expect(code).toBe(1);
    expect(out).toMatch(/^== .*stuck\.conf ==\n\nThis engine can get stuck/u);
    expect(out).toMatch(/\n\n\n== .*free\.conf ==\n\nNo way to get stuck was found/u);
  });

  it("goes on after one that cannot be read, ends with 2, and writes a page that says which output is which", async () => {
    const page = join(folder, "page.html");
    const { code, out } = await check([bad, stuck], "--json", "--html", page);
    expect(code).toBe(2);
    const [refused, judged] = list(parse(out), "configurations");
    expect([part(refused, "file"), part(refused, "refused")]).toEqual([
      bad,
      `${bad}:2: expected a [SECTION] header or an indented 'key value' line, found 'Name tail'.`,
    ]);
    expect(part(judged, "canGetStuck")).toBe(true);
    const html = readFileSync(page, "utf8");
    const data = /id="data">(?<data>[^<]*)</u.exec(html)?.groups?.["data"] ?? "";
    expect(gunzipSync(Buffer.from(data, "base64")).toString("utf8")).toContain(
      "output 0 is http.0",
    );
  });

  it("in Markdown, each has a heading", async () => {
    const { out } = await check([free, bad], "--markdown");
    expect(out.match(/^## .*$/gmu)).toEqual([`## \`${free}\``, `## \`${bad}\``]);
  });
});

describe("check --sarif", () => {
  const place = (result: unknown): unknown => {
    const [location] = list(result, "locations");
    const physical = part(location, "physicalLocation");
    return [part(physical, "artifactLocation", "uri"), part(physical, "region", "startLine")];
  };

  it("annotates what can get stuck and what cannot be read; the rest has no result", async () => {
    const { code, out } = await check([stuck, free, bad], "--sarif");
    expect(code).toBe(2);
    const log = parse(out);
    expect(part(log, "version")).toBe("2.1.0");
    const [only] = list(log, "runs");
    const results = list(only, "results");
    expect(results.map((one) => [part(one, "ruleId"), part(one, "level"), place(one)])).toEqual([
      ["can-get-stuck", "error", [`file://${stuck}`, 8]],
      ["cannot-be-read", "error", [`file://${bad}`, 2]],
    ]);
    expect(part(results[0], "message", "text")).toMatch(
      /^This engine can get stuck, once \d+ chunks/u,
    );
    expect(
      list(results[0], "relatedLocations").map((one) =>
        part(one, "physicalLocation", "region", "startLine"),
      ),
    ).toEqual([7]);
    const rules = list(part(only, "tool", "driver"), "rules").map((one) => part(one, "id"));
    for (const one of results) {
      expect(rules[Number(part(one, "ruleIndex"))]).toBe(part(one, "ruleId"));
    }
  });

  it.each([
    ["check --sarif", "--sarif goes with --config"],
    [`check --config ${stuck} --sarif --json`, "--json and --sarif exclude each other"],
  ])("%s is refused", async (line, sentence) => {
    const { code, err } = await run(line.split(" "));
    expect([code, err]).toEqual([2, `unstuck: ${sentence}\n`]);
  });

  it("names a file below the folder of the command as it was given", async () => {
    const { out } = await check(["test/fixtures/config/none.conf"], "--sarif");
    const [only] = list(parse(out), "runs");
    expect(place(list(only, "results")[0])).toEqual(["test/fixtures/config/none.conf", 1]);
  });
});
