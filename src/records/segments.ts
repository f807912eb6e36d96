import { sortedByName } from '../book/locale.ts'
import type { Db } from '../book/store/db.ts'
import type { Day } from '../domain/day.ts'
import { clientTest } from './choose/index.ts'
import { nameColumns, nameTaken, nothingToChange } from './dictionaries.ts'
import { find } from './lookup.ts'
import { renaming } from './saved-names.ts'

/** A choice of clients kept under a name: the conditions that they meet, as they were given. */
export interface Segment {
  id: number
  name: string
  conditions: string[]
}

function toSegment(row: { id: number; name: string; conditions: string }): Segment {
  return { ...row, conditions: JSON.parse(row.conditions) as string[] }
}

/** The segments, by name. */
export async function listSegments(db: Db): Promise<Segment[]> {
  const columns = ['id', 'name', 'conditions'] as const
  const rows = await db.selectFrom('segments').select(columns).orderBy('name_key').execute()
  return (await sortedByName(db, rows)).map(toSegment)
}

/** @throws Fault `not-found` if none or several match `text`. */
export async function findSegment(db: Db, text: string): Promise<Segment> {
  const { id } = await find(db, 'segment', text)
  const row = await db
    .selectFrom('segments')
    .select(['id', 'name', 'conditions'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  return toSegment(row)
}

/**
 * Keeps conditions under a name. Returns the segment's number.
 * @throws Fault `usage` if the name is taken, or a condition cannot be read.
 */
export async function addSegment(
  db: Db,
  name: string,
  conditions: string[],
  today: Day,
): Promise<number> {
  await clientTest(db, conditions, today)
  try {
    const { id } = await db
      .insertInto('segments')
      .values({ ...nameColumns(name), conditions: JSON.stringify(conditions) })
      .returning('id')
      .executeTakeFirstOrThrow()
    return id
  } catch (error) {
    throw nameTaken(error, 'segment', name)
  }
}

/**
 * Gives a segment another name, or other conditions in the place of those it had.
 * @throws Fault `usage` if nothing is given, the name is taken or a condition cannot be read.
 */
export async function editSegment(
  db: Db,
  id: number,
  changes: { name?: string | undefined; conditions?: string[] | undefined },
  today: Day,
): Promise<void> {
  const { name, conditions } = changes
  if (name === undefined && conditions === undefined) throw nothingToChange('segment')
  await clientTest(db, conditions ?? [], today)
  const query = db.updateTable('segments').set({
    ...(name === undefined ? {} : nameColumns(name)),
    ...(conditions === undefined ? {} : { conditions: JSON.stringify(conditions) }),
  })
  const write = (): Promise<unknown> => query.where('id', '=', id).execute()
  try {
    await (name === undefined ? write() : renaming(db, 'segment', id, write))
  } catch (error) {
    throw nameTaken(error, 'segment', name ?? '')
  }
}

/** Forgets a segment; its clients stay as they are. */
export async function deleteSegment(db: Db, id: number): Promise<void> {
  await db.deleteFrom('segments').where('id', '=', id).execute()
}
