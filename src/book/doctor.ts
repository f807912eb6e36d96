import { chmodSync, statSync } from 'node:fs'
import { platform } from 'node:os'
import type { Selectable } from 'kysely'
import { Fault } from '../domain/fault.ts'
import { type DealState, stateOf } from '../domain/deal-state.ts'
import { LAST_CONTACTS } from './contact-made.ts'
import { type Book, placeWarnings } from './open.ts'
import { ranksOf, stageRanks, stateColumns, toDealEvent } from './projection.ts'
import type { DealsTable, EventsTable } from './schema/deals.ts'
import { settingRowsOf } from './settings.ts'
import { settingFindings } from '../domain/settings-check.ts'
import { wrongStays } from './stays/check.ts'
import { rebuildStays } from './stays/build.ts'
import type { Care } from './store/care.ts'
import { isDamage } from './store/fault.ts'

/** What is checked, in this order. */
export type Check =
  | 'file'
  | 'schema'
  | 'settings'
  | 'references'
  | 'journal'
  | 'standing'
  | 'stays'
  | 'search'
  | 'contacts'
  | 'permissions'
  | 'place'

/** Something that is not as it should be. */
export interface Finding {
  check: Check
  message: string
}

type DealRow = Selectable<DealsTable>
type EventRow = Selectable<EventsTable>

function differences(deal: DealRow, state: DealState): string[] {
  return Object.entries(stateColumns(state))
    .filter(([column, value]) => deal[column as keyof DealRow] !== value)
    .map(([column, value]) => `${column} is ${deal[column as keyof DealRow]}, not ${value}`)
}

/** A deal whose state does not match its events; the state is null if it has no usable events. */
interface WrongDeal {
  id: number
  wrong: string
  state: DealState | null
}

/** Compares every deal with its events, one deal in memory at a time. */
async function wrongDeals(book: Book): Promise<WrongDeal[]> {
  const ranks = await stageRanks(book.db)
  const deals = book.store.prepare('SELECT * FROM deals ORDER BY id')
  const eventsOf = book.store.prepare('SELECT * FROM events WHERE deal_id = ? ORDER BY at, id')
  const found: WrongDeal[] = []
  for (const deal of deals.iterate() as IterableIterator<DealRow>) {
    const events = (eventsOf.all(deal.id) as EventRow[]).map(toDealEvent)
    const { wrong, state } = examine(deal, () => stateOf(events, ranksOf(ranks, deal.process_id)))
    if (wrong) found.push({ id: deal.id, wrong, state })
  }
  return found
}

function examine(deal: DealRow, rebuild: () => DealState): Omit<WrongDeal, 'id'> {
  try {
    const state = rebuild()
    return { wrong: differences(deal, state).join('; '), state }
  } catch (error) {
    if (error instanceof Fault) return { wrong: error.message, state: null }
    throw error
  }
}

async function checkDealState(book: Book): Promise<string[]> {
  const deals = await wrongDeals(book)
  return deals.map(({ id, wrong }) => `deal ${id}: ${wrong}`)
}

/** Compares the last contact kept for each rated client with its interactions. */
function checkLastContacts(book: Book): string[] {
  const wrong = book.store
    .prepare(
      `SELECT coalesce(c.id, l.id) AS client FROM (${LAST_CONTACTS}) c
       FULL JOIN last_contacts l ON l.id = c.id
       WHERE l.rating IS DISTINCT FROM c.rating OR l.owner_id IS DISTINCT FROM c.owner_id
         OR l.added_on IS DISTINCT FROM c.added_on OR l.last_on IS DISTINCT FROM c.last_on
       ORDER BY 1 LIMIT 20`,
    )
    .pluck()
    .all() as number[]
  return wrong.map(
    (client) => `client ${client}: the last contact kept is not the one that its interactions tell`,
  )
}

/** The files of a book that others on this machine may read. */
function openToOthers({ path }: Book): string[] {
  // Windows has no such bits.
  if (platform() === 'win32') return []
  return ['', '-wal', '-shm', '.outbox']
    .map((suffix) => path + suffix)
    .filter((file) => ((statSync(file, { throwIfNoEntry: false })?.mode ?? 0) & 0o077) !== 0)
}

