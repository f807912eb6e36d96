import type { Book } from '../../book/open.ts'
import type { Db } from '../../book/store/db.ts'
import { defineCommand, flag, option } from '../../cli/command.ts'
import { parseMoney } from '../../domain/amount.ts'
import type { Day } from '../../domain/day.ts'
import { Fault } from '../../domain/fault.ts'
import type { Booking } from '../../domain/matching/judge.ts'
import { type Currency, type Money, toDecimal } from '../../domain/money.ts'
import { nameKey } from '../../domain/name.ts'
import { quoted } from '../../domain/plain-text.ts'
import { counted } from '../../domain/text.ts'
import { findIssued, type Issued } from '../../money/invoices/find.ts'
import { listInvoices } from '../../money/invoices/load.ts'
import {
  assigned,
  enterBooking,
  linkBooking,
  refundCredit,
  requireOpenBooking,
} from '../../money/matching/assign.ts'
import { findPayment, refund } from '../../money/payments/add.ts'
import { restOf } from '../../money/payments/allocate.ts'
import { findBankLine } from '../../records/bank-lines.ts'
import { find, type Named } from '../../records/lookup.ts'
import type { Moment } from '../../records/moment.ts'
import { sumText } from '../invoice/fields.ts'
import { advancePaidDeals } from '../../money/payments/paid-deals.ts'
import { paidResult, paidText, paymentNumber } from '../payment/fields.ts'
import { currencyOf } from '../shared/own-money.ts'
import { sayUnratedMoney } from '../shared/unrated-money.ts'
import { toleranceOption } from './tolerance.ts'

/** The client or the invoices that a booking is for. */
type Target = { client: Named } | { invoices: Issued[] }

async function hasNumber(db: Db, text: string): Promise<boolean> {
  const found = await db
    .selectFrom('invoices')
    .select('id')
    .where('number_key', '=', nameKey(text))
    .executeTakeFirst()
  return found !== undefined
}

/** Does it look like the number of an invoice or the name of a draft, and not like the number of a client? */
const isLikeNumber = (text: string): boolean => /\d/.test(text) && !/^#?\d+$/.test(text)

/** The client of a name; null if there is none and a word looks like the number of an invoice. */
async function clientNamed(db: Db, words: readonly string[]): Promise<Named | null> {
  try {
    return await find(db, 'client', words.join(' '))
  } catch (error) {
    const isUnknown = error instanceof Fault && error.code === 'not-found'
    if (isUnknown && words.some(isLikeNumber)) return null
    throw error
  }
}

/**
 * What the words after a booking name: invoices by their numbers, or one client.
 * @throws Fault `not-found` if there is none of that name, `failed` if an invoice is a draft.
 */
async function targetOf(db: Db, texts: readonly string[]): Promise<Target> {
  const names = [
    ...new Set(texts.flatMap((text) => text.split(',')).map((text) => text.trim())),
  ].filter((text) => text !== '')
  if (names.length === 0) {
    throw new Fault(
      'usage',
      'what does the booking pay?',
      'name its invoices, or its client: funnel bank assign 7 2026-0001',
    )
  }
  const known = await Promise.all(names.map((name) => hasNumber(db, name)))
  if (!known.includes(true)) {
    const client = await clientNamed(db, names)
    if (client) return { client }
  }
  const invoices = new Map<number, Issued>()
  for (const name of names) {
    const invoice = await findIssued(db, name)
    invoices.set(invoice.id, invoice)
  }
  return { invoices: [...invoices.values()] }
}

/** What was done, in words and for programs. */
interface Assigned {
  payment: number
  client: string
  said: string
  result: Record<string, string | number | null>
  next?: string
}

const NOTHING_MORE = { settles: null, discount: 0, fee: 0, credit: 0 }

async function assignIn(
  { db, store, settings: { currency: book } }: Book,
  booking: Booking,
  target: Target,
  today: Day,
  options: Parameters<typeof assigned>[3],
): Promise<Assigned> {
  const currency = currencyOf(booking.currency === book.code ? null : booking.currency, book)
  const text = (minor: number): string => sumText(minor, booking.currency, book)
  if ('client' in target) {
    if (options.most !== undefined) {
      throw new Fault('usage', '--amount says how much of it is for invoices', 'name the invoices')
    }
    const { id, name } = target.client
    const payment = enterBooking(store, booking, id, { fit: null, book: book.code })
    const credit = toDecimal(booking.amount, currency)
    const listed = await listInvoices(db, { clientId: id, status: 'open' }, today)
    const open = listed.filter((invoice) => invoice.currency === booking.currency)
    const numbers = open.map((invoice) => invoice.name).join(' ')
    return {
      payment,
      client: name,
      said: ', kept as credit',
      result: { ...NOTHING_MORE, credit },
      ...(open.length > 0 && {
        next: `${counted(open.length, 'invoice')} open: funnel payment allocate ${payment} ${numbers}`,
      }),
    }
  }
  const fit = assigned(store, booking, target.invoices, options)
  const [first] = fit.parts
  const clientId = first?.claim.clientId ?? 0
  const payment = enterBooking(store, booking, clientId, { fit, book: book.code })
  const sums = { discount: 0, fee: 0 }
  for (const { short } of fit.parts) if (short) sums[short.kind] += short.amount
  const used = fit.parts.reduce((sum, { amount }) => sum + amount, 0)
  const rest = (booking.amount - used) as Money
  const parts = fit.parts.map(({ claim, amount, short }) => {
    const open = claim.open - amount - (short?.amount ?? 0)
    return open === 0
      ? `${claim.number} is settled`
      : `${text(open)} are still open of ${claim.number}`
  })
  const off = Object.entries(sums).flatMap(([kind, minor]) =>
    minor === 0 ? [] : `${text(minor)} as ${kind}`,
  )
  const kept = rest === 0 ? [] : [`${text(rest)} are kept as credit`]
  return {
    payment,
    client: first?.claim.client ?? '',
    said: ['', parts.join(', '), ...off, ...kept].join('; '),
    result: {
      settles: fit.parts.map(({ claim }) => claim.number).join(', '),
      discount: toDecimal(sums.discount, currency),
      fee: toDecimal(sums.fee, currency),
      credit: toDecimal(rest, currency),
    },
  }
}

