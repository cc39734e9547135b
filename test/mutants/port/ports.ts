import type { Port } from "./chunk-port.ts";
import type { Fault, Watch } from "./faults.ts";
import { FluentBitPort } from "./fluent-bit-port.ts";
import { ParkBreakerPort } from "./park-breaker-port.ts";
import { ParkPort } from "./park-port.ts";
import { ReserveSlotPort } from "./reserve-slot-port.ts";

/** A port of a release that is right, but for the fault. */
export function portOf(release: string, fault?: Fault, watch?: Watch): Port {
  switch (release) {
    case "park":
      return new ParkPort(fault, watch);
    case "park-breaker":
      return new ParkBreakerPort(fault, watch);
    case "reserve-slot":
      return new ReserveSlotPort(fault, watch);
    default:
      return new FluentBitPort(fault, watch);
  }
}
