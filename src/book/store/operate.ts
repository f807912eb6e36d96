import { Fault } from '../../domain/fault.ts'
import type { Book } from '../open.ts'
import type { Db } from './db.ts'
import { settleStays } from '../stays/settle.ts'
import { toFault } from './kind.ts'

/** What an operation is known by. */
export interface OperationInfo {
  /** The command line as typed. */
  command: string
  /** The moment, in UTC, ISO text. */
  at: string
  /** Who runs it. */
  author: string
  /** Do everything, report on it, and leave the book as it was. */
  dryRun?: boolean
  /** Called with how long the book was waited for, in ms. */
  waited?: ((ms: number) => void) | undefined
}

/** What the work of an operation returns: what it did, in a few words for the history. */
export interface Done {
  summary: string
}

/** The number of the operation; null where nothing changed, or nothing was kept. */
export type OperationId = number | null

/** A book can be replaced, by one of an older schema too, until it is held. */
function requireVersion({ store, path }: Book): void {
  if (store.isCurrent()) return
  const what = `another book was restored to ${path} meanwhile; nothing was changed`
  throw new Fault('book', what, 'try again')
}

function begin(book: Book, info: OperationInfo): number {
  requireVersion(book)
  const add = book.store.adding('INSERT INTO operations (at, command, author) VALUES (?, ?, ?)')
  return add(info.at, info.command, info.author)
}

/**
 * Writes down which rows the operation added. Returns whether it changed anything at all: numbers can
 * be used up for rows that are not there, and an undoing that finds all as it was is one all the same.
 */
function recordInserts({ store }: Book, id: number, before: Map<string, number>): boolean {
  const insert = store.prepare('INSERT INTO operation_inserts VALUES (?, ?, ?, ?)')
  let changed = false
  for (const [table, last] of store.lastIds()) {
    const first = (before.get(table) ?? 0) + 1
    if (last < first) continue
    insert.run(id, table, first, last)
    const row = store.prepare(`SELECT 1 FROM ${table} WHERE id BETWEEN ? AND ? LIMIT 1`)
    changed ||= row.get(first, last) !== undefined
  }
  const more = store.prepare(
    `SELECT EXISTS (SELECT 1 FROM journal WHERE operation_id = :id)
       OR EXISTS (SELECT 1 FROM operations WHERE id = :id AND undoes IS NOT NULL)`,
  )
  return changed || more.pluck().get({ id }) === 1
}

/**
 * Lets pending events be handled: a Ctrl-C pressed during long work is noticed while nothing is final. Two
 * rounds of the event loop, since the first may end before handling any.
 */
async function allEvents(): Promise<void> {
  for (let round = 0; round < 2; round += 1) {
    await new Promise<void>((resolve) => {
      setImmediate(resolve)
    })
  }
}

/**
 * Runs `work` in one immediate transaction as one operation, which `undo` can take back: all of it
 * happens, or nothing does. Work that changes nothing leaves no operation behind.
 * @returns what the work returned, with the operation's number.
 * @throws what the work throws, after taking everything back; Fault `book` where the book is busy.
 */
export async function operate<T extends Done>(
  book: Book,
  info: OperationInfo,
  work: (db: Db, operation: number) => Promise<T>,
): Promise<T & { operation: OperationId }> {
  if (book.store.inTransaction) throw new Fault('failed', 'an operation is already under way')
  let endTurn = (): void => {}
  try {
    const turn = await book.store.takeTurn()
    endTurn = turn.end
    info.waited?.(turn.waited)
    const id = begin(book, info)
    const before = book.store.lastIds()
    const done = await work(book.db, id)
    const changed = recordInserts(book, id, before)
    if (changed && !info.dryRun) settleStays(book.store, id)
    await allEvents()
    if (!changed || info.dryRun) {
      book.store.rollback()
      return { ...done, operation: null }
    }
    book.store.prepare('UPDATE operations SET summary = ? WHERE id = ?').run(done.summary, id)
    book.store.commit()
    return { ...done, operation: id }
  } catch (error) {
    if (book.store.inTransaction) book.store.rollback()
    throw toFault(error, book.path)
  } finally {
    endTurn()
  }
}
