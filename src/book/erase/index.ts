import type { Store } from '../store/store.ts'
import type { Day } from '../../domain/day.ts'
import { Fault } from '../../domain/fault.ts'
import type { Book } from '../open.ts'
import { type OperationId, operate } from '../store/operate.ts'
import { eraseHistory } from './history.ts'
import { keepErased } from './keys.ts'
import { collectOwned, namingTexts, tellingTexts } from './owned.ts'
import { eraseRows } from './rows.ts'

/** What was erased, and where the person may still be found. */
export interface Erasing {
  operation: OperationId
  /** What the client was known by: names, addresses, numbers, titles. */
  telling: string[]
  /** Of these, what names the person: names and addresses. */
  names: string[]
  /** Files from which the client and what belongs to it were imported, as they were named then. */
  files: string[]
}

function sourceFiles(store: Store, id: number): string[] {
  return store
    .prepare(
      `SELECT DISTINCT file FROM imports WHERE id IN (
         SELECT import_id FROM clients WHERE id = :id
         UNION SELECT import_id FROM deals WHERE client_id = :id
         UNION SELECT import_id FROM interactions WHERE client_id = :id
         UNION SELECT import_id FROM tasks WHERE client_id = :id) ORDER BY file`,
    )
    .pluck()
    .all({ id }) as string[]
}

/**
 * Rewrites the book without the space left by removed rows, and empties the log next to it.
 * @throws Fault `book` if another program has the book open, or there is not enough disk space.
 */
async function compact({ store, path: file }: Book): Promise<void> {
  const left = (why: string, hint: string, cause?: unknown): Fault =>
    new Fault(
      'book',
      `the client is erased, but traces may be left in ${file}: ${why}`,
      `${hint}, and erase the client again by its number`,
      cause,
    )
  try {
    if ((await store.care()).compact()) return
  } catch (error) {
    throw left('it could not be rewritten', 'make room on the disk', error)
  }
  throw left('another program has it open', 'end that program')
}

/**
 * Erases a client for good: from its rows, the journal, the command lines of the history, the search indexes
 * and the free space of the file. Deals, events and interactions stay, without their texts, for the figures.
 * Neither this nor an earlier operation on the client can be undone afterwards.
 * @throws Fault `book` if another program is in the way.
 */
export async function eraseClient(
  book: Book,
  id: number,
  { at, today, author }: { at: string; today: Day; author: string },
): Promise<Erasing> {
  const { store } = book
  ;(await store.care()).overwriteRemoved()
  const search = await store.search()
  const info = { command: `funnel client erase ${id}`, at, author }
  const { operation, telling, names, files } = await operate(book, info, (_db, number) => {
    search.follow()
    collectOwned(store, id)
    const texts = tellingTexts(store)
    const sources = sourceFiles(store, id)
    const naming = namingTexts(store)
    keepErased(store, id, today)
    eraseRows(store, id, today)
    eraseHistory(store, texts, number)
    search.follow()
    search.forget()
    return Promise.resolve({
      summary: `erased client ${id}`,
      telling: texts,
      names: naming,
      files: sources,
    })
  })
  await compact(book)
  return { operation, telling, names, files }
}
