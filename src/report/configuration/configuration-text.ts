import { fluentBitParameters } from "../../../models/fluent-bit-system.ts";
import { formatPosition } from "../../config/position.ts";
import type { SettingInUse } from "../../config/settings/setting-in-use.ts";
import { configurationFacts } from "./configuration-facts.ts";
import {
  decisionLines,
  everySizeLines,
  headline,
  isolationLine,
  warningWords,
} from "./configuration-headline.ts";
import {
  liftedSentences,
  notLifted,
  outputLegend,
  pathSteps,
  whySentences,
} from "./configuration-path.ts";
import type {
  ConfigurationVerdict,
  Remedy,
} from "../../analysis/configuration/configuration-verdict.ts";
import { pathText } from "../scope/path-words.ts";
import { isHelp, remedySentence, remedyTitle, sortedRemedies } from "./remedy-words.ts";
import { coverage } from "../scope/scope-report.ts";
import { scopeWords } from "../scope/scope-words.ts";
import type { Style } from "../style.ts";
import { wrapped } from "../wrapped.ts";

/** How much of a report is wanted, and how wide it may be. */
export interface ReportDetail {
  readonly style: Style;
  /** Columns. */
  readonly width: number;
  /** Whether the whole path is shown, state by state. */
  readonly trace: boolean;
  /** Whether the model's own scopes and parameters are shown. */
  readonly verbose: boolean;
}

const columnsOfSetting = (setting: SettingInUse): string => {
  const { setting: key, value, position, reason, cFunction } = setting;
  const where = position === undefined ? "" : ` (${formatPosition(position)})`;
  const shown = cFunction === undefined ? "" : ` (${cFunction})`;
  return `${`${key} ${value}`.trim()}${where}: ${reason}${shown}`;
};

/** A report for a terminal, section by section. */
class Report {
  readonly #verdict: ConfigurationVerdict;
  readonly #detail: ReportDetail;

  constructor(verdict: ConfigurationVerdict, detail: ReportDetail) {
    this.#verdict = verdict;
    this.#detail = detail;
  }

  #wrap(text: string, first = ""): string {
    // A command or a path in one line is not wrapped: it would be no longer what it says.
    return text.startsWith("    ") ? text : wrapped(text, first, this.#detail.width);
  }

  #section(title: string, lines: readonly string[]): readonly string[] {
    return lines.length === 0 ? [] : ["", this.#detail.style.bold(title), ...lines];
  }

  #items(sentences: readonly string[]): readonly string[] {
    return sentences.map((one) => this.#wrap(one, "  - "));
  }

