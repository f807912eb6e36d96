import { addDays, type Day, partsOf, toEpochDay } from '../domain/day.ts'
import type { Chart, FanPoint } from '../domain/table.ts'
import { shiftUnit, type Unit, unitStart } from './horizon.ts'
import type { ForecastMeasure } from './load.ts'
import type { Outlook } from './model/forecast.ts'
import type { Ledger } from './model/ledger.ts'
import { type Selection, sum } from './model/deals-on-day.ts'
import { winsIn } from './model/wins.ts'

const PAST_SHOWN = 6

/** What a fan is drawn from. */
export interface Fanned {
  ledger: Ledger
  selection: Selection
  asOf: Day
  by: Unit
  firstWeekday: number
  measure: ForecastMeasure
  periods: readonly { from: Day; to: Day }[]
  outlooks: readonly Outlook[]
  wonSoFar: number
}

/** `2026-11`, `2026-Q4`, or a week's first day as `11-23`. */
function labelOf(day: Day, by: Unit): string {
  if (by === 'week') return day.slice(5)
  const { year, month } = partsOf(day)
  return by === 'month' ? day.slice(0, 7) : `${year}-Q${Math.ceil(month / 3)}`
}

/** The past units and those to come; the current one is drawn on top of what is already won. */
export function fan(fanned: Fanned): Chart {
  const { ledger, selection, asOf, by, firstWeekday, measure, wonSoFar } = fanned
  const start = unitStart(asOf, by, firstWeekday)
  const past = Array.from({ length: PAST_SHOWN }, (_, at): FanPoint => {
    const from = shiftUnit(start, by, at - PAST_SHOWN)
    const to = addDays(shiftUnit(from, by, 1), -1)
    const wins = winsIn(ledger, toEpochDay(from), toEpochDay(to), selection)
    return { label: labelOf(from, by), value: sum(wins.value) }
  })
  const coming = fanned.periods.map(({ from }, at): FanPoint => {
    const { mean, p10, p90 } = fanned.outlooks[at] as Outlook
    const unit = unitStart(from, by, firstWeekday)
    const won = unit === start ? wonSoFar : 0
    return { label: labelOf(unit, by), mean: mean + won, p10: p10 + won, p90: p90 + won, won }
  })
  // On the last day of a unit none of it is to come.
  const ended: FanPoint[] =
    unitStart(addDays(asOf, 1), by, firstWeekday) === start
      ? []
      : [{ label: labelOf(start, by), value: wonSoFar }]
  return {
    kind: 'fan',
    title: `Won ${measure} by ${by}, past and to come`,
    unit: measure === 'deals' ? 'count' : 'money',
    points: [...past, ...ended, ...coming],
  }
}
