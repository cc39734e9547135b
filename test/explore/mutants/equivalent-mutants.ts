/** Mutants that change nothing that can be seen, each with the reason. */
export const equivalentMutants: Readonly<Record<string, string>> = {};
