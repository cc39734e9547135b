import type { Scope } from "../../compile/scope.ts";
import { waitMermaid } from "../pictures/mermaid.ts";
import type { Run } from "../run.ts";
import { messagesOf } from "./messages.ts";
import type { Story } from "./told-story.ts";
import { waitGraph } from "./wait-for.ts";
import { Stepper } from "../../compile/stepper.ts";

/** A run as Markdown, for an issue or a chat: what happens, why, the steps, and who waits for whom at the end. */
export function runMarkdown(scope: Scope, run: Run, sizes: string, story: Story | null): string {
  const { bands } = messagesOf(scope, run);
  const end = run.moments.at(-1);
  const waits = end === undefined ? null : waitGraph(new Stepper(scope, end.state));
  const told = waits === null || waits.holds.length === 0 ? [] : [waitMermaid(waits).trimEnd()];
  return [
    ...(story === null
      ? [`**A run of ${scope.release}.**`]
      : [`**${story.headline}**`, ...story.why]),
    `${sizes}.`,
    bands.map(({ step, words, tells }) => `${step}. \`${words}\`: ${tells}`).join("\n"),
    ...told.map((chart) => `\`\`\`mermaid\n${chart}\n\`\`\``),
    "",
  ].join("\n\n");
}
