import type { Release } from "../engine/core/engine.ts";
import { findRelease, releases } from "../engine/releases/catalogue.ts";
import { BadInput } from "./bad-input.ts";

/** What is to be done for a release that the model alone has. */
export function onlyInModel(name: string): string {
  return `the model has the release "${name}", the reference engine has not: put a strategy into src/engine/releases/ and list it in catalogue.ts there (docs/architecture.md, "Adding a fix candidate")`;
}

/** The reference engine has no release of that name; the model may have one. */
export class NoEngineRelease extends BadInput {
  readonly #name: string;

  constructor(name: string) {
    const known = releases.map((release) => release.name).join(", ");
    super(`there is no release "${name}"; known releases are ${known}`);
    this.#name = name;
  }

  /**
   * The sentence for the user.
   *
   * @param modelled loads the releases of the model
   */
  async sentence(modelled: () => Promise<readonly { readonly name: string }[]>): Promise<string> {
    const inModel = (await modelled()).some(({ name }) => name === this.#name);
    return inModel ? onlyInModel(this.#name) : this.message;
  }
}

/**
 * The release of the reference engine of that name.
 *
 * @throws NoEngineRelease if it has none.
 */
export function engineRelease(name: string): Release {
  const found = findRelease(name);
  if (found === undefined) throw new NoEngineRelease(name);
  return found;
}
