import type { Db } from '../../book/store/db.ts'
import { findSilent } from './clients.ts'
import { findExpected, findStuck } from './deals.ts'
import { type AgendaScope, byDay, type Cause, CAUSES, type Item } from './item.ts'
import { findOwed } from './invoices.ts'
import { findOffered } from './proposals.ts'
import { findTasks } from './tasks.ts'
import { findUnplanned } from './unplanned.ts'

// The words 'open' and NULL are written into the queries: an index on open tasks or deals
// is not used by a query that passes them as parameters.

/** Everything that needs doing, most urgent first, and how much of it there is. */
export interface Agenda {
  items: Item[]
  counts: Record<Cause, number>
}

/** Everything that needs doing by the end of a day, most urgent first. */
export async function loadAgenda(db: Db, scope: AgendaScope): Promise<Agenda> {
  const found = [
    await findTasks(db, scope),
    await findOwed(db, scope),
    await findOffered(db, scope),
    await findExpected(db, scope),
    await findStuck(db, scope),
    await findSilent(db, scope),
    await findUnplanned(db, scope),
  ]
  const counts = Object.fromEntries(CAUSES.map((cause) => [cause, 0])) as Agenda['counts']
  for (const { counts: some } of found) {
    for (const cause of CAUSES) counts[cause] += some[cause] ?? 0
  }
  const all = byDay(found.flatMap(({ items }) => items))
  return { items: CAUSES.flatMap((cause) => all.filter((item) => item.cause === cause)), counts }
}
