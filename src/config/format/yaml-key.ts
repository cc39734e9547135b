/**
 * The name that Fluent Bit knows a YAML key by: `retryLimit` is `retry_limit`, and letter case does
 * not matter otherwise (`flb_config_format.c::flb_cf_key_translate`).
 */
export function translateYamlKey(key: string): string {
  const camelCase = /^[a-z]/u.test(key) && !key.includes("_");
  const translated = camelCase ? key.replaceAll(/(?<=.)[A-Z]/gsu, (letter) => `_${letter}`) : key;
  return translated.toLowerCase().trim();
}
