import type { Day } from '../domain/day.ts'
import { Fault } from '../domain/fault.ts'
import { quoted } from '../domain/plain-text.ts'
import { counted } from '../domain/text.ts'
import { isTimeOfDay, noTime, readTime, type TimeOfDay } from '../domain/time-of-day.ts'
import type { Cells } from './row-cells.ts'
import { isBlankWord } from './values/blank.ts'
import { partTime } from './values/clock.ts'
import { readLength } from './values/lengths.ts'

/** The time of day and the length that a row gives. */
export interface RowTimes {
  time: TimeOfDay | null
  minutes: number | null
}

/** Reads the times of rows, and keeps what must be said about them. */
export interface TimeReader {
  /**
   * @param dayField the field of the day, which may have a time next to it. @param day what that is.
   * @throws Fault `usage` if a cell is not a time or a length, if the row gives two times, or one without a day.
   */
  read: (cells: Cells, dayField: string, day: Day | null) => RowTimes
  notes: () => string[]
}

/** The time of a column of its own; a date next to it, such as a sheet's 1899-12-30, says nothing. */
function ownTime(cells: Cells): TimeOfDay | null {
  const cell = cells.one('time')
  if (cell === null || isBlankWord(cell)) return null
  const alone = readTime(cell)
  if (alone !== undefined) return alone
  const written = partTime(cell)?.clock?.time.slice(0, 5) ?? ''
  if (isTimeOfDay(written)) return written
  throw noTime(cell)
}

/** @param toLocal what the book's clock shows at a local time that it may jump over. */
export function timeReader(toLocal: (moment: string) => string): TimeReader {
  let moved = 0
  let guessed = 0
  let example = ''
  let movedExample = ''
  /** A time that clocks jump over is moved as far as they jump. */
  const shown = (day: Day, time: TimeOfDay): TimeOfDay => {
    const local = toLocal(`${day}T${time}`)
    if (local === `${day}T${time}`) return time
    moved += 1
    movedExample ||= `${day} ${time}`
    return local.slice(11) as TimeOfDay
  }
  return {
    read(cells, dayField, day) {
      const { minutes, isGuess } = readLength(cells.one('minutes'), cells.header('minutes'))
      if (isGuess) {
        guessed += 1
        example ||= cells.one('minutes') ?? ''
      }
      const [next, own] = [cells.time(dayField), ownTime(cells)]
      if (next !== null && own !== null && next !== own) {
        throw new Fault('usage', `the row gives two times of day, ${next} and ${own}`)
      }
      const time = own ?? next
      if (time === null) return { time, minutes }
      if (day === null) throw new Fault('usage', `the row has a time, ${time}, and no day`)
      return { time: shown(day, time), minutes }
    },
    notes: () => [
      ...(moved === 0
        ? []
        : [
            `${counted(moved, 'time')} such as ${movedExample}, which clocks jump over, moved later`,
          ]),
      ...(guessed === 0
        ? []
        : [
            `${counted(guessed, 'length')} such as ${quoted(example)} read as minutes, or hours and minutes`,
          ]),
    ],
  }
}
