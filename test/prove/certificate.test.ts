import { describe, expect, it } from "vitest";
import type { Release } from "../../models/description.ts";
import { defaultParameters, type Parameters } from "../../models/parameters.ts";
import { release as park } from "../../models/releases/park.ts";
import { release as publishedFix } from "../../models/releases/published-fix.ts";
import { release as v304 } from "../../models/releases/v3.0.4.ts";
import { EverySizeScope } from "../../src/compile/every-size.ts";
import { certificateParts, certifiedRunJson } from "../../src/prove/certificate/certificate.ts";
import {
  checkCertificate,
  type CheckedRun,
} from "../../src/prove/certificate/check-certificate.ts";
import { NoCertificate, UnfitCertificate } from "../../src/prove/certificate/no-certificate.ts";
import type { SystemProof } from "../../src/prove/prove.ts";
import { prove, theSolver, withSolver } from "./with-solver.ts";

const releases: readonly Release[] = [v304, publishedFix, park];

type Masks = readonly (readonly number[])[];

function certificateText(proof: SystemProof): string {
  return [...certificateParts([certifiedRunJson(proof)])].join("");
}

/** Each chunk goes to one of two outputs. */
const oneRouteEach = { outputs: 2, routing: "any" } as const;

const certificates = new Map<string, string>();

/** The certificate of a release; each is made once. */
async function certificateOf(
  release: Release,
  shape: Partial<Parameters> = {},
  masks: Masks | null = null,
): Promise<string> {
  const key = JSON.stringify([release.name, shape, masks]);
  const known = certificates.get(key);
  if (known !== undefined) return known;
  const parameters = { ...defaultParameters, ...release.defaults, ...shape };
  const proof = await prove(EverySizeScope.of(release, parameters, masks ?? undefined));
  const text = certificateText(proof);
  certificates.set(key, text);
  return text;
}

function check(text: string): Promise<readonly CheckedRun[]> {
  const json: unknown = JSON.parse(text);
  return checkCertificate(json, releases, theSolver());
}

/** Whether a certificate is read, and everything in it confirmed. */
async function isConfirmed(text: string): Promise<boolean> {
  try {
    const runs = await check(text);
    return runs.every(
      ({ failed, properties }) =>
        failed.length === 0 && properties.every(({ confirmed }) => confirmed),
    );
  } catch (error) {
    if (error instanceof NoCertificate || error instanceof UnfitCertificate) return false;
    throw error;
  }
}

describe("certificates", () => {
  withSolver();

  it.each([
    { release: v304, shape: {} },
    { release: v304, shape: { outputs: 2 } },
    { release: publishedFix, shape: {} },
    { release: park, shape: { outputs: 2 } },
    { release: v304, shape: oneRouteEach, masks: [[0], [1]] },
  ])("are confirmed, statement by statement: $release.name $shape", async (one) => {
    const text = await certificateOf(one.release, one.shape, one.masks);
    const [run] = await check(text);
    expect(run?.failed).toEqual([]);
    expect(run?.confirmed).toBeGreaterThan(20);
    expect(run?.properties).toHaveLength(11);
  });

  it("say when a property is violated", async () => {
    const [run] = await check(await certificateOf(v304));
    const violated = run?.properties.filter(({ condition }) => condition !== null);
    expect(violated).toEqual([
      { property: "neverStuck", condition: "N >= T + X", confirmed: true },
      { property: "recovery", condition: "N >= T + X", confirmed: true },
      {
        property: "noStarvation",
        condition: "N >= X + 1 or N >= T + 1",
        confirmed: true,
      },
    ]);
  });

  it("say what the engine puts off, and are not confirmed without that", async () => {
    const text = await certificateOf(v304, oneRouteEach, [[0], [1]]);
    const putOff = /"putOff":\[("[^\]]+)\]/;
    expect(putOff.exec(text)?.[1]).toBe('"reschedule","retryFire","retryFireOverLimit"');
    expect(await isConfirmed(text)).toBe(true);
    expect(await isConfirmed(text.replace(putOff, '"putOff":[]'))).toBe(false);
  });

  it.each([
    ["the condition", '"violatedFrom":[{"constant":0,"terms":{"T":1,"X":1}}]', '"violatedFrom":[]'],
    ["a parameter", '"checkMapFirst":true', '"checkMapFirst":false'],
    ["the format", "unstuck certificate", "another certificate"],
  ])("are refused where %s is changed", async (_, from, to) => {
    const text = await certificateOf(v304);
    const forged = text.replace(from, to);
    expect(forged).not.toBe(text);
    expect(await isConfirmed(forged)).toBe(false);
  });

  it("are about the releases that there are", async () => {
    const forged = (await certificateOf(v304)).replace('"release":"v3.0.4"', '"release":"v3.0.9"');
    await expect(check(forged)).rejects.toThrow('there is no release "v3.0.9"');
  });

  it("name what they say nothing of", async () => {
    const proof = await prove(EverySizeScope.of(v304, { ...defaultParameters }), null, [
      "memoryBound",
    ]);
    const [run] = await check(certificateText(proof));
    expect(run?.properties.map(({ property }) => property)).toEqual(["memoryBound"]);
    expect(run?.notCertified).toHaveLength(10);
  });
});
