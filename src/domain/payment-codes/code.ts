/** What a payment code says; or why there can be none, in words that follow “no payment code: ”. */
export type Encoded = { payload: string } | { lacks: string }

/** The largest amount that a code can ask for, in cents. */
export const MOST_CENTS = 99_999_999_999

/** Cents as a decimal number with two decimals: `1949.75`. */
export function centsText(cents: number): string {
  const digits = String(cents).padStart(3, '0')
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`
}

/** A text on one line, of at most so many letters. */
export function oneLine(text: string, most: number): string {
  const line = text
    .normalize('NFC')
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim()
  return Array.from(line).slice(0, most).join('').trim()
}
