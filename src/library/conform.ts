/** Tests generated from the model, for an implementation of one's own. */
export { largeScope, plannedScopes, smallScopes } from "../conform/conform-scopes.ts";
export type { ConformScope, ScopePlan } from "../conform/conform-scopes.ts";
export { conform } from "../conform/conform.ts";
export type { ConformResult } from "../conform/conform.ts";
export { EngineSubject } from "../conform/engine-subject.ts";
export { runSteps } from "../conform/run-steps.ts";
export { scopeSuites } from "../conform/scope-suites.ts";
export type { ScopeSuites, SuitePlan } from "../conform/scope-suites.ts";
export { SubjectFailure } from "../conform/subject.ts";
export type { Answer, Subject } from "../conform/subject.ts";
export type { ActionCall } from "../conform/action-call.ts";
