import { isDay } from './day.ts'

/** The signs in a number for people: the thousands separator and the decimal mark. */
export interface NumberMarks {
  group: string
  decimal: string
}

/**
 * How numbers and days are written for people, and how a typed amount is read if it is ambiguous. JSON, CSV
 * and typed days are the same everywhere.
 */
export interface Locale extends NumberMarks {
  /** A language tag, such as `de` or `en-GB`. */
  tag: string
  /** A day with its parts as letters: `dd.mm.yyyy`. */
  day: string
}

/** Days in a text that are not part of a longer word or of a period to be typed. */
const DAYS = /(?<![\w.“-])\d{4}-\d{2}-\d{2}(?![\w-]|\.\.|\.\d)/g

/** `2026-11-23` as `23.11.2026`, if the locale writes `dd.mm.yyyy`; other text unchanged. */
export function localDay(text: string, { day }: Locale): string {
  if (!isDay(text)) return text
  return day
    .replace('yyyy', text.slice(0, 4))
    .replace('mm', text.slice(5, 7))
    .replace('dd', text.slice(8))
}

/** Where the part of a line that is to be typed begins. */
const COMMAND = /\bfunnel |--/

/** Localises every day in a text, except in what is to be typed or is quoted from a file. */
export function localDays(text: string, locale: Locale): string {
  if (text.includes('\n')) {
    return text
      .split('\n')
      .map((line) => localDays(line, locale))
      .join('\n')
  }
  const at = text.search(COMMAND)
  const prose = at < 0 ? text : text.slice(0, at)
  return prose.replaceAll(DAYS, (day) => localDay(day, locale)) + text.slice(prose.length)
}
