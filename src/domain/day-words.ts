import {
  addDays,
  type Day,
  dayOf,
  fullYear,
  isDay,
  nearestWeekday,
  noDay,
  partsOf,
  readDay,
  type Toward,
} from './day.ts'
import { isFiller, monthOf, weekdayOf, wordKey } from './month-names.ts'

// Days away from today; accents do not count.
const RELATIVE = new Map(
  Object.entries({
    '-2': 'vorgestern позавчера avant-hier anteayer antier 前天',
    '-1': 'gestern вчера hier ayer เมื่อวาน เมื่อวานนี้ 昨天',
    '0': 'heute сегодня aujourd’hui hoy วันนี้ 今天',
    '1': 'morgen завтра demain mañana พรุ่งนี้ 明天',
    '2': 'übermorgen послезавтра après-demain มะรืน มะรืนนี้ 后天 後天',
  }).flatMap(([days, words]) => words.split(' ').map((word) => [wordKey(word), Number(days)])),
)

const BEFORE_WEEKDAY = new Set(['в', 'во', 'on', 'am', 'le', 'el', 'วันที่'])

const CHINESE_WEEKDAY = /^(?:星期|周|週|礼拜|禮拜)([一二三四五六日天])$/
const CHINESE_DAY = /^(?:(\d{4})年)?(\d{1,2})月(\d{1,2})[日号號]?$/

/** Years from this one on are in the Buddhist era, 543 ahead. */
const BUDDHIST = 2400
const ERA = 543

/** How many years to search for a 29 February. */
const LEAP = 8

function numbered(year: number, month: number, day: number): Day | undefined {
  const made = dayOf(year >= BUDDHIST ? year - ERA : year, month, day)
  return partsOf(made).day === day && partsOf(made).month === month && isDay(made)
    ? made
    : undefined
}

/**
 * The day of a month in a year, which may have two digits or be Buddhist; without a year, the next such day
 * or the last one, which may be today. Undefined if there is no such day.
 */
export function dayFromParts(
  { year, month, day }: { year: number | undefined; month: number; day: number },
  today: Day,
  toward: Toward,
): Day | undefined {
  if (month < 1 || month > 12 || day < 1 || day > 31) return undefined
  if (year !== undefined) return numbered(fullYear(year), month, day)
  const sign = toward === 'future' ? 1 : -1
  return Array.from({ length: LEAP + 1 }, (_, away) => partsOf(today).year + sign * away)
    .map((one) => numbered(one, month, day))
    .find((one) => one !== undefined && (toward === 'future' ? one >= today : one <= today))
}

function chinese(word: string, today: Day, toward: Toward): Day | undefined {
  const [, weekday] = CHINESE_WEEKDAY.exec(word) ?? []
  if (weekday)
    return nearestWeekday(Math.min(7, '一二三四五六日天'.indexOf(weekday) + 1), today, toward)
  const [, year, month, day] = CHINESE_DAY.exec(word) ?? []
  if (!month) return undefined
  const given = year === undefined ? undefined : Number(year)
  return dayFromParts({ year: given, month: Number(month), day: Number(day) }, today, toward)
}

interface Parts {
  months: number[]
  numbers: number[]
  weekdays: number[]
}

/** The parts of a day in words; undefined if a word does not belong in a date. */
function partsIn(words: string[]): Parts | undefined {
  const found: Parts = { months: [], numbers: [], weekdays: [] }
  for (const word of words) {
    const key = wordKey(word)
    const [, number] = /^(\d{1,4})(?:\.|st|nd|rd|th|er|º|го|-го|-е)?$/.exec(word) ?? []
    const month = monthOf(key)
    const weekday = weekdayOf(key)
    if (number !== undefined) found.numbers.push(Number(number))
    else if (month !== undefined) found.months.push(month)
    else if (weekday !== undefined) found.weekdays.push(weekday)
    else if (!isFiller(key) && !BEFORE_WEEKDAY.has(key)) return undefined
  }
  return found
}

function inParts(
  { months, numbers, weekdays }: Parts,
  today: Day,
  toward: Toward,
): Day | undefined {
  const [month] = months
  const [first, second] = numbers
  if (month === undefined && first === undefined) {
    const [weekday] = weekdays
    return weekdays.length === 1 && weekday ? nearestWeekday(weekday, today, toward) : undefined
  }
  if (months.length !== 1 || month === undefined || first === undefined) return undefined
  if (numbers.length > 2 || weekdays.length > 0) return undefined
  if (second === undefined)
    return dayFromParts({ year: undefined, month, day: first }, today, toward)
  const [day, year] = first >= 1000 ? [second, first] : [first, second]
  return dayFromParts({ year, month, day }, today, toward)
}

/**
 * Reads a day in the words of the languages that imports know: `Freitag`, `1. Dez`, `завтра`,
 * `в пятницу`, `demain`, `1 ธ.ค. 2569`, `星期五`. A weekday is the next one, or the last one, never
 * today. Undefined for anything else.
 */
function readWords(text: string, today: Day, toward: Toward): Day | undefined {
  const word = text.trim().toLowerCase().replaceAll("'", '’')
  const key = wordKey(word)
  const shift = key === wordKey('pasado mañana') ? 2 : RELATIVE.get(key)
  if (shift !== undefined) return addDays(today, shift)
  const own = chinese(word.replaceAll(/\s+/g, ''), today, toward)
  if (own !== undefined) return own
  const words = word.replaceAll(/(\d\.?)(?=\p{L}{3})/gu, '$1 ').split(/[\s,]+/)
  const parts = partsIn(words)
  return parts && inParts(parts, today, toward)
}

/** Like `readDay`, but also in the words of other languages. */
export function readAnyDay(text: string, today: Day, toward: Toward): Day | undefined {
  return readDay(text, today, toward) ?? readWords(text, today, toward)
}

/** Like `readAnyDay`. @throws Fault `usage` for anything else. */
export function parseAnyDay(text: string, today: Day, toward: Toward = 'past'): Day {
  const day = readAnyDay(text, today, toward)
  if (day === undefined) throw noDay(text)
  return day
}