function checkPermissions(book: Book): string[] {
  return openToOthers(book).map((file) => `others on this machine may read ${file}`)
}

type Look = (book: Book, care: Care) => string[] | Promise<string[]>

/** Every check except those of the file and the search, split into those before and after the latter. */
const BEFORE_SEARCH: [check: Check, look: Look][] = [
  ['schema', (_, care) => care.schemaFindings()],
  ['settings', ({ store }) => settingFindings(settingRowsOf(store))],
  ['references', (_, care) => care.orphans()],
  ['journal', (_, care) => care.journalFindings()],
  ['standing', checkDealState],
  ['stays', ({ store }) => wrongStays(store)],
]
const AFTER_SEARCH: [check: Check, look: Look][] = [
  ['contacts', checkLastContacts],
  ['permissions', checkPermissions],
  ['place', ({ path }) => placeWarnings(path)],
]

/** Callbacks that follow an examination, and what an earlier one has already done. */
export interface Progress {
  done?: ReadonlySet<Check>
  /** What SQLite said about the search indexes, once the file is checked. */
  ofSearch?: string[]
  begins?: (check: Check) => void
  ends?: (check: Check, found: Finding[], ofSearch: string[]) => void
}

/**
 * Examines a book: the file, its schema and settings, references, journal, every deal's state against its
 * events, and the search indexes against the records. A wrong search index is rebuilt at once, since it has
 * no data of its own.
 */
export async function examineBook(book: Book, progress: Progress = {}): Promise<Finding[]> {
  const care = await book.store.care()
  const all: Finding[] = []
  let ofSearch = progress.ofSearch ?? []
  const run = async (check: Check, look: Look): Promise<Finding[]> => {
    if (progress.done?.has(check)) return []
    progress.begins?.(check)
    const found = (await look(book, care)).map((message) => ({ check, message }))
    for (const finding of found) all.push(finding)
    progress.ends?.(check, found, ofSearch)
    return found
  }
  const ofFile = await run('file', () => {
    const damage = care.damage()
    ofSearch = damage.ofSearch
    return damage.ofFile
  })
  try {
    for (const [check, look] of BEFORE_SEARCH) {
      await run(check, look)
      // Without its tables, nothing can be checked.
      if (check === 'schema' && care.lacksTables()) return all
    }
    await run('search', () => care.searchFindings(ofSearch))
    for (const [check, look] of AFTER_SEARCH) await run(check, look)
    return all
  } catch (error) {
    // A damaged file may not even be readable to its end.
    if (ofFile.length === 0 || !isDamage(error)) throw error
    return all
  }
}

const CONTACTS_ANEW = `
  DELETE FROM last_contacts;
  INSERT INTO last_contacts (id, rating, owner_id, added_on, last_on) ${LAST_CONTACTS}`

/** Rewrites what follows from other rows. It is not an operation: nothing that anybody entered changes. */
async function derive(book: Book): Promise<void> {
  const { store } = book
  const care = await store.care()
  await care.mend(async () => {
    for (const { id, state } of await wrongDeals(book)) {
      if (!state) continue
      const columns = stateColumns(state)
      const set = Object.keys(columns).map((name) => `${name} = :${name}`)
      store.prepare(`UPDATE deals SET ${set.join(', ')} WHERE id = :id`).run({ ...columns, id })
    }
    store.exec(CONTACTS_ANEW)
    rebuildStays(store)
  })
}

/**
 * Rebuilds what can be derived: marks opening days that an earlier release made up as unknown, then rebuilds
 * the state of deals, the last contacts, triggers, indexes and file permissions. (`examineBook` has rebuilt
 * the search indexes.) Damaged or missing records cannot be rebuilt.
 */
export async function repairBook(book: Book): Promise<void> {
  await derive(book)
  for (const file of openToOthers(book)) {
    chmodSync(file, statSync(file).isDirectory() ? 0o700 : 0o600)
  }
}
