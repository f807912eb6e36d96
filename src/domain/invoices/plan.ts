import { addDays, type Day } from '../day.ts'
import { Fault } from '../fault.ts'
import { parsePortion } from '../lines/read.ts'
import type { Portion } from '../lines/scaled.ts'
import type { Money } from '../money.ts'
import { quoted } from '../plain-text.ts'
import { counted } from '../text.ts'
import type { Part } from './ageing.ts'

/** A part of an invoice that is due some days after it. */
interface Instalment {
  portion: Portion
  days: number
}

const WHOLE = 1_000_000
const PART = /^(\S+%)\s+(?:(\d{1,4})\s*d(?:ays?)?|(at once|now))$/i
const HINT = 'write it as "30% at once, 70% 30d": percentages of the invoice, and days after it'

/**
 * Reads a plan of instalments: `30% at once, 70% 30d`.
 * @throws Fault `usage` if a part is not a percentage and days, there is one alone, or they are not 100 % together.
 */
export function parsePlan(text: string): Instalment[] {
  const parts = text.split(/[,;]/).map((part): Instalment => {
    const [, portion = '', days] = PART.exec(part.trim()) ?? []
    if (portion === '')
      throw new Fault('usage', `${quoted(part.trim())} is not an instalment`, HINT)
    return { portion: parsePortion(portion, 'percentage'), days: Number(days ?? 0) }
  })
  const sum = parts.reduce((all, { portion }) => all + portion, 0)
  if (parts.length < 2) throw new Fault('usage', 'a plan has two instalments or more', HINT)
  if (sum !== WHOLE || parts.some(({ portion }) => portion === 0)) {
    throw new Fault('usage', `the instalments come to ${sum / 10_000}%, not to 100%`, HINT)
  }
  return parts.toSorted((a, b) => a.days - b.days)
}

/** A plan of the book in words; as it stands if it cannot be read. */
export function shownPlan(text: string): string {
  try {
    return planText(parsePlan(text))
  } catch (error) {
    if (error instanceof Fault) return text
    throw error
  }
}

/** `30% at once, 70% after 30 days`. */
export function planText(plan: readonly Instalment[]): string {
  return plan
    .map(({ portion, days }) => {
      const when = days === 0 ? 'at once' : `after ${counted(days, 'day')}`
      return `${portion / 10_000}% ${when}`
    })
    .join(', ')
}

/**
 * The parts of an invoice by a plan: each its percentage of the gross, rounded down, and the last one the rest, so
 * that they add up to it.
 */
export function planned(plan: readonly Instalment[], gross: Money, issuedOn: Day): Part[] {
  let left: number = gross
  return plan.flatMap(({ portion, days }, index): Part[] => {
    const share = Number((BigInt(gross) * BigInt(portion)) / BigInt(WHOLE))
    const amount = index === plan.length - 1 ? left : share
    left -= amount
    return amount === 0 ? [] : [{ dueOn: addDays(issuedOn, days), amount: amount as Money }]
  })
}
