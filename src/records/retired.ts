import type { Db } from '../book/store/db.ts'
import { Fault } from '../domain/fault.ts'
import { find } from './lookup.ts'

/** What can be retired and then belongs only to the past: closed deals and interactions keep it. */
type Retirable = 'owner' | 'source' | 'reason'

const TABLES = { owner: 'owners', source: 'sources', reason: 'reasons' } as const

/** The command that brings back what is retired. */
export function restoreCommand(noun: Retirable, name: string): string {
  return `funnel ${noun} edit "${name}" --restore`
}

/**
 * Refuses to give anything open or planned to a retired owner, source or reason.
 * @param otherwise how to name another one.
 * @throws Fault `usage` with the way out if it is.
 */
export async function requireActive(
  db: Db,
  noun: Retirable,
  id: number | null | undefined,
  otherwise = `name another with --${noun}`,
): Promise<void> {
  if (id == null) return
  const { name, retired } = await db
    .selectFrom(TABLES[noun] as 'owners')
    .select(['name', 'retired'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  if (retired === 0) return
  const hint = `${otherwise}, or bring it back: ${restoreCommand(noun, name)}`
  throw new Fault('usage', `the ${noun} ${name} is retired`, hint)
}

/** Like `findId`, for what is open or planned. @throws Fault `usage` if it is retired. */
export async function findActiveId(
  db: Db,
  noun: Retirable,
  text: string | null | undefined,
): Promise<number | null> {
  if (text == null) return null
  const { id } = await find(db, noun, text)
  await requireActive(db, noun, id)
  return id
}
