import { describe, expect, it } from "vitest";
import { readClassic } from "./read-text.ts";

function warningsOf(section: "SERVICE" | "INPUT" | "OUTPUT", line: string): readonly string[] {
  const sections = {
    SERVICE: "[SERVICE]\n  storage.path /b\n",
    INPUT: "[INPUT]\n  Name tail\n  Tag a\n",
    OUTPUT: "[OUTPUT]\n  Name http\n  Match *\n",
  };
  sections[section] += `  ${line}\n`;
  return readClassic(Object.values(sections).join("")).warnings.map(({ message }) => message);
}

describe("a setting that is none", () => {
  it.each([
    ["SERVICE", "storage.max_chunk_up 16", "storage.max_chunks_up"],
    ["SERVICE", "storage.buffer_max_chunks_up 16", "storage.max_chunks_up"],
    ["SERVICE", "buffer_max_chunks_up 16", "storage.max_chunks_up"],
    ["SERVICE", "max_chunks_up 16", "storage.max_chunks_up"],
    ["SERVICE", "storage_max_chunks_up 16", "storage.max_chunks_up"],
    ["SERVICE", "storage.max_chunks 16", "storage.max_chunks_up"],
    ["SERVICE", "storage.max.chunks.up 16", "storage.max_chunks_up"],
    ["SERVICE", "storge.max_chunks_up 16", "storage.max_chunks_up"],
    ["SERVICE", "storage.backlog.memory_limit 5M", "storage.backlog.mem_limit"],
    ["SERVICE", "storage.pth /x", "storage.path"],
    ["SERVICE", "scheduler.bse 5", "scheduler.base"],
    ["INPUT", "storage.typ filesystem", "storage.type"],
    ["INPUT", "storage_type filesystem", "storage.type"],
    ["INPUT", "storage.pause_on_chunk_overlimit on", "storage.pause_on_chunks_overlimit"],
    ["INPUT", "pause_on_chunks_overlimit on", "storage.pause_on_chunks_overlimit"],
    ["INPUT", "mem_buff_limit 5M", "mem_buf_limit"],
    ["INPUT", "Mem.Buf.Limit 5M", "mem_buf_limit"],
    ["OUTPUT", "storage.total_limit 5M", "storage.total_limit_size"],
    ["OUTPUT", "storage.total_size_limit 5M", "storage.total_limit_size"],
    ["OUTPUT", "retry_limits 5", "retry_limit"],
    ["OUTPUT", "Retry.Limit 5", "retry_limit"],
  ] as const)("in %s: %s means %s", (section, line, meant) => {
    const [warning, ...others] = warningsOf(section, line);
    expect(warning).toMatch(/is not a setting of Fluent Bit; did you mean/u);
    expect(warning).toContain(`did you mean ${meant}`);
    expect(others).toEqual([]);
  });

  it("may look like a setting, and be like none", () => {
    expect(warningsOf("INPUT", "storage.colour blue")).toEqual([
      "'storage.colour' is not a setting of Fluent Bit.",
    ]);
  });

  it("says which value holds, unless the right one stands beside it", () => {
    expect(warningsOf("SERVICE", "storage.max_chunk_up 16")[0]).toContain("the limit is 128");
    const both = "storage.max_chunk_up 16\n  storage.max_chunks_up 32";
    expect(warningsOf("SERVICE", both)[0]).not.toContain("128");
  });

  it.each([
    ["INPUT", "Buffer_Max_Size 64k"],
    ["INPUT", "Buffer_Chunk_Size 64k"],
    ["INPUT", "Skip_Long_Lines on"],
    ["INPUT", "Refresh_Interval 5"],
    ["INPUT", "Path /x"],
    ["OUTPUT", "total_file_size 5M"],
    ["OUTPUT", "Buffer_Size 5M"],
    ["OUTPUT", "storage_dir /x"],
    ["OUTPUT", "http_User x"],
    ["OUTPUT", "batch_size 5"],
    ["SERVICE", "HTTP_Server on"],
    ["SERVICE", "Parsers_File p.conf"],
    ["SERVICE", "Health_Check on"],
  ] as const)("is not %s: %s, which a plugin has", (section, line) => {
    expect(warningsOf(section, line)).toEqual([]);
  });
});

describe("a comment at the end of a line", () => {
  it.each([
    ["SERVICE", "Flush 1 # second"],
    ["SERVICE", "storage.path /b # here"],
    ["INPUT", "Tag a # all"],
    ["INPUT", "Mem_Buf_Limit 5MB"],
    ["OUTPUT", "Match * # all"],
    ["OUTPUT", "Retry_Limit False # for ever"],
    ["OUTPUT", "workers 2 # threads"],
  ] as const)("in %s: %s is said to be a part of the value", (section, line) => {
    const expected = line.includes("#") ? [expect.stringContaining("line of its own")] : [];
    expect(warningsOf(section, line)).toEqual(expected);
  });

  it("may be a part of an expression, or of what a plugin takes", () => {
    expect(warningsOf("OUTPUT", "Match_Regex a #b")).toEqual([]);
    expect(warningsOf("OUTPUT", "Header X a #b")).toEqual([]);
  });
});
