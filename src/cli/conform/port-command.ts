import { createInterface } from "node:readline";
import { stdin } from "node:process";
import { loadReleases } from "../../compile/load-releases.ts";
import type { CommandRegistrar } from "../command-registrar.ts";
import { enginePort } from "./engine-port.ts";
import { exitCode } from "../exit-code.ts";

/** `unstuck port`: the reference engine, speaking the port protocol on standard input and output. */
export const portCommand: CommandRegistrar = (command, terminal, finish) => {
  command.action(async () => {
    const server = enginePort(await loadReleases());
    for await (const line of createInterface({ input: stdin })) {
      const { answer, ends } = await server.answer(line);
      terminal.out(`${JSON.stringify(answer)}\n`);
      if (ends) break;
    }
    finish(exitCode.holds);
  });
};
