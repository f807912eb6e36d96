import { readDuration, requireMinutes } from '../../domain/duration.ts'
import { Fault } from '../../domain/fault.ts'
import { quoted } from '../../domain/plain-text.ts'
import { isBlankWord } from './blank.ts'

/** Minutes in a unit that a header names. Letters of one word are compared as they stand in it. */
const UNITS: readonly (readonly [RegExp, number])[] = [
  [/millisec|\bms\b|hs_call_duration|миллисек/iu, 1 / 60_000],
  [/sec|sek|\bs\b|сек|วินาที|秒|segundos/iu, 1 / 60],
  [/min|мин|นาที|分/iu, 1],
  [/hour|\bh\b|\bhrs?\b|stunde|std|heure|hora|час|ชั่วโมง|小时/iu, 60],
]

const NUMBER = /^\d{1,9}(?:[.,]\d{1,3})?$/
const CLOCK = /^(\d{1,3}):([0-5]\d):([0-5]\d)$/

/** A length that was read, and whether its unit was only taken to be minutes. */
export interface ReadLength {
  minutes: number | null
  isGuess: boolean
}

/**
 * Reads how long something took: `1h30`, `0:45:10`, or a number in the unit that the header names, else in
 * minutes. It is rounded to minutes, and never to none; zero is no length.
 * @param header the header of its column; null if it has none.
 * @throws Fault `usage` if it is not a length, or over a week.
 * @example readLength('754', 'Duration (sec)') // 13 minutes
 */
export function readLength(text: string | null, header: string | null): ReadLength {
  const cell = text?.trim() ?? ''
  if (cell === '' || isBlankWord(cell)) return { minutes: null, isGuess: false }
  const kept = (exact: number): number | null =>
    exact === 0 ? null : requireMinutes(Math.max(1, Math.round(exact)), cell)
  const [, hours, minutes, seconds] = CLOCK.exec(cell) ?? []
  if (hours !== undefined) {
    const exact = Number(hours) * 60 + Number(minutes) + Number(seconds) / 60
    return { minutes: kept(exact), isGuess: false }
  }
  if (NUMBER.test(cell)) {
    const unit = UNITS.find(([words]) => header !== null && words.test(header))?.[1]
    const number = Number(cell.replace(',', '.'))
    return { minutes: kept(number * (unit ?? 1)), isGuess: unit === undefined && number !== 0 }
  }
  const read = readDuration(cell)
  if (read === undefined) throw new Fault('usage', `${quoted(cell)} is not a length of time`)
  // 3:25 may be minutes and seconds.
  return { minutes: kept(read), isGuess: read !== 0 && cell.includes(':') }
}
