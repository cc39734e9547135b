/** A version of Fluent Bit. Parts that were not given count as the newest of their series. */
export interface FluentBitVersion {
  /** As written, without a leading `v`. */
  readonly text: string;
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
}

const VERSION =
  /^v?(?<major>\d{1,4})(?:\.(?<minor>\d{1,4})(?:\.(?<patch>\d{1,4})(?:[.-].*)?)?)?$/iu;

function versionPart(text: string | undefined): number {
  return text === undefined ? Number.POSITIVE_INFINITY : Number(text);
}

/**
 * Reads "3.0.4", "v3.2" (the newest 3.2), "5.1.1" or "4.2.3.1".
 *
 * @returns undefined for anything else.
 */
export function parseFluentBitVersion(text: string): FluentBitVersion | undefined {
  const trimmed = text.trim();
  const groups = VERSION.exec(trimmed)?.groups;
  if (groups === undefined) {
    return undefined;
  }
  return {
    text: trimmed.replace(/^v/iu, ""),
    major: Number(groups["major"]),
    minor: versionPart(groups["minor"]),
    patch: versionPart(groups["patch"]),
  };
}

/** The newest version whose sources this project was checked against. */
export const NEWEST_KNOWN_VERSION: FluentBitVersion = {
  text: "5.1.1",
  major: 5,
  minor: 1,
  patch: 1,
};

/** Whether `version` is `major.minor.patch` or later. */
export function isAtLeast(
  version: FluentBitVersion,
  major: number,
  minor: number,
  patch: number,
): boolean {
  if (version.major !== major) {
    return version.major > major;
  }
  return version.minor === minor ? version.patch >= patch : version.minor > minor;
}
