import { addDays, type Day, monthEnd } from '../day.ts'
import { percentText, type Portion } from '../lines/scaled.ts'
import { counted } from '../text.ts'

/** When an invoice is to be paid. */
export interface Terms {
  /** Days after the invoice. */
  days: number
  /** At the end of the month in which those days are over. */
  endOfMonth: boolean
  /** What may be taken off by those who pay early; null is nothing. */
  discount: Portion | null
  /** Within how many days that is; null without a discount. */
  discountDays: number | null
}

/**
 * The day on which an invoice is due: 30 days after 31 January is 2 March, or 31 March with `endOfMonth`.
 * @param issued the day of the invoice.
 */
export function dueDay({ days, endOfMonth }: Terms, issued: Day): Day {
  const day = addDays(issued, days)
  return endOfMonth ? monthEnd(day) : day
}

/** The last day on which the discount may be taken; null if there is none. */
export function discountDay({ discountDays }: Terms, issued: Day): Day | null {
  return discountDays === null ? null : addDays(issued, discountDays)
}

/** `30 days, end of month, 2% within 10 days`. */
export function termsText({ days, endOfMonth, discount, discountDays }: Terms): string {
  const parts = [
    days === 0 ? 'at once' : counted(days, 'day'),
    ...(endOfMonth ? ['end of month'] : []),
    ...(discount === null || discountDays === null
      ? []
      : [`${percentText(discount)} within ${counted(discountDays, 'day')}`]),
  ]
  return parts.join(', ')
}
