import type { Release, Role } from "../../../models/description.ts";
import { unsetParameters } from "../../compile/own-parameters.ts";

/** What a machine is in a system. */
interface Placement {
  readonly role: string;
  /** How many there are, such as `one for each output`. */
  readonly multiplicity: string;
  readonly releases: readonly string[];
}

/** A machine that some release is made of. */
export interface CataloguedMachine {
  readonly name: string;
  readonly machine: Role["machine"];
  readonly placements: readonly Placement[];
}

interface Found {
  readonly role: Role;
  readonly multiplicity: string;
}

function rolesOf(release: Release): readonly Found[] {
  const { slot, shared } = release.describe(unsetParameters(release));
  return [
    ...slot.map((role) => ({
      role,
      multiplicity: role.perOutput ? "one in every slot for each output" : "one in every slot",
    })),
    ...shared.map((role) => ({
      role,
      multiplicity: role.perOutput
        ? "one for each output"
        : role.perInput === true
          ? "one for each input"
          : "one in all",
    })),
  ];
}

/**
 * Every machine that the releases are made of, in the order in which the releases use them first.
 *
 * @throws Error if two different machines have the same id.
 */
export function machineCatalogue(releases: readonly Release[]): readonly CataloguedMachine[] {
  const catalogue = new Map<string, { machine: Role["machine"]; placements: Placement[] }>();
  for (const release of releases) {
    for (const { role, multiplicity } of rolesOf(release)) {
      const { id } = role.machine;
      const entry = catalogue.get(id) ?? { machine: role.machine, placements: [] };
      catalogue.set(id, entry);
      if (entry.machine !== role.machine) throw new Error(`two machines are called ${id}`);
      const known = entry.placements.findIndex(
        (one) => one.role === role.name && one.multiplicity === multiplicity,
      );
      const before = entry.placements[known]?.releases ?? [];
      entry.placements.splice(known < 0 ? entry.placements.length : known, 1, {
        role: role.name,
        multiplicity,
        releases: [...before, release.name],
      });
    }
  }
  return [...catalogue].map(([name, entry]) => ({ name, ...entry }));
}

/** What the machine is in the systems, in a line, such as `one in every slot`. */
export function placementWords(
  { name, placements }: CataloguedMachine,
  releases: readonly Release[],
): string {
  return placements
    .map(({ role, multiplicity, releases: among }) =>
      [
        ...(role === name ? [] : [`the ${role}`]),
        multiplicity,
        ...(among.length === releases.length ? [] : [inWords(among, releases)]),
      ].join(", "),
    )
    .join("; ");
}

function inWords(among: readonly string[], releases: readonly Release[]): string {
  const others = releases.map(({ name }) => name).filter((name) => !among.includes(name));
  return others.length < among.length
    ? `in all but ${others.join(", ")}`
    : `in ${among.join(", ")}`;
}
