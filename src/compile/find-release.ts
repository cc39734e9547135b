import type { Release } from "../../models/description.ts";
import { UserError } from "../errors/user-error.ts";

/**
 * The release of that name.
 *
 * @throws UserError if there is none
 */
export function findRelease(releases: readonly Release[], name: string): Release {
  const found = releases.find((release) => release.name === name);
  if (found !== undefined) return found;
  const known = releases.map((release) => release.name).join(", ");
  throw new UserError(`there is no release "${name}"; known releases are ${known}`);
}
