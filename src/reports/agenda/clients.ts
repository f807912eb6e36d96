import type { Db } from '../../book/store/db.ts'
import { type Day, daysBetween } from '../../domain/day.ts'
import { countLateClients, lateClients } from '../standards/load.ts'
import { type AgendaScope, comingBy, countsOf, endOf, type Found, type Item } from './item.ts'

/** Clients over their contact standard, or reaching it by then. */
export async function findSilent(db: Db, scope: AgendaScope): Promise<Found> {
  const { today, ownerId, clients: chosen, limit } = scope
  const before = endOf(scope)
  const clients = await lateClients(
    db,
    today,
    { asOf: today, ownerId, clients: chosen, before },
    limit,
  )
  const items = clients.map((client): Item => ({
    cause: client.by < today ? 'silent' : 'coming',
    key: `client-${client.id}-contact`,
    by: client.by,
    text:
      (client.lastOn === null
        ? 'no contact yet'
        : `no contact for ${daysBetween(client.lastOn, today)} days`) +
      `, standard ${client.rating}: ${client.standard}`,
    client: client.name,
    clientId: client.id,
    deal: null,
    dealId: null,
    task: null,
    owner: client.owner,
    command: `log call ${client.id}`,
  }))
  const count = (day: Day): Promise<number> =>
    countLateClients(db, today, { asOf: today, ownerId, clients: chosen, before: day })
  const counts = await countsOf(items, [['silent', today], ...comingBy(scope)], scope, count)
  return { items, counts }
}
