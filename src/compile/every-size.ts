import { entryAt, valueOr } from "../errors/checked-access.ts";
import type { Release } from "../../models/description.ts";
import { numberIn, sizesOf, type Values } from "../../models/system.ts";
import { compile } from "./compile.ts";
import type { CompiledSystem } from "./compiled-system.ts";
import { settingsOf } from "./parameter-kinds.ts";
import { scopeOf, type Scope } from "./scope.ts";
import type { Sizes } from "./sizes.ts";
import { differenceBetween } from "./system-difference.ts";
import { watched } from "./watched-parameters.ts";
import { UserError } from "../errors/user-error.ts";

/** A release whose description depends on a size: what is shown at one size says nothing of another. */
export class DependsOnSize extends UserError {
  override readonly name = "DependsOnSize";
}

type Masks = readonly (readonly number[])[];

/** The sizes of real engines among them, and some far beyond: a threshold lies between two of these. */
const triedSizes = [2, 3, 4, 7, 128, 2048, 16_384, 1_000_000];

/** Sizes that differ from each other, for what depends on several of them together: the number of slots, then the others. */
const triedTogether: readonly (readonly number[])[] = [
  [2, 2, 2, 2],
  [11, 3, 5, 2],
  [5, 7, 3, 9],
  [999_983, 16_381, 4093, 131],
];

/** The smallest sizes, then each by itself larger, then several together. An optional size that is absent stays absent. */
function tuplesFor({ least, system }: Release, parameters: Values): Sizes[] {
  const sizes = sizesOf(system);
  const slots = system.slots.parameter;
  const limits = sizes.filter(({ name }) => name !== slots).map(({ name }) => name);
  const names = [slots, ...limits];
  const isAbsent = new Set(
    sizes.flatMap(({ name, isOf }) =>
      isOf === "optional size" && parameters[name] === 0 ? [name] : [],
    ),
  );
  const fitting = (sizeOf: (name: string, index: number) => number): Sizes =>
    Object.fromEntries(
      names.map((name, index) => [
        name,
        isAbsent.has(name) ? 0 : Math.max(sizeOf(name, index), valueOr(least, name, 0)),
      ]),
    );
  const first = fitting(() => 1);
  const alone = names.flatMap((one) =>
    triedSizes.map((size) => fitting((name) => (name === one ? size : valueOr(first, name, 1)))),
  );
  const together = triedTogether.map((tuple) =>
    fitting((_, index) => entryAt(tuple, index % tuple.length) + Math.floor(index / tuple.length)),
  );
  return [first, ...alone, ...together];
}

const howToWrite =
  "what depends on a size must be a guard, with a bound that is a multiple of the size";

