import type { Db } from '../../book/store/db.ts'
import { Fault } from '../../domain/fault.ts'
import { clientDefaults } from '../../records/clients.ts'
import { dealDefaults } from '../../records/deals.ts'
import { find, findId } from '../../records/lookup.ts'
import { findDeal } from '../../records/lookup/deal.ts'
import type { FoundTask, TaskEdit } from '../../records/tasks.ts'

function bothNamed(): Fault {
  const hint = 'a deal names its client'
  return new Fault('usage', '--deal and --client cannot be used together', hint)
}

/** What the task is about: a deal is about its client too, and its owner is the usual one. */
export async function about(
  db: Db,
  client: string | undefined,
  deal: string | undefined,
): Promise<{ clientId: number | null; dealId: number | null; ownerId: number | null }> {
  if (deal !== undefined) {
    if (client !== undefined) throw bothNamed()
    const { id } = await findDeal(db, deal, { wanted: 'open' })
    return { ...(await dealDefaults(db, id)), dealId: id }
  }
  const clientId = await findId(db, 'client', client)
  const { ownerId } = clientId === null ? { ownerId: null } : await clientDefaults(db, clientId)
  return { clientId, dealId: null, ownerId }
}

/**
 * What a task is about instead: another client, without the deal unless that is its own; a deal and its client; or
 * neither. Null takes the client or the deal away, and what is left out stays.
 * @throws Fault `failed` if it is the task of a stage, which comes and goes with its deal.
 */
export async function movedSubject(
  db: Db,
  { id, text, dealId, stageId }: FoundTask,
  client: string | null | undefined,
  deal: string | null | undefined,
): Promise<Pick<TaskEdit, 'clientId' | 'dealId'>> {
  if (client === undefined && deal === undefined) return {}
  if (stageId !== null) {
    throw new Fault('failed', `task ${id} (${text}) belongs to the stage of its deal`)
  }
  if (client != null && deal != null) throw bothNamed()
  if (deal != null) {
    const found = await findDeal(db, deal, { wanted: 'open' })
    return { clientId: (await dealDefaults(db, found.id)).clientId, dealId: found.id }
  }
  if (client === undefined) return { dealId: null }
  if (client === null) return { clientId: null, dealId: null }
  const { id: clientId } = await find(db, 'client', client)
  const isOwn = dealId !== null && (await dealDefaults(db, dealId)).clientId === clientId
  return isOwn && deal === undefined ? { clientId } : { clientId, dealId: null }
}
