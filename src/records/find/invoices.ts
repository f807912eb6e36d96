import { sql } from 'kysely'
import type { Db } from '../../book/store/db.ts'
import { contains } from '../../book/store/sql.ts'
import type { Day } from '../../domain/day.ts'
import { nameKey } from '../../domain/name.ts'
import { judge, type Judged } from './judge.ts'
import type { RecordTexts } from './texts.ts'

/** How many invoices are looked at, the latest first. */
const MOST = 200

/** Words that may be of a number: they hold a digit. */
const numeric = (words: readonly string[]): string[] => words.filter((word) => /\d/.test(word))

/**
 * Invoices and credit notes whose numbers, or the numbers of their orders, hold a word; the other words are of the
 * client or the deal.
 * @param isWanted is a record one of those that are searched?
 */
export async function lookInInvoices(
  db: Db,
  words: readonly string[],
  isWanted: (record: RecordTexts) => boolean,
): Promise<Judged[]> {
  const numbers = numeric(words)
  if (numbers.length === 0) return []
  const tests = numbers.flatMap((word) =>
    [sql.ref('i.number_key'), sql`lower(i.order_ref)`].map((text) => contains(text, nameKey(word))),
  )
  const { rows } = await sql<{
    id: number
    number: string
    order_ref: string | null
    client_id: number
    client: string
    deal: string | null
    issued_on: Day
  }>`
    SELECT i.id, i.number, i.order_ref, i.client_id, c.name AS client, d.title AS deal, i.issued_on
    FROM invoices AS i JOIN clients AS c ON c.id = i.client_id LEFT JOIN deals AS d ON d.id = i.deal_id
    WHERE i.number IS NOT NULL AND (${sql.join(tests, sql` OR `)})
    ORDER BY i.id DESC LIMIT ${MOST}`.execute(db)
  return rows
    .map(({ id, number, order_ref: order, client_id: clientId, client, deal, issued_on: day }) => {
      const record: RecordTexts = {
        kind: 'invoice',
        id,
        clientId,
        client,
        day,
        fields: [
          { field: 'number', text: number, rank: 0 },
          ...(order === null ? [] : [{ field: 'order', text: order, rank: 1 as const }]),
          ...(deal === null ? [] : [{ field: 'deal', text: deal, rank: 2 as const }]),
          { field: 'client', text: client, rank: 2 },
        ],
      }
      return record
    })
    .filter(isWanted)
    .flatMap((record) => judge(record, words) ?? [])
}
