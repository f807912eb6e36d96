import { sortedByName } from '../book/locale.ts'
import type { Db } from '../book/store/db.ts'
import { nameColumns, nameTaken } from './dictionaries.ts'
import { find } from './lookup.ts'

/** A report kept under a name: what is typed after `funnel report`, word by word. */
export interface Variant {
  id: number
  name: string
  words: string[]
}

function toVariant(row: { id: number; name: string; words: string }): Variant {
  return { ...row, words: JSON.parse(row.words) as string[] }
}

const COLUMNS = ['id', 'name', 'words'] as const

/** The kept reports, by name. */
export async function listVariants(db: Db): Promise<Variant[]> {
  const query = db.selectFrom('report_variants').select(COLUMNS).orderBy('name_key')
  return (await sortedByName(db, await query.execute())).map(toVariant)
}

/** @throws Fault `not-found` if none or several match `text`. */
export async function findVariant(db: Db, text: string): Promise<Variant> {
  const { id } = await find(db, 'report', text)
  const query = db.selectFrom('report_variants').select(COLUMNS).where('id', '=', id)
  return toVariant(await query.executeTakeFirstOrThrow())
}

/**
 * Keeps a report under a name. Returns its number.
 * @throws Fault `usage` if the name is taken.
 */
export async function addVariant(db: Db, name: string, words: string[]): Promise<number> {
  try {
    const { id } = await db
      .insertInto('report_variants')
      .values({ ...nameColumns(name), words: JSON.stringify(words) })
      .returning('id')
      .executeTakeFirstOrThrow()
    return id
  } catch (error) {
    throw nameTaken(error, 'report', name)
  }
}

/** Forgets a kept report. */
export async function deleteVariant(db: Db, id: number): Promise<void> {
  await db.deleteFrom('report_variants').where('id', '=', id).execute()
}
