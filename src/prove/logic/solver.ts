import {
  init,
  killThreads,
  Z3_error_code,
  Z3_lbool,
  type Z3HighLevel,
  type Z3LowLevel,
} from "z3-solver";
import { variablesOf, type Formula } from "./formula.ts";
import type { Valuation } from "./linear.ts";
import { assertions, variablesOfAll } from "./smt-lib.ts";

/** What a solver says of some formulas: satisfied by these values, by none, or it cannot tell. */
export type Answer =
  | { readonly answer: "sat"; readonly values: Valuation }
  | { readonly answer: "unsat" }
  | { readonly answer: "unknown"; readonly reason: string };

/** Something that decides linear arithmetic over whole numbers. */
export interface Solver {
  /** Looks for whole numbers that satisfy all formulas, for some milliseconds at most; one question at a time. */
  readonly solve: (formulas: readonly Formula[], withinMs?: number) => Promise<Answer>;
  /** How many questions were asked. */
  readonly questions: () => number;
  /** Ends the solver's threads; without it the process does not end. */
  readonly close: () => Promise<void>;
}

/** How long Z3 may take for one question at most, in milliseconds. */
const questionTimeout = 20_000;

/** The values in Z3's text of a model: a line `name -> value` for each variable. */
function valuesIn(model: string, names: readonly string[]): Valuation {
  const values = new Map<string, number>(names.map((name) => [name, 0]));
  for (const line of model.split("\n")) {
    const [, name, negative, positive] =
      /^\|?(.+?)\|? -> (?:\(- (\d+)\)|(\d+))$/.exec(line.trim()) ?? [];
    if (name === undefined || !values.has(name)) continue;
    values.set(name, negative === undefined ? Number(positive) : -Number(negative));
  }
  return values;
}

/** Starts Z3, compiled to WebAssembly. */
export async function startZ3(): Promise<Solver> {
  const z3: Z3HighLevel & Z3LowLevel = await init();
  const { Z3 } = z3;
  const config = Z3.mk_config();
  const context = Z3.mk_context(config);
  Z3.del_config(config);
  const options = Z3.mk_params(context);
  Z3.params_inc_ref(context, options);
  const timeout = Z3.mk_string_symbol(context, "timeout");
  let asked = 0;
  const solver = Z3.mk_simple_solver(context);
  Z3.solver_inc_ref(context, solver);
  // Questions begin alike, with an invariant: what one has in common with the last is not told to Z3 again.
  const told: Formula[] = [];
  const declared = new Set<string>();
  const tell = (formulas: readonly Formula[]): void => {
    const differs = told.findIndex((formula, index) => formula !== formulas[index]);
    const inCommon = differs < 0 ? told.length : differs;
    Z3.solver_pop(context, solver, told.length - inCommon);
    told.splice(inCommon);
    for (const formula of formulas.slice(inCommon)) {
      Z3.solver_push(context, solver);
      told.push(formula);
      // Not `eval_smtlib2_string`: its text is freed while Z3's thread still reads it.
      Z3.solver_from_string(context, solver, assertions([formula], declared));
      const error = Z3.get_error_code(context);
      if (error !== Z3_error_code.Z3_OK)
        throw new Error(`Z3 refuses: ${Z3.get_error_msg(context, error)}`);
      for (const name of variablesOf(formula)) declared.add(name);
    }
  };

  return {
    solve: async (formulas, withinMs = questionTimeout) => {
      asked++;
      const most = Math.max(1, Math.ceil(Math.min(withinMs, questionTimeout)));
      Z3.params_set_uint(context, options, timeout, most);
      Z3.solver_set_params(context, solver, options);
      tell(formulas);
      const verdict = await Z3.solver_check(context, solver);
      if (verdict === Z3_lbool.Z3_L_FALSE) return { answer: "unsat" };
      if (verdict !== Z3_lbool.Z3_L_TRUE) {
        return { answer: "unknown", reason: Z3.solver_get_reason_unknown(context, solver) };
      }
      const model = Z3.model_to_string(context, Z3.solver_get_model(context, solver));
      return { answer: "sat", values: valuesIn(model, variablesOfAll(formulas)) };
    },
    questions: () => asked,
    close: () => killThreads(z3.em),
  };
}
