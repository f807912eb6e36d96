import { sql } from 'kysely'
import type { Db } from '../book/store/db.ts'
import { Fault } from '../domain/fault.ts'
import type { ClientTest } from './choose/index.ts'
import { editDeal } from './deals.ts'
import type { Named } from './lookup.ts'
import type { Moment } from './moment.ts'
import { requireActive } from './retired.ts'

/** How much went from one owner to another. */
export interface HandedOver {
  clients: number
  deals: number
  tasks: number
}

/**
 * Gives what one owner is still to do to another: clients, open deals and open tasks. What is closed stays
 * with whoever closed it.
 * @param test only of these clients, with what is about them.
 * @throws Fault `usage` if both are one, or `to` is retired.
 */
export async function handOver(
  db: Db,
  from: Named,
  to: Named,
  test: ClientTest | undefined,
  moment: Moment,
): Promise<HandedOver> {
  if (from.id === to.id) {
    throw new Fault(
      'usage',
      `${from.name} cannot hand over to themselves`,
      'see: funnel owner list',
    )
  }
  await requireActive(db, 'owner', to.id, 'name another with --to')
  const chosen = (column: string) =>
    test === undefined
      ? sql<boolean>`true`
      : sql<boolean>`${sql.ref(column)} IN (SELECT c.id FROM clients AS c WHERE ${test('c')})`
  // Chosen before anything is changed, as a condition may be about the owner.
  const deals = await db
    .selectFrom('deals')
    .select('id')
    .where('owner_id', '=', from.id)
    .where('closed_on', 'is', null)
    .where(chosen('client_id'))
    .execute()
  const tasks = await db
    .selectFrom('tasks as t')
    .leftJoin('deals as d', 'd.id', 't.deal_id')
    .select('t.id')
    .where('t.owner_id', '=', from.id)
    .where('t.status', '=', 'open')
    .where((of) => of.or([chosen('t.client_id'), chosen('d.client_id')]))
    .execute()
  const clients = await db
    .selectFrom('clients')
    .select('id')
    .where('owner_id', '=', from.id)
    .where(chosen('id'))
    .execute()
  for (const { id } of deals) await editDeal(db, id, { ownerId: to.id }, moment)
  const give = async (table: 'tasks' | 'clients', rows: { id: number }[]): Promise<void> => {
    for (const { id } of rows) {
      await db.updateTable(table).set({ owner_id: to.id }).where('id', '=', id).execute()
    }
  }
  await give('tasks', tasks)
  await give('clients', clients)
  return { clients: clients.length, deals: deals.length, tasks: tasks.length }
}
