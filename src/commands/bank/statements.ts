import type { BookingAccount } from '../../import/bookings/writer.ts'
import type { Prepared } from '../../import/prepare.ts'
import type { ImportResult } from '../../import/run.ts'
import { isSameAccount } from '../../domain/firm/same-account.ts'
import { balanceNotes, type StatementHead } from '../../money/bank/balance.ts'

const numberOf = (decimal: string | null): number | null =>
  decimal === null || !Number.isFinite(Number(decimal)) ? null : Number(decimal)

/** The accounts that the first rows of a table name, as statements of which nothing else is known. */
export function rowsOf({
  columns,
  samples,
}: Pick<Prepared, 'columns' | 'samples'>): StatementHead[] {
  const column = columns.find(({ target }) => target.to === 'field' && target.field === 'account')
  const named = column ? samples.map((row) => row[column.index]?.trim() ?? '') : []
  return [...new Set(named.filter((account) => account !== ''))].map((account) => ({
    account,
    currency: null,
    from: null,
    to: null,
    opening: null,
    closing: null,
    bookings: 0,
    pending: 0,
    gap: null,
  }))
}

/** The statements of the account, of those in a file. */
function ownOf(account: BookingAccount, heads: readonly StatementHead[]): StatementHead[] {
  return heads.filter(({ account: one }) => one === null || isSameAccount(one, account))
}

/** What is to be said of the statements in a file: that they are empty, or that their balances do not agree. */
export function statementNotes(
  name: string,
  account: BookingAccount,
  heads: readonly StatementHead[] | undefined,
  { read }: Pick<ImportResult, 'read'>,
): string[] {
  const notes = heads ? balanceNotes(ownOf(account, heads)) : []
  return read === 0 ? [`0 bookings found in ${name}`, ...notes] : notes
}

/** The account and its statements, for programs. */
export function statementCells(
  account: BookingAccount,
  heads: readonly StatementHead[] | undefined,
) {
  return {
    account: account.name,
    statements: ownOf(account, heads ?? []).map((head) => ({
      account: head.account,
      currency: head.currency,
      from: head.from,
      to: head.to,
      opening: numberOf(head.opening),
      closing: numberOf(head.closing),
      bookings: head.bookings,
      pending: head.pending,
      gap: numberOf(head.gap),
    })),
  }
}
