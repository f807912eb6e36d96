const NUMBER = /^[-+(]?\s*(?:\p{Sc}|[A-Z]{3})?\s*-?\d[\d\s.,'’]*(?:%|\p{Sc}|[A-Z]{3})?\)?$/u
const PHONE = /^(?:\+|00?\d{6,}$)/
const DATE = /^\d{1,4}[-./]\d{1,2}[-./]\d{1,4}/
const YEAR = /^(?:19|20)\d\d$/
const ADDRESS = /^\S+@\S+\.\S+$|^https?:\/\//i

// Numbers, days and addresses are shorter, and some patterns are slow on long texts.
const LONGEST = 300

/** True for the text of an amount or another number, with or without a currency; not for a phone. */
export function looksLikeNumber(text: string): boolean {
  const trimmed = text.trim()
  return trimmed.length <= LONGEST && NUMBER.test(trimmed) && !PHONE.test(trimmed)
}

/** True for text that is unlikely to name a column: a number, a day, an address. A year may name one. */
export function looksLikeData(text: string): boolean {
  const trimmed = text.trim()
  if (trimmed.length > LONGEST || YEAR.test(trimmed)) return false
  return NUMBER.test(trimmed) || DATE.test(trimmed) || ADDRESS.test(trimmed)
}
