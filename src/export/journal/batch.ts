import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../../book/store/db.ts'
import { rowAdder } from '../../book/store/put.ts'
import { valuesOf } from '../../book/store/sql.ts'
import type { Store } from '../../book/store/store.ts'
import type { Day } from '../../domain/day.ts'
import type { ExportEntriesTable } from '../../book/schema/export-batches.ts'
import { type Entry, type Posting, reversed } from '../../domain/journal/entry.ts'
import { Fault } from '../../domain/fault.ts'
import { PAGE, paged } from '../paged.ts'

/** How many entries are compared at once. */
const AT_ONCE = 500

/** A posting as it went out: with its account as it was written. */
export type Written = Posting & { account: string }

/** An entry as a batch has it. */
type Row = Omit<ExportEntriesTable, 'id' | 'batch_id'> & { id: number }

/** What of an entry must be the same for it not to go out again: not its text. */
function factsOf(
  day: Day,
  clientId: number,
  document: string | null,
  postings: readonly Posting[],
) {
  const plain = postings.map(({ role, of, tax, amount }) => [
    role,
    of,
    tax?.rate,
    tax?.category,
    amount,
  ])
  return JSON.stringify([day, clientId, document, plain])
}

const postingsOf = (row: Row): Written[] => JSON.parse(row.postings) as Written[]

/** The last row of each entry that went out and was not taken back. */
const STANDING: RawBuilder<unknown> = sql`e.kind <> 'back' AND NOT EXISTS (
  SELECT 1 FROM export_entries AS later WHERE later.uid = e.uid AND later.id > e.id)`

async function standing(db: Db, uids: readonly string[]): Promise<Map<string, Row>> {
  const { rows } = await sql<Row>`
    SELECT e.* FROM export_entries AS e WHERE e.uid IN ${valuesOf(uids)} AND ${STANDING}`.execute(
    db,
  )
  return new Map(rows.map((row) => [row.uid, row]))
}

async function* chunks<T>(items: AsyncIterable<T>): AsyncGenerator<T[]> {
  let chunk: T[] = []
  for await (const item of items) {
    chunk.push(item)
    if (chunk.length < AT_ONCE) continue
    yield chunk
    chunk = []
  }
  yield chunk
}

/** What a batch holds. */
export interface Batch {
  id: number
  entries: number
  /** How many of them take back what an earlier batch had, as it was changed or removed since. */
  corrections: number
}

/**
 * Writes down a batch: the entries that no earlier one had, and for those that changed or are gone, ones that take
 * back what went out. Null, and nothing is written, if all of it went out before.
 * @param entries those of the whole book.
 * @param isWanted says which days the batch is about; what went out before is compared whatever its day.
 * @param account names the account of a posting.
 */
export async function makeBatch(
  store: Store,
  db: Db,
  entries: AsyncIterable<Entry>,
  {
    isWanted,
    account,
    today,
  }: { isWanted: (day: Day) => boolean; account: (posting: Posting) => string; today: Day },
): Promise<Batch | null> {
  const add = rowAdder(store, 'export_entries')
  let batch: Batch | null = null
  // One without entries would take a number.
  const put = async (row: Omit<ExportEntriesTable, 'id' | 'batch_id'>): Promise<void> => {
    batch ??= { id: await addBatch(db, today), entries: 0, corrections: 0 }
    add({ batch_id: batch.id, ...row })
    batch.entries += 1
    if (row.kind === 'back') batch.corrections += 1
  }
  const takeBack = (old: Row): Promise<void> => {
    const { uid, day, client_id, document, text } = old
    const postings = reversed({ postings: postingsOf(old) })
    return put({
      uid,
      kind: 'back',
      // What was reported for a month stays as it was reported.
      day: day > today ? day : today,
      client_id,
      document,
      due_on: null,
      text,
      postings: JSON.stringify(postings),
    })
  }
  const seen = new Set<string>()
  for await (const chunk of chunks(entries)) {
    const before = await standing(
      db,
      chunk.map(({ uid }) => uid),
    )
    for (const { uid, day, clientId, document, dueOn, text, postings } of chunk) {
      seen.add(uid)
      const old = before.get(uid)
      const facts = factsOf(day, clientId, document, postings)
      if (old && factsOf(old.day, old.client_id, old.document, postingsOf(old)) === facts) continue
      if (!old && !isWanted(day)) continue
      if (old) await takeBack(old)
      const written = postings.map((one): Written => ({ ...one, account: account(one) }))
      await put({
        uid,
        kind: old ? 'again' : 'new',
        day,
        client_id: clientId,
        document,
        due_on: dueOn,
        text,
        postings: JSON.stringify(written),
      })
    }
  }
  for (const row of await gone(db, seen)) await takeBack(row)
  return batch
}

