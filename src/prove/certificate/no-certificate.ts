import { UserError } from "../../errors/user-error.ts";

/** What should be a certificate is none: something is missing, or is not what it should be. */
export class NoCertificate extends UserError {}

/** A certificate that does not show what it says, or is about another model, whatever a solver may answer. */
export class UnfitCertificate extends UserError {}
