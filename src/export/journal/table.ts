import type { Entry, Posting } from '../../domain/journal/entry.ts'
import { percentText } from '../../domain/lines/scaled.ts'
import type { Currency } from '../../domain/money.ts'
import type { Cell, Column, LongTable } from '../../domain/table.ts'

const COLUMNS: Column[] = [
  { key: 'on', label: 'Day', type: 'day' },
  { key: 'document', label: 'Document', type: 'text' },
  { key: 'client', label: 'Client', type: 'text' },
  { key: 'text', label: 'Text', type: 'text' },
  { key: 'account', label: 'Account', type: 'text' },
  { key: 'debit', label: 'Debit', type: 'money' },
  { key: 'credit', label: 'Credit', type: 'money' },
  { key: 'tax-rate', label: 'Tax rate', type: 'text' },
  { key: 'tax-category', label: 'Tax category', type: 'text' },
  { key: 'due', label: 'Due', type: 'day' },
  { key: 'client-no', label: 'Client no.', type: 'count' },
  { key: 'uid', label: 'Id', type: 'text' },
]

/** The postings of a journal as a table, a row each: an amount is a debit or a credit. */
export function journalTable(
  entries: () => AsyncIterable<Entry>,
  currency: Currency,
  { client, account }: { client: (id: number) => string; account: (posting: Posting) => string },
): LongTable {
  async function* rows(): AsyncGenerator<Cell[]> {
    for await (const { day, document, clientId, text, dueOn, uid, postings } of entries()) {
      for (const one of postings) {
        const { amount, tax } = one
        yield [
          day,
          document,
          client(clientId),
          text,
          account(one),
          amount > 0 ? amount : null,
          amount < 0 ? -amount : null,
          tax && percentText(tax.rate),
          tax && tax.category,
          dueOn,
          clientId,
          uid,
        ]
      }
    }
  }
  return { name: 'journal', columns: COLUMNS, currency, rows: rows() }
}
