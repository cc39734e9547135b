import { expect, it } from "vitest";
import type { Condition, SettingPlace, SettingRow } from "../../src/config/settings/setting-row.ts";
import { settingRow, settingsTable } from "../../src/config/settings/settings-table.ts";
import { markdownTable } from "../../src/report/markdown.ts";

// docs/settings.md, rewritten by `npx vitest run test/docs/settings.test.ts --update`: read it before it is committed.

const titles: Readonly<Record<SettingPlace, string>> = {
  service: "`[SERVICE]`",
  input: "`[INPUT]`",
  filter: "`[FILTER]`",
  output: "`[OUTPUT]`",
  section: "Sections and other things as a whole",
};

const conditions: Readonly<Record<Condition, string>> = {
  filesystem: "on an input that stores on disk",
  reached: "on an output that chunks on disk reach",
  emits: "where the processor is rewrite_tag, multiline or log_to_metrics",
  always: "always",
};

const changes = { adds: "a way to get stuck", removes: "none", both: "either way" } as const;

function classOf(row: SettingRow): string {
  return row.kind === "undecided"
    ? `**undecided** ${conditions[row.when]} (${changes[row.changes]})`
    : row.kind;
}

function why(row: SettingRow): string {
  const shown = row.cFunction === undefined ? "" : ` (\`${row.cFunction}\`)`;
  const otherwise =
    row.kind === "undecided" && row.otherwise !== undefined
      ? `. Else harmless: ${row.otherwise}`
      : "";
  return `${row.why}${shown}${otherwise}`;
}

function section(place: SettingPlace): string {
  const rows = settingsTable.filter((row) => row.place === place);
  return [
    `## ${titles[place]}`,
    "",
    markdownTable([
      ["setting", "class", "why", "since"],
      ...rows.map((row) => [
        `\`${row.key}${row.key.endsWith(".") ? "*" : ""}\``,
        classOf(row),
        why(row),
        row.since === undefined ? "" : `v${row.since.join(".")}`,
      ]),
    ]),
  ].join("\n");
}

it("docs/settings.md lists every setting with its class and why", async () => {
  const page = [
    "# Settings of Fluent Bit, and what they mean for a verdict",
    "",
    "`check --config` and `prove --config` answer for the model. A setting that the model does not have either cannot change",
    "the answer (**harmless**), or may (**undecided**): then the answer is _not decided_, with exit code 3, unless what the",
    "setting may do leaves it as it is. One that may add a way to get stuck changes no _can get stuck_; one that may take the",
    "way away changes no _cannot_. Read in the sources of v3.0.4 and v5.1.1; _since_ is the first release that has a setting.",
    "Whatever else stands in a section belongs to its plugin: it decides what is read or sent, and when a flush ends.",
    "",
    "What no setting says is left out for every configuration alike: a flush that never ends, a process that gets no memory,",
    "no timers or no descriptors, damaged files, and what a plugin does that is not Fluent Bit's own.",
    "",
    "The table is `src/config/settings/`; this page is made from it by `npx vitest run test/docs/settings.test.ts --update`.",
    "",
    (["service", "input", "filter", "output", "section"] as const).map(section).join("\n\n"),
    "",
  ].join("\n");
  await expect(page).toMatchFileSnapshot("../../docs/settings.md");
});

it("every undecided setting names the C function that makes it so", () => {
  const without = settingsTable.filter(
    (row) => row.kind === "undecided" && row.cFunction === undefined,
  );
  expect(without.map(({ key }) => key)).toEqual(["a version that is not known"]);
});

it("no setting stands twice in one place", () => {
  const keys = settingsTable.map(({ place, key }) => `${place} ${key.toLowerCase()}`);
  expect(new Set(keys).size).toBe(keys.length);
});

/** Every key of `service_configs`, and of the engine's part of inputs and outputs, in v5.1.1. */
const known: Readonly<Record<"service" | "input" | "output", string>> = {
  service:
    "flush flush.adaptive flush.adaptive.min_interval flush.adaptive.max_interval flush.adaptive.low_pressure flush.adaptive.medium_pressure flush.adaptive.high_pressure flush.adaptive.up_steps flush.adaptive.down_steps grace daemon log_file log_level parsers_file plugins_file streams_file sp.convert_from_str_to_num json.convert_nan_to_null security.fips_mode http_server http_listen http_port health_check hc_errors_count hc_retry_failure_count hc_period enable_chunk_trace hot_reload hot_reload.ensure_thread_safety hot_reload.timeout windows.maxstdio dns.mode dns.resolver dns.prefer_ipv4 dns.prefer_ipv6 storage.path storage.sync storage.metrics storage.checksum storage.backlog.mem_limit storage.backlog.flush_on_shutdown storage.max_chunks_up storage.delete_irrecoverable_chunks storage.trim_files storage.type storage.inherit storage.keep.rejected storage.rejected.path storage.rejected.limit coro_stack_size multiline_buffer_limit scheduler.cap scheduler.base json.escape_unicode",
  input:
    "tag log_level log_suppress_interval routable alias mem_buf_limit listen host port ipv6 tls tls.verify tls.ca_file storage.type threaded thread.ring_buffer.capacity thread.ring_buffer.window rate_window rate_gate rate_gate.max_bytes rate_gate.max_records rate_gate.backpressure rate_gate.resume_ratio storage.pause_on_chunks_overlimit net.io_timeout oauth2.issuer processors.logs.name routes.logs.0.name",
  output:
    "match match_regex alias log_level log_suppress_interval host port ipv6 retry_limit tls tls.verify tls.proxy.verify tls.windows.certstore_name storage.total_limit_size workers net.keepalive oauth2.enable processors.logs.name",
};

it.each(Object.entries(known))("every setting of the engine in %s is classed", (place, keys) => {
  const missing = keys
    .split(" ")
    .filter((key) =>
      (["service", "input", "output"] as const).every(
        (one) => one !== place || settingRow(one, key) === undefined,
      ),
    );
  expect(missing).toEqual([]);
});
