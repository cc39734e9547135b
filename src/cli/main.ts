#!/usr/bin/env node
import { enoughDescriptors, tooFewDescriptors } from "./too-few-descriptors.ts";

// Loaded here, and not before this file, so that what goes wrong while it is loaded ends in a sentence, too.
try {
  const { runProcess } = await import("./run/run-process.ts");
  process.exitCode = await runProcess();
} catch (error) {
  if (!tooFewDescriptors(error)) throw error;
  process.stderr.write(
    `unstuck: this process may open too few files at once (ulimit -n); ${enoughDescriptors} are enough\n`,
  );
  process.exitCode = 2;
}
