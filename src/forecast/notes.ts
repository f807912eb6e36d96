import { toEpochDay } from '../domain/day.ts'
import { counted } from '../domain/text.ts'
import { describeFilters, profitNote, type Scope } from '../reports/scope.ts'
import { notSimulated } from '../reports/set-chances.ts'
import { historyNotes } from './history-notes.ts'
import { honestyLine } from './honesty.ts'
import type { ForecastMeasure, Loaded } from './load.ts'
import { newDealsNotes } from './new-deals-notes.ts'
import type { Forecast } from './model/forecast.ts'
import type { Ladder } from '../domain/chance/hazards.ts'
import type { Outcomes } from '../domain/chance/seen.ts'

/** What the notes of a forecast are about. */
export interface Noted {
  scope: Scope
  measure: ForecastMeasure
  openOnly: boolean
  force: 'own' | 'template' | undefined
  loaded: Loaded
  made: Forecast
  /** What chances are learnt from: all closed deals. */
  outcomes: Outcomes
  /** Days ahead. */
  days: number
  /** Open deals whose chance to win was set by hand. */
  setByHand: number
}

/** An open deal that has been this many days in a stage is worth a mention. */
const AGED = 365

/** Where the chances come from. */
function chancesNote(
  force: 'own' | 'template' | undefined,
  ladder: Ladder,
  closed: number,
): string {
  const deals = counted(closed, 'closed deal')
  if (force === 'template') return 'Chances: the template’s, as asked for; an assumption.'
  if (force === 'own') return `Chances: learnt from ${deals} alone, as asked for.`
  if (ladder === 'template') {
    return 'Chances: the template’s, an assumption; 10 closed deals make chances of your own.'
  }
  if (ladder === 'one-rate') {
    return `Chances: one rate a stage, learnt from ${deals} and drawn to the template.`
  }
  return 'Chances: learnt from how this book’s deals moved, by stage and age.'
}

function filterNotes(scope: Scope, closed: number): string[] {
  if (describeFilters(scope).length === 0) return []
  return [
    `Chances are learnt from all ${counted(closed, 'closed deal')}, not only from those chosen.`,
    ...(scope.clients ? ['Clients are chosen by what the book says of them today.'] : []),
    ...(scope.deals ? ['Deals are chosen by what the book says of them today.'] : []),
  ]
}

function outcomeNotes({ won, lost }: Outcomes): string[] {
  if (won + lost === 0) return ['No deal was closed yet.']
  if (won === 0) return ['None of the closed deals was won.']
  if (lost === 0) return ['All closed deals were won; who never loses writes down too few.']
  return []
}

/** If most closed deals have no days, it is unknown how long one takes. */
function untimedNotes({ hazards: { untimed } }: Forecast, closed: number): string[] {
  if (untimed * 2 <= closed) return []
  return [
    `When deals close is little more than a guess: ${untimed} of ${counted(closed, 'closed deal')} came without the day they were opened or closed.`,
  ]
}

function openNotes({ pipeline }: Forecast, measure: ForecastMeasure): string[] {
  const { age, value } = pipeline.open
  const old = age.filter((days) => days > AGED)
  const longest = old.reduce((most, days) => Math.max(most, days), 0)
  const nothing = measure === 'deals' ? 0 : value.filter((at) => at === 0).length
  return [
    ...(old.length > 0
      ? [
          `In their stage for over a year: ${counted(old.length, 'open deal')}, up to ${longest} days.`,
        ]
      : []),
    ...(nothing > 0 ? [`Open without an amount: ${counted(nothing, 'deal')}, 0 in sums.`] : []),
  ]
}

/** What to know along with a forecast: how well such ones did, and what it rests on. */
export function forecastNotes(noted: Noted): string[] {
  const { scope, measure, openOnly, force, loaded, made, outcomes, days, setByHand } = noted
  const closed = outcomes.won + outcomes.lost
  const { future, outcomeOnly, valued, withoutCost } = loaded
  return [
    honestyLine(made),
    chancesNote(force, made.hazards.ladder, closed),
    ...notSimulated(setByHand),
    ...filterNotes(scope, closed),
    ...(openOnly
      ? ['Only deals now open; the test is of open and new deals together.']
      : newDealsNotes(made.stream, scope.asOf)),
    ...outcomeNotes(outcomes),
    ...untimedNotes(made, closed),
    ...(future > 0 ? [`Left out: ${counted(future, 'deal')} opened after ${scope.asOf}.`] : []),
    ...historyNotes(loaded, made, { day: toEpochDay(scope.asOf), days }),
    ...openNotes(made, measure),
    ...(measure === 'profit' ? profitNote(withoutCost, valued, scope.settings.margin) : []),
    ...(outcomeOnly > 0
      ? [`Came with an outcome and no stages: ${counted(outcomeOnly, 'deal')}.`]
      : []),
  ]
}
