/** The seed of the random tests: always the same, unless the variable `FAST_CHECK_SEED` gives another to try. */
export const seed = Number(process.env["FAST_CHECK_SEED"] ?? 20_240_401);
