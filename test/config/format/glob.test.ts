import { describe, expect, it } from "vitest";
import { expandGlob } from "../../../src/config/format/glob.ts";
import { inMemoryFiles } from "../in-memory-files.ts";

const files = inMemoryFiles({
  "/etc/conf.d/b.conf": "",
  "/etc/conf.d/a.conf": "",
  "/etc/conf.d/.hidden.conf": "",
  "/etc/conf.d/a1.conf": "",
  "/etc/conf.d/notes.txt": "",
  "/etc/other/a.conf": "",
  "/etc/odd/a[1].conf": "",
});

describe("expandGlob", () => {
  it.each([
    ["/etc/conf.d/*.conf", ["/etc/conf.d/a.conf", "/etc/conf.d/a1.conf", "/etc/conf.d/b.conf"]],
    ["/etc/*/a.conf", ["/etc/conf.d/a.conf", "/etc/other/a.conf"]],
    ["/etc/conf.d/[ab].conf", ["/etc/conf.d/a.conf", "/etc/conf.d/b.conf"]],
    ["/etc/conf.d/[!a].conf", ["/etc/conf.d/b.conf"]],
    ["/etc/conf.d/a?.conf", ["/etc/conf.d/a1.conf"]],
    ["/etc/conf.d/.*.conf", ["/etc/conf.d/.hidden.conf"]],
    ["/etc/conf.d/../other/*", ["/etc/other/a.conf"]],
    ["/etc/conf.d/*.yaml", []],
    ["/nowhere/*", []],
    ["/etc/odd/a[[]1].*", ["/etc/odd/a[1].conf"]],
    ["/etc/conf.d/[b-a]*", []],
  ])("%s", (pattern, expected) => {
    expect(expandGlob(pattern, files)).toEqual(expected);
  });
});
