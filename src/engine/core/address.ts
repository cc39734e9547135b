import type { Engine } from "./engine.ts";

/** What is printed where C prints a pointer: looks like one, and is the same in every run. */
export function allocateAddress(engine: Engine): string {
  engine.nextAddress += 1;
  return `0x7f${(engine.nextAddress * 48).toString(16).padStart(10, "0")}`;
}