  #head(): readonly string[] {
    const { style } = this.#detail;
    return [
      style.bold(this.#wrap(headline(this.#verdict, style))),
      ...[
        ...decisionLines(this.#verdict),
        ...isolationLine(this.#verdict),
        ...everySizeLines(this.#verdict),
      ].map((line) => this.#wrap(line)),
    ];
  }

  #remedies(): readonly string[] {
    const { decision, restartFrees } = this.#verdict;
    const remedies = sortedRemedies(this.#verdict);
    const of = (...needs: readonly Remedy["needs"][]): readonly Remedy[] =>
      remedies.filter((remedy) => needs.includes(remedy.needs));
    const told = (some: readonly Remedy[]): readonly string[] => {
      const helpful = some.filter((remedy) => isHelp(this.#verdict, remedy));
      const useless = some.filter((remedy) => !isHelp(this.#verdict, remedy));
      return this.#items(
        [...helpful, ...useless].map((remedy) => remedySentence(this.#verdict, remedy)),
      );
    };
    const restart =
      restartFrees === true
        ? this.#items([
            "A restart frees a stuck engine (tried on the model: everything is delivered after it); it can get stuck again.",
          ])
        : [];
    const without = remedyTitle(decision);
    return [
      ...this.#section(`What you can do now${without}:`, [
        ...told(of("setting", "load", "version")),
        ...restart,
      ]),
      ...this.#section(`What needs a patched build${without}:`, told(of("build"))),
    ];
  }

  #way(): readonly string[] {
    const { judged, shape, lifted } = this.#verdict;
    const neverStuck = judged?.properties.find(({ property }) => property === "neverStuck");
    if (judged === null || shape === null || neverStuck === undefined) return [];
    if (neverStuck.path === null) return [];
    const { taskMapSize, maxChunksUp } = fluentBitParameters(judged.scope.parameters);
    const steps = pathSteps(neverStuck, shape).map((step, index) =>
      this.#wrap(step, `${String(index + 1).padStart(4)}. `),
    );
    return [
      ...this.#section(
        "Why:",
        lifted === null ? [] : whySentences(this.#verdict).map((one) => this.#wrap(one, "  ")),
      ),
      ...this.#section(
        `The shortest way in, where there is room for ${taskMapSize} task${taskMapSize === 1 ? "" : "s"} and ${maxChunksUp} chunk${maxChunksUp === 1 ? "" : "s"} in memory:`,
        this.#detail.trace ? this.#trace() : steps,
      ),
      ...(this.#detail.trace
        ? []
        : [this.#wrap("(--trace shows the state after each step)", "  ")]),
      "",
      ...(lifted === null ? [notLifted] : liftedSentences(lifted)).map((line) => this.#wrap(line)),
    ];
  }

  #trace(): readonly string[] {
    const { judged, shape } = this.#verdict;
    const neverStuck = judged?.properties.find(({ property }) => property === "neverStuck");
    if (judged === null || shape === null || neverStuck === undefined) return [];
    return [
      ...(shape.outputs > 1 ? [this.#wrap(outputLegend(shape.outputNames))] : []),
      pathText(neverStuck, judged, this.#detail.style),
    ];
  }

  #read(): readonly string[] {
    const { configuration } = this.#verdict;
    const { style } = this.#detail;
    const facts = configurationFacts(configuration);
    const wide = Math.max(...facts.map(([name]) => name.length));
    return this.#section("What was read:", [
      ...facts.map(([name, value]) =>
        this.#wrap(value, wide > 32 ? `${name}  ` : `${name.padEnd(wide)}  `),
      ),
      ...configuration.warnings.map((warning) => style.yellow(this.#wrap(warningWords(warning)))),
    ]);
  }

  #judged(): readonly string[] {
    const { judged, shape } = this.#verdict;
    if (judged === null || shape === null) return [];
    const scope = this.#detail.verbose
      ? [`The scope that is shown: ${scopeWords(judged.scope)}: ${coverage(judged)}.`]
      : [];
    return this.#section("What was judged:", [
      ...this.#items([
        "small scopes of the same shape: as few tasks and chunks in memory as can be, and just enough chunks to fill both, with the inputs, outputs, routes, limits and retries of this configuration",
        ...scope,
        ...shape.simplifications,
      ]),
    ]);
  }

  #notCovered(): readonly string[] {
    const { configuration, decision } = this.#verdict;
    const harmless = configuration.settings.filter(({ changes }) => changes === undefined);
    return [
      ...this.#section(
        "Outside the model, and may change the verdict:",
        this.#items(decision.settings.map(columnsOfSetting)),
      ),
      ...this.#section(
        "Outside the model, and harmless to the verdict:",
        this.#items(harmless.map(columnsOfSetting)),
      ),
    ];
  }

  text(): string {
    return [
      ...this.#head(),
      ...this.#remedies(),
      ...this.#way(),
      ...this.#read(),
      ...this.#judged(),
      ...this.#notCovered(),
    ].join("\n");
  }
}

/**
 * A configuration for a terminal: the verdict first, then what changes it, why, the way in, what was read and judged, and
 * what is not covered.
 */
export function configurationText(verdict: ConfigurationVerdict, detail: ReportDetail): string {
  return new Report(verdict, detail).text();
}
