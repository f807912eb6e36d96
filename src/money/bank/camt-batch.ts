import { blankBooking, type Booking } from './statement.ts'
import { decimalOf, exactly, given, negated } from './texts.ts'
import { allInside, inside, textInside, type XmlElement } from '../xml.ts'

/** What a booking says of itself, before its payments are looked at. */
export type WholeEntry = Pick<
  Booking,
  'booked' | 'value' | 'amount' | 'currency' | 'bankRef' | 'isPending' | 'problem'
>

/** A cell holds no more; what a bank adds beyond that says nothing to a person. */
const LONGEST_TEXT = 4000

function joined(texts: readonly (string | null)[]): string | null {
  const parts = texts.flatMap((text) => given(text) ?? [])
  return given([...new Set(parts)].join(' '))?.slice(0, LONGEST_TEXT) ?? null
}

const textsOf = (element: XmlElement | undefined, name: string): string[] =>
  allInside(element, name).map(({ text }) => text)

/** What was written to the receiver; where nothing was, what the bank says. */
function remittance(payment: XmlElement | undefined, entry: XmlElement): string | null {
  const info = inside(payment, 'RmtInf')
  const added = allInside(info, 'Strd').flatMap((one) => textsOf(one, 'AddtlRmtInf'))
  return (
    joined([...textsOf(info, 'Ustrd'), ...added]) ??
    given(textInside(payment, 'AddtlTxInf')) ??
    given(textInside(entry, 'AddtlNtryInf'))
  )
}

/** The other side: of money that came in the debtor, of money that went out the creditor, whichever is given. */
function partyOf(
  payment: XmlElement | undefined,
  isIn: boolean,
): Pick<Booking, 'party' | 'partyAccount'> {
  const parties = inside(payment, 'RltdPties')
  const sides = isIn ? ['Dbtr', 'Cdtr'] : ['Cdtr', 'Dbtr']
  for (const side of sides) {
    const party = textInside(
      parties,
      `${side}>Nm`,
      `${side}>Pty>Nm`,
      `Ultmt${side}>Nm`,
      `Ultmt${side}>Pty>Nm`,
    )
    const partyAccount = textInside(parties, `${side}Acct>Id>IBAN`, `${side}Acct>Id>Othr>Id`)
    if (party !== null || partyAccount !== null) return { party, partyAccount }
  }
  return { party: null, partyAccount: null }
}

/** The amount of one payment in the currency of its booking; null if it is not given. */
function amountOf(payment: XmlElement, { amount, currency }: WholeEntry): string | null {
  const own = [
    inside(payment, 'Amt'),
    inside(payment, 'AmtDtls', 'TxAmt', 'Amt'),
    inside(payment, 'AmtDtls', 'InstdAmt', 'Amt'),
  ].find((found) => found && (found.attributes.Ccy ?? currency) === currency)
  if (!own) return null
  const isOut = (amount ?? '').startsWith('-')
  const side = textInside(payment, 'CdtDbtInd') ?? (isOut ? 'DBIT' : 'CRDT')
  const decimal = decimalOf(own.text)
  return side === 'DBIT' ? negated(decimal) : decimal
}

function bookingOf(payment: XmlElement | undefined, entry: XmlElement, whole: WholeEntry): Booking {
  return {
    ...blankBooking(),
    ...whole,
    ...partyOf(payment, !(whole.amount ?? '').startsWith('-')),
    text: remittance(payment, entry),
    bankRef: whole.bankRef ?? textInside(payment, 'Refs>AcctSvcrRef'),
    e2eRef: given(textInside(payment, 'Refs>EndToEndId')),
    structuredRef: given(textInside(payment, 'RmtInf>Strd>CdtrRefInf>Ref')),
  }
}

function doAddUp(amounts: readonly (string | null)[], whole: string | null): boolean {
  let sum = 0n
  for (const amount of amounts) {
    const exact = exactly(amount)
    if (exact === null) return false
    sum += exact
  }
  return sum === exactly(whole)
}

/**
 * The payments of a booking as bookings of their own, if there are several and their amounts add up to it; else the
 * booking as a whole.
 * @returns also how many payments it has.
 * @example 10,470.00 of two payments of 9,280.00 and 1,190.00 are two bookings; of 9,280.00 and 1,000.00, one.
 */
export function batchParts(
  entry: XmlElement,
  whole: WholeEntry,
): { bookings: Booking[]; parts: number } {
  const payments = allInside(entry, 'NtryDtls').flatMap((details) => allInside(details, 'TxDtls'))
  const stated = Number(textInside(entry, 'NtryDtls>Btch>NbOfTxs') ?? 0)
  const parts = Math.max(payments.length, Number.isFinite(stated) ? stated : 0)
  const [only] = payments
  if (payments.length < 2) return { bookings: [bookingOf(only, entry, whole)], parts }
  const amounts = payments.map((payment) => amountOf(payment, whole))
  if (!doAddUp(amounts, whole.amount)) {
    const texts = payments.map((payment) => remittance(payment, entry))
    const booking = { ...blankBooking(), ...whole, text: joined(texts) }
    return { bookings: [booking], parts }
  }
  const bookings = payments.map((payment, index) => {
    const ref = textInside(payment, 'Refs>AcctSvcrRef') ?? whole.bankRef
    return bookingOf(payment, entry, { ...whole, amount: amounts[index] ?? null, bankRef: ref })
  })
  return { bookings, parts }
}
