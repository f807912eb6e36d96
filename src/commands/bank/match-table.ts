import type { Fit } from '../../domain/matching/fit.ts'
import type { KnownClaim } from '../../domain/matching/judge.ts'
import { type Currency, toDecimal } from '../../domain/money.ts'
import { type Column, listReport, type Report, type Row } from '../../domain/table.ts'
import { counted } from '../../domain/text.ts'
import type { Matching } from '../../money/matching/run.ts'
import { currencyOf, moneyText } from '../shared/own-money.ts'

const number = (key: string, label: string): Column => ({
  key,
  label,
  type: 'number',
  hidden: true,
})

const COLUMNS: Column[] = [
  { key: 'booking', label: 'No.', type: 'count' },
  { key: 'booked_on', label: 'Booked', type: 'day' },
  { key: 'amount_text', label: 'Amount', type: 'text', spoken: true, lasting: true, whole: true },
  number('amount', 'Amount'),
  { key: 'currency', label: 'Currency', type: 'text', hidden: true },
  { key: 'party', label: 'Payer or payee', type: 'text', optional: true },
  { key: 'state', label: 'State', type: 'text', lasting: true },
  { key: 'client_id', label: 'Client no.', type: 'count', hidden: true },
  { key: 'client', label: 'Client', type: 'text', hidden: true },
  { key: 'payment', label: 'Payment', type: 'count', hidden: true },
  { key: 'settles', label: 'For', type: 'text', optional: true },
  { key: 'short_text', label: 'Short by', type: 'text', optional: true, spoken: true, whole: true },
  { key: 'credit_text', label: 'Credit', type: 'text', optional: true, spoken: true, whole: true },
  number('discount', 'Discount'),
  number('fee', 'Fee'),
  number('credit', 'Credit'),
  { key: 'rule', label: 'By', type: 'text', hidden: true },
  { key: 'why', label: 'Why', type: 'text', wrap: true, lasting: true, under: true },
]

/** What discounts and fees took off, in minor units. */
function shortfalls(fit: Fit<KnownClaim> | null): Record<'discount' | 'fee', number> {
  const sums = { discount: 0, fee: 0 }
  for (const { short } of fit?.parts ?? []) if (short) sums[short.kind] += short.amount
  return sums
}

const fitOf = ({ verdict }: Matching): Fit<KnownClaim> | null =>
  verdict.kind === 'settle' ? verdict.fit : null

/** The client that a booking is from or to, as far as it is known. */
function clientOf({ verdict }: Matching): { id: number; name: string } | null {
  switch (verdict.kind) {
    case 'settle':
      return { id: verdict.clientId, name: verdict.client }
    case 'entered':
      return { id: verdict.payment.clientId, name: verdict.payment.client }
    case 'refund':
      return { id: verdict.credit.clientId, name: verdict.credit.client }
    case 'open':
      return null
  }
}

/** The invoices that it settles, or the credit note that it gives back. */
function settled(matching: Matching): string | null {
  const { verdict } = matching
  if (verdict.kind === 'refund') return verdict.credit.number
  return (
    fitOf(matching)
      ?.parts.map(({ claim }) => claim.number)
      .join(', ') ?? null
  )
}

/** A booking for programs. */
export function matchingRecord(matching: Matching, book: Currency): Row {
  const { booking, verdict, state, payment } = matching
  const currency = currencyOf(booking.currency === book.code ? null : booking.currency, book)
  const fit = fitOf(matching)
  const off = shortfalls(fit)
  const client = clientOf(matching)
  const decimal = (minor: number): number => toDecimal(minor, currency)
  return {
    booking: booking.id,
    booked_on: booking.bookedOn,
    amount: decimal(booking.amount),
    currency: booking.currency,
    party: booking.party,
    state,
    rule: verdict.rule,
    why: verdict.why,
    client_id: client?.id ?? null,
    client: client?.name ?? null,
    payment,
    settles: settled(matching),
    discount: decimal(off.discount),
    fee: decimal(off.fee),
    credit: decimal(fit?.rest ?? 0),
  }
}

/** The same with what people read. */
function rowOf(matching: Matching, book: Currency): Row {
  const { booking } = matching
  const currency = currencyOf(booking.currency === book.code ? null : booking.currency, book)
  const fit = fitOf(matching)
  const short = Object.entries(shortfalls(fit)).flatMap(([kind, minor]) =>
    minor === 0 ? [] : `${moneyText(minor, currency)} ${kind}`,
  )
  return {
    ...matchingRecord(matching, book),
    amount_text: moneyText(booking.amount, currency),
    short_text: short.join(', ') || null,
    credit_text: fit && fit.rest > 0 ? moneyText(fit.rest, currency) : null,
  }
}

/** Does the table say nothing of it that the list of open bookings does not? */
const isPlain = ({ verdict }: Matching): boolean =>
  verdict.kind === 'open' && (verdict.rule === null || verdict.rule === 'money out')

/** How many bookings that fit nothing are shown to a person. */
const FEW = 20

/** `10,470.00 EUR`, or several currencies. */
function sumsText(some: readonly Matching[], book: Currency): string {
  const sums = new Map<string, number>()
  for (const { booking } of some) {
    sums.set(booking.currency, (sums.get(booking.currency) ?? 0) + booking.amount)
  }
  return [...sums]
    .map(([code, sum]) => moneyText(sum, currencyOf(code === book.code ? null : code, book)))
    .join(', ')
}

/** `booked 3 bookings (10,470.00 EUR), proposed 1 booking (1,190.00 EUR), 2 stay open`. */
export function matchedText(all: readonly Matching[], book: Currency, isDry: boolean): string {
  const of = (state: Matching['state']): Matching[] => all.filter((one) => one.state === state)
  const [booked, proposed, open] = [of('booked'), of('proposed'), of('open')]
  const some = (verb: string, which: readonly Matching[]): string[] =>
    which.length === 0
      ? []
      : [`${verb} ${counted(which.length, 'booking')} (${sumsText(which, book)})`]
  const parts = [
    ...some(isDry ? 'would book' : 'booked', booked),
    ...some(isDry ? 'would propose' : 'proposed', proposed),
    ...(open.length === 0 ? [] : [`${open.length} ${open.length === 1 ? 'stays' : 'stay'} open`]),
  ]
  return parts.length === 0 ? 'no open bookings' : parts.join(', ')
}

/** What matching made of each booking, as a table. */
export function matchingReport(
  all: readonly Matching[],
  { book, title }: { book: Currency; title: string },
): Report {
  const section = { key: 'bookings', columns: COLUMNS, rows: all.map((one) => rowOf(one, book)) }
  return listReport('bookings', `${title} (${counted(all.length, 'open booking')})`, section, {
    empty: 'No open bookings; funnel bank import FILE brings in a statement.',
  })
}

/** The same for people, without most of those that fit nothing, and with the sums at the end. */
export function matchingPage(
  all: readonly Matching[],
  { book, isDry }: { book: Currency; isDry: boolean },
): Report {
  const plain = all.filter(isPlain)
  const hidden = new Set(plain.slice(FEW))
  const title = isDry ? 'Matching without changing anything' : 'Matching'
  const page = matchingReport(
    all.filter((one) => !hidden.has(one)),
    { book, title },
  )
  const more =
    hidden.size === 0
      ? []
      : [`${hidden.size} more that fit nothing are not shown: funnel bank list --open`]
  return {
    ...page,
    title: `${title} (${counted(all.length, 'open booking')})`,
    notes: all.length === 0 ? [] : [...more, matchedText(all, book, isDry)],
  }
}
