import { addDays, type Day, weekday } from '../day.ts'
import { lengthInDays } from '../period.ts'
import { share } from '../share.ts'

/** Which days are worked on. */
export interface WorkingDays {
  /** 1 Monday … 7 Sunday. */
  weekdays: readonly number[]
  holidays: ReadonlySet<Day>
}

/** Working days of a span, both ends included; 0 if it ends before it begins. */
function countWorkingDays(from: Day, to: Day, { weekdays, holidays }: WorkingDays): number {
  let count = 0
  const length = to < from ? 0 : lengthInDays(from, to)
  for (let at = 0; at < length; at += 1) {
    const day = addDays(from, at)
    if (weekdays.includes(weekday(day)) && !holidays.has(day)) count += 1
  }
  return count
}

/** How far a goal has come by the end of a day. */
export interface Pace {
  /** Working days of the goal's period, and those of them that are gone, the day included. */
  days: number
  gone: number
  /** What should have been reached: minor units or a number; null without a working day. */
  pace: number | null
  /** Share of the goal that was reached, and share of the pace; null if there is nothing to reach. */
  ofGoal: number | null
  ofPace: number | null
  /** What each working day after the day must bring; null if none is left and the goal is not reached. */
  neededPerDay: number | null
}

/**
 * How far a goal has come. Pace = goal × working days gone ÷ all; the day itself counts as gone. What is
 * needed per day is (goal − actual) ÷ the working days after it.
 *
 * 30,000 in November 2026 and 24,000 won by the 28th, a Saturday, when 20 of 21 working days are gone: the pace is
 * 28,571.43, and 24,000 is 80 % of the goal and 84 % of the pace. The last day needs 6,000.
 */
export function paceOf(
  { from, to, value }: { from: Day; to: Day; value: number },
  actual: number,
  asOf: Day,
  working: WorkingDays,
): Pace {
  const days = countWorkingDays(from, to, working)
  const gone = countWorkingDays(from, asOf < to ? asOf : to, working)
  const missing = Math.max(0, value - actual)
  const left = days - gone
  const pace = days === 0 ? null : (value * gone) / days
  return {
    days,
    gone,
    pace,
    ofGoal: share(actual, value),
    ofPace: pace === null ? null : share(actual, pace),
    neededPerDay: missing === 0 ? 0 : left === 0 ? null : missing / left,
  }
}
