import type { Db } from '../../book/store/db.ts'
import {
  above,
  type Entry,
  type Posting,
  posting,
  reversed,
  salePostings,
  settlementPostings,
} from '../../domain/journal/entry.ts'
import type { Role } from '../../domain/journal/accounts.ts'
import type { Currency, Money } from '../../domain/money.ts'
import type { Period } from '../../domain/period.ts'
import { worthIn } from '../../reports/receivables/worth.ts'
import { PAGE } from '../paged.ts'
import { discountTaxes, type TaxBack } from './discounts.ts'
import {
  type IssuedRow,
  issuedRows,
  type Origin,
  originPages,
  type PaidRow,
  paidRows,
  type SettledRow,
  settledRows,
  type SideRow,
  type Worth,
} from './load.ts'

function issueEntry(row: IssuedRow, day: Entry['day'], worth: Worth): Entry | null {
  const own = (minor: Money): number | null => worth(minor, row.currency, row.rate)
  const gross = own(row.gross)
  if (gross === null) return null
  const taxes = row.taxes.map(({ rate, category, base, tax }) => ({
    tax: { rate, category },
    base: own(base) ?? 0,
    amount: own(tax) ?? 0,
  }))
  const whole = [{ tax: null, base: own(row.net) ?? 0, amount: own(row.tax) ?? 0 }]
  const isCredit = row.kind === 'credit'
  return {
    uid: `${row.kind}-${row.id}`,
    day,
    clientId: row.client_id,
    document: row.number,
    dueOn: isCredit ? null : row.due_on,
    text: row.text ?? (isCredit ? 'Credit note' : 'Invoice'),
    postings: salePostings(
      row.client_id,
      gross,
      taxes.length > 0 ? taxes : whole,
      isCredit ? -1 : 1,
    ),
  }
}

function voidEntry(row: IssuedRow, day: Entry['day'], worth: Worth): Entry | null {
  const issued = issueEntry(row, day, worth)
  return (
    issued && {
      ...issued,
      uid: `void-${row.id}`,
      dueOn: null,
      text: 'Voided',
      postings: reversed(issued),
    }
  )
}

function paymentEntry(row: PaidRow, day: Entry['day'], worth: Worth): Entry | null {
  const amount = worth(row.amount, row.currency, row.rate)
  if (amount === null) return null
  const isRefund = row.kind === 'refund'
  const what = isRefund ? 'Refund' : 'Payment'
  const sign = isRefund ? -1 : 1
  const account = row.bank_account_id
  return {
    uid: `payment-${row.id}`,
    day,
    clientId: row.client_id,
    document: null,
    dueOn: null,
    text: row.note ?? (row.settles === null ? what : `${what} of ${row.settles}`),
    postings: [
      posting(account === null ? 'cash' : 'bank', account, sign * amount),
      posting('receivable', row.client_id, -sign * amount),
    ],
  }
}

const WITHOUT_MONEY: Partial<Record<string, { role: Role; text: string }>> = {
  'write-off': { role: 'write-off', text: 'Write-off' },
  discount: { role: 'discount', text: 'Discount' },
  fee: { role: 'fee', text: 'Fee' },
}

/**
 * What an allocation takes from one of its sides: the worth of what was left less that of what is left, so that all of
 * them add up to the worth of the whole.
 */
function taken(
  amount: Money,
  { rate, left }: SideRow,
  currency: string,
  worth: Worth,
): number | null {
  const before = worth(left, currency, rate)
  const after = worth((left - amount) as Money, currency, rate)
  return before === null || after === null ? null : before - after
}

/** What settles an invoice without money; a discount takes back its share of the taxes. */
function withoutMoney(role: Role, clientId: number, worth: number, back: readonly TaxBack[]) {
  const tax = back.reduce((sum, { amount }) => sum + amount, 0)
  return above([
    posting(role, null, worth - tax),
    ...back.map((one): Posting => ({ role: 'tax', of: null, ...one })),
    posting('receivable', clientId, -worth),
  ])
}

function settlementEntry(
  row: SettledRow,
  day: Entry['day'],
  worth: Worth,
  back: readonly TaxBack[],
): Entry | null {
  const { amount, currency, from, to } = row
  const own = taken(amount, to, currency, worth)
  const instead = WITHOUT_MONEY[row.kind ?? '']
  // What settles without money is worth what it settles.
  const other = instead ? own : taken(amount, from, currency, worth)
  if (own === null || other === null) return null
  const postings = instead
    ? withoutMoney(instead.role, to.client_id, own, back)
    : settlementPostings(
        { clientId: to.client_id, worth: own },
        { clientId: from.client_id, worth: other },
      )
  const text = to.client_id === from.client_id ? 'Exchange difference' : 'Paid by another client'
  return {
    uid: `settled-${row.id}`,
    day,
    clientId: to.client_id,
    document: row.number,
    dueOn: null,
    text: instead ? (row.note ?? `${instead.text} on ${row.number}`) : text,
    postings,
  }
}

/** The entries of a journal, by day, and how many could not be made as their exchange rate is not known. */
export interface JournalEntries {
  entries: () => AsyncGenerator<Entry>
  unrated: () => number
}

async function entriesOf(db: Db, page: readonly Origin[], worth: Worth): Promise<(Entry | null)[]> {
  const idsOf = (...of: Origin['of'][]): number[] =>
    page.filter((origin) => of.includes(origin.of)).map(({ id }) => id)
  const byId = <T extends { id: number }>(rows: T[]): Map<number, T> =>
    new Map(rows.map((row) => [row.id, row]))
  const issued = byId(await issuedRows(db, idsOf('issue', 'void')))
  const paid = byId(await paidRows(db, idsOf('payment')))
  const settlements = await settledRows(db, idsOf('allocation'))
  const settled = byId(settlements)
  const backs = await discountTaxes(db, settlements, worth)
  const makeOne = <T>(row: T | undefined, make: (row: T) => Entry | null): Entry | null =>
    row === undefined ? null : make(row)
  return page.map(({ of, id, day }) => {
    switch (of) {
      case 'issue':
        return makeOne(issued.get(id), (row) => issueEntry(row, day, worth))
      case 'void':
        return makeOne(issued.get(id), (row) => voidEntry(row, day, worth))
      case 'payment':
        return makeOne(paid.get(id), (row) => paymentEntry(row, day, worth))
      case 'allocation':
        return makeOne(settled.get(id), (row) =>
          settlementEntry(row, day, worth, row.kind === 'discount' ? (backs.get(id) ?? []) : []),
        )
    }
  })
}

/**
 * Every entry that follows from invoices and payments, in the book's currency, a page of the book at a time. What is
 * posted to a client's receivable is its balance in `report receivables`.
 */
export function journalEntries(db: Db, book: Currency, period?: Period): JournalEntries {
  const worth: Worth = (minor, currency, rate) => worthIn(book, minor, currency, rate)
  let unrated = 0
  async function* entries(): AsyncGenerator<Entry> {
    unrated = 0
    for await (const origins of originPages(db, book.code, period)) {
      for (let start = 0; start < origins.length; start += PAGE) {
        for (const entry of await entriesOf(db, origins.slice(start, start + PAGE), worth)) {
          if (entry === null) unrated += 1
          else if (entry.postings.length > 0) yield entry
        }
      }
    }
  }
  return { entries, unrated: () => unrated }
}
