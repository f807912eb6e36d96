import type { PaymentKind } from '../../book/schema/money.ts'
import type { Day } from '../../domain/day.ts'
import { Fault } from '../../domain/fault.ts'
import type { Money } from '../../domain/money.ts'
import { quoted } from '../../domain/plain-text.ts'
import type { Rate } from '../../domain/rate.ts'
import { dealRate } from '../deals/terms.ts'
import type { Cells } from '../row-cells.ts'
import { saidCurrency } from '../said-currency.ts'
import { paymentKind } from '../values/money-words.ts'

/** What a row says about a payment; null is not said. The amount is in minor units of its currency. */
export interface PaymentDraft {
  on: Day
  kind: PaymentKind
  amount: Money
  currency: string
  rate: Rate | null
  /** The numbers of what it is for, as written. */
  for: string | null
  method: string | null
  account: string | null
  note: string | null
  ref: string | null
}

/**
 * Reads a row as a payment.
 * @param book the code of the book's currency.
 * @throws Fault `usage` with the reason if it cannot be read.
 */
export function draftPayment(cells: Cells, book: string, today: Day): PaymentDraft {
  const on = cells.day('on')
  if (on === null) throw new Fault('usage', 'the row has no day')
  if (on > today) throw new Fault('usage', `it was paid on ${on}, which is still to come`)
  const said = cells.one('kind')
  const kind = paymentKind(said ?? '')
  if (kind === undefined) {
    const kinds = 'payment, refund, write-off, discount or fee'
    throw new Fault('usage', `${quoted(said ?? '')} is not a kind of payment: ${kinds}`)
  }
  const own = saidCurrency(cells, ['amount'], book) ?? null
  const amount = cells.signed('amount', own)
  if (amount === null) throw new Fault('usage', 'the row has no amount')
  if (amount <= 0 && kind === 'in') {
    throw new Fault(
      'usage',
      'a payment is more than nothing (money that went back has the kind refund)',
    )
  }
  if (amount === 0) throw new Fault('usage', `a ${kind} is more than nothing`)
  return {
    on,
    kind,
    // Money that went out is below zero in some lists.
    amount: Math.abs(amount) as Money,
    currency: own ?? book,
    rate: own === null ? null : (dealRate(cells) ?? null),
    for: cells.all('for').join('; ') || null,
    method: cells.one('method'),
    account: cells.one('account'),
    note: cells.all('note').join('\n') || null,
    ref: cells.one('ref'),
  }
}
