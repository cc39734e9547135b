import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { attacked } from "../attack/attacked.ts";
import { loadReleases } from "../../src/compile/load-releases.ts";
import {
  checkCertificate,
  type CheckedRun,
} from "../../src/prove/certificate/check-certificate.ts";
import { NoCertificate, UnfitCertificate } from "../../src/prove/certificate/no-certificate.ts";
import { scriptOf } from "../../src/prove/logic/smt-lib.ts";
import type { Answer, Solver } from "../../src/prove/logic/solver.ts";
import { seed } from "../explore/seed.ts";
import { crafted } from "./forger/crafted.ts";
import { honest, type HonestName } from "./forger/honest.ts";
import type { Json } from "./forger/json.ts";
import { randomForgeries, systematicForgeries, type Forgery } from "./forger/mutations.ts";
import { whyFalse } from "./forger/truth.ts";
import { theSolver, withSolver } from "./with-solver.ts";

const releases = await loadReleases();
const answers = new Map<string, Answer>();

/** Forgeries share most of their statements with the honest certificate: each is asked about once. */
async function remembered(hypotheses: Parameters<Solver["solve"]>[0]): Promise<Answer> {
  const question = scriptOf({ claim: "", hypotheses });
  const known = answers.get(question);
  if (known !== undefined) return known;
  const answer = await theSolver().solve(hypotheses);
  answers.set(question, answer);
  return answer;
}

/** What is claimed and confirmed; nothing where the certificate is refused. */
async function accepted(json: Json): Promise<readonly CheckedRun[]> {
  // What is not confirmed already need not be asked about again.
  const broken = new Set<string>();
  let about = "";
  const solve: Solver["solve"] = async (hypotheses) => {
    const [run = ""] = about.split(" ");
    if (broken.has(about) || broken.has(`${run} `)) return { answer: "unknown", reason: "skipped" };
    const answer = await remembered(hypotheses);
    if (answer.answer !== "unsat") broken.add(about);
    return answer;
  };
  try {
    return await checkCertificate(json, releases, { solve }, ({ run, statement }) => {
      about = `${run} ${statement.property ?? ""}`;
    });
  } catch (error) {
    if (error instanceof NoCertificate || error instanceof UnfitCertificate) return [];
    throw error;
  }
}

async function falseClaims({ json }: Forgery): Promise<readonly string[]> {
  const runs = await accepted(json);
  return runs.flatMap((run) =>
    run.properties.flatMap((one) => {
      const why = one.confirmed ? whyFalse(run, one) : null;
      return why === null ? [] : [why];
    }),
  );
}

describe(`a forger of certificates (seed ${seed})`, () => {
  withSolver();
  const tried: Forgery[] = [];

  it.each<{ name: HonestName; systematic: number; random: number }>([
    { name: "v3.0.4", systematic: 70, random: 20 },
    { name: "v3.0.4, one route each", systematic: 12, random: 4 },
    { name: "hardened-fix", systematic: 150, random: 30 },
    { name: "park", systematic: 8, random: 2 },
  ])("never gets a false claim through: $name", async ({ name, systematic, random }) => {
    const json = await honest(name);
    const forgeries = [
      ...fc
        .sample(
          fc.shuffledSubarray([...systematicForgeries(json, seed)], { minLength: systematic }),
          {
            seed,
            numRuns: 1,
          },
        )
        .flatMap((some) => some.slice(0, systematic)),
      ...randomForgeries(json, seed, random),
    ];
    tried.push(...forgeries);
    for (const forgery of forgeries) {
      expect(await falseClaims(forgery), forgery.how).toEqual([]);
    }
  });

  it.each(crafted)("gets no false claim through by $name", async ({ name, of, forge }) => {
    const forgery = { how: name, json: forge(await honest(of)) };
    tried.push(forgery);
    expect(await falseClaims(forgery)).toEqual([]);
  });

  it("tries 300 forgeries and more", () => {
    attacked("forged certificates", tried.length);
    expect(tried.length).toBeGreaterThanOrEqual(300);
  });
});
