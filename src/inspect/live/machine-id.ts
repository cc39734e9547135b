/** The name of a machine of a running system, such as `chunk 0`, `delivery 0 → 1`, `output 1` or `engine`. */
export function machineId(role: string, slot: number | null, output: number | null): string {
  const about = [slot, output].filter((one) => one !== null).join(" → ");
  return about === "" ? role : `${role} ${about}`;
}
