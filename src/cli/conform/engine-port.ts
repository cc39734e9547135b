import type { Release } from "../../../models/description.ts";
import { conformScope } from "../../conform/conform-scopes.ts";
import { EngineSubject } from "../../conform/engine-subject.ts";
import { isObject } from "../../conform/json.ts";
import { PortServer } from "../../conform/port/port-server.ts";
import { findRelease as inEngine } from "../../engine/releases/catalogue.ts";
import { BadInput } from "../bad-input.ts";
import { onlyInModel } from "../simulate/no-engine-release.ts";
import { findRelease } from "../../compile/find-release.ts";
import { parametersOf } from "../options/scope-arguments.ts";

/** What the reference engine calls itself as a port. */
export const enginePortName = "the reference engine";

/**
 * The reference engine as a port of those releases that it has.
 *
 * @param releases those of the model
 */
export function enginePort(releases: readonly Release[]): PortServer {
  return new PortServer({
    name: enginePortName,
    subject: new EngineSubject(),
    releases: releases.map(({ name }) => name).filter((name) => inEngine(name) !== undefined),
    scopeOf: ({ release: name, parameters }) => {
      const release = findRelease(releases, typeof name === "string" ? name : "");
      if (inEngine(release.name) === undefined) throw new BadInput(onlyInModel(release.name));
      const settings = Object.entries(isObject(parameters) ? parameters : {});
      const set = settings.map(
        ([key, value]) => `${key}=${typeof value === "string" ? value : JSON.stringify(value)}`,
      );
      return conformScope(release, parametersOf(release, set), { name: "asked", title: "" });
    },
  });
}
