import type { Db } from '../book/store/db.ts'
import { isConstraint } from '../book/store/fault.ts'
import { Fault } from '../domain/fault.ts'
import { tidyName } from '../domain/name.ts'
import { nameOrder } from '../domain/name-order.ts'
import { nameRow } from './rows/name.ts'
import { renaming } from './saved-names.ts'

/** The dictionaries that are no more than names; stages and processes have functions of their own. */
export type DictionaryNoun = 'owner' | 'source' | 'reason' | 'stage' | 'process'

/** The table of each dictionary. */
export const TABLES = {
  owner: 'owners',
  source: 'sources',
  reason: 'reasons',
  stage: 'stages',
  process: 'processes',
} as const

/** A name and its key, ready to be stored. @throws Fault `usage` if the name is empty. */
export function nameColumns(text: string): { name: string; name_key: string } {
  const name = tidyName(text)
  if (name === '') throw new Fault('usage', 'a name cannot be empty', 'write at least one letter')
  return nameRow(name)
}

/** Turns the refusal of a name that is taken into words. */
export function nameTaken(error: unknown, noun: string, text: string): unknown {
  if (!isConstraint(error, 'UNIQUE')) return error
  return new Fault(
    'usage',
    `the name “${tidyName(text)}” is that of another ${noun}`,
    `give another name; see: funnel ${noun} list`,
    error,
  )
}

/** Adds an owner, source or reason with the columns it has besides its name. Returns its number. */
export async function addEntry(
  db: Db,
  noun: 'owner' | 'source' | 'reason',
  name: string,
  more: Record<string, string | number | null> = {},
): Promise<number> {
  try {
    const { id } = await db
      .insertInto(TABLES[noun] as 'reasons')
      .values({ ...nameColumns(name), ...more } as never)
      .returning('id')
      .executeTakeFirstOrThrow()
    return id
  } catch (error) {
    throw nameTaken(error, noun, name)
  }
}

/** Changes an entry of a dictionary: its name, whether it is retired, or its other columns. */
export async function editEntry(
  db: Db,
  noun: DictionaryNoun,
  id: number,
  changes: { name?: string; retired?: boolean } & Record<string, unknown>,
): Promise<void> {
  const { name, retired, ...more } = changes
  const set = {
    ...more,
    ...(name === undefined ? {} : nameColumns(name)),
    ...(retired === undefined ? {} : { retired: retired ? 1 : 0 }),
  }
  if (Object.keys(set).length === 0) throw nothingToChange(noun)
  const query = db.updateTable(TABLES[noun] as 'owners').set(set as never)
  const write = (): Promise<unknown> => query.where('id', '=', id).execute()
  try {
    await (name === undefined ? write() : renaming(db, noun, id, write))
  } catch (error) {
    throw nameTaken(error, noun, name ?? '')
  }
}

/** The refusal of an edit that names nothing to change. */
export function nothingToChange(noun: string): Fault {
  return new Fault('usage', 'nothing to change was given', `see: funnel ${noun} edit --help`)
}

/** All entries of a dictionary: stages in their order, the rest by name; retired ones last. */
export async function listEntries(db: Db, noun: DictionaryNoun, locale: string | null = null) {
  const rows = await db
    .selectFrom(TABLES[noun] as 'stages')
    .selectAll()
    .orderBy('retired')
    .orderBy(noun === 'stage' ? 'position' : 'name_key')
    .execute()
  const names = nameOrder(locale)
  const sorted =
    noun === 'stage'
      ? rows
      : rows.toSorted((a, b) => a.retired - b.retired || names(a.name_key, b.name_key))
  return sorted.map(({ name_key: _, ...row }) => ({ ...row, retired: row.retired === 1 }))
}
