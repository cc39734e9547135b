import { NoCertificate, UnfitCertificate } from "./no-certificate.ts";

/** A part of a certificate: where it is, and what is there. */
export class CertificateEntry {
  readonly #where: string;
  readonly #value: unknown;

  constructor(where: string, value: unknown) {
    this.#where = where;
    this.#value = value;
  }

  /** Gives up, saying what should be there. */
  fails(wanted: string): never {
    throw new NoCertificate(`${this.#where} is not ${wanted}`);
  }

  /** Gives up on something that the model does not have, saying what should be there. */
  misfits(wanted: string): never {
    throw new UnfitCertificate(`${this.#where} is not ${wanted}`);
  }

  /** Whether nothing is there, on purpose. */
  get isNull(): boolean {
    return this.#value === null;
  }

  /** The entry of that name of an object. */
  at(key: string): CertificateEntry {
    const value = this.#value;
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      return this.fails("an object");
    }
    const found: unknown = Object.entries(value).find(([name]) => name === key)?.[1];
    return new CertificateEntry(`${this.#where}.${key}`, found);
  }

  /** The entries of an object, with their names. */
  entries(): readonly (readonly [string, CertificateEntry])[] {
    const value = this.#value;
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      return this.fails("an object");
    }
    return Object.entries(value).map(([key, one]) => [
      key,
      new CertificateEntry(`${this.#where}.${key}`, one),
    ]);
  }

  /** The entries of a list. */
  list(): readonly CertificateEntry[] {
    const value: unknown = this.#value;
    if (!Array.isArray(value)) return this.fails("a list");
    return value.map(
      (one: unknown, index) => new CertificateEntry(`${this.#where}[${index}]`, one),
    );
  }

  /** Whether exactly this text is there. */
  isText(text: string): boolean {
    return this.#value === text;
  }

  /** The text that is there. */
  text(): string {
    return typeof this.#value === "string" ? this.#value : this.fails("a text");
  }

  /** The whole number that is there. */
  whole(): number {
    const value = this.#value;
    return typeof value === "number" && Number.isSafeInteger(value)
      ? value
      : this.fails("a whole number");
  }

  /** The truth value that is there. */
  truth(): boolean {
    return typeof this.#value === "boolean" ? this.#value : this.fails("true or false");
  }
}
