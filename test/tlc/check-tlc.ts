import { existsSync } from "node:fs";
import { loadReleases } from "../../src/compile/load-releases.ts";
import { comparedScopes } from "../export/spec/compared-scopes.ts";
import { differences, foundByTlc, foundByUs } from "./compare-with-tlc.ts";
import { runTlc, type TlcProgram } from "./tlc.ts";

/** Takes what is printed. */
export type Print = (text: string) => void;

/**
 * `npm run check:tlc -- tla2tools.jar`: holds the explorer against TLC on small scopes of every release.
 *
 * @returns the exit code: 0 where both find the same, 1 where they differ, 2 where there is no such jar or Java
 */
export async function checkTlc(
  words: readonly string[],
  java: string,
  print: Print,
): Promise<number> {
  const [jar, ...rest] = words;
  if (jar === undefined || rest.length > 0 || !existsSync(jar)) {
    print(
      jar === undefined || rest.length > 0
        ? "check:tlc takes one word: the path of tla2tools.jar\n"
        : `${jar}: there is no such file\n`,
    );
    return 2;
  }
  const scopes = comparedScopes(await loadReleases());
  return compareAll({ java, jar }, scopes, print);
}

function compareAll(
  program: TlcProgram,
  scopes: ReturnType<typeof comparedScopes>,
  print: Print,
): number {
  let differing = 0;
  for (const { title, scope } of scopes) {
    try {
      const ours = foundByUs(scope);
      const tlc = foundByTlc(scope, (check) => runTlc(program, scope, check));
      const found = differences(tlc, ours);
      if (found.length > 0) differing += 1;
      const violated = ours.violated.join(", ") || "nothing";
      print(
        found.length > 0
          ? `${title}\n  DIFFERS ${found.join("\n  DIFFERS ")}\n`
          : `${title}\n  ${ours.states} states, ${ours.transitions} transitions, ${ours.upToPermutation} up to permutation; violated: ${violated}\n`,
      );
    } catch (error) {
      print(`${title}: ${error instanceof Error ? error.message : String(error)}\n`);
      return 2;
    }
  }
  print(
    differing === 0
      ? `TLC and unstuck find the same in ${scopes.length} scopes\n`
      : `TLC and unstuck differ in ${differing} of ${scopes.length} scopes\n`,
  );
  return differing === 0 ? 0 : 1;
}
