import type { Property, Section } from "../format/section.ts";
import { createsEmitter } from "../emitter.ts";
import type { RoutedInput } from "../input-routes.ts";
import type { OutputInstance } from "../output-instance.ts";
import { pluginNameOf } from "../plugin-name.ts";
import { formatPosition, type Position } from "../position.ts";
import { parseBoolean } from "../values/boolean-value.ts";
import type { FluentBitVersion } from "../version.ts";
import type {
  Change,
  Condition,
  SettingPlace,
  SettingRow,
  UndecidedSetting,
} from "./setting-row.ts";
import { settingRow, versionHas } from "./settings-table.ts";

/** A setting outside the model that a configuration uses. */
export interface SettingInUse {
  readonly setting: string;
  readonly value: string;
  /** Undefined where Fluent Bit's default applies, or where no single line says it. */
  readonly position: Position | undefined;
  /** How it may change the verdict on getting stuck; undefined if it cannot. */
  readonly changes: Change | undefined;
  /** Why, as a sentence without its full stop. */
  readonly reason: string;
  readonly cFunction: string | undefined;
}

/** A setting that may change the verdict. */
export type DecidingSetting = SettingInUse & { readonly changes: Change };

/** What a section became, as far as its settings' meaning depends on it. */
interface Sections {
  readonly sections: readonly Section[];
  readonly inputs: readonly RoutedInput[];
  /** Outputs that chunk files are routed to. */
  readonly outputs: readonly OutputInstance[];
  readonly version: FluentBitVersion;
  readonly versionIsNotKnown: boolean;
}

function isOff(value: string): boolean {
  return value === "" || /^\s*0+\s*$/u.test(value) || parseBoolean(value) === false;
}

function inUse(
  row: SettingRow,
  value: string,
  position: Position | undefined,
  active: boolean,
): SettingInUse {
  const idle = row.kind === "undecided" && !active;
  return {
    setting: row.key.replace(/\.$/u, ""),
    value,
    position,
    changes: row.kind === "undecided" && active ? row.changes : undefined,
    reason: idle ? (row.otherwise ?? row.why) : row.why,
    cFunction: idle ? undefined : row.cFunction,
  };
}

/** The settings of one kind of section, read with everything that was made of the sections. */
class Uses {
  private readonly all: Sections;

  constructor(all: Sections) {
    this.all = all;
  }

  private sameSection({ position }: { readonly position: Position }, section: Section): boolean {
    return formatPosition(position) === formatPosition(section.position);
  }

  /** The input that stores chunks on disk, of those that a section made. */
  private storingInput(section: Section): RoutedInput | undefined {
    return this.all.inputs.find(
      (input) =>
        input.storageType.value === "filesystem" &&
        this.sameSection(input, section) &&
        (input.createdBy !== undefined) === (section.type === "filter"),
    );
  }

  private isActive(condition: Condition, { value, key }: Property, section: Section): boolean {
    switch (condition) {
      case "always":
        return true;
      case "filesystem":
        return !isOff(value) && this.storingInput(section) !== undefined;
      case "reached":
        return (
          !isOff(value) && this.all.outputs.some((output) => this.sameSection(output, section))
        );
      case "emits":
        return key.endsWith(".name") && createsEmitter({ plugin: value.toLowerCase(), section });
    }
  }

  /** What a section uses: the last value of each key, as in Fluent Bit. */
  private ofProperties(section: Section, place: SettingPlace): readonly SettingInUse[] {
    const uses = new Map<string, SettingInUse>();
    for (const property of section.properties) {
      const row = settingRow(place, property.key);
      if (row === undefined || row.kind === "modelled") continue;
      if (!versionHas(this.all.version, row)) continue;
      const grouped = row.key.endsWith(".");
      const active = row.kind === "undecided" && this.isActive(row.when, property, section);
      const told = row.kind === "undecided" || row.told === true;
      if (grouped && uses.get(row.key)?.changes !== undefined) continue;
      if (active || (told && !isOff(property.value))) {
        const value = grouped && !active ? "" : property.value;
        uses.set(row.key, inUse(row, value, property.position, active));
      } else {
        uses.delete(row.key);
      }
    }
    return [...uses.values()];
  }

  private ofFilter(section: Section): readonly SettingInUse[] {
    const plugin = pluginNameOf(section) ?? "";
    const uses = this.ofProperties(section, "filter");
    if (!createsEmitter({ plugin, section })) {
      const reason = "may drop or change records before they reach a chunk";
      const { position } = section;
      return [
        {
          setting: "filter",
          value: plugin,
          position,
          changes: undefined,
          reason,
          cFunction: undefined,
        },
      ];
    }
    return uses;
  }

  private ofThreadedInputs(): readonly SettingInUse[] {
    const row = settingRow("input", "threaded");
    return this.all.inputs
      .filter(
        ({ threadedByPlugin, storageType }) =>
          threadedByPlugin && storageType.value === "filesystem",
      )
      .flatMap(({ plugin, position }) =>
        row === undefined ? [] : [inUse(row, `on (default of ${plugin})`, position, true)],
      );
  }

  private ofWholeSections(): readonly SettingInUse[] {
    const row = (key: string): UndecidedSetting | undefined => {
      const found = settingRow("section", key);
      return found?.kind === "undecided" ? found : undefined;
    };
    const memrb = row("storage.type memrb");
    const unknown = row("a version that is not known");
    return [
      ...this.all.sections.flatMap(({ type, name, position }) => {
        const found = row(type === "custom" ? "custom" : name.toLowerCase());
        return found === undefined || (type !== "custom" && type !== "other")
          ? []
          : [inUse(found, "", position, true)];
      }),
      ...this.all.inputs
        .filter(({ storageType }) => storageType.value === "memrb")
        .flatMap(({ name, storageType, position }) =>
          memrb === undefined
            ? []
            : [inUse(memrb, `of ${name}`, storageType.position ?? position, true)],
        ),
      ...(this.all.versionIsNotKnown && unknown !== undefined
        ? [inUse(unknown, this.all.version.text, undefined, true)]
        : []),
    ];
  }

  list(): readonly SettingInUse[] {
    return [
      ...this.all.sections.flatMap((section) => {
        switch (section.type) {
          case "service":
          case "input":
          case "output":
            return this.ofProperties(section, section.type);
          case "filter":
            return this.ofFilter(section);
          case "custom":
          case "other":
            return [];
        }
      }),
      ...this.ofThreadedInputs(),
      ...this.ofWholeSections(),
    ];
  }
}

/** Every setting outside the model that a configuration uses, except what has nothing to do with chunks. */
export function settingsInUse(sections: Sections): readonly SettingInUse[] {
  return new Uses(sections).list();
}

/** Those that may change the verdict. */
export function decidingSettings(settings: readonly SettingInUse[]): readonly DecidingSetting[] {
  return settings.flatMap((one) =>
    one.changes === undefined ? [] : [{ ...one, changes: one.changes }],
  );
}
