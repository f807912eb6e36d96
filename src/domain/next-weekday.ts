import { addDays, type Day, nearestWeekday, type Toward, weekday } from './day.ts'
import { Fault } from './fault.ts'
import { weekdayOf, wordKey } from './month-names.ts'

type Which = 'this' | 'next' | 'last'

// Words before or after the weekday, in the languages that imports know.
const MARKS: Record<Which, string> = {
  this: `this coming diesen dieser diesem kommenden kommender ce cet este ближайший ближайшую ближайшее
    этот эту это`,
  next: `next nächsten nächster nächste nächstes prochain próximo viene следующий следующую следующее
    следующая`,
  last: `last past letzten letzter letzte letztes vergangenen vorigen dernier passé pasado último прошлый
    прошлую прошлое прошлая`,
}
const WORDS = new Map(
  (Object.keys(MARKS) as Which[]).flatMap((which) =>
    MARKS[which].split(/\s+/).map((word): [string, Which] => [wordKey(word), which]),
  ),
)
const FILLERS = new Set(
  ['on', 'the', 'am', 'den', 'der', 'le', 'el', 'que', 'в', 'во'].map(wordKey),
)

const THAI = /^(.+?)(นี้|หน้า|ที่แล้ว)$/
const THAI_MARKS: Record<string, Which> = { นี้: 'this', หน้า: 'next', ที่แล้ว: 'last' }

/** For weeks in Chinese, which name the week and not the next such day. */
const CHINESE = /^(下|上|这|這|本)(?:个|個)?(?:星期|周|週|礼拜|禮拜)([一二三四五六日天])$/
const WEEKS: Record<string, number> = { 下: 1, 上: -1 }

function inChinese(text: string, today: Day): Day | undefined {
  const [, week = '', name] = CHINESE.exec(text.replaceAll(/\s+/g, '')) ?? []
  if (name === undefined) return undefined
  const wanted = Math.min(7, '一二三四五六日天'.indexOf(name) + 1)
  return addDays(today, wanted - weekday(today) + 7 * (WEEKS[week] ?? 0))
}

function markedWeekday(text: string): { which: Which; wanted: number } | undefined {
  const [, name = '', mark = ''] = THAI.exec(text.replaceAll(/\s+/g, '')) ?? []
  const thai = weekdayOf(wordKey(name))
  const which = THAI_MARKS[mark]
  if (thai !== undefined && which !== undefined) return { which, wanted: thai }
  const keys = text
    .split(/\s+/)
    .map(wordKey)
    .filter((key) => !FILLERS.has(key))
  const [one = '', other = '', ...more] = keys
  const found = WORDS.get(one) ?? WORDS.get(other)
  const wanted = weekdayOf(WORDS.has(one) ? other : one)
  return more.length > 0 || found === undefined || wanted === undefined
    ? undefined
    : { which: found, wanted }
}

/**
 * Reads `next Monday`, `nächsten Freitag`, `в следующую пятницу`, `vendredi prochain`, `el lunes que viene`,
 * `วันจันทร์หน้า`, `下周一`, and the same with this and last. Undefined for anything else.
 *
 * On Tuesday 24 November 2026 `next Monday` is 30 November, and `last Friday` the 20th; `next Friday` may be
 * the 27th, or the Friday of next week.
 * @throws Fault `usage` with both days if people could mean either: if that weekday of the current week is
 *   still to come, or is just past.
 */
export function markedDay(text: string, today: Day, toward: Toward): Day | undefined {
  const word = text.trim().toLowerCase()
  const own = inChinese(word, today)
  if (own !== undefined) return own
  const marked = markedWeekday(word)
  if (!marked) return undefined
  const { which, wanted } = marked
  if (which === 'this') return nearestWeekday(wanted, today, toward)
  const day = nearestWeekday(wanted, today, which === 'next' ? 'future' : 'past')
  const isOfThisWeek = which === 'next' ? wanted > weekday(today) : wanted < weekday(today)
  if (!isOfThisWeek) return day
  const other = addDays(day, which === 'next' ? 7 : -7)
  throw new Fault('usage', `“${text.trim()}” can be ${day} or ${other}`, 'type one of the two')
}
