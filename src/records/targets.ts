import { listGoals } from '../book/goals.ts'
import type { Book } from '../book/open.ts'
import type { Db } from '../book/store/db.ts'
import type { Day } from '../domain/day.ts'
import type { Currency } from '../domain/money.ts'
import { formatMoney } from '../domain/money.ts'
import { type GoalMeasure, isMoney, parseGoal, plainGoal } from '../domain/goals/measures.ts'
import { goalsIn, unitOf } from '../domain/goals/spans.ts'
import { setGoal } from './goals.ts'

/** The settings that are goals of all owners for every month. */
const TARGETS: Record<string, { measure: GoalMeasure; about: string }> = {
  'target-amount': { measure: 'won-amount', about: 'the amount to be won in a month: a goal' },
  'target-profit': { measure: 'won-profit', about: 'the profit to be won in a month: a goal' },
  'target-deals': { measure: 'won-deals', about: 'the deals to be won in a month: a goal' },
}

export const TARGET_NAMES = Object.keys(TARGETS)

/** Is it the name of such a setting? */
export function isTarget(name: string): boolean {
  return Object.hasOwn(TARGETS, name)
}

/** An amount as it is typed, with decimals only where it has some. */
function amountText(value: number, { marks: _, ...currency }: Currency, marks?: Currency): string {
  const decimals = value % 10 ** currency.digits !== 0
  return marks
    ? formatMoney(value, marks, decimals)
    : (value / 10 ** currency.digits).toFixed(decimals ? currency.digits : 0)
}

/** What all are to reach in the month of a day, as settings. */
export async function targetLines(db: Db, currency: Currency, today: Day) {
  const month = unitOf('month', today)
  const due = goalsIn(await listGoals(db), month).filter(
    ({ ownerId, from, to }) => ownerId === null && from === month.from && to === month.to,
  )
  return Object.entries(TARGETS).map(([name, { measure, about }]) => {
    const value = due.find((goal) => goal.measure === measure)?.value
    if (value === undefined) return { name, text: null, bare: null, value: null, about }
    const count = String(value)
    return {
      name,
      text: isMoney(measure) ? amountText(value, currency, currency) : count,
      bare: isMoney(measure) ? amountText(value, currency) : count,
      value: plainGoal(value, measure, currency),
      about,
    }
  })
}

/**
 * Sets what all are to reach in every month from that of a day on; null takes away every such goal of the measure.
 * @throws Fault `usage` if the text is not an amount or a number.
 */
export async function setTarget(
  { db, settings }: Book,
  name: string,
  text: string | null,
  today: Day,
): Promise<void> {
  const measure = (TARGETS[name] as { measure: GoalMeasure }).measure
  if (text === null) {
    await db
      .deleteFrom('goals')
      .where('owner_id', 'is', null)
      .where('measure', '=', measure)
      .where('every', '=', 'month')
      .execute()
    return
  }
  const value = parseGoal(text, measure, settings.currency)
  const { from } = unitOf('month', today)
  await setGoal(db, { ownerId: null, measure, every: 'month', from, to: null, value })
}
