/** The format of certificates; a checker refuses any other. */
export const certificateFormat = "unstuck certificate 3";
