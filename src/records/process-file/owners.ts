import type { Db } from '../../book/store/db.ts'
import { Fault } from '../../domain/fault.ts'
import { nameKey, tidyName } from '../../domain/name.ts'
import { addEntry } from '../dictionaries.ts'
import type { GivenProcesses } from './given.ts'

/** The owners that a file names: those of the book, by their whole names, and what is to be added. */
export async function ownersOf(
  db: Db,
  { processes }: GivenProcesses,
  create: boolean,
): Promise<{ ownerOf: (name: string) => number | undefined; added: string[] }> {
  const rows = await db.selectFrom('owners').select(['id', 'name_key']).execute()
  const ids = new Map(rows.map((row) => [row.name_key, row.id]))
  const named = processes.flatMap(({ stages = [] }) => stages.flatMap(({ who }) => who ?? []))
  const lacking = new Map(
    named.filter((name) => !ids.has(nameKey(name))).map((name) => [nameKey(name), tidyName(name)]),
  )
  const added = [...lacking.values()]
  if (!create && added.length > 0) {
    const who = `${added.length === 1 ? 'owner' : 'owners'} ${added.join(', ')}`
    const commands = added.map((name) => `funnel owner add "${name}"`).join('; ')
    throw new Fault(
      'not-found',
      `the book does not have the ${who}`,
      `${commands}; or add them with this import: --create owners`,
    )
  }
  for (const [key, name] of lacking) ids.set(key, await addEntry(db, 'owner', name))
  return { ownerOf: (name) => ids.get(nameKey(name)), added }
}
