import type { Message } from "./description.ts";

export function toChunk(type: string, output?: number): Message {
  return { to: "chunk", event: output === undefined ? { type } : { type, output } };
}
export function toTask(type: string): Message {
  return { to: "task", event: { type } };
}
export function toDelivery(output: number, type: string): Message {
  return { to: "delivery", output, event: { type } };
}
export function toCharge(output: number, type: string): Message {
  return { to: "charge", output, event: { type } };
}
export function toStream(type: string, input?: number): Message {
  return { to: "stream", event: input === undefined ? { type } : { type, input } };
}
export function toInput(input: number, type: string): Message {
  return { to: "input", input, event: { type } };
}
export function toOutput(output: number, type: string): Message {
  return { to: "output", output, event: { type } };
}
export function toEngine(type: string): Message {
  return { to: "engine", event: { type } };
}
