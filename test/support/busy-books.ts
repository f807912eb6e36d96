import { connectionOf } from '../../src/book/store/sqlite/store.ts'
import fc from 'fast-check'
import type { Book } from '../../src/book/open.ts'
import type { Db } from '../../src/book/store/db.ts'
import { ranksOf, stageRanks, stateColumns, toDealEvent } from '../../src/book/projection.ts'
import type { Direction, InteractionKind } from '../../src/book/schema/work.ts'
import { addDays, type Day } from '../../src/domain/day.ts'
import { Fault } from '../../src/domain/fault.ts'
import type { Money } from '../../src/domain/money.ts'
import { stateOf } from '../../src/domain/deal-state.ts'
import { rebuildStays } from '../../src/book/stays/build.ts'
import { addClient } from '../../src/records/clients.ts'
import { addDeal, editDeal } from '../../src/records/deals.ts'
import { addEntry } from '../../src/records/dictionaries.ts'
import { addInteraction } from '../../src/records/interactions.ts'
import { advance, lose, move, reopen, win } from '../../src/records/steps.ts'
import { addTask, closeTask } from '../../src/records/tasks.ts'
import { day, moment, newBook, perform } from './book.ts'
import { forgetOpening } from './unknown-days.ts'

/** The first day on which anything happens in a made-up book. */
export const START = day('2026-01-01')
const TODAY = '2026-12-31'

interface DealLife {
  process: number
  client: number
  owner: number | null
  source: number | null
  amount: number | null
  cost: number | null
  opened: number
  /** Is that the day it was opened, or does it stand in for one that nobody knows? */
  known: boolean
  /** Closed by its last step, it came with its outcome only. */
  outcomeOnly: boolean
  steps: { what: number; stage: number; days: number }[]
}

interface Contact {
  kind: InteractionKind
  direction: Direction | null
  client: number
  deal: number | null
  owner: number | null
  day: number
}

interface Errand {
  owner: number | null
  deal: number | null
  added: number
  due: number
  done: number | null
}

/** What happens in a made-up book. */
export interface Lives {
  deals: DealLife[]
  contacts: Contact[]
  errands: Errand[]
}

const owner = fc.constantFrom(1, 2, 3, null)
const client = fc.integer({ min: 1, max: 3 })

/** Deals of all kinds of process, with moves back, skips, reopenings, backdating and new owners. */
export function anyLives(deals: number): fc.Arbitrary<Lives> {
  const dealLife: fc.Arbitrary<DealLife> = fc.record({
    process: fc.integer({ min: 1, max: 3 }),
    client,
    owner,
    source: fc.constantFrom(1, 2, null),
    amount: fc.option(fc.integer({ min: 0, max: 9999 }), { freq: 9 }),
    cost: fc.option(fc.integer({ min: 0, max: 5000 })),
    opened: fc.integer({ min: 0, max: 100 }),
    known: fc.integer({ min: 0, max: 3 }).map((n) => n > 0),
    outcomeOnly: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
    steps: fc.array(
      fc.record({
        what: fc.integer({ min: 0, max: 10 }),
        stage: fc.integer({ min: 1, max: 9 }),
        days: fc.integer({ min: -4, max: 25 }),
      }),
      { maxLength: 9 },
    ),
  })
  const contact: fc.Arbitrary<Contact> = fc.record({
    kind: fc.constantFrom('call', 'email', 'meeting', 'sms', 'message', 'mailing', 'note'),
    direction: fc.constantFrom('in', 'out', null),
    client,
    deal: fc.option(fc.nat(deals - 1)),
    owner,
    day: fc.integer({ min: 0, max: 200 }),
  })
  const errand: fc.Arbitrary<Errand> = fc.record({
    owner,
    deal: fc.option(fc.nat(deals - 1)),
    added: fc.integer({ min: 0, max: 150 }),
    due: fc.integer({ min: 0, max: 220 }),
    done: fc.option(fc.integer({ min: 0, max: 200 })),
  })
  return fc.record({
    deals: fc.array(dealLife, { minLength: 1, maxLength: deals }),
    contacts: fc.array(contact, { maxLength: 30 }),
    errands: fc.array(errand, { maxLength: 8 }),
  })
}

