import type { Release } from "../../models/description.ts";
import { defaultParameters, type Parameters } from "../../models/parameters.ts";
import { conformScope } from "../../src/conform/conform-scopes.ts";
import { EngineSubject } from "../../src/conform/engine-subject.ts";
import { Model } from "../../src/conform/model-run.ts";
import type { Match } from "../../src/conform/run-steps.ts";
import type { Subject } from "../../src/conform/subject.ts";

/** A release at a scope, with the reference engine or another subject against it. */
export function matchOf(
  release: Release,
  settings: Partial<Parameters>,
  subject: Subject = new EngineSubject(),
): Match {
  const parameters = { ...defaultParameters, ...release.defaults, ...settings };
  const scope = conformScope(release, parameters, { name: "test", title: "test" });
  return { scope, model: new Model(scope.scope), subject };
}
