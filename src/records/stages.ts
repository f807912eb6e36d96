import type { Db } from '../book/store/db.ts'
import { Fault } from '../domain/fault.ts'
import { withOthers } from '../domain/lists.ts'
import { nameKey } from '../domain/name.ts'
import { nameColumns, nameTaken } from './dictionaries.ts'

/** Moves the stages from `position` on one step down, to make room. */
async function makeRoom(db: Db, position: number): Promise<void> {
  await db
    .updateTable('stages')
    .set((eb) => ({ position: eb('position', '+', 1) }))
    .where('position', '>=', position)
    .execute()
}

async function positionAfter(db: Db, after: number | null | undefined): Promise<number> {
  const query = db.selectFrom('stages').select('position').orderBy('position', 'desc').limit(1)
  const row = await (after == null ? query : query.where('id', '=', after)).executeTakeFirst()
  return (row?.position ?? 0) + 1
}

/** The number of the stage of exactly this name, in any case; undefined if there is none. */
export async function stageCalled(db: Db, name: string): Promise<number | undefined> {
  const row = await db
    .selectFrom('stages')
    .select('id')
    .where('name_key', '=', nameKey(name))
    .executeTakeFirst()
  return row?.id
}

/** Adds a stage to the dictionary, after another one or at the end. Returns its number. */
export async function addStage(db: Db, name: string, after?: number | null): Promise<number> {
  const position = await positionAfter(db, after)
  await makeRoom(db, position)
  try {
    const { id } = await db
      .insertInto('stages')
      .values({ ...nameColumns(name), position })
      .returning('id')
      .executeTakeFirstOrThrow()
    return id
  } catch (error) {
    throw nameTaken(error, 'stage', name)
  }
}

/**
 * @param but the processes that may have it.
 * @throws Fault `failed` if a process has the stage: it would go on opening deals in it.
 */
export async function requireUnused(
  db: Db,
  stage: { id: number; name: string },
  but: readonly number[] = [],
): Promise<void> {
  const rows = await db
    .selectFrom('process_stages as ps')
    .innerJoin('processes as p', 'p.id', 'ps.process_id')
    .select(['p.id', 'p.name'])
    .where('ps.stage_id', '=', stage.id)
    .where('ps.retired', '=', 0)
    .execute()
  const uses = rows.filter(({ id }) => !but.includes(id))
  if (uses.length === 0) return
  const names = uses.map(({ name }) => name).join(', ')
  throw new Fault(
    'failed',
    `${stage.name} is a stage of: ${names}`,
    'take it out first: funnel process edit PROCESS --stages "…"',
  )
}

/** Puts a stage right after another one; null puts it first. */
export async function moveStage(db: Db, id: number, after: number | null): Promise<void> {
  const position = after === null ? 1 : await positionAfter(db, after)
  await makeRoom(db, position)
  await db.updateTable('stages').set({ position }).where('id', '=', id).execute()
}

/**
 * Puts stages into an order; those that are not in it stay right after the stage that they followed.
 * @param ids of the stages, in their order.
 */
export async function orderStages(db: Db, ids: readonly number[]): Promise<void> {
  const query = db.selectFrom('stages').select('id').orderBy('position').orderBy('id')
  const before = (await query.execute()).map(({ id }) => id)
  const order = withOthers(before, ids)
  if (order.every((id, index) => id === before[index])) return
  for (const [index, id] of order.entries()) {
    await db
      .updateTable('stages')
      .set({ position: index + 1 })
      .where('id', '=', id)
      .execute()
  }
}
