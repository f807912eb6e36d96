import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { examineBook } from '../../src/book/doctor.ts'
import type { Book } from '../../src/book/open.ts'
import type { Db } from '../../src/book/store/db.ts'
import { addDays } from '../../src/domain/day.ts'
import { Fault } from '../../src/domain/fault.ts'
import type { Money } from '../../src/domain/money.ts'
import { addClient, addDetails, editClient } from '../../src/records/clients.ts'
import { addDeal, editDeal } from '../../src/records/deals.ts'
import { addEntry } from '../../src/records/dictionaries.ts'
import { editStages } from '../../src/records/edit-process.ts'
import { advance, lose, move, reopen, win } from '../../src/records/steps.ts'
import { contents, day, moment, newBook, perform, undoLast } from '../support/book.ts'
import { connectionOf } from '../../src/book/store/sqlite/store.ts'

const PROCESSES = ['typical', 'free', 'plain'] as const

interface Step {
  what: 'add' | 'advance' | 'move' | 'win' | 'lose' | 'reopen' | 'amend' | 'stages' | 'undo'
  deal: number
  stage: number
  days: number
  amount: number
}

const anyStep: fc.Arbitrary<Step> = fc.record({
  what: fc.constantFrom<Step['what'][]>(
    'add',
    'add',
    'advance',
    'advance',
    'move',
    'win',
    'lose',
    'reopen',
    'amend',
    'stages',
    'undo',
  ),
  deal: fc.integer({ min: 0, max: 3 }),
  stage: fc.integer({ min: 1, max: 9 }),
  days: fc.integer({ min: 0, max: 40 }),
  amount: fc.integer({ min: 0, max: 100_000 }),
})

function newDeal(processId: number, amount: number) {
  return {
    clientId: 1,
    processId,
    title: 'A deal',
    ref: null,
    need: null,
    sourceId: null,
    stageId: null,
    amount: amount as Money,
    cost: null,
    ownerId: null,
    expectedClose: null,
  }
}

async function act(db: Db, step: Step, ids: number[]): Promise<void> {
  const when = moment(addDays(day('2026-10-01'), step.days))
  const id = ids[step.deal % Math.max(1, ids.length)] ?? 0
  if (step.what === 'add') {
    await addDeal(db, newDeal((step.deal % PROCESSES.length) + 1, step.amount), when)
  } else if (step.what === 'advance') await advance(db, id, when)
  else if (step.what === 'move') await move(db, id, step.stage, when)
  else if (step.what === 'win') await win(db, id, when)
  else if (step.what === 'lose') await lose(db, id, 1, when)
  else if (step.what === 'reopen') await reopen(db, id, when)
  else if (step.what === 'amend') await editDeal(db, id, { amount: step.amount as Money }, when)
  else if (step.what === 'stages') {
    const names = ['Proposal', 'Qualification', 'Payment'].slice(0, (step.stage % 3) + 1)
    await editStages(
      db,
      2,
      names.map((name) => ({ name })),
    )
  }
}

/** Does a step; what the book refuses must leave no trace. Returns whether it was done. */
async function attempt(book: Book, step: Step): Promise<boolean> {
  const before = contents(book)
  try {
    if (step.what === 'undo') await undoLast(book)
    else {
      await perform(book, async (db) => {
        const deals = await db.selectFrom('deals').select('id').orderBy('id').execute()
        if (step.what !== 'add' && step.what !== 'stages' && deals.length === 0) return
        await act(
          db,
          step,
          deals.map(({ id }) => id),
        )
      })
    }
    return true
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    expect(contents(book)).toEqual(before)
    return false
  }
}

/** Undoes until nothing is left. */
async function undoAll(book: Book): Promise<void> {
  for (;;) {
    try {
      await undoLast(book)
    } catch (error) {
      if (error instanceof Fault && error.code === 'not-found') return
      throw error
    }
  }
}

describe('any series of commands', () => {
  it('keeps the book sound, and undoing all of it gives the first state back', async () => {
    let done = 0
    await fc.assert(
      fc.asyncProperty(fc.array(anyStep, { minLength: 5, maxLength: 30 }), async (steps) => {
        const book = newBook()
        // Part of the first state, not an operation.
        await addClient(book.db, 'Acme', {}, {}, day('2026-10-01'))
        const first = contents(book)
        for (const step of steps) if (await attempt(book, step)) done += 1
        expect(await examineBook(book)).toEqual([])
        await undoAll(book)
        expect(contents(book)).toEqual(first)
        expect(await examineBook(book)).toEqual([])
        book.close()
      }),
      { numRuns: 80 },
    )
    expect(done).toBeGreaterThan(400)
  }, 240_000)
})

