import { type Day, isDay } from './day.ts'

const YEAR_FIRST = /^(\d{4})[-/.]?(\d{2})[-/.]?(\d{2})(?:[T ][\d:.]+Z?)?$/
const YEAR_LAST = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4})$/

function made(year: string, month: string, day: string): Day | null {
  const text = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  return isDay(text) ? text : null
}

/** A day of which only one reading is right; null for all else. Days with dots have the day first everywhere. */
function onlyDay(text: string): Day | null {
  const [, year, month = '', day = ''] = YEAR_FIRST.exec(text) ?? []
  if (year !== undefined) return made(year, month, day)
  const [, first = '', mark, second = '', last = ''] = YEAR_LAST.exec(text) ?? []
  const isDayFirst = mark === '.' || Number(first) > 12
  const isMonthFirst = mark !== '.' && Number(second) > 12
  if (isDayFirst) return made(last, second, first)
  return isMonthFirst ? made(last, first, second) : null
}

// Outlook writes `0/0/00` where there is none.
const NONE = /^0+([-/.])0+\1(?:0+)$/

/** `1980-05-17` for `17.05.1980`, `19800517` and `5/17/1980`; what can be two days as it is, none as nothing. */
export function knownDay(text: string): string {
  return NONE.test(text) ? '' : (onlyDay(text) ?? text)
}
