import type { Db } from '../../book/store/db.ts'
import type { Search } from '../../book/store/search.ts'
import { searchWords } from '../../domain/trigrams.ts'
import { nameKey } from '../../domain/name.ts'
import type { ClientTest } from '../choose/index.ts'
import { candidates, clientsNamed, type IndexedKind, type Place } from './candidates.ts'
import { byRank, type Hit, judge, type Judged } from './judge.ts'
import { lookInInvoices } from './invoices.ts'
import { lookInProposals } from './proposals.ts'
import { lookInProducts } from './products.ts'
import { loadTexts, nameOnly, type RecordTexts } from './texts.ts'
import { addAll } from '../../domain/lists.ts'

export type { Hit } from './judge.ts'

/** How many candidates are read at once, and how many at most in one place. */
const BATCH = 60
const MOST = 900

const NAMES: [Place, Place] = [
  { kind: 'client', column: 'name' },
  { kind: 'deal', column: 'name' },
]
const NOTES: Place[] = [
  { kind: 'client', column: 'note' },
  { kind: 'deal', column: 'note' },
  { kind: 'task' },
  { kind: 'interaction' },
]

/** The clients whose records are searched; undefined for all. */
type Among = ReadonlySet<number> | undefined

async function clientsAmong(db: Db, test: ClientTest | undefined): Promise<Among> {
  if (!test) return undefined
  const rows = await db.selectFrom('clients as c').select('c.id').where(test('c')).execute()
  return new Set(rows.map(({ id }) => id))
}

function isAmong(among: Among, { clientId }: RecordTexts): boolean {
  return among === undefined || (clientId !== null && among.has(clientId))
}

async function judged(
  db: Db,
  place: Place,
  ids: number[],
  words: readonly string[],
  among: Among,
): Promise<Judged[]> {
  const all = await loadTexts(db, place.kind, ids)
  const records = all.filter((record) => isAmong(among, record))
  return records.flatMap((record) => judge(record, words, place) ?? [])
}

interface Looking {
  db: Db
  search: Search
}

/** Looks in one place, newest records first, until it has enough. */
async function lookIn(
  { db, search }: Looking,
  place: Place,
  words: readonly string[],
  enough: number,
  among: Among,
): Promise<Judged[]> {
  const found: Judged[] = []
  let below = Number.MAX_SAFE_INTEGER
  // When searching only some clients, the newest records may all belong to others.
  const most = among ? Infinity : MOST
  for (let read = 0; read < most && found.length < enough; read += BATCH) {
    const ids = candidates(search, place, words, BATCH, below)
    addAll(found, await judged(db, place, ids, words, among))
    const last = ids.at(-1)
    if (last === undefined || ids.length < BATCH) break
    below = last
  }
  return found
}

/** How many clients of a name are looked into for the other words, and how many rows of each kind. */
const CLIENTS = 20
const ROWS = 200

const TABLES = { deal: 'deals', task: 'tasks', interaction: 'interactions' } as const

/**
 * Records that hold some of the words, of clients whose names hold the others: `harbour generator`
 * finds the call about a generator with Harbour Foods.
 */
async function lookBeneath(
  { db, search }: Looking,
  words: readonly string[],
  among: Among,
): Promise<Judged[]> {
  const found: Judged[] = []
  for (const word of words) {
    const ids = candidates(
      search,
      { kind: 'client', column: 'name' },
      [word],
      CLIENTS + 1,
      Number.MAX_SAFE_INTEGER,
    )
    // A word that this many clients share means nothing.
    if (ids.length === 0 || ids.length > CLIENTS) continue
    for (const kind of Object.keys(TABLES) as (keyof typeof TABLES & IndexedKind)[]) {
      const rows = await db
        .selectFrom(TABLES[kind])
        .select('id')
        .where('client_id', 'in', ids)
        .orderBy('id', 'desc')
        .limit(ROWS)
        .execute()
      const all = await loadTexts(
        db,
        kind,
        rows.map(({ id }) => id),
      )
      const records = all.filter((record) => isAmong(among, record))
      addAll(
        found,
        records.flatMap((record) => judge(record, words, {}, [word]) ?? []),
      )
    }
  }
  return found
}

function best(found: Judged[], limit: number): Judged[] {
  const seen = new Set<string>()
  return found
    .toSorted(byRank)
    .filter(({ hit }) => {
      const key = `${hit.kind} ${hit.id}`
      if (seen.has(key)) return false
      seen.add(key)
      return true
    })
    .slice(0, limit)
}

/**
 * Looks for words in clients, their people and addresses, deals, products, proposals, numbers of invoices, tasks, interactions and notes.
 * A record must hold all of them; hits in names come before hits in people and addresses, and those
 * before hits in notes, whole words before parts of words, and newer before older.
 * @param search the indexes, up to date.
 * @param text the words; parts of words will do; one or two letters must begin a word.
 * @param limit how many at most.
 * @param test only records of clients that pass it.
 */
export async function findRecords(
  db: Db,
  search: Search,
  text: string,
  limit: number,
  test?: ClientTest,
): Promise<Hit[]> {
  const words = searchWords(text)
  if (words.length === 0) return []
  const [clients] = NAMES
  const named = await clientsNamed(db, nameKey(text), Math.max(limit, BATCH))
  const among = await clientsAmong(db, test)
  const looking = { db, search }
  const found = named
    .map(nameOnly)
    .filter((client) => isAmong(among, client))
    .flatMap((client) => judge(client, words, clients) ?? [])
  if (found.length < limit) {
    for (const place of NAMES) addAll(found, await lookIn(looking, place, words, limit, among))
  }
  if (found.length < limit) {
    for (const place of NOTES) addAll(found, await lookIn(looking, place, words, limit, among))
    if (words.length > 1) addAll(found, await lookBeneath(looking, words, among))
  }
  // Not among those counted above: a deal may well be found better by its title.
  addAll(found, await lookInProducts(db, words, (record) => isAmong(among, record)))
  addAll(found, await lookInProposals(db, words, (record) => isAmong(among, record)))
  addAll(found, await lookInInvoices(db, words, (record) => isAmong(among, record)))
  return best(found, limit).map(({ hit }) => hit)
}