describe('undo', () => {
  async function withDeal(): Promise<Book> {
    const book = newBook()
    await perform(book, (db) => addClient(db, 'Acme', {}, {}, day('2026-10-01')))
    await perform(book, (db) => addDeal(db, newDeal(1, 5000), moment('2026-10-01')))
    return book
  }

  it('refuses where a row has changed since, and says which and by what', async () => {
    const book = await withDeal()
    await perform(book, (db) => advance(db, 1, moment('2026-10-02')))
    await expect(undoLast(book, 2)).rejects.toThrow(
      'operation 2 (funnel test) cannot be undone: deal 1 (A deal) was changed since by operation 3',
    )
    await undoLast(book, 3)
    await undoLast(book, 2)
    expect(book.store.prepare('SELECT count(*) FROM deals').pluck().get()).toBe(0)
  })

  it('refuses where a later row hangs on one that would go', async () => {
    const book = await withDeal()
    await expect(undoLast(book, 1)).rejects.toThrow(
      'deal 1 (A deal) depends on it, added by operation 2',
    )
  })

  it('refuses to undo twice, and what is not there', async () => {
    const book = await withDeal()
    await undoLast(book, 2)
    await expect(undoLast(book, 2)).rejects.toThrow('was undone already, by operation 3')
    await expect(undoLast(book, 99)).rejects.toThrow('there is no operation 99')
    await expect(undoLast(book, 4)).rejects.toThrow('there is no operation 4')
  })

  it('can itself be undone, to and fro', async () => {
    const book = await withDeal()
    const full = contents(book)
    await undoLast(book, 2)
    const empty = contents(book)
    await undoLast(book, 3)
    expect(contents(book)).toEqual(full)
    await undoLast(book, 4)
    expect(contents(book)).toEqual(empty)
    await undoLast(book, 5)
    expect(contents(book)).toEqual(full)
    await undoLast(book)
    expect(contents(book)).toEqual(empty)
  })

  it('refuses where a name it gave up is in use again', async () => {
    const book = newBook()
    await perform(book, (db) => addEntry(db, 'source', 'fair'))
    await perform(book, (db) =>
      db.updateTable('sources').set({ name_key: 'show' }).where('name', '=', 'fair').execute(),
    )
    await perform(book, (db) => addEntry(db, 'source', 'fair'))
    await expect(undoLast(book, 2)).rejects.toThrow('is used again')
  })

  it('gives back everything that hangs on a client', async () => {
    const book = newBook()
    const details = {
      points: [{ kind: 'email' as const, value: 'a@b.de', key: 'a@b.de' }],
      contacts: [{ name: 'Ann', role: 'buyer', points: [] }],
      categories: ['expo'],
      properties: [{ name: 'Fleet', value: '3' }],
    }
    await perform(book, (db) =>
      addClient(db, 'Acme', { region: 'North' }, details, day('2026-01-01')),
    )
    const before = contents(book)
    await perform(book, async (db) => {
      await editClient(db, 1, { region: null, name: 'Acme Ltd' })
      await addDetails(db, 1, { properties: [{ name: 'Fleet', value: '' }], categories: ['web'] })
    })
    expect(contents(book)).not.toEqual(before)
    await undoLast(book)
    expect(contents(book)).toEqual(before)
  })

  it('refuses a book of another schema that was restored meanwhile', async () => {
    const book = newBook()
    connectionOf(book.store).pragma('user_version = 1')
    const add = perform(book, (db) =>
      db.insertInto('sources').values({ name: 'fair', name_key: 'fair' }).execute(),
    )
    await expect(add).rejects.toMatchObject({
      code: 'book',
      message: expect.stringContaining('another book was restored'),
    })
    expect(book.store.inTransaction).toBe(false)
  })

  it('leaves no operation behind where nothing changed', async () => {
    const book = newBook()
    await perform(book, () => Promise.resolve())
    expect(book.store.prepare('SELECT count(*) FROM operations').pluck().get()).toBe(0)
  })
})
