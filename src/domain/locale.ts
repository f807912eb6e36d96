import { isDay } from './day.ts'

/** The signs in a number for people: what parts thousands, and what begins the decimals. */
export interface NumberMarks {
  group: string
  decimal: string
}

/**
 * How numbers and days are written for people, and how an amount that is typed is meant where it
 * could be two. JSON, CSV and typed days are the same anywhere.
 */
export interface Locale extends NumberMarks {
  /** A language tag, such as `de` or `en-GB`. */
  tag: string
  /** A day with its parts as letters: `dd.mm.yyyy`. */
  day: string
}

/** Days in a text that are not part of a longer word or of a period that could be typed. */
const DAYS = /(?<![\w.“-])\d{4}-\d{2}-\d{2}(?![\w-]|\.\.|\.\d)/g

/** `2026-11-23` as `23.11.2026`, where the locale writes `dd.mm.yyyy`; other text as it is. */
export function localDay(text: string, { day }: Locale): string {
  if (!isDay(text)) return text
  return day
    .replace('yyyy', text.slice(0, 4))
    .replace('mm', text.slice(5, 7))
    .replace('dd', text.slice(8))
}

/** Where a line begins to say what is to be typed. */
const COMMAND = /\bfunnel |--/

/** Every day in a text; what is to be typed, and what is quoted from a file, keeps its days. */
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
