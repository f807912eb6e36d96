import { sql } from 'kysely'
import type { Db } from '../book/store/db.ts'
import { referencesTo } from '../book/store/kind.ts'
import { Fault } from '../domain/fault.ts'
import type { Named } from './lookup.ts'
import { projectDeal } from './project-deal.ts'

/**
 * Removes the proposals of a deal that never left the house. Returns how many.
 * @throws Fault `failed` if one of them was sent or decided on: the deal is what it was about.
 */
async function deleteProposals(db: Db, id: number): Promise<number> {
  const known = await db
    .selectFrom('proposals')
    .select(['id', 'number', 'sent_on', 'decided_on'])
    .where('deal_id', '=', id)
    .orderBy('id')
    .execute()
  const out = known.find(({ sent_on: sent, decided_on: decided }) => (sent ?? decided) !== null)
  if (out) {
    throw new Fault(
      'failed',
      `deal ${id} has a proposal, ${out.number}, that the client has seen, and stays with it`,
      `a deal that came to nothing is lost: funnel lose ${id} --reason REASON`,
    )
  }
  for (const { id: proposal } of known) {
    await db
      .updateTable('invoices')
      .set({ proposal_id: null })
      .where('proposal_id', '=', proposal)
      .execute()
    await db.deleteFrom('proposal_lines').where('proposal_id', '=', proposal).execute()
    await db.deleteFrom('proposal_events').where('proposal_id', '=', proposal).execute()
    await db.deleteFrom('proposals').where('id', '=', proposal).execute()
  }
  return known.length
}

/** What is about a deal, and stays with its client when the deal is removed. */
const KEPT = new Set(['interactions', 'invoices'])

/** @throws Fault `failed` if an invoice of a deal was issued: the deal is what it was for. */
async function requireUninvoiced(db: Db, id: number): Promise<void> {
  const issued = await db
    .selectFrom('invoices')
    .select('number')
    .where('deal_id', '=', id)
    .where('number', 'is not', null)
    .executeTakeFirst()
  if (!issued) return
  throw new Fault(
    'failed',
    `deal ${id} has an invoice, ${issued.number}, and stays with it`,
    `a deal that came to nothing is lost: funnel lose ${id} --reason REASON`,
  )
}

/**
 * Removes a deal that was entered by mistake, with its events, its tasks and everything else that is its
 * own; interactions stay with the client.
 * @returns how many rows of each table were removed, and how many interactions and drafts of invoices stay.
 * @throws Fault `failed` if an invoice of it was issued, or a proposal sent.
 */
export async function deleteDeal(db: Db, id: number): Promise<Map<string, number>> {
  await requireUninvoiced(db, id)
  const proposals = await deleteProposals(db, id)
  const counts = new Map<string, number>()
  for (const { table, column } of await referencesTo(db, 'deals')) {
    const [name, deal] = [sql.table(table), sql.ref(column)]
    const query = KEPT.has(table)
      ? sql`UPDATE ${name} SET ${deal} = NULL WHERE ${deal} = ${id}`
      : sql`DELETE FROM ${name} WHERE ${deal} = ${id}`
    const { numAffectedRows } = await query.execute(db)
    counts.set(table, Number(numAffectedRows ?? 0))
  }
  counts.set('proposals', proposals)
  await db.deleteFrom('deals').where('id', '=', id).execute()
  return counts
}

/** Corrects why a deal was lost. @throws Fault `failed` if it is not lost. */
export async function correctReason(
  db: Db,
  { id, name }: Named,
  reason: number | null,
): Promise<void> {
  const deal = await db
    .selectFrom('deals')
    .select('status')
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  if (deal.status !== 'lost') {
    const hint = `a deal is lost with its reason: funnel lose ${id} --reason REASON`
    throw new Fault('failed', `deal ${id} (${name}) is ${deal.status}, not lost`, hint)
  }
  const lost = await db
    .selectFrom('events')
    .select('id')
    .where('deal_id', '=', id)
    .where('kind', '=', 'lost')
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .executeTakeFirstOrThrow()
  await db.updateTable('events').set({ reason_id: reason }).where('id', '=', lost.id).execute()
  await projectDeal(db, id)
}
