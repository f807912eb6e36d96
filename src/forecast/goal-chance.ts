import type { Book } from '../book/open.ts'
import { addDays, daysBetween, toEpochDay } from '../domain/day.ts'
import type { GoalMeasure } from '../domain/goals/measures.ts'
import type { GoalStanding } from '../reports/goals/standing.ts'
import type { Scope } from '../reports/scope.ts'
import { type ForecastMeasure, type Loaded, loadLedger, selectionOf } from './load.ts'
import { forecast } from './model/forecast.ts'

/** The measures that can be forecast. */
const FORECAST: Partial<Record<GoalMeasure, ForecastMeasure>> = {
  'won-amount': 'amount',
  'won-profit': 'profit',
  'won-deals': 'deals',
}

/** Every chance uses the same draws. */
const SEED = 1

/**
 * The chances to reach goals, 0…1: of the draws of the forecast for the owner, the share in which actual + what
 * is still to come ≥ goal. After its last day a goal was reached (1) or not (0). Null if nothing can be
 * forecast: contacts, or a book without open deals and without a rate of new ones.
 * @param known histories of the book that are loaded already.
 */
export async function goalChances(
  book: Book,
  { asOf, settings }: Scope,
  standings: readonly GoalStanding[],
  known: ReadonlyMap<ForecastMeasure, Loaded> = new Map(),
): Promise<(number | null)[]> {
  const ledgers = new Map<ForecastMeasure, Loaded | Promise<Loaded>>(known)
  const chances: (number | null)[] = []
  for (const { goal, actual } of standings) {
    const measure = FORECAST[goal.measure]
    const needed = goal.value - actual
    if (goal.to <= asOf) chances.push(needed <= 0 ? 1 : 0)
    else if (measure === undefined) chances.push(needed <= 0 ? 1 : null)
    else {
      const loading = ledgers.get(measure) ?? loadLedger(book, asOf, measure)
      ledgers.set(measure, loading)
      const { ledger } = await loading
      const owner = goal.ownerId === null ? undefined : { id: goal.ownerId, name: goal.owner ?? '' }
      const selection = await selectionOf(book, { asOf, settings, owner })
      const wish = { selection, seed: SEED, openOnly: false, force: undefined }
      const end = daysBetween(asOf, goal.to)
      const before = daysBetween(asOf, addDays(goal.from, -1))
      const ends = before > 0 ? [before, end] : [end]
      const made = forecast(ledger, toEpochDay(asOf), ends, wish)
      const isUnknown = made.total.fresh === null && made.pipeline.open.value.length === 0
      chances.push(isUnknown ? (needed <= 0 ? 1 : null) : made.reaches(needed))
    }
  }
  return chances
}
