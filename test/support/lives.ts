import fc from 'fast-check'
import type { Book } from '../../src/book/open.ts'
import type { Db } from '../../src/book/store/db.ts'
import { ranksOf, stageRanks, toDealEvent } from '../../src/book/projection.ts'
import { addDays, type Day } from '../../src/domain/day.ts'
import { Fault } from '../../src/domain/fault.ts'
import type { Money } from '../../src/domain/money.ts'
import type { DealEvent } from '../../src/domain/deal-state.ts'
import { addClient } from '../../src/records/clients.ts'
import { addDeal, editDeal } from '../../src/records/deals.ts'
import { addEntry } from '../../src/records/dictionaries.ts'
import { advance, lose, move, reopen, win } from '../../src/records/steps.ts'
import { day, moment, newBook, perform } from './book.ts'
import { forgetOpening } from './unknown-days.ts'

/** The first day on which anything happens, and how many days things go on. */
export const START = day('2026-01-01')
export const SPAN = 200

/** What happens to one deal. */
export interface Life {
  process: number
  client: number
  amount: number | null
  cost: number | null
  owner: number | null
  source: number | null
  opened: number
  /** Is that the day it was opened, or does it stand in for one that nobody knows? */
  known?: boolean
  steps: { what: number; stage: number; days: number }[]
}

const anyLife: fc.Arbitrary<Life> = fc.record({
  process: fc.integer({ min: 1, max: 3 }),
  client: fc.integer({ min: 1, max: 4 }),
  amount: fc.option(fc.integer({ min: 0, max: 9999 })),
  cost: fc.option(fc.integer({ min: 0, max: 5000 })),
  owner: fc.option(fc.integer({ min: 1, max: 2 })),
  source: fc.option(fc.integer({ min: 1, max: 2 })),
  opened: fc.integer({ min: 0, max: 100 }),
  known: fc.integer({ min: 0, max: 3 }).map((one) => one > 0),
  steps: fc.array(
    fc.record({
      what: fc.integer({ min: 0, max: 9 }),
      stage: fc.integer({ min: 1, max: 9 }),
      // Back as well: what is entered late.
      days: fc.integer({ min: -4, max: 25 }),
    }),
    { maxLength: 9 },
  ),
})

/** Deals of all three kinds of process: moved back, skipping, reopened, entered late. */
export const anyLives = fc.array(anyLife, { minLength: 1, maxLength: 12 })

/** Lives a deal through; steps that the book refuses are not taken. */
async function live(book: Book, life: Life): Promise<void> {
  let on = addDays(START, life.opened)
  const when = () => moment(on, '2026-12-31')
  const deal = {
    clientId: life.client,
    processId: life.process,
    title: 'deal',
    ref: null,
    need: null,
    sourceId: life.source,
    stageId: null,
    amount: life.amount as Money | null,
    cost: life.cost as Money | null,
    ownerId: life.owner,
    expectedClose: null,
  }
  const { id } = await perform(book, async (db) => {
    const added = await addDeal(db, deal, when())
    if (life.known === false) await forgetOpening(db, added.id)
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
      else if (what === 7) await step((db) => lose(db, id, (stage % 3) + 1, when()))
      else if (what === 8) await step((db) => reopen(db, id, when()))
      else {
        const amount = ((life.amount ?? 0) + stage) as Money
        await step((db) => editDeal(db, id, { amount, ownerId: (stage % 2) + 1 }, when()))
      }
    } catch (error) {
      if (!(error instanceof Fault)) throw error
      on = addDays(on, -days)
    }
  }
}

/** A client of the books that are lived. */
export interface LivedClient {
  region: string | null
  source: number | null
  owner: number | null
  categories: string[]
  added: Day
}

const CLIENTS: LivedClient[] = [
  { region: 'North', source: 1, owner: 1, categories: ['food'], added: START },
  { region: 'South', source: 2, owner: 2, categories: ['food', 'port'], added: addDays(START, 40) },
  { region: null, source: null, owner: null, categories: [], added: addDays(START, 80) },
  { region: 'north', source: 1, owner: null, categories: ['port'], added: addDays(START, 120) },
]

/** A book with four clients, two owners and the deals of some lives. */
export async function livedBook(lives: readonly Life[]): Promise<Book> {
  const book = newBook()
  for (const name of ['Ann', 'Bo']) await perform(book, (db) => addEntry(db, 'owner', name))
  for (const [index, { region, source, owner, categories, added }] of CLIENTS.entries()) {
    const fields = { region, sourceId: source, ownerId: owner }
    await perform(book, (db) => addClient(db, `C${index}`, fields, { categories }, added))
  }
  for (const life of lives) await live(book, life)
  return book
}

/** A deal as a reference sees it: nothing but its process, its client, its source and what happened. */
export interface LivedDeal {
  process: number
  stages: number[]
  clientId: number
  client: LivedClient
  source: number | null
  events: DealEvent[]
}

/** The deals of a lived book with all that happened to them, in its order. */
export async function livedDeals({ db }: Book): Promise<LivedDeal[]> {
  const ranks = await stageRanks(db)
  const deals = await db.selectFrom('deals').selectAll().execute()
  const events = await db.selectFrom('events').selectAll().orderBy('at').orderBy('id').execute()
  return deals.map((deal) => ({
    process: deal.process_id,
    stages: [...ranksOf(ranks, deal.process_id).keys()],
    clientId: deal.client_id,
    client: CLIENTS[deal.client_id - 1] as LivedClient,
    source: deal.source_id,
    events: events.filter((event) => event.deal_id === deal.id).map(toDealEvent),
  }))
}

export { CLIENTS as livedClients }
