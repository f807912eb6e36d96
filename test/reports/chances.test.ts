import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Book } from '../../src/book/open.ts'
import { rebuildStays } from '../../src/book/stays/build.ts'
import { wrongStays } from '../../src/book/stays/check.ts'
import { everWon } from '../../src/domain/chance/ever-won.ts'
import { fitHazards } from '../../src/domain/chance/hazards.ts'
import type { Seen } from '../../src/domain/chance/seen.ts'
import type { StayCounts } from '../../src/domain/chance/stay-counts.ts'
import { addDays, type Day, toEpochDay } from '../../src/domain/day.ts'
import { loadLedger } from '../../src/forecast/load.ts'
import { seenOn } from '../../src/forecast/model/seen-on.ts'
import { chancesAsOf, seenAsOf } from '../../src/reports/chances.ts'
import { open } from '../../src/reports/open/index.ts'
import { anyDisturbance, disturb } from '../support/disturbed.ts'
import { ledgerOfEvents } from '../support/ledger.ts'
import { anyLives, livedBook, START } from '../support/lives.ts'
import { reportOf } from '../support/reports.ts'

/** Some deals came with an outcome only, others were closed on the day of their import. */
function importSome({ store }: Book): void {
  store.exec(`
    INSERT INTO imports (id, what, file, at, day) SELECT e.id, 'deals', 'x.csv', 'at ' || e.id, e.at
      FROM events e WHERE e.kind IN ('won', 'lost') AND e.deal_id % 3 = 1;
    UPDATE events SET recorded_at = 'at ' || id WHERE id IN (SELECT id FROM imports);
    UPDATE deals SET import_id = (SELECT min(e.id) FROM events e JOIN imports m ON m.id = e.id
      WHERE e.deal_id = deals.id);
    UPDATE deals SET outcome_only = 1 WHERE id % 4 = 0;`)
  rebuildStays(store)
}

/** What was seen, by place: columns as numbers, and moves by the place they went to. */
function comparable({ places, withWay, outcomeOnly, standing }: Seen) {
  const name = (place: number): string =>
    `${places[place]?.processId}:${places[place]?.stageId ?? '-'}`
  const one = ({ next, ...stays }: StayCounts) => ({
    ...stays,
    next: Object.fromEntries([...next].map(([to, count]) => [name(to), count])),
  })
  const some = (counts: readonly StayCounts[]) =>
    Object.fromEntries(
      counts.flatMap((own, place) => {
        const isEmpty = [own.days, own.moved, own.won, own.lost].every((column) =>
          column.every((count) => count === 0),
        )
        return isEmpty ? [] : [[name(place), one(own)]]
      }),
    )
  return { withWay: some(withWay), outcomeOnly: some(outcomeOnly), standing }
}

/** The same of all events up to a day, one by one. */
async function seenOfEvents({ db }: Book, places: Seen['places'], asOf: Day): Promise<Seen> {
  const ledger = ledgerOfEvents(places)
  const imports = await db.selectFrom('imports').selectAll().execute()
  const events = await db
    .selectFrom('events')
    .selectAll()
    .where('at', '<=', asOf)
    .orderBy('at')
    .orderBy('id')
    .execute()
  for (const deal of await db.selectFrom('deals').selectAll().execute()) {
    const own = events.filter((event) => event.deal_id === deal.id)
    const [first] = own
    if (!first) continue
    ledger.deal({
      id: deal.id,
      processId: deal.process_id,
      sourceId: null,
      outcomeOnly: deal.outcome_only === 1,
      openedKnown: first.day_known === 1,
    })
    const from = imports.find(({ id }) => id === deal.import_id)
    for (const { kind, at, stage_id: stageId, recorded_at: recorded } of own) {
      const dayKnown = from === undefined || from.at !== recorded || from.day !== at
      ledger.event({ kind, day: toEpochDay(at), stageId, value: 0, ownerId: null, dayKnown })
    }
  }
  return seenOn(ledger.finish(), toEpochDay(asOf))
}

describe('chances to win', () => {
  it('are learnt from what the book keeps as from all events, whatever the day and whatever happened', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyLives,
        fc.integer({ min: 0, max: 230 }),
        anyDisturbance,
        async (lives, on, how) => {
          const book = await livedBook(lives)
          importSome(book)
          await disturb(book, how)
          expect(wrongStays(book.store)).toEqual([])
          for (const asOf of [addDays(START, on), addDays(START, 400)]) {
            const kept = await seenAsOf(book.db, asOf)
            const replayed = await seenOfEvents(book, kept.places, asOf)
            expect(comparable(kept)).toEqual(comparable(replayed))
          }
          book.close()
        },
      ),
      { numRuns: 25 },
    )
  })

  it('are those of the forecast', async () => {
    const lives = Array.from({ length: 40 }, (_, at) => ({
      process: 1,
      client: 1,
      amount: 100,
      cost: null,
      owner: null,
      source: null,
      opened: at,
      steps: [
        { what: 0, stage: 1, days: 3 + (at % 20) },
        { what: at % 3 === 0 ? 6 : 7, stage: 1, days: 5 + (at % 11) },
      ],
    }))
    const book = await livedBook(lives)
    const asOf = addDays(START, 400)
    const { ledger } = await loadLedger(book, asOf, 'deals')
    const ever = everWon(fitHazards(seenOn(ledger, toEpochDay(asOf))))
    const { of, by } = await chancesAsOf(book.db, asOf)
    expect(by).toBe('age')
    ledger.places.forEach(({ processId, stageId }, place) => {
      for (const age of [0, 10, 100, 500]) {
        expect(of(processId, stageId, age)).toBeCloseTo(ever(place, age), 9)
      }
    })
    expect(of(1, 99, 0)).toBeNull()
    book.close()
  })

  it('of an earlier day are of the deals that were open then, whichever chances are asked for', async () => {
    const deal = { process: 1, amount: 100, cost: null, owner: null, source: null, opened: 0 }
    const book = await livedBook([
      { ...deal, client: 1, steps: [] },
      // Lost before the day, and reopened after it.
      {
        ...deal,
        client: 2,
        steps: [
          { what: 7, stage: 1, days: 10 },
          { what: 8, stage: 1, days: 25 },
        ],
      },
    ])
    for (const probability of ['age', 'own', 'template']) {
      const asked = { asOf: addDays(START, 20), own: { probability } }
      const { totals } = await reportOf(book, open, asked)
      expect({ probability, ...totals }).toMatchObject({ probability, deals: 1, clients: 1 })
    }
    book.close()
  })
})
