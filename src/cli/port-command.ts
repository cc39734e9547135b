import { createInterface } from "node:readline";
import { stdin } from "node:process";
import { loadReleases } from "../compile/load-releases.ts";
import { conformScope } from "../conform/conform-scopes.ts";
import { EngineSubject } from "../conform/engine-subject.ts";
import { isObject } from "../conform/json.ts";
import { PortServer } from "../conform/port/port-server.ts";
import type { CommandRegistrar } from "./command-registrar.ts";
import { exitCode } from "./exit-code.ts";
import { findRelease, parametersOf } from "./scope-arguments.ts";

/** `unstuck port`: the reference engine, speaking the port protocol on standard input and output. */
export const portCommand: CommandRegistrar = (program, terminal, finish) => {
  program
    .command("port")
    .description("the reference engine as a port, to talk to and to compare with")
    .action(async () => {
      const releases = await loadReleases();
      const server = new PortServer({
        name: "the reference engine",
        subject: new EngineSubject(),
        releases: releases.map(({ name }) => name),
        scopeOf: ({ release: name, parameters }) => {
          const release = findRelease(releases, typeof name === "string" ? name : "");
          const settings = Object.entries(isObject(parameters) ? parameters : {});
          const set = settings.map(
            ([key, value]) => `${key}=${typeof value === "string" ? value : JSON.stringify(value)}`,
          );
          return conformScope(release, parametersOf(release, set), { name: "asked", title: "" });
        },
      });
      for await (const line of createInterface({ input: stdin })) {
        const { answer, ends } = await server.answer(line);
        terminal.out(`${JSON.stringify(answer)}\n`);
        if (ends) break;
      }
      finish(exitCode.holds);
    });
};
