import { describe, expect, it } from "vitest";
import { loadReleases } from "../../src/compile/load-releases.ts";
import { checkCertificate, type CheckedRun } from "../../src/prove/check-certificate.ts";
import { NoCertificate, UnfitCertificate } from "../../src/prove/no-certificate.ts";
import { scriptOf } from "../../src/prove/smt-lib.ts";
import type { Answer, Solver } from "../../src/prove/solver.ts";
import { seed } from "../explore/seed.ts";
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

  it.each<{ name: HonestName; random: number }>([
    { name: "v3.0.4", random: 60 },
    { name: "v3.0.4, one route each", random: 20 },
    { name: "hardened-fix", random: 20 },
    { name: "park", random: 20 },
  ])("never gets a false claim through: $name", async ({ name, random }) => {
    const json = await honest(name);
    const forgeries = [...systematicForgeries(json, seed), ...randomForgeries(json, seed, random)];
    tried.push(...forgeries);
    for (const forgery of forgeries) {
      expect(await falseClaims(forgery), forgery.how).toEqual([]);
    }
  });

  it("tries more than 300 forgeries, most of which are refused or not confirmed", () => {
    expect(tried.length).toBeGreaterThan(300);
  });
});
