import { sql } from 'kysely'
import { isAssigned } from '../../book/unassigned.ts'
import { bookCurrency } from '../../book/locale.ts'
import type { Db } from '../../book/store/db.ts'
import type { Day } from '../../domain/day.ts'
import { currencyDigits, formatMoney } from '../../domain/money.ts'
import type { AgendaScope, Found, Item } from './item.ts'

interface Owed {
  number: string
  by: Day
  open: number
  currency: string
  clientId: number
  client: string
  owner: string | null
  all: number
}

/** The last word on whether an invoice `i` is on hold. */
const isHeld = (today: Day) => sql`EXISTS (
  SELECT 1 FROM invoice_events AS h WHERE h.id = (
    SELECT l.id FROM invoice_events AS l
    WHERE l.invoice_id = i.id AND l.kind IN ('held', 'released') AND l.at <= ${today}
    ORDER BY l.at DESC, l.id DESC LIMIT 1)
  AND h.kind = 'held' AND (h.until IS NULL OR h.until >= ${today}))`

/** Invoices that are late, but for those on hold. An owner’s are those that the owner answers for. */
export async function findOwed(
  db: Db,
  { today, ownerId, clients, limit }: AgendaScope,
): Promise<Found> {
  const own = sql.join(
    [
      ...(ownerId === null ? [] : [sql`AND ${isAssigned('i.owner_id', ownerId)}`]),
      ...(clients
        ? [sql`AND i.client_id IN (SELECT c.id FROM clients AS c WHERE ${clients.test('c')})`]
        : []),
    ],
    sql` `,
  )
  const { rows } = await sql<Owed>`
    SELECT i.number, i.due_on AS "by", i.currency, i.client_id AS "clientId", c.name AS client, o.name AS owner,
      i.gross - coalesce((SELECT sum(a.amount) FROM allocations AS a WHERE a.invoice_id = i.id), 0) AS open,
      count(*) OVER () AS "all"
    FROM invoices AS i JOIN clients AS c ON c.id = i.client_id LEFT JOIN owners AS o ON o.id = i.owner_id
    WHERE i.due_on IS NOT NULL AND i.settled_on IS NULL AND i.voided_on IS NULL
      AND i.kind = 'invoice' AND i.due_on < ${today} AND NOT ${isHeld(today)} ${own}
    ORDER BY i.due_on, i.id LIMIT ${limit}`.execute(db)
  if (rows.length === 0) return { items: [], counts: {} }
  const { marks } = await bookCurrency(db)
  const items = rows.map(({ number, by, open, currency, clientId, client, owner }): Item => {
    const sum = formatMoney(
      open,
      { code: currency, digits: currencyDigits(currency), ...(marks ? { marks } : {}) },
      true,
    )
    return {
      cause: 'owed',
      key: `invoice-${number}`,
      by,
      text: `${sum} ${currency} open of ${number}, due ${by}`,
      client,
      clientId,
      deal: null,
      dealId: null,
      task: null,
      owner,
      command: `invoice show ${number}`,
    }
  })
  return { items, counts: { owed: rows[0]?.all ?? 0 } }
}
