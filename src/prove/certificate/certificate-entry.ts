import { NoCertificate, UnfitCertificate } from "./no-certificate.ts";

/** A name as it may be printed, whatever somebody wrote into a file. */
function printable(name: string): string {
  return /^\w{1,40}$/.test(name) ? name : JSON.stringify(name.slice(0, 40));
}

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

  /** Whether there is an entry of that name, if this is an object. */
  has(key: string): boolean {
    return this.entries().some(([name]) => name === key);
  }

  /** The entry of that name of an object. */
  at(key: string): CertificateEntry {
    const found = this.entries().find(([name]) => name === key)?.[1];
    return found ?? new CertificateEntry(`${this.#where}.${key}`, undefined);
  }

  /** The entries of an object, with their names. */
  entries(): readonly (readonly [string, CertificateEntry])[] {
    const value = this.#value;
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      return this.fails("an object");
    }
    return Object.entries(value).map(([key, one]) => [
      key,
      new CertificateEntry(`${this.#where}.${printable(key)}`, one),
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

  /** Whether exactly this data is there. */
  isJson(data: unknown): boolean {
    return JSON.stringify(this.#value) === JSON.stringify(data);
  }

  /** The text that is there. */
  text(): string {
    return typeof this.#value === "string" ? this.#value : this.fails("a text");
  }

  /** The whole number that is there; so small that sums of many are still exact. */
  whole(): number {
    const value = this.#value;
    return typeof value === "number" && Number.isInteger(value) && Math.abs(value) <= 1_000_000
      ? value
      : this.fails("a whole number between -1,000,000 and 1,000,000");
  }

  /** A number of something that the model has so many of. */
  indexOf(things: { readonly length: number }, what: string): number {
    const index = this.whole();
    return index >= 0 && index < things.length ? index : this.misfits(what);
  }

  /** The truth value that is there. */
  truth(): boolean {
    return typeof this.#value === "boolean" ? this.#value : this.fails("true or false");
  }
}
