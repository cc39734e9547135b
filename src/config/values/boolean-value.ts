/** `flb_utils.c::flb_utils_bool`: on/off, true/false, yes/no; undefined for anything else. */
export function parseBoolean(text: string): boolean | undefined {
  switch (text.toLowerCase()) {
    case "true":
    case "on":
    case "yes":
      return true;
    case "false":
    case "off":
    case "no":
      return false;
    default:
      return undefined;
  }
}
