/** A record of a JSON file, by the names of its fields. */
export type JsonObject = Record<string, unknown>

/** True for what JSON writes as `{…}`. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

// From 16 digits on a number is no longer surely the one that stands in the file.
const LONG_NUMBERS = /"(?:[^"\\]|\\.)*"|-?\d{16,}(?![\d.eE])/g

/** Parses JSON; whole numbers too long to be computed with, such as references, come as texts. */
export function parseJson(text: string): unknown {
  if (!/\d{16}/.test(text)) return JSON.parse(text)
  return JSON.parse(text.replaceAll(LONG_NUMBERS, (sign) => (sign[0] === '"' ? sign : `"${sign}"`)))
}
