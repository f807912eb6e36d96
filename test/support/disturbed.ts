import fc from 'fast-check'
import { eraseClient } from '../../src/book/erase/index.ts'
import type { Book } from '../../src/book/open.ts'
import { Fault } from '../../src/domain/fault.ts'
import { mergeClients } from '../../src/records/merge.ts'
import { day, perform, undoLast } from './book.ts'

type Disturbance = 'nothing' | 'merge' | 'merge, undone' | 'erase' | { undo: number }

/** What may happen to a book besides the work of every day. */
export const anyDisturbance: fc.Arbitrary<Disturbance> = fc.oneof(
  fc.constantFrom('nothing' as const, 'merge' as const, 'merge, undone' as const, 'erase' as const),
  fc.record({ undo: fc.integer({ min: 1, max: 60 }) }),
)

/** Takes one operation back, the last by default; the book refuses some. */
async function undoOne(book: Book, id?: number): Promise<void> {
  try {
    await undoLast(book, id)
  } catch (error) {
    if (!(error instanceof Fault)) throw error
  }
}

/** Takes the last five operations back, and some earlier one; merges or erases clients. */
export async function disturb(book: Book, how: Disturbance): Promise<void> {
  if (how === 'nothing') return
  if (how === 'erase') {
    await eraseClient(book, 2, {
      at: '2026-11-23T12:00:00.000Z',
      today: day('2026-11-23'),
      author: 'ann',
    })
    return
  }
  if (how === 'merge' || how === 'merge, undone') {
    await perform(book, (db) => mergeClients(db, 1, 2))
    if (how === 'merge, undone') await undoLast(book)
    return
  }
  for (let count = 0; count < 5; count += 1) await undoOne(book)
  await undoOne(book, how.undo)
}
