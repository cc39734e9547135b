import { readdir } from "node:fs/promises";
import { format } from "prettier";
import { expect, test } from "vitest";
import { loadReleases } from "../../../src/compile/load-releases.ts";
import { compositionSvg } from "../../../src/export/chart/composition-svg.ts";
import { compositionOf } from "../../../src/export/chart/composition.ts";
import { galleryMarkdown } from "../../../src/export/chart/gallery.ts";
import { machineCatalogue, placementWords } from "../../../src/export/chart/machine-catalogue.ts";
import { statechartSvg } from "../../../src/export/chart/statechart-svg.ts";
import { statechartOf } from "../../../src/export/chart/statechart.ts";
import { elkLayout } from "./elk-layout.ts";

// `npm run charts` rewrites the files; here they must be what the machines say.
const folder = new URL("../../../docs/charts/", import.meta.url);
const releases = await loadReleases();
const machines = machineCatalogue(releases);
const mostWidth = 876;

test.for(machines)("docs/charts/$name.svg is what the machine says", async (machine) => {
  const chart = statechartOf(machine.machine);
  const layout = await elkLayout(chart, mostWidth);
  await expect(statechartSvg(chart, placementWords(machine, releases), layout)).toMatchFileSnapshot(
    new URL(`${machine.name}.svg`, folder).pathname,
  );
});

test.for(releases)("docs/charts/system-$name.svg is what the release says", async (release) => {
  await expect(compositionSvg(compositionOf(release))).toMatchFileSnapshot(
    new URL(`system-${release.name}.svg`, folder).pathname,
  );
});

test("docs/charts/README.md shows every chart", async () => {
  const page = await format(galleryMarkdown(machines, releases), {
    parser: "markdown",
    printWidth: 100,
  });
  await expect(page).toMatchFileSnapshot(new URL("README.md", folder).pathname);
});

test("docs/charts holds nothing else", async () => {
  const expected = [
    "README.md",
    ...machines.map(({ name }) => `${name}.svg`),
    ...releases.map(({ name }) => `system-${name}.svg`),
  ];
  expect((await readdir(folder)).sort()).toEqual(expected.sort());
});
