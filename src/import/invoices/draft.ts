import { Fault } from '../../domain/fault.ts'
import type { Day } from '../../domain/day.ts'
import { parsePlan } from '../../domain/invoices/plan.ts'
import { currencyDigits, formatMoney, type Money } from '../../domain/money.ts'
import { quoted } from '../../domain/plain-text.ts'
import type { Rate } from '../../domain/rate.ts'
import { dealRate } from '../deals/terms.ts'
import type { Cells } from '../row-cells.ts'
import { saidCurrency } from '../said-currency.ts'
import { isBlankWord } from '../values/blank.ts'
import { invoiceKind } from '../values/money-words.ts'

/** What a row says about an invoice or a credit note; null is not said. Amounts are in minor units of its currency. */
export interface InvoiceDraft {
  number: string
  kind: 'invoice' | 'credit'
  owner: string | null
  issuedOn: Day
  dueOn: Day | null
  voidedOn: Day | null
  currency: string
  rate: Rate | null
  net: Money
  tax: Money
  gross: Money
  /** Does the row say what the tax is? */
  isTaxed: boolean
  open: Money | null
  corrects: string | null
  /** What a credit note settles; empty for nothing, null if the file does not say. */
  settles: string | null
  plan: string | null
  orderRef: string | null
  buyerRef: string | null
  note: string | null
  ref: string | null
}

/** Net, tax and gross of a row: two of them give the third; the gross alone is all net. */
function sumsOf(cells: Cells, code: string, own: string | null) {
  const [net, tax, amount] = (['net', 'tax', 'amount'] as const).map((field) =>
    cells.signed(field, own),
  )
  const gross = amount ?? (net == null ? null : net + (tax ?? 0))
  if (gross === null) throw new Fault('usage', 'the row has no amount')
  const isNegative = gross < 0
  const sign = isNegative ? -1 : 1
  // A list may write the net and the tax of a credit note without their sign.
  const said = (value: number | null | undefined): number | null =>
    value == null ? null : value * (isNegative && value > 0 ? 1 : sign)
  const whole = gross * sign
  const itsNet = said(net) ?? whole - (said(tax) ?? 0)
  const itsTax = said(tax) ?? whole - itsNet
  if (itsNet + itsTax !== whole || itsNet < 0 || itsTax < 0) {
    const shown = [itsNet, itsTax, whole].map((minor) =>
      formatMoney(minor, { code, digits: currencyDigits(code) }, true),
    )
    const [shownNet = '', shownTax = '', shownGross = ''] = shown
    throw new Fault(
      'usage',
      `net ${shownNet} and tax ${shownTax} do not come to the amount ${shownGross}`,
    )
  }
  return {
    isNegative,
    net: itsNet as Money,
    tax: itsTax as Money,
    gross: whole as Money,
    isTaxed: net !== null || tax !== null,
  }
}

function dayNotBefore(cells: Cells, field: string, issuedOn: Day, word: string): Day | null {
  const day = cells.day(field)
  if (day === null || day >= issuedOn) return day
  throw new Fault('usage', `it is ${word} on ${day}, before it was issued on ${issuedOn}`)
}

function planIn(cells: Cells): string | null {
  const plan = cells.one('instalments')
  if (plan === null || isBlankWord(plan)) return null
  parsePlan(plan)
  return plan
}

/**
 * Reads a row as an invoice that was issued, or a credit note. A negative amount is a credit note’s.
 * @param book the code of the book's currency.
 * @throws Fault `usage` with the reason if it cannot be read.
 */
export function draftInvoice(cells: Cells, book: string, today: Day): InvoiceDraft {
  const number = cells.one('number')
  if (number === null) throw new Fault('usage', 'the row has no invoice number')
  const issuedOn = cells.day('issued')
  if (issuedOn === null) throw new Fault('usage', 'the row has no day of issue')
  if (issuedOn > today) {
    throw new Fault('usage', `it is issued on ${issuedOn}, which is still to come`)
  }
  const said = cells.one('kind')
  const kind = invoiceKind(said ?? '')
  if (kind === undefined) {
    throw new Fault('usage', `${quoted(said ?? '')} is neither an invoice nor a credit note`)
  }
  const own = saidCurrency(cells, ['amount', 'net', 'tax'], book) ?? null
  const currency = own ?? book
  const { isNegative, ...sums } = sumsOf(cells, currency, own)
  if (sums.gross === 0) throw new Fault('usage', 'an invoice is more than nothing')
  const isCredit = kind === 'credit' || isNegative
  return {
    number,
    kind: isCredit ? 'credit' : 'invoice',
    owner: cells.one('owner'),
    issuedOn,
    dueOn: dayNotBefore(cells, 'due', issuedOn, 'due'),
    voidedOn: dayNotBefore(cells, 'voided', issuedOn, 'voided'),
    currency,
    rate: own === null ? null : (dealRate(cells) ?? null),
    ...sums,
    open: cells.signed('open', own),
    corrects: isCredit ? cells.one('corrects') : null,
    settles: isCredit && cells.has('settles') ? (cells.one('settles') ?? '') : null,
    plan: isCredit ? null : planIn(cells),
    orderRef: cells.one('order-ref'),
    buyerRef: cells.one('buyer-ref'),
    note: cells.all('note').join('\n') || null,
    ref: cells.one('ref'),
  }
}
