import type { CommandRegistrar } from "../command-registrar.ts";
import { exitCode } from "../exit-code.ts";
import { newSystem } from "./new-system.ts";

/** `unstuck new`. */
export const newCommand: CommandRegistrar = (command, terminal, finish) => {
  command.argument("<folder>", "a new folder, or an empty one").action((folder: string) => {
    const files = newSystem(folder);
    terminal.out(`${files.join(", ")} written to ${folder}; next:\n`);
    for (const words of ["check", "prove", "chart"]) {
      terminal.out(`  unstuck ${words} --model ${folder}/v1.js\n`);
    }
    finish(exitCode.holds);
  });
};
