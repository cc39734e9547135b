import type { Remark } from "./driver.ts";

/** A remark of the driver, and the number of steps that were taken before it. */
export interface PlacedRemark extends Remark {
  readonly after: number;
}

/** What a live page may ask for. */
export type PageRequest =
  | { readonly type: "unstuck.take"; readonly key: string }
  | { readonly type: "unstuck.play" | "unstuck.pause" | "unstuck.step" };

/** What a live page is told about the run, besides the messages of the inspection protocol. */
export type RunNews =
  | {
      readonly type: "unstuck.run";
      readonly keys: readonly string[];
      /** The steps that were chosen by hand, the first step of the run being 1. */
      readonly byHand: readonly number[];
      readonly remarks: readonly PlacedRemark[];
      readonly playing: boolean;
    }
  | { readonly type: "unstuck.remark"; readonly remark: PlacedRemark }
  | { readonly type: "unstuck.took"; readonly key: string; readonly byHand: boolean }
  | { readonly type: "unstuck.playing"; readonly playing: boolean; readonly why: string };

function typeOf(value: unknown): string {
  if (typeof value !== "object" || value === null) return "";
  const type: unknown = Reflect.get(value, "type");
  return typeof type === "string" ? type : "";
}

/** Reads what a page asks for; undefined if it is nothing of the kind. */
export function readPageRequest(text: string): PageRequest | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const type = typeOf(value);
  if (type === "unstuck.play" || type === "unstuck.pause" || type === "unstuck.step") {
    return { type };
  }
  const key: unknown =
    typeof value === "object" && value !== null ? Reflect.get(value, "key") : undefined;
  return type === "unstuck.take" && typeof key === "string" ? { type, key } : undefined;
}

/** Whether a message is about the run; the server is written by the same program. */
export function isRunNews(value: unknown): value is RunNews {
  return typeOf(value).startsWith("unstuck.");
}
