import { Fault } from './fault.ts'

/** What a whole number is to be, for the error and for its bounds. */
interface Wanted {
  /** What it counts: `a number of days`. */
  what?: string
  /** What to type instead. */
  hint?: string
  /** 1 by default. */
  least?: 0 | 1
  most?: number
}

/**
 * Reads a whole number of up to nine digits.
 * @throws Fault `usage` if the text is anything else, or beyond `least` and `most`.
 */
export function wholeNumber(text: string, { what, hint, least = 1, most }: Wanted = {}): number {
  const number = /^\d{1,9}$/.test(text.trim()) ? Number(text) : -1
  if (number >= least && number <= (most ?? number)) return number
  throw new Fault('usage', `“${text}” is not ${what ?? `a whole number from ${least} on`}`, hint)
}
