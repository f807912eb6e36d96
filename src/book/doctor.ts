import { chmodSync, statSync } from 'node:fs'
import { platform } from 'node:os'
import { LAST_CONTACTS } from './contact-made.ts'
import { checkDealStates, wrongDeals } from './deal-check.ts'
import { wrongDocuments } from './documents-check.ts'
import { wrongFirm } from './firm-check.ts'
import { wrongLines } from './lines-check.ts'
import { wrongMoney } from './money-check.ts'
import { type Book, placeWarnings } from './open.ts'
import { stageRanks, stateColumns } from './projection.ts'
import { settingRowsOf } from './settings.ts'
import { settingFindings } from '../domain/settings-check.ts'
import { wrongStays } from './stays/check.ts'
import { rebuildStays } from './stays/build.ts'
import type { Care } from './store/care.ts'
import type { Statement } from './store/store.ts'
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
  | 'lines'
  | 'company'
  | 'invoices'
  | 'documents'
  | 'search'
  | 'contacts'
  | 'permissions'
  | 'place'

/** Something that is not as it should be. */
export interface Finding {
  check: Check
  message: string
}

async function checkStates({ db, store, settings }: Book): Promise<string[]> {
  return checkDealStates(store, await stageRanks(db), settings.currency.digits)
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
  ['standing', checkStates],
  ['stays', ({ store }) => wrongStays(store)],
  ['lines', ({ store, settings }) => wrongLines(store, settings.currency.digits)],
  ['company', ({ store }) => wrongFirm(store)],
  ['invoices', ({ store }) => wrongMoney(store)],
  ['documents', ({ store }) => wrongDocuments(store)],
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

function valuesIn(columns: object): string {
  return Object.keys(columns)
    .map((name) => `${name} = :${name}`)
    .join(', ')
}

/** Rewrites what follows from other rows. It is not an operation: nothing that anybody entered changes. */
async function derive(book: Book): Promise<void> {
  const { store } = book
  const { digits } = book.settings.currency
  const care = await store.care()
  await care.mend(async () => {
    const ranks = await stageRanks(book.db)
    let update: Statement | undefined
    for (const { id, state } of wrongDeals(store, ranks, digits)) {
      if (!state) continue
      const columns = stateColumns(state, digits)
      update ??= store.prepare(`UPDATE deals SET ${valuesIn(columns)} WHERE id = :id`)
      update.run({ ...columns, id })
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
