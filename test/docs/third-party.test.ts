import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { beforeAll, describe, expect, it } from "vitest";
import { parse, part } from "../cli/json-value.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));

const heading = `# Third-party notices

Written by \`npm run notices\` from what the pages of \`dist/src/inspect/page\` are bundled of, and from the licences of those
packages. The other packages that unstuck needs are installed beside it, with their own licences.
`;

interface Bundled {
  readonly name: string;
  readonly version: string;
  readonly licence: string;
}

function bundledPackage(name: string): Bundled {
  const folder = `${root}node_modules/${name}`;
  const description = parse(readFileSync(`${folder}/package.json`, "utf8"));
  return {
    name,
    version: String(part(description, "version")),
    licence: readFileSync(`${folder}/LICENSE`, "utf8").trim(),
  };
}

describe("what the pages bundle of others", () => {
  let bundled: readonly Bundled[] = [];
  const pages = new Map<string, string>();

  beforeAll(async () => {
    const { metafile, outputFiles } = await build({
      entryPoints: ["page.tsx", "simulation-page.tsx", "stately.ts"].map(
        (page) => `${root}src/inspect/page/${page}`,
      ),
      bundle: true,
      minify: true,
      write: false,
      metafile: true,
      format: "esm",
      jsx: "automatic",
      jsxImportSource: "preact",
      outdir: "out",
    });
    for (const { path, text } of outputFiles)
      pages.set(path.slice(path.lastIndexOf("/") + 1), text);
    const used = Object.values(metafile.outputs).flatMap(({ inputs }) =>
      Object.entries(inputs).flatMap(([path, { bytesInOutput }]) =>
        bytesInOutput > 0 ? [path] : [],
      ),
    );
    const names = used.flatMap(
      (path) => /node_modules\/((?:@[^/]+\/)?[^/]+)\/(?!.*node_modules\/)/.exec(path)?.[1] ?? [],
    );
    bundled = [...new Set(names)].sort().map(bundledPackage);
  });

  it("is in THIRD-PARTY-NOTICES.md, with its licence", async () => {
    const sections = bundled.map(
      ({ name, version, licence }) => `\n## ${name} ${version}\n\n\`\`\`text\n${licence}\n\`\`\`\n`,
    );
    await expect(heading + sections.join("")).toMatchFileSnapshot("../../THIRD-PARTY-NOTICES.md");
  });

  it.each(["page.js", "simulation-page.js"])(
    "is told in %s itself, which is copied into files",
    (page) => {
      const text = (pages.get(page) ?? "").replaceAll(/\n \* ?/g, " ").replaceAll(/\s+/g, " ");
      expect(bundled.length).toBeGreaterThan(1);
      for (const { name, licence } of bundled) {
        const [copyright = "", ...rest] = licence.split("\n\n").slice(1);
        const parts = [name, copyright, rest.join(" ").replaceAll(/\s+/g, " ")];
        expect([page, name, ...parts.map((part) => text.includes(part))]).toEqual([
          ...[page, name],
          ...parts.map(() => true),
        ]);
      }
    },
  );
});
