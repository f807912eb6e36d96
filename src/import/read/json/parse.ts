/** A record of a JSON file, by the names of its fields. */
export type JsonObject = Record<string, unknown>

/** True for what JSON writes as `{…}`. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

// From 16 digits on a number may no longer be exactly the one in the file. Decimals have as many.
const QUOTE_OR_LONG_NUMBER = /"|(?<![\d.eE+-])-?\d{16,}(?![\d.eE])/g
const WITHIN_QUOTES = /["\\]/g

/** Where a text in quotes ends. @param at the place after its opening quote. */
function endOfQuotes(text: string, at: number): number {
  WITHIN_QUOTES.lastIndex = at
  for (let sign = WITHIN_QUOTES.exec(text); sign; sign = WITHIN_QUOTES.exec(text)) {
    if (sign[0] === '"') return sign.index + 1
    WITHIN_QUOTES.lastIndex = sign.index + 2
  }
  return text.length
}

function withNumbersAsTexts(text: string): string {
  const parts: string[] = []
  let kept = 0
  QUOTE_OR_LONG_NUMBER.lastIndex = 0
  for (
    let found = QUOTE_OR_LONG_NUMBER.exec(text);
    found;
    found = QUOTE_OR_LONG_NUMBER.exec(text)
  ) {
    const [sign] = found
    if (sign === '"') {
      QUOTE_OR_LONG_NUMBER.lastIndex = endOfQuotes(text, found.index + 1)
      continue
    }
    parts.push(text.slice(kept, found.index), `"${sign}"`)
    kept = found.index + sign.length
  }
  return parts.join('') + text.slice(kept)
}

/** Parses JSON; whole numbers too long to be exact, such as references, become texts. */
export function parseJson(text: string): unknown {
  if (!/\d{16}/.test(text)) return JSON.parse(text)
  return JSON.parse(withNumbersAsTexts(text))
}
