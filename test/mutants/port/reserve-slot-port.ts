import { FluentBitPort } from "./fluent-bit-port.ts";

/** A port of `reserve-slot`: new chunks leave a place in memory. */
export class ReserveSlotPort extends FluentBitPort {
  protected override readonly keptForRetries = 1;
}
