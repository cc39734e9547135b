/**
 * The name of a machine of a running system, such as `chunk 0`, `delivery 0 → 1`, `output 1` or `engine`.
 *
 * @param index the output or the input that the machine is of
 */
export function machineId(role: string, slot: number | null, index: number | null): string {
  const about = [slot, index].filter((one) => one !== null).join(" → ");
  return about === "" ? role : `${role} ${about}`;
}
