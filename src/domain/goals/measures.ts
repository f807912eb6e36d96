import { parseMoney } from '../amount.ts'
import { type Currency, formatMoney, toDecimal } from '../money.ts'
import { wholeNumber } from '../whole-number.ts'

/** What goals are set for. */
export const GOAL_MEASURES = ['won-amount', 'won-profit', 'won-deals', 'contacts-made'] as const

export type GoalMeasure = (typeof GOAL_MEASURES)[number]

/** How often a goal comes again. */
export const EVERY = ['month', 'quarter', 'year'] as const

export type Every = (typeof EVERY)[number]

/** Is it an amount of money? Otherwise it is a number of deals or contacts. */
export function isMoney(measure: GoalMeasure): boolean {
  return measure === 'won-amount' || measure === 'won-profit'
}

/** Reads what is to be reached: minor units, or a number. @throws Fault `usage` if it is neither. */
export function parseGoal(text: string, measure: GoalMeasure, currency: Currency): number {
  if (isMoney(measure)) return parseMoney(text, currency)
  const what = measure === 'won-deals' ? 'deals' : 'contacts'
  return wholeNumber(text, {
    what: `a number of ${what}`,
    hint: 'write a whole number, such as 5',
    least: 0,
  })
}

/** A value as programs read it: decimal money, or the number. */
export function plainGoal(value: number, measure: GoalMeasure, currency: Currency): number {
  return isMoney(measure) ? toDecimal(value, currency) : value
}

/** A value for people: `30,000 EUR`, `5`. */
export function goalText(value: number, measure: GoalMeasure, currency: Currency): string {
  if (!isMoney(measure)) return String(value)
  const cents = value % 10 ** currency.digits !== 0
  return `${formatMoney(value, currency, cents)} ${currency.code}`
}
