import type { Day } from '../../domain/day.ts'
import { addMonths, monthEnd, monthStart } from '../../domain/day.ts'
import { type Currency, formatMoney } from '../../domain/money.ts'
import { lengthInDays } from '../../domain/period.ts'
import { chanceText } from '../chance.ts'
import type { Bottleneck } from './rank.ts'

const YEAR = 365
const SPANS = [
  { months: 1, name: 'a month' },
  { months: 3, name: 'a quarter' },
  { months: 12, name: 'a year' },
]

/** How often a period comes: `a quarter`, `a week`, `in 45 days`. */
export function spanName(from: Day | null, to: Day | null): string {
  if (from === null || to === null) return 'in all'
  if (from === monthStart(from)) {
    const span = SPANS.find(({ months }) => to === monthEnd(addMonths(from, months - 1)))
    if (span) return span.name
  }
  const days = lengthInDays(from, to)
  if (days === 7) return 'a week'
  return days === YEAR || days === YEAR + 1 ? 'a year' : `in ${days} days`
}

const DIGITS = 3

/** An amount to three digits: 12,431 is 12,400. */
function roughly(minor: number, currency: Currency): string {
  const major = Math.abs(minor) / 10 ** currency.digits
  return formatMoney(Math.round(Number(major.toPrecision(DIGITS))), { ...currency, digits: 0 })
}

function percent(share: number | null): string {
  return share === null ? '–' : `${Math.round(share * 100)}%`
}

/** Is it beyond chance? `yes, p = 0.02`, `too few`. The p-value is the adjusted one. */
export function chanceOf({ verdict, p_adjusted: p }: Bottleneck): string {
  if (p === null) return verdict
  return `${verdict === 'beyond chance' ? 'yes' : 'no'}, ${chanceText(p)}`
}

/**
 * What a person needs to know about a stage: `Proposal → Decision: 31% pass, 48% before; about 12,400 a
 * quarter. Change is beyond chance, p = 0.02.`
 * @param span how often the money is lost, as `spanName` says it.
 */
export function sentenceOf(cell: Bottleneck, span: string, currency: Currency): string {
  const { group, reached, base_reached: others, cost, verdict, p_adjusted: p } = cell
  const other = group === null ? 'before' : 'with the others'
  const where = `${cell.stage} → ${cell.next ?? 'won'}${group === null ? '' : `, ${group}`}`
  const steps = `${where}: ${percent(cell.step)} pass, ${percent(cell.base_step)} ${other}`
  if (p === null) return `${steps}; too few deals to tell (${reached} and ${others}).`
  const money = cost ? `; about ${roughly(cost, currency)}${cost < 0 ? ' more' : ''} ${span}` : ''
  const what = group === null ? 'Change' : 'Difference'
  return `${steps}${money}. ${what} is ${verdict}, ${chanceText(p)}.`
}
