import type { Db } from '../book/store/db.ts'
import { currencyDigits, toDecimal } from '../domain/money.ts'
import type { Cell, LongTable } from '../domain/table.ts'
import type { Period } from '../domain/period.ts'
import { ownColumns } from './deals.ts'
import { PAGE, paged } from './paged.ts'
import { inPeriod } from './period.ts'

/** Which bookings are exported. */
export interface WantedBookings {
  accountId?: number | null
  period?: Period | undefined
}

function nextBookings(db: Db, after: number, { accountId, period }: WantedBookings) {
  const rows = db
    .selectFrom('bank_lines as b')
    .innerJoin('bank_accounts as a', 'a.id', 'b.bank_account_id')
    .select([
      'b.id as id',
      'b.booked_on as booked',
      'b.value_on as value',
      'b.amount as minor',
      'b.currency as currency',
      'b.party as party',
      'b.party_account as party-account',
      'b.text as text',
      'b.bank_ref as bank-ref',
      'b.e2e_ref as e2e-ref',
      'b.structured_ref as structured-ref',
      'a.iban as iban',
      'a.number as number',
    ])
    .where('b.id', '>', after)
    .where(inPeriod('b.booked_on', period))
    .orderBy('b.id')
    .limit(PAGE)
  return (accountId == null ? rows : rows.where('b.bank_account_id', '=', accountId)).execute()
}

/** Bookings of bank accounts in the order in which they came in, each with the number of its account. */
export function bookingTable(db: Db, wanted: WantedBookings = {}): LongTable {
  const columns = ownColumns('bookings').map((column) =>
    column.key === 'amount' ? { ...column, type: 'number' as const, digits: 2 } : column,
  )
  async function* rows(): AsyncGenerator<Cell[]> {
    for await (const row of paged((after) => nextBookings(db, after, wanted))) {
      const digits = currencyDigits(row.currency)
      const cells: Record<string, Cell> = {
        ...row,
        amount: toDecimal(row.minor, { code: row.currency, digits }),
        account: row.iban ?? row.number,
      }
      yield columns.map(({ key }) => cells[key] ?? null)
    }
  }
  return { name: 'bookings', columns, currency: null, rows: rows() }
}
