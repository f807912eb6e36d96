import { quoted } from '../../domain/plain-text.ts'
import type { Statement } from './statement.ts'
import { decimalText, exactly } from './texts.ts'

/** What of a statement is said without its bookings. */
export interface StatementHead {
  account: string | null
  currency: string | null
  /** The first and the last day of its bookings, or of its balances. */
  from: string | null
  to: string | null
  opening: string | null
  closing: string | null
  /** How many, without those that are only announced. */
  bookings: number
  pending: number
  /** closing − opening − bookings: above zero, money came in that is not in the file. Null where it is not known. */
  gap: string | null
}

/**
 * What a statement comes to. gap = closing − opening − Σ bookings.
 * @example opening 100.00, bookings 50.00 and −20.00, closing 135.00: the gap is 5.00.
 */
export function headOf({
  account,
  currency,
  opening,
  closing,
  bookings,
}: Statement): StatementHead {
  const booked = bookings.filter(({ isPending }) => !isPending)
  const days = booked.flatMap(({ booked: day }) => day ?? []).toSorted()
  const [start, end] = [exactly(opening?.amount ?? null), exactly(closing?.amount ?? null)]
  const sum = booked.reduce((so, { amount }) => so + (exactly(amount) ?? 0n), 0n)
  return {
    account,
    currency: currency ?? bookings[0]?.currency ?? null,
    from: days[0] ?? opening?.day ?? null,
    to: days.at(-1) ?? closing?.day ?? null,
    opening: opening?.amount ?? null,
    closing: closing?.amount ?? null,
    bookings: booked.length,
    pending: bookings.length - booked.length,
    gap: start === null || end === null ? null : decimalText(end - start - sum),
  }
}

function isZero(decimal: string | null): boolean {
  return decimal === null || !/[1-9]/.test(decimal)
}

/** Names a statement among several by its place. */
function called(index: number, of: number): string {
  return of === 1 ? 'the statement' : `statement ${index + 1}`
}

/** Which balances do not follow from the bookings, and which statements do not follow one another. */
export function balanceNotes(heads: readonly StatementHead[]): string[] {
  const notes = heads.flatMap(({ opening, closing, gap }, index) => {
    if (isZero(gap)) return []
    return [
      `the balances of ${called(index, heads.length)} do not agree: it begins with ${opening} and ends with ` +
        `${closing}, which its bookings miss by ${gap} (the file may lack some)`,
    ]
  })
  heads.forEach(({ account, opening }, index) => {
    const before = heads.slice(0, index).findLast((head) => head.account === account)
    if (before?.closing == null || opening === null || before.closing === opening) return
    if (exactly(before.closing) === exactly(opening)) return
    notes.push(
      `statement ${index + 1}${account === null ? '' : ` of ${quoted(account)}`} begins with ${opening}, but the one ` +
        `before it ended with ${before.closing} (bookings between them are missing)`,
    )
  })
  return notes
}
