import { BadInput } from "../bad-input.ts";

/** What is to be done for a release that the model alone has. */
export function onlyInModel(name: string): string {
  return `the model has the release "${name}", the reference engine has not: put a strategy into src/engine/releases/ and list it in catalogue.ts there (docs/architecture.md, "Adding a fix candidate")`;
}

/** The reference engine has no release of that name; the model may have one. */
export class NoEngineRelease extends BadInput {
  readonly #name: string;

  constructor(name: string, known: readonly string[]) {
    super(`there is no release "${name}"; known releases are ${known.join(", ")}`);
    this.#name = name;
  }

  /** The sentence for the user, where the model has these releases. */
  sentence(modelled: readonly { readonly name: string }[]): string {
    return modelled.some(({ name }) => name === this.#name)
      ? onlyInModel(this.#name)
      : this.message;
  }
}