/** What stands of earlier batches, and is not in the book any more. */
async function gone(db: Db, seen: ReadonlySet<string>): Promise<Row[]> {
  const { rows } = await sql<{ uid: string }>`
    SELECT e.uid FROM export_entries AS e WHERE ${STANDING} ORDER BY e.id`.execute(db)
  const uids = rows.map(({ uid }) => uid).filter((uid) => !seen.has(uid))
  return [...(await standing(db, uids)).values()]
}

async function addBatch(db: Db, today: Day): Promise<number> {
  const { id } = await db
    .insertInto('export_batches')
    .values({ made_on: today })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** @throws Fault `not-found` if no batch has that number. */
export async function requireBatch(db: Db, id: number): Promise<void> {
  const last = await db
    .selectFrom('export_batches')
    .select(({ fn }) => fn.max('id').as('id'))
    .executeTakeFirst()
  const found = await db
    .selectFrom('export_batches')
    .select('id')
    .where('id', '=', id)
    .executeTakeFirst()
  if (found) return
  const hint =
    last?.id == null
      ? 'make the first one: funnel export journal --since-last --out FILE'
      : `the last one is ${last.id}`
  throw new Fault('not-found', `there is no batch ${id} of the journal`, hint)
}

/** Rows of a batch, or of those before it, in the order in which they went out. */
function rowsOf(db: Db, which: '=' | '<', batch: number): AsyncGenerator<Row> {
  return paged((after) =>
    db
      .selectFrom('export_entries')
      .selectAll()
      .where('batch_id', which, batch)
      .where('id', '>', after)
      .orderBy('id')
      .limit(PAGE)
      .execute(),
  )
}

/** The accounts that batches before one have declared. */
export async function accountsBefore(db: Db, batch: number): Promise<Set<string>> {
  const accounts = new Set<string>()
  for await (const { postings } of rowsOf(db, '<', batch)) {
    for (const { account } of JSON.parse(postings) as Written[]) accounts.add(account)
  }
  return accounts
}

/** The last account to which batches have posted for a client or a bank account. */
export async function accountsWritten(
  db: Db,
): Promise<(posting: Pick<Posting, 'role' | 'of'>) => string | undefined> {
  const written = new Map<string, string>()
  const key = ({ role, of }: Pick<Posting, 'role' | 'of'>): string => `${role} ${of}`
  for await (const { postings } of rowsOf(db, '<', Number.MAX_SAFE_INTEGER)) {
    for (const posting of JSON.parse(postings) as Written[]) {
      if (posting.of !== null) written.set(key(posting), posting.account)
    }
  }
  return (posting) => written.get(key(posting))
}

/** The entries of a batch, in the order in which they went out. */
export async function* batchEntries(
  db: Db,
  batch: number,
): AsyncGenerator<Entry & { postings: Written[] }> {
  for await (const row of rowsOf(db, '=', batch)) {
    const text = row.text ?? '-'
    yield {
      uid: row.kind === 'new' ? row.uid : `${row.uid}-${row.kind}-${batch}`,
      day: row.day,
      clientId: row.client_id,
      document: row.document,
      dueOn: row.due_on,
      text: row.kind === 'back' ? `Taken back: ${text}` : text,
      postings: postingsOf(row),
    }
  }
}
