import { createRequire, register } from "node:module";

/** What a model file imports. */
const packages = ["unstuck", "xstate"] as const;

/** Asks again from here for what is not installed where a file is. */
const hook = `
  export const initialize = (from) => { parentURL = from; };
  let parentURL;
  export const resolve = async (name, context, next) => {
    try {
      return await next(name, context);
    } catch (error) {
      if (!/^(${packages.join("|")})(\\/|$)/.test(name)) throw error;
      return next(name, { ...context, parentURL });
    }
  };
`;

let isRegistered = false;

/**
 * Lets a model file import the program's own packages also where they are not installed: a folder anywhere works. What is
 * installed beside the file comes first.
 *
 * @param file its absolute path
 */
export function lendPackages(file: string): void {
  const { resolve } = createRequire(file);
  const isThere = packages.every((name) => {
    try {
      return resolve(name) !== "";
    } catch {
      return false;
    }
  });
  if (isThere || isRegistered) return;
  isRegistered = true;
  register(`data:text/javascript,${encodeURIComponent(hook)}`, {
    data: import.meta.url,
    parentURL: import.meta.url,
  });
}
