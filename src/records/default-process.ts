import type { Db } from '../book/store/db.ts'
import { Fault } from '../domain/fault.ts'
import { find, type Named } from './lookup.ts'

/** The row of the settings that holds the number of the process: its name may change. */
const KEY = 'process'

/** The process that was set as the book's default; undefined if none is set, or it has since been retired. */
export async function chosenProcess(db: Db): Promise<Named | undefined> {
  const row = await db
    .selectFrom('settings')
    .select('value')
    .where('key', '=', KEY)
    .executeTakeFirst()
  if (!row) return undefined
  return db
    .selectFrom('processes')
    .select(['id', 'name'])
    .where('id', '=', Number(row.value))
    .where('retired', '=', 0)
    .executeTakeFirst()
}

/**
 * Sets the process of deals that name none; null leaves it to the first of the book.
 * @throws Fault `not-found` if there is no such process; `usage` if it is retired.
 */
export async function setDefaultProcess(db: Db, text: string | null): Promise<void> {
  await db.deleteFrom('settings').where('key', '=', KEY).execute()
  if (text === null) return
  const { id, name } = await find(db, 'process', text)
  const { retired } = await db
    .selectFrom('processes')
    .select('retired')
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  if (retired === 1) {
    const hint = `restore it first: funnel process edit "${name}" --restore`
    throw new Fault('usage', `the process ${name} is retired, so no deals open in it`, hint)
  }
  await db
    .insertInto('settings')
    .values({ key: KEY, value: String(id) })
    .execute()
}

/** @throws Fault `failed` if the process is the default: new deals would need another one. */
export async function requireNotDefault(db: Db, process: Named): Promise<void> {
  if ((await chosenProcess(db))?.id !== process.id) return
  throw new Fault(
    'failed',
    `${process.name} is the default process of new deals`,
    'set another one first: funnel settings set process NAME (none: the first of the book)',
  )
}
