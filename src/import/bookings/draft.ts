import { Fault } from '../../domain/fault.ts'
import type { Money } from '../../domain/money.ts'
import { quoted } from '../../domain/plain-text.ts'
import type { BookingValues } from '../../records/rows/bank-line.ts'
import { noDay } from '../no-day.ts'
import type { Cells } from '../row-cells.ts'
import { bookingDirection } from '../values/booking-words.ts'

/** What stands for no reference at all. */
const NO_REFERENCE = /^(?:not ?provided|nonref|n\/a|-+|0)$/i

function reference(cells: Cells, field: string): string | null {
  const text = cells.one(field)
  return text === null || NO_REFERENCE.test(text) ? null : text
}

const negative = (amount: Money | null): Money | null =>
  amount === null || amount === 0 ? amount : (-Math.abs(amount) as Money)

/** An amount whose sign is that of another column, where there is one. */
function byDirection(cells: Cells, amount: Money): Money {
  const word = cells.one('direction')
  if (word === null) return amount
  const direction = bookingDirection(word)
  if (direction === null) {
    throw new Fault('usage', `${quoted(word)} does not say whether money came in or went out`)
  }
  return direction === 'out' ? (negative(amount) as Money) : amount
}

/**
 * What came in, or below zero what went out: of one column, with its sign or that of another, or of two.
 * @throws Fault `usage` if the row has no amount, or one in each of two columns.
 */
function amountIn(cells: Cells, currency: string): Money {
  const amount = cells.signedMoney('amount', currency)
  if (amount !== null) return byDirection(cells, amount)
  const [credit, debit] = [
    cells.signedMoney('credit', currency),
    cells.signedMoney('debit', currency),
  ]
  // The column that does not count is often 0.00, not blank.
  const [came, went] = [credit || null, debit || null]
  if (came !== null && went !== null) {
    throw new Fault('usage', 'the row has an amount that came in and one that went out')
  }
  if (went !== null) return negative(went) as Money
  if (came !== null) return came
  if (credit === null && debit === null) throw new Fault('usage', 'the row has no amount')
  return 0 as Money
}

/** An account number as it is compared: an IBAN without its blanks. */
function accountNumber(text: string | null): string | null {
  const squeezed = text?.replaceAll(/[\s\u00A0]/g, '').toUpperCase()
  return squeezed || null
}

/**
 * Reads a row as a booking.
 * @param currency of the account, which its amounts are in.
 * @throws Fault `usage` with the reason if it has no day or no amount.
 */
export function draftBooking(cells: Cells, currency: string): BookingValues {
  const valueOn = cells.day('value')
  const bookedOn = cells.day('booked') ?? valueOn
  if (bookedOn === null) throw noDay(cells.one('booked') ?? cells.one('value'))
  const text = cells.all('text').join(' ').replaceAll(/\s+/g, ' ').trim()
  return {
    bookedOn,
    valueOn,
    amount: amountIn(cells, currency),
    currency,
    party: cells.one('party'),
    partyAccount: accountNumber(cells.one('party-account')),
    text: text || null,
    bankRef: reference(cells, 'bank-ref'),
    e2eRef: reference(cells, 'e2e-ref'),
    structuredRef: reference(cells, 'structured-ref')?.replaceAll(/\s/g, '') ?? null,
  }
}
