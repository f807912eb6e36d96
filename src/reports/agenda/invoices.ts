import { sql } from 'kysely'
import { bookCurrency } from '../../book/locale.ts'
import { promisesOn, type StandingPromise } from '../../book/promises.ts'
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
  const isUnpaid = sql<boolean>`i.settled_on IS NULL`
  const promises = new Map(
    (await promisesOn(db, today, [isUnpaid, ...tests]))
      .filter(({ status }) => status === 'open' || status === 'broken')
      .map((promise) => [promise.number, promise]),
  )
  if (late.length === 0 && promises.size === 0) return { items: [], counts: {} }
  const { marks } = await bookCurrency(db)
  const money = (minor: number, code: string): string => {
    const currency = { code, digits: currencyDigits(code), ...(marks ? { marks } : {}) }
    return `${formatMoney(minor, currency, true)} ${code}`
  }
  const item = (
    number: string,
    rest: Pick<Item, 'by' | 'text' | 'client' | 'clientId' | 'owner'>,
  ): Item => ({
    cause: 'owed',
    key: `invoice-${number}`,
    deal: null,
    dealId: null,
    task: null,
    command: `invoice show ${number}`,
    ...rest,
  })
  const items = late.map(({ number, due_on: by, open, currency, client_id: clientId, ...who }) => {
    const { client, owner } = who
    const text = `${money(open, currency)} open of ${number}, due ${by}${promiseText(promises.get(number))}`
    promises.delete(number)
    return item(number, { by, text, client, clientId, owner })
  })
  // What was promised before it is due, and has not come.
  const early = isCut(late, limit)
    ? []
    : [...promises.values()]
        .filter(({ status }) => status === 'broken')
        .map(({ number, for_day: by, missing, currency, client_id: clientId, client, owner }) => {
          const text = `${money(missing, currency)} of ${number} promised for ${by} and not paid`
          return item(number, { by, text, client, clientId, owner })
        })
  return { items: [...items, ...early], counts: { owed: (late[0]?.all ?? 0) + early.length } }
}

/** Are there more late invoices than were asked for? What is promised then belongs to them, as far as is known. */
const isCut = (late: readonly { all: number }[], limit: number): boolean =>
  (late[0]?.all ?? 0) > Math.min(limit, late.length)

function promiseText(promise: StandingPromise | undefined): string {
  if (!promise) return ''
  return `, promised for ${promise.for_day}${promise.status === 'broken' ? ' and not paid' : ''}`
}
