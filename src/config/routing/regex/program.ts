import type {
  AlternativeElementNode,
  AlternativeNode,
  OnigurumaAst,
  QuantifierNode,
} from "oniguruma-parser/parser";
import type { CharacterTest } from "../tag-reader.ts";
import { characterTest, type CharacterOptions } from "./character-set.ts";
import { UnreadableRegex } from "./unreadable-regex.ts";

/** What must hold between two characters. */
export type Assertion =
  | "line_start"
  | "line_end"
  | "string_start"
  | "string_end"
  | "string_end_newline"
  | "word_boundary"
  | "no_word_boundary";

/** One step of a program; targets are places in it. Of a fork, the first target is tried first. */
type Instruction =
  | { readonly kind: "character"; readonly test: CharacterTest }
  | { readonly kind: "fork"; first: number; second: number }
  | { readonly kind: "jump"; target: number }
  | { readonly kind: "assert"; readonly assertion: Assertion }
  | {
      readonly kind: "look";
      readonly program: Program;
      readonly negate: boolean;
      readonly behind: boolean;
    }
  | { readonly kind: "atomic"; readonly program: Program }
  | { readonly kind: "match" };

/** An expression without captures, as steps; it begins at 0. */
export type Program = readonly Instruction[];

const MOST_INSTRUCTIONS = 20_000;

/** Compiles one expression; all of its parts together have a limited size. */
class Compiler {
  private size = 0;

  program(alternatives: readonly AlternativeNode[], options: CharacterOptions): Program {
    const steps: Instruction[] = [];
    this.alternatives(alternatives, options, steps);
    this.push(steps, { kind: "match" });
    return steps;
  }

  private push(steps: Instruction[], instruction: Instruction): void {
    this.size += 1;
    if (this.size > MOST_INSTRUCTIONS) throw new UnreadableRegex("it is too large");
    steps.push(instruction);
  }

  private alternatives(
    alternatives: readonly AlternativeNode[],
    options: CharacterOptions,
    steps: Instruction[],
  ): void {
    const exits: { target: number }[] = [];
    for (const [index, alternative] of alternatives.entries()) {
      if (index === alternatives.length - 1) {
        this.sequence(alternative.body, options, steps);
        break;
      }
      const fork = { kind: "fork" as const, first: steps.length + 1, second: 0 };
      this.push(steps, fork);
      this.sequence(alternative.body, options, steps);
      const exit = { kind: "jump" as const, target: 0 };
      this.push(steps, exit);
      exits.push(exit);
      fork.second = steps.length;
    }
    for (const exit of exits) exit.target = steps.length;
  }

  private sequence(
    elements: readonly AlternativeElementNode[],
    before: CharacterOptions,
    steps: Instruction[],
  ): void {
    let options = before;
    for (const element of elements) {
      if (element.type === "Directive" && element.kind === "flags") {
        options = changed(options, element.flags);
      } else {
        this.element(element, options, steps);
      }
    }
  }

  private element(
    node: AlternativeElementNode,
    options: CharacterOptions,
    steps: Instruction[],
  ): void {
    switch (node.type) {
      case "Character":
      case "CharacterSet":
      case "CharacterClass":
        this.push(steps, { kind: "character", test: characterTest(node, options) });
        break;
      case "CapturingGroup":
        this.alternatives(node.body, options, steps);
        break;
      case "Group": {
        const inside = changed(options, node.flags);
        if (node.atomic === true) {
          this.push(steps, { kind: "atomic", program: this.program(node.body, inside) });
        } else {
          this.alternatives(node.body, inside, steps);
        }
        break;
      }
      case "Quantifier":
        this.quantifier(node, options, steps);
        break;
      case "Assertion":
        this.push(steps, { kind: "assert", assertion: assertionOf(node.kind, node.negate) });
        break;
      case "LookaroundAssertion":
        this.push(steps, {
          kind: "look",
          program: this.program(node.body, options),
          negate: node.negate,
          behind: node.kind === "lookbehind",
        });
        break;
      case "AbsenceFunction":
      case "Backreference":
      case "Directive":
      case "NamedCallout":
      case "Subroutine":
        throw new UnreadableRegex(`${WORDS[node.type]} are not followed here`);
    }
  }

  private quantifier(node: QuantifierNode, options: CharacterOptions, steps: Instruction[]): void {
    if (node.kind === "possessive") {
      const inside: Instruction[] = [];
      this.repeat(node, options, inside);
      this.push(inside, { kind: "match" });
      this.push(steps, { kind: "atomic", program: inside });
    } else {
      this.repeat(node, options, steps);
    }
  }

  private repeat(
    { min, max, kind, body }: QuantifierNode,
    options: CharacterOptions,
    steps: Instruction[],
  ): void {
    // The parser writes Infinity for no bound, which JSON shows as null.
    const lazy = kind === "lazy";
    const fork = (): { kind: "fork"; first: number; second: number } => ({
      kind: "fork",
      first: steps.length + 1,
      second: steps.length + 1,
    });
    const leave = (from: { first: number; second: number }): void => {
      if (lazy) from.first = steps.length;
      else from.second = steps.length;
    };
    for (let count = 0; count < min; count += 1) this.element(body, options, steps);
    if (max === Infinity) {
      const start = steps.length;
      const choice = fork();
      this.push(steps, choice);
      this.element(body, options, steps);
      this.push(steps, { kind: "jump", target: start });
      leave(choice);
      return;
    }
    const choices: { first: number; second: number }[] = [];
    for (let count = min; count < max; count += 1) {
      const choice = fork();
      this.push(steps, choice);
      choices.push(choice);
      this.element(body, options, steps);
    }
    choices.forEach(leave);
  }
}

const WORDS = {
  AbsenceFunction: "absence functions, (?~…),",
  Backreference: "back references",
  Directive: "\\K directives",
  NamedCallout: "callouts",
  Subroutine: "subroutine calls",
} as const;

function assertionOf(kind: string, negate: boolean | undefined): Assertion {
  switch (kind) {
    case "line_start":
    case "line_end":
    case "string_start":
    case "string_end":
    case "string_end_newline":
      return kind;
    case "word_boundary":
      return negate === true ? "no_word_boundary" : "word_boundary";
    case "search_start":
      // A match is looked for at the first character only.
      return "string_start";
    default:
      throw new UnreadableRegex("\\y is not followed here");
  }
}

interface Switches {
  readonly ignoreCase?: boolean;
  readonly dotAll?: boolean;
}

function changed(
  options: CharacterOptions,
  flags: { readonly enable?: Switches; readonly disable?: Switches } | undefined,
): CharacterOptions {
  const after = (name: keyof CharacterOptions): boolean =>
    flags?.disable?.[name] === true ? false : flags?.enable?.[name] === true || options[name];
  return { ignoreCase: after("ignoreCase"), dotAll: after("dotAll") };
}

/**
 * Compiles an expression.
 *
 * @throws UnreadableRegex for back references, subroutines and whatever else no such program can do.
 */
export function compileRegex({ body, flags }: OnigurumaAst): Program {
  return new Compiler().program(body, flags);
}