/** Lives a deal through; steps that the book refuses are not taken. */
async function live(book: Book, life: DealLife): Promise<number> {
  let on = addDays(START, life.opened)
  const when = () => moment(on, TODAY)
  const terms = {
    amount: life.amount as Money | null,
    cost: life.cost as Money | null,
    ownerId: life.owner,
    expectedClose: null,
  }
  const deal = {
    ...terms,
    clientId: life.client,
    processId: life.process,
    title: 'deal',
    ref: null,
    need: null,
    sourceId: life.source,
    stageId: null,
  }
  const { id } = await perform(book, async (db) => {
    const added = await addDeal(db, deal, when())
    if (!life.known) await forgetOpening(db, added.id)
    return added
  })
  const step = async (work: (db: Db) => Promise<unknown>): Promise<void> => {
    await perform(book, work)
  }
  for (const { what, stage, days } of life.steps) {
    on = addDays(on, days)
    try {
      if (what < 4) await step((db) => advance(db, id, when()))
      else if (what < 6) await step((db) => move(db, id, stage, when()))
      else if (what === 6) await step((db) => win(db, id, when()))
      else if (what === 7) await step((db) => lose(db, id, 1, when()))
      else if (what === 8) await step((db) => reopen(db, id, when()))
      else if (what === 9) {
        await step((db) => editDeal(db, id, { amount: (stage * 100) as Money }, when()))
      } else await step((db) => editDeal(db, id, { ownerId: (stage % 3) + 1 }, when()))
    } catch (error) {
      if (!(error instanceof Fault)) throw error
      on = addDays(on, -days)
    }
  }
  if (life.outcomeOnly) {
    await step((db) =>
      db
        .updateTable('deals')
        .set({ outcome_only: 1 })
        .where('id', '=', id)
        .where('status', '<>', 'open')
        .execute(),
    )
  }
  return id
}

/** A book in which all that has happened; its owners are Ann, Bo and Cy. */
export async function liveBook({ deals, contacts, errands }: Lives): Promise<Book> {
  const book = newBook()
  await perform(book, async (db) => {
    for (const name of ['Ann', 'Bo', 'Cy']) await addEntry(db, 'owner', name)
    for (const name of ['A', 'B', 'C']) await addClient(db, name, {}, {}, START)
  })
  const ids: { id: number; client: number }[] = []
  for (const life of deals) ids.push({ id: await live(book, life), client: life.client })
  await perform(book, async (db) => {
    for (const { kind, direction, client: of, deal, owner: ownerId, day: after } of contacts) {
      const about = deal === null ? undefined : ids[deal]
      const interaction = {
        kind,
        clientId: about?.client ?? of,
        dealId: about?.id ?? null,
        ownerId,
        direction,
        result: null,
        text: '',
      }
      await addInteraction(db, interaction, moment(addDays(START, after), TODAY))
    }
    for (const { owner: ownerId, deal, added, due, done } of errands) {
      const about = deal === null ? undefined : ids[deal]
      const on = moment(addDays(START, added), TODAY)
      const task = {
        text: 'ring',
        clientId: about?.client ?? null,
        dealId: about?.id ?? null,
        ownerId,
        due: addDays(START, due),
        repeat: null,
      }
      const { id } = await addTask(db, task, on)
      if (done !== null && done >= added) {
        await closeTask(db, id, 'done', null, moment(addDays(START, done), TODAY))
      }
    }
  })
  return book
}

/** Takes away everything that happened after a day, as if the book had been closed on it. */
export async function cutOff({ db, store }: Book, on: Day): Promise<void> {
  connectionOf(store).pragma('foreign_keys = OFF')
  store.prepare('DELETE FROM events WHERE at > ?').run(on)
  store.prepare('DELETE FROM interactions WHERE at > ?').run(on)
  store.prepare('DELETE FROM tasks WHERE added_on > ?').run(on)
  store.prepare("UPDATE tasks SET status = 'open', closed_on = NULL WHERE closed_on > ?").run(on)
  store.exec('DELETE FROM deals WHERE id NOT IN (SELECT deal_id FROM events)')
  const ranks = await stageRanks(db)
  const events = await db.selectFrom('events').selectAll().orderBy('at').orderBy('id').execute()
  for (const deal of await db.selectFrom('deals').selectAll().execute()) {
    const own = events.filter((event) => event.deal_id === deal.id).map(toDealEvent)
    await db
      .updateTable('deals')
      .set(stateColumns(stateOf(own, ranksOf(ranks, deal.process_id)), 2))
      .where('id', '=', deal.id)
      .execute()
  }
  rebuildStays(store)
}
