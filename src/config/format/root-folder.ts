import { dirname, resolve } from "node:path";
import type { ConfigurationFiles } from "./configuration-files.ts";

/**
 * The folder against which the main file's includes are resolved. A main file that is a symbolic
 * link counts as where it points to (`flb_cf_fluentbit.c::local_init` calls realpath(3)); otherwise
 * the folder is written as the user wrote it, so that messages stay short.
 */
export function rootFolder(mainFile: string, files: ConfigurationFiles): string {
  const real = files.realPath(mainFile);
  const written = dirname(mainFile);
  return real === undefined ||
    dirname(real) === files.realPath(written) ||
    real === resolve(mainFile)
    ? written
    : dirname(real);
}
