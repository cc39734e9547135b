import type {
  CharacterClassElementNode,
  CharacterClassNode,
  CharacterSetNode,
} from "oniguruma-parser/parser";
import { UnreadableRegex } from "./unreadable-regex.ts";
import type { CharacterTest } from "../tag-reader.ts";

/** What of an expression's options matters to a character. */
export interface CharacterOptions {
  readonly ignoreCase: boolean;
  readonly dotAll: boolean;
}

/** `\d`, `\s`, `\w`, `\h` mean ASCII characters in Ruby's syntax, brackets `[:…:]` all of Unicode. */
const ASCII: Readonly<Partial<Record<CharacterSetNode["kind"], RegExp>>> = {
  digit: /^[0-9]$/u,
  hex: /^[0-9A-Fa-f]$/u,
  space: /^[\t\n\v\f\r ]$/u,
  word: /^[0-9A-Z_a-z]$/u,
};

const POSIX: Readonly<Record<string, RegExp>> = {
  alnum: /^[\p{L}\p{M}\p{Nd}]$/u,
  alpha: /^[\p{L}\p{M}]$/u,
  ascii: /^\p{ASCII}$/u,
  blank: /^[\t\p{Zs}]$/u,
  cntrl: /^\p{Cc}$/u,
  digit: /^\p{Nd}$/u,
  graph: /^[^\p{Z}\p{Cc}\p{Cs}\p{Cn}\s]$/u,
  lower: /^\p{Lowercase}$/u,
  print: /^[^\p{Cc}\p{Cs}\p{Cn}]$/u,
  punct: /^[\p{P}$+<=>^`|~]$/u,
  space: /^[\s\u0085]$/u,
  upper: /^\p{Uppercase}$/u,
  word: /^[\p{L}\p{M}\p{Nd}\p{Pc}]$/u,
  xdigit: /^[0-9A-Fa-f]$/u,
};

/** Where the classes above begin and end within ASCII, and one character of each kind beyond. */
const CLASS_EDGES: readonly number[] = Array.from(
  "\t\n\u{e} !$%+,09:<?@AFGZ[^_`afgz{|}~\u{7f}\u{80}\u{85}\u{86}" +
    "\u{a0}\u{a1}\u{e9}\u{ea}\u{c9}\u{ca}\u{301}\u{302}\u{663}\u{2003}\u{2014}\u{203f}\u{2603}\u{e000}\u{378}",
).flatMap((character) => {
  const code = character.codePointAt(0) ?? 0;
  return [code, code + 1];
});

function cases(character: string): readonly string[] {
  return [character, character.toLowerCase(), character.toUpperCase()];
}

function withCase(test: CharacterTest, { ignoreCase }: CharacterOptions): CharacterTest {
  if (!ignoreCase) return test;
  const edges = test.edges.flatMap((edge) =>
    [edge - 1, edge]
      .filter((code) => code > 0 && code <= 0x10ffff)
      .flatMap((code) => cases(String.fromCodePoint(code)))
      .flatMap((letter) => [letter.codePointAt(0) ?? 0, (letter.codePointAt(0) ?? 0) + 1]),
  );
  return {
    key: `i(${test.key})`,
    matches: (character) => cases(character).some(test.matches),
    edges: [...new Set([...test.edges, ...edges])],
  };
}

function negated(test: CharacterTest, negate: boolean): CharacterTest {
  return negate
    ? { ...test, key: `!(${test.key})`, matches: (character) => !test.matches(character) }
    : test;
}

function rangeTest(least: number, most: number): CharacterTest {
  return {
    key: `${least}-${most}`,
    matches: (character) => {
      const code = character.codePointAt(0) ?? -1;
      return code >= least && code <= most;
    },
    edges: [least, most + 1],
  };
}

function classTest(name: string, expression: RegExp): CharacterTest {
  return {
    key: `:${name}:`,
    matches: (character) => expression.test(character),
    edges: CLASS_EDGES,
  };
}

function propertyExpression(name: string): RegExp {
  try {
    return new RegExp(`^\\p{${name}}$`, "u");
  } catch {
    throw new UnreadableRegex(`\\p{${name}} is not known here`);
  }
}

function setTest(node: CharacterSetNode, { dotAll }: CharacterOptions): CharacterTest {
  const { kind } = node;
  const ascii = ASCII[kind];
  if (ascii !== undefined) return negated(classTest(kind, ascii), node.negate === true);
  if (kind === "any" || (kind === "dot" && dotAll)) return rangeTest(0, 0x10ffff);
  if (kind === "dot") return negated(rangeTest(10, 10), true);
  if (kind === "newline" && node.variableLength !== true) {
    return negated(rangeTest(10, 10), node.negate === true);
  }
  if (kind === "posix") {
    const expression = POSIX[node.value];
    if (expression === undefined) throw new UnreadableRegex(`[:${node.value}:] is not known here`);
    return negated(classTest(`posix ${node.value}`, expression), node.negate);
  }
  if (kind === "property") {
    const test = classTest(`property ${node.value}`, propertyExpression(node.value));
    return negated({ ...test, opaque: true }, node.negate);
  }
  throw new UnreadableRegex("\\R and \\X are not followed here");
}

function bracketTest(node: CharacterClassNode, options: CharacterOptions): CharacterTest {
  const parts = node.body.map((element) => elementTest(element, options));
  const test: CharacterTest = {
    key: `${node.kind}(${parts.map(({ key }) => key).join()})`,
    matches:
      node.kind === "intersection"
        ? (character) => parts.every((part) => part.matches(character))
        : (character) => parts.some((part) => part.matches(character)),
    edges: parts.flatMap(({ edges }) => edges),
    ...(parts.some(({ opaque }) => opaque === true) ? { opaque: true } : {}),
  };
  return negated(test, node.negate);
}

function elementTest(node: CharacterClassElementNode, options: CharacterOptions): CharacterTest {
  switch (node.type) {
    case "Character":
      return withCase(rangeTest(node.value, node.value), options);
    case "CharacterClassRange":
      return withCase(rangeTest(node.min.value, node.max.value), options);
    case "CharacterSet":
      return setTest(node, options);
    case "CharacterClass":
      return bracketTest(node, options);
  }
}

/**
 * The test that stands for a character, a class or a set of an expression.
 *
 * @throws UnreadableRegex for what takes no single character.
 */
export const characterTest = elementTest;