/** Assigns money that went out: to a credit note, or to a client's credit, the oldest first. */
async function assignOut(
  { db, store, settings: { currency: book } }: Book,
  booking: Booking,
  target: Target,
  moment: Moment,
): Promise<Assigned> {
  const amount = (0 - booking.amount) as Money
  if ('client' in target) {
    const { id: clientId, name } = target.client
    const values = {
      clientId,
      amount,
      currency: booking.currency,
      accountId: booking.bankAccountId,
    }
    const { id } = await refund(db, { ...values, method: 'transfer' }, book.code, {
      ...moment,
      on: booking.bookedOn,
    })
    linkBooking(store, booking, await findPayment(db, id), book.code)
    return { payment: id, client: name, said: '', result: NOTHING_MORE }
  }
  const [credit, other] = target.invoices
  if (!credit || other || credit.kind !== 'credit') {
    assigned(store, booking, target.invoices, {
      acrossClients: true,
      tolerance: null,
      most: undefined,
    })
  }
  const note = credit as Issued
  const left = await restOf(db, { kind: 'credit', credit: note })
  const payment = refundCredit(store, booking, note, { left, book: book.code })
  const { name } = await find(db, 'client', String(note.client_id))
  return { payment, client: name, said: ` of credit note ${note.number}`, result: NOTHING_MORE }
}

/** Says that a booking is a payment that was entered before. */
async function assignEntered(
  { db, store, settings: { currency: book } }: Book,
  booking: Booking,
  text: string,
): Promise<Assigned> {
  const payment = await findPayment(db, paymentNumber(text))
  linkBooking(store, booking, payment, book.code)
  const { name } = await find(db, 'client', String(payment.client_id))
  return { payment: payment.id, client: name, said: ', entered before', result: NOTHING_MORE }
}

const readMost = (text: string, code: string, book: Currency): Money =>
  parseMoney(text, currencyOf(code === book.code ? null : code, book))

export default defineCommand({
  description:
    'Says by hand what a booking is: a payment of invoices, each up to what is open of it, in the order given; a ' +
    'payment of a client, kept as credit; or a payment that was entered before. What is left is credit. Money that ' +
    'went out is a refund of a credit note, or of what a client has as credit. The account that it came from is ' +
    'remembered as the client’s.',
  arguments: [
    { syntax: '<booking>', help: 'its number in the list' },
    { syntax: '[invoice...]', help: 'invoices by their numbers, or a client' },
  ],
  options: {
    amount: option('--amount <money>', 'only so much of it is for the invoices'),
    payment: option('--payment <payment>', 'it is this payment, entered before'),
    tolerance: toleranceOption,
    acrossClients: flag('--across-clients', 'also for invoices of several clients'),
  },
  examples: [
    'bank assign 1 2026-0001',
    'bank assign 1 harbour',
    'bank assign 1 2026-0001 --amount 100',
  ],
  run: (context, [text = '', ...texts], { amount, payment, tolerance, acrossClients }) =>
    context.change({}, async (db, moment) => {
      const book = await context.book()
      const { currency } = book.settings
      const line = await findBankLine(db, text)
      const booking = await requireOpenBooking(book, line, moment.today)
      if (payment !== undefined && texts.length > 0) {
        throw new Fault(
          'usage',
          `a booking is payment ${payment} or pays ${quoted(texts.join(' '))}, not both`,
          'give one of them',
        )
      }
      const assign = async (): Promise<Assigned> => {
        if (payment !== undefined) return assignEntered(book, booking, payment)
        const target = await targetOf(db, texts)
        if (booking.amount < 0) return assignOut(book, booking, target, moment)
        return assignIn(book, booking, target, moment.today, {
          acrossClients: acrossClients ?? false,
          tolerance: tolerance ?? null,
          most: amount === undefined ? undefined : readMost(amount, line.currency, currency),
        })
      }
      const done = await assign()
      await sayUnratedMoney(context, db, { table: 'payments', ids: [done.payment] })
      const paid = await advancePaidDeals(db, 'payment_id', [done.payment], moment)
      const what = booking.amount < 0 ? 'refund' : 'payment'
      const sum = sumText(Math.abs(booking.amount), line.currency, currency)
      const way = booking.amount < 0 ? 'to' : 'of'
      return {
        next: done.next,
        summary: `assigned booking ${line.id}: ${what} ${done.payment} ${way} ${done.client}, ${sum}${done.said}${paidText(paid)}`,
        result: {
          booking: line.id,
          payment: done.payment,
          client: done.client,
          ...done.result,
          ...paidResult(paid),
        },
      }
    }),
})
