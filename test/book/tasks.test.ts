import Database from 'better-sqlite3'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Book } from '../../src/book/open.ts'
import { examineBook } from '../../src/book/doctor.ts'
import { migrate } from '../../src/book/store/sqlite/migrate.ts'
import type { InteractionKind, InteractionResult } from '../../src/book/schema/work.ts'
import { addDays } from '../../src/domain/day.ts'
import { addClient, editClient } from '../../src/records/clients.ts'
import { addDeal, openDeal } from '../../src/records/deals.ts'
import { addInteraction } from '../../src/records/interactions.ts'
import { settleStageTasks } from '../../src/records/stage-tasks.ts'
import { setStandard } from '../../src/records/standards.ts'
import { advance, lose, move, reopen, win } from '../../src/records/steps.ts'
import { countLateClients, lateClients, ownerShares } from '../../src/reports/standards/load.ts'
import { contents, day, moment, newBook, perform, undoLast } from '../support/book.ts'
import { connectionOf } from '../../src/book/store/sqlite/store.ts'

const DEAL = {
  clientId: 1,
  processId: 1,
  title: 'Oven',
  ref: null,
  need: null,
  sourceId: null,
  stageId: null,
  amount: null,
  cost: null,
  ownerId: null,
  expectedClose: null,
}

async function bookWithDeal(): Promise<Book> {
  const book = newBook()
  await perform(book, async (db) => {
    await addClient(db, 'Acme', {}, {}, day('2026-11-01'))
    return openDeal(db, DEAL, moment('2026-11-01'))
  })
  return book
}

/** The tasks of a book in short: `1 open`. */
function statuses(book: Book): string[] {
  return connectionOf(book.store)
    .prepare("SELECT id || ' ' || status FROM tasks ORDER BY id")
    .pluck()
    .all() as string[]
}

describe('the task of a stage', () => {
  it('opens and closes with the steps of its deal', async () => {
    const book = await bookWithDeal()
    expect(statuses(book)).toEqual(['1 open'])
    await perform(book, (db) => advance(db, 1, moment('2026-11-02'), 'went well'))
    expect(statuses(book)).toEqual(['1 done', '2 open'])
    expect(book.store.prepare('SELECT result, closed_on FROM tasks WHERE id = 1').get()).toEqual({
      result: 'went well',
      closed_on: '2026-11-02',
    })
    // Back: the task was not done.
    await perform(book, (db) => move(db, 1, 1, moment('2026-11-03')))
    expect(statuses(book)).toEqual(['1 done', '2 dropped', '3 open'])
    await perform(book, (db) => win(db, 1, moment('2026-11-04')))
    expect(statuses(book)).toEqual(['1 done', '2 dropped', '3 done'])
    await perform(book, (db) => reopen(db, 1, moment('2026-11-05')))
    expect(statuses(book).slice(3)).toEqual(['4 open'])
    // Reason 1 asks to try again, and reopening makes that pointless.
    await perform(book, (db) => lose(db, 1, 1, moment('2026-11-06')))
    expect(statuses(book).slice(3)).toEqual(['4 dropped', '5 open'])
    await perform(book, (db) => reopen(db, 1, moment('2026-11-07')))
    expect(statuses(book).slice(3)).toEqual(['4 dropped', '5 dropped', '6 open'])
  })

  it('is left alone by a step that is put in between earlier ones', async () => {
    const book = await bookWithDeal()
    await perform(book, (db) => advance(db, 1, moment('2026-11-10')))
    await perform(book, (db) => advance(db, 1, moment('2026-11-20')))
    const before = statuses(book)
    await perform(book, (db) => move(db, 1, 1, moment('2026-11-15')))
    expect(statuses(book)).toEqual(before)
  })

  it('comes back as it was when any step is undone', async () => {
    const steps = fc.array(fc.constantFrom('advance', 'back', 'win', 'lose', 'reopen'), {
      minLength: 1,
      maxLength: 8,
    })
    await fc.assert(
      fc.asyncProperty(steps, async (names) => {
        const book = await bookWithDeal()
        const when = moment('2026-11-20')
        for (const name of names) {
          const before = contents(book)
          const done = await perform(book, async (db) => {
            if (name === 'advance') await advance(db, 1, when)
            if (name === 'back') await move(db, 1, 1, when)
            if (name === 'win') await win(db, 1, when)
            if (name === 'lose') await lose(db, 1, 1, when)
            if (name === 'reopen') await reopen(db, 1, when)
            return true
          }).catch(() => false)
          if (!done) {
            expect(contents(book)).toEqual(before)
            continue
          }
          const after = contents(book)
          await undoLast(book)
          expect(contents(book)).toEqual(before)
          await undoLast(
            book,
            Number(book.store.prepare('SELECT max(id) FROM operations').pluck().get()),
          )
          expect(contents(book)).toEqual(after)
          // An open deal has the task of its stage, a closed one has none.
          const [deal] = after.deals as { status: string; stage_id: number }[]
          const open = (after.tasks as { status: string; stage_id: number | null }[]).filter(
            (task) => task.status === 'open' && task.stage_id !== null,
          )
          expect(open.map((task) => task.stage_id)).toEqual(
            deal?.status === 'open' ? [deal.stage_id] : [],
          )
        }
        expect(await examineBook(book)).toEqual([])
        book.close()
      }),
      { numRuns: 15 },
    )
  })

  it('is brought in line for deals that came without steps', async () => {
    const book = await bookWithDeal()
    await perform(book, async (db) => {
      const open = await addDeal(db, { ...DEAL, stageId: 4 }, moment('2026-11-01'))
      const closed = await addDeal(db, { ...DEAL, title: 'Hood' }, moment('2026-11-01'))
      await win(db, closed.id, moment('2026-11-02'))
      await addDeal(db, { ...DEAL, title: 'Roof', processId: 2 }, moment('2026-11-01'))
      return open
    })
    book.store.prepare("INSERT INTO operations (at, command) VALUES ('x', 'by hand')").run()
    connectionOf(book.store)
      .prepare('UPDATE deals SET stage_id = 2, stage_since = ? WHERE id = 1')
      .run('2026-11-05')
    await perform(book, (db) => settleStageTasks(db, moment('2026-11-10')))
    const rows = connectionOf(book.store)
      .prepare('SELECT deal_id, stage_id, status, due, text FROM tasks ORDER BY deal_id, id')
      .all()
    // Deal 1 moved on to Meeting preparation (7 days); deal 2 is in Proposal (14 days).
    expect(rows).toMatchObject([
      { deal_id: 1, stage_id: 1, status: 'done' },
      { deal_id: 1, stage_id: 2, status: 'open', due: '2026-11-12' },
      { deal_id: 2, stage_id: 4, status: 'open', due: '2026-11-15', text: 'Send the proposal' },
    ])
    const before = contents(book)
    await perform(book, (db) => settleStageTasks(db, moment('2026-11-11')))
    expect(contents(book)).toEqual(before)
  })
})