/** The release at some sizes; the reason in words where it cannot be compiled. */
function systemAt(
  release: Release,
  parameters: Values,
  masks: Masks | undefined,
): CompiledSystem | string {
  try {
    return scopeOf(release, parameters, masks).system;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** @throws DependsOnSize if two systems of a release are not the same. */
function compare(
  release: Release,
  [one, system]: readonly [Sizes, CompiledSystem | string],
  [other, otherSystem]: readonly [Sizes, CompiledSystem | string],
): void {
  const differing = Object.keys(one).filter((name) => one[name] !== other[name]);
  const at = (sizes: Sizes): string =>
    `at ${differing.map((name) => `${name}=${sizes[name]}`).join(", ")}`;
  const begins = `release ${release.name} is not the same at every size`;
  if (typeof system === "string" || typeof otherSystem === "string") {
    if (system === otherSystem) return;
    const says = (side: CompiledSystem | string): string =>
      typeof side === "string" ? `cannot be compiled (${side})` : "can be compiled";
    throw new DependsOnSize(
      `${begins}: it ${says(system)} ${at(one)}, and ${says(otherSystem)} ${at(other)}; ${howToWrite}`,
    );
  }
  const difference = differenceBetween(system, otherSystem);
  if (difference === null) return;
  const { what, here, there, isBound } = difference;
  const [size = "it"] = differing;
  const advice = isBound
    ? `write it as a multiple of ${size}, as in bound: { constant: 0, ${size}: 1 }`
    : howToWrite;
  throw new DependsOnSize(
    `${begins}: ${what} has ${here} ${at(one)}, but ${there} ${at(other)}; ${advice}`,
  );
}

/** Which sizes a release asks for while it is described and compiled; `null` if that fails. */
function sizesAskedFor(
  release: Release,
  parameters: Values,
  masks: Masks | undefined,
): { readonly lookedAt: ReadonlySet<string>; readonly copied: ReadonlySet<string> } | null {
  const names = sizesOf(release.system).map(({ name }) => name);
  const { parameters: observed, ...asked } = watched(parameters, names);
  try {
    compile(release.describe(observed), masks);
  } catch {
    return null;
  }
  return asked;
}

/**
 * A scope whose system is the same at every size, which proofs, certificates and everything that goes from small sizes to
 * large ones rest on. It cannot be had but by `of`, which looks.
 */
export class EverySizeScope implements Scope {
  readonly #scope: Scope;
  readonly masks: Masks | null;
  /** The parameters that differ from the release's own, but for sizes and the shape. */
  readonly settings: readonly string[];
  /** Whether the release asks for a size in a way that only comparison at many sizes can judge. */
  readonly comparedOnly: boolean;

  private constructor(
    scope: Scope,
    masks: Masks | null,
    settings: readonly string[],
    comparedOnly: boolean,
  ) {
    this.#scope = scope;
    this.masks = masks;
    this.settings = settings;
    this.comparedOnly = comparedOnly;
  }

  get release(): string {
    return this.#scope.release;
  }

  get parameters(): Values {
    return this.#scope.parameters;
  }

  get system(): CompiledSystem {
    return this.#scope.system;
  }

  /**
   * The system of a release, once it is seen not to depend on its sizes: a description that never asks for a size is
   * the same at all of them; one that copies its parameters, or asks whether an optional size is there, is compiled at many
   * sizes and compared, part by part.
   *
   * @param masks the routes masks that chunks can have, where they are known better than `routing` says
   * @throws DependsOnSize if it does, or if it asks for one that is not optional by name; the sentence says where, and how to write it.
   * @throws Error if it cannot be compiled at these sizes.
   */
  static of(release: Release, parameters: Values, masks?: Masks): EverySizeScope {
    const scope = scopeOf(release, parameters, masks);
    const asked = sizesAskedFor(release, parameters, masks);
    const comparedOnly = asked === null || asked.lookedAt.size + asked.copied.size > 0;
    const [first, ...others] = tuplesFor(release, parameters);
    if (first === undefined) throw new Error("a release is compared at one size at least");
    const at = (sizes: Sizes): readonly [Sizes, CompiledSystem | string] => [
      sizes,
      systemAt(release, { ...parameters, ...sizes }, masks),
    ];
    const base = at(first);
    // One that asks for nothing is compared, too, though not at every tuple: a release may still be no function at all.
    for (const sizes of comparedOnly ? others : others.slice(-1)) compare(release, base, at(sizes));
    const own = Object.fromEntries(
      Object.keys(first).map((name) => [name, numberIn(parameters, name)]),
    );
    compare(release, base, [own, scope.system]);
    const needless = sizesOf(release.system).find(
      ({ name, isOf }) => isOf === "size" && asked?.lookedAt.has(name) === true,
    )?.name;
    if (needless !== undefined) {
      throw new DependsOnSize(
        `release ${release.name} asks for ${needless} while it is described: nothing shows that it is the same at sizes that were not tried; ${howToWrite}`,
      );
    }
    return new EverySizeScope(scope, masks ?? null, settingsOf(release, parameters), comparedOnly);
  }
}
