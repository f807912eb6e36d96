import { sql } from 'kysely'
import { bookCurrency } from '../../book/locale.ts'
import type { Db } from '../../book/store/db.ts'
import { isAssigned } from '../../book/unassigned.ts'
import { currencyDigits, formatMoney } from '../../domain/money.ts'
import { lateInvoices } from '../receivables/late.ts'
import type { AgendaScope, Found, Item } from './item.ts'

/** Invoices that are late, but for those on hold. An owner’s are those that the owner answers for. */
export async function findOwed(
  db: Db,
  { today, ownerId, clients, limit }: AgendaScope,
): Promise<Found> {
  const tests = [
    ...(ownerId === null ? [] : [isAssigned('i.owner_id', ownerId)]),
    ...(clients
      ? [sql<boolean>`i.client_id IN (SELECT c.id FROM clients AS c WHERE ${clients.test('c')})`]
      : []),
  ]
  const late = await lateInvoices(db, today, tests, limit)
  if (late.length === 0) return { items: [], counts: {} }
  const { marks } = await bookCurrency(db)
  const items = late.map(
    ({ number, due_on: by, open, currency: code, client_id: clientId, client, owner }): Item => {
      const currency = { code, digits: currencyDigits(code), ...(marks ? { marks } : {}) }
      return {
        cause: 'owed',
        key: `invoice-${number}`,
        by,
        text: `${formatMoney(open, currency, true)} ${code} open of ${number}, due ${by}`,
        client,
        clientId,
        deal: null,
        dealId: null,
        task: null,
        owner,
        command: `invoice show ${number}`,
      }
    },
  )
  return { items, counts: { owed: late[0]?.all ?? 0 } }
}