const TODAY = day('2026-11-23')
const KINDS: InteractionKind[] = ['call', 'email', 'note', 'mailing', 'meeting']
const RESULTS: (InteractionResult | null)[] = [null, 'reached', 'no-answer']

describe('the last contact of a client', () => {
  const change = fc.oneof(
    fc.record({
      what: fc.constant('log' as const),
      client: fc.constantFrom(1, 2, 3),
      kind: fc.constantFrom(...KINDS),
      result: fc.constantFrom(...RESULTS),
      ago: fc.nat(60),
    }),
    fc.record({
      what: fc.constant('rate' as const),
      client: fc.constantFrom(1, 2, 3),
      rating: fc.constantFrom('A', 'a', 'B', null),
    }),
    fc.record({ what: fc.constant('undo' as const) }),
    fc.record({
      what: fc.constant('hand over' as const),
      from: fc.constantFrom(1, 2, 3),
      to: fc.constantFrom(1, 2, 3),
    }),
  )

  it('is what the interactions tell, whatever is logged, rated, handed over and undone', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(change, { maxLength: 15 }), async (changes) => {
        const book = newBook()
        await perform(book, async (db) => {
          for (const name of ['One', 'Two', 'Three']) {
            await addClient(db, name, { rating: 'A' }, {}, day('2026-10-01'))
          }
          await setStandard(db, 'A', 14)
          await setStandard(db, 'B', 30)
        })
        for (const one of changes) {
          if (one.what === 'undo') await undoLast(book).catch(() => undefined)
          else
            await perform(book, async (db) => {
              if (one.what === 'rate') await editClient(db, one.client, { rating: one.rating })
              if (one.what === 'hand over') {
                await db
                  .updateTable('interactions')
                  .set({ client_id: one.to })
                  .where('client_id', '=', one.from)
                  .execute()
              }
              if (one.what !== 'log') return
              const interaction = {
                kind: one.kind,
                clientId: one.client,
                dealId: null,
                ownerId: null,
                direction: null,
                result: one.result,
                text: '',
              }
              await addInteraction(db, interaction, moment(addDays(TODAY, -one.ago)))
              // The clients themselves may have been undone.
            }).catch(() => undefined)
        }
        expect(await examineBook(book)).toEqual([])
        // The index and the plain look through the interactions agree on who is late.
        const scope = { asOf: TODAY, ownerId: null, before: TODAY }
        const [byIndex, byLooking] = [TODAY, addDays(TODAY, 1)]
        const late = await lateClients(book.db, byIndex, scope, 99)
        expect(late).toEqual(await lateClients(book.db, byLooking, scope, 99))
        expect(await countLateClients(book.db, byIndex, scope)).toBe(late.length)
        expect(await ownerShares(book.db, byIndex, scope)).toEqual(
          await ownerShares(book.db, byLooking, scope),
        )
        book.close()
      }),
      { numRuns: 25 },
    )
  })

  it('is known of a book that is older than it', () => {
    const raw = new Database(':memory:')
    migrate(raw, 2)
    raw.exec(`
      INSERT INTO clients (id, name, name_key, rating, added_on) VALUES
        (1, 'One', 'one', 'A', '2026-01-01'), (2, 'Two', 'two', 'B', '2026-01-02'),
        (3, 'Three', 'three', NULL, '2026-01-03');
      INSERT INTO interactions (client_id, kind, result, at, recorded_at) VALUES
        (1, 'call', NULL, '2026-03-01', ''), (1, 'call', 'no-answer', '2026-04-01', ''),
        (3, 'call', NULL, '2026-03-01', '')`)
    migrate(raw)
    expect(
      raw.prepare('SELECT id, last_on, since FROM last_contacts ORDER BY id').raw().all(),
    ).toEqual([
      [1, '2026-03-01', '2026-03-01'],
      [2, null, '2026-01-02'],
    ])
    raw.close()
  })

  it('that is wrong is found by the doctor', async () => {
    const book = newBook()
    await perform(book, (db) => addClient(db, 'One', { rating: 'A' }, {}, day('2026-10-01')))
    book.store.exec("UPDATE last_contacts SET last_on = '2026-11-01'")
    expect(await examineBook(book)).toMatchObject([{ check: 'contacts' }])
  })
})
