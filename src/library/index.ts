/** The language of composition, the releases, and what is done with a system: compile, explore, step, run as one machine. */
export type * from "../../models/description.ts";
export type { ProgressProperty, ProgressClause, Pending } from "../../models/progress.ts";
export { defaultParameters, parameterNames } from "../../models/parameters.ts";
export type { ParameterName, Parameters, Routing } from "../../models/parameters.ts";
export { progressProperties } from "../../models/progress.ts";
export { fluentBit } from "../../models/fluent-bit.ts";
export { loadReleases } from "../compile/load-releases.ts";
export { loadModelFile } from "../compile/model-file.ts";
export { scopeOf } from "../compile/scope.ts";
export type { Scope } from "../compile/scope.ts";
export { lift } from "../compile/lift.ts";
export type { LiftedSystem } from "../compile/lift.ts";
export { Stepper } from "../compile/stepper.ts";
export type { EnabledAction, SystemState } from "../compile/stepper.ts";
export { viewState } from "../compile/state-view.ts";
export { checkScope } from "../explore/check-scope.ts";
export type { CheckOptions, PropertyResult, ScopeResult } from "../explore/check-scope.ts";
export { UserError } from "../errors/user-error.ts";
