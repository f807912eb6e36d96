import type { Db } from '../book/store/db.ts'
import type { Day } from '../domain/day.ts'
import { type Currency, currencyDigits, toDecimal } from '../domain/money.ts'
import type { Cell, Column, LongTable } from '../domain/table.ts'
import { listProposals } from '../money/proposals/list.ts'
import type { Wanted } from './wanted.ts'

const COLUMNS: Column[] = [
  { key: 'number', label: 'Number', type: 'text' },
  { key: 'version', label: 'Version', type: 'count' },
  { key: 'status', label: 'Status', type: 'text' },
  { key: 'client', label: 'Client', type: 'text' },
  { key: 'client_id', label: 'Client no.', type: 'count' },
  { key: 'deal', label: 'Deal', type: 'text' },
  { key: 'deal_id', label: 'Deal no.', type: 'count' },
  { key: 'owner', label: 'Owner', type: 'text' },
  { key: 'made_on', label: 'Made', type: 'day' },
  { key: 'sent_on', label: 'Sent', type: 'day' },
  { key: 'valid_until', label: 'Valid until', type: 'day' },
  { key: 'decided_on', label: 'Decided', type: 'day' },
  { key: 'net', label: 'Net', type: 'number' },
  { key: 'tax', label: 'Tax', type: 'number' },
  { key: 'gross', label: 'Gross', type: 'number' },
  { key: 'full_net', label: 'Net without discounts', type: 'number' },
  { key: 'accepted_net', label: 'Net accepted', type: 'number' },
  { key: 'accepted_tax', label: 'Tax accepted', type: 'number' },
  { key: 'accepted_gross', label: 'Gross accepted', type: 'number' },
  { key: 'currency', label: 'Currency', type: 'text' },
  { key: 'language', label: 'Language', type: 'text' },
  { key: 'note', label: 'Note', type: 'text' },
]

const AMOUNTS = [
  'net',
  'tax',
  'gross',
  'full_net',
  'accepted_net',
  'accepted_tax',
  'accepted_gross',
] as const

/** Every version of every proposal as a table, as of a day, each in its own currency; the first made comes first. */
export function proposalTable(
  db: Db,
  book: Currency,
  { period, clients }: Wanted,
  on: Day,
): LongTable {
  async function* rows(): AsyncGenerator<Cell[]> {
    const all = await listProposals(db, { period, clients, all: true }, on)
    for (const proposal of all.toReversed()) {
      const { currency: code } = proposal
      const currency = code === book.code ? book : { code, digits: currencyDigits(code) }
      const cells: Record<string, Cell> = { ...proposal }
      for (const key of AMOUNTS) {
        const minor = proposal[key]
        cells[key] = minor === null ? null : toDecimal(minor, currency)
      }
      yield COLUMNS.map(({ key }) => cells[key] ?? null)
    }
  }
  return { name: 'proposals', columns: COLUMNS, currency: null, rows: rows() }
}
