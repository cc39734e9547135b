/** A certificate that does not show what it says, whatever a solver may answer. */
export class NoCertificate extends Error {}
