import { connectionOf } from '../../src/book/store/sqlite/store.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Book } from '../../src/book/open.ts'
import { ranksOf, stageRanks, stateColumns, toDealEvent } from '../../src/book/projection.ts'
import { addDays, type Day } from '../../src/domain/day.ts'
import { stateOf } from '../../src/domain/deal-state.ts'
import type { Report, Row } from '../../src/domain/table.ts'
import { closed } from '../../src/reports/closed/index.ts'
import { cohort } from '../../src/reports/cohort/index.ts'
import type { By } from '../../src/reports/family/declare.ts'
import { losses } from '../../src/reports/losses/index.ts'
import { open } from '../../src/reports/open/index.ts'
import { sources } from '../../src/reports/sources/index.ts'
import { loadPlaces } from '../../src/reports/stage-order.ts'
import { anyLives, livedBook, livedClients, livedDeals, SPAN, START } from '../support/lives.ts'
import { reportOf } from '../support/reports.ts'
import * as reference from './reference.ts'

const STAGES = [1, 2, 3, 4, 5, 6, 7, 8, 9]
const anyDay = fc.integer({ min: 0, max: SPAN }).map((days) => addDays(START, days))

/** A period and a day that it is looked at on. */
const anySpan = fc
  .tuple(anyDay, anyDay, anyDay)
  .map(([a, b, asOf]) => ({ from: a < b ? a : b, to: a < b ? b : a, asOf }))

const groupings: By[] = ['owner', 'process', 'region', 'category', 'month', 'quarter']

const rowsOf = (report: Report): Row[] => report.sections[0]?.rows ?? []

/** Rows of stages, which are left out where no deal has a stage. */
function expectStages(rows: Row[], wanted: readonly { [key: string]: unknown }[], counts: string) {
  if (rows.length > 0) expect(rows).toMatchObject(wanted)
  else expect(wanted.every((row) => row[counts] === 0)).toBe(true)
}

async function names({ db }: Book, table: 'reasons' | 'sources'): Promise<Map<number, string>> {
  const rows = await db.selectFrom(table).select(['id', 'name']).execute()
  return new Map(rows.map(({ id, name }) => [id, name]))
}

async function templates({ db }: Book) {
  const places = await loadPlaces(db)
  return (process: number, stage: number) =>
    places.find((place) => place.processId === process && place.stageId === stage)
}

describe('reports of any book', () => {
  it('agree with plain counting, for any day, period and group', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyLives,
        anySpan,
        fc.constantFrom(...groupings),
        async (lives, span, by) => {
          const book = await livedBook(lives)
          const { asOf, ...period } = span
          const states = reference.statesOn(await livedDeals(book), asOf)
          const asked = { asOf, period, charts: true }
          const over = reference.closedIn(states, period)
          const begun = reference.openedIn(states, period)

          const funnel = await reportOf(book, closed, { ...asked, by, measure: 'clients' })
          const whole = reference.referenceClosed(over, STAGES.length)
          expectStages(rowsOf(funnel), whole.rows, 'reached')
          expect(funnel.totals).toMatchObject(whole.totals)
          for (const group of funnel.groups?.groups ?? []) {
            const own = over.filter((state) =>
              reference.groupsOf(state, by, state.closed).includes(nameOf(by, group.key)),
            )
            const wanted = reference.referenceClosed(own, STAGES.length)
            expectStages(group.rows, wanted.rows, 'reached')
            expect(group.totals).toMatchObject(wanted.totals)
          }

          const stands = await reportOf(book, open, { ...asked, by })
          const facts = await templates(book)
          const openRows = (rows: Row[]) => rows.filter(({ stage }) => stage !== '(no stages)')
          const stood = reference.referenceOpen(states, STAGES, asOf, facts)
          expectStages(openRows(rowsOf(stands)), stood, 'deals')
          for (const group of stands.groups?.groups ?? []) {
            const own = states.filter((state) =>
              reference
                .groupsOf(state, by, state.openedKnown ? state.opened : null)
                .includes(nameOf(by, group.key)),
            )
            const wanted = reference.referenceOpen(own, STAGES, asOf, facts)
            expectStages(openRows(group.rows), wanted, 'deals')
          }

          const together = await reportOf(book, cohort, asked)
          const opened = reference.referenceCohort(begun, STAGES.length)
          expectStages(rowsOf(together), opened.rows, 'reached')
          expect(together.totals).toMatchObject(opened.totals)

          const gone = await reportOf(book, losses, asked)
          const why = reference.referenceLosses(over)
          const reasons = await names(book, 'reasons')
          expect(gone.totals).toMatchObject({ deals: why.deals, amount: why.amount })
          expect(rowsOf(gone)).toHaveLength(why.rows.size)
          for (const [reason, figures] of why.rows) {
            const name = reasons.get(reason ?? 0) ?? null
            expect(rowsOf(gone).find((row) => row.reason === name)).toMatchObject(figures)
          }
          const cells = gone.sections.find(({ key }) => key === 'by_stage')?.rows ?? []
          const counts = cells.map(({ deals, amount }) => ({ deals, amount }))
          const order = (a: { deals?: unknown; amount?: unknown }, b: typeof a): number =>
            Number(a.deals) - Number(b.deals) || Number(a.amount) - Number(b.amount)
          expect(counts.toSorted(order)).toEqual([...why.byStage.values()].toSorted(order))

          const came = await reportOf(book, sources, asked)
          const from = reference.referenceSources(states, livedClients, period, asOf)
          const labels = await names(book, 'sources')
          expect(came.totals).toMatchObject(from.totals)
          for (const [source, figures] of from.rows) {
            const name = labels.get(source ?? 0) ?? null
            const row = rowsOf(came).find((one) => one.source === name)
            if (row) expect(row).toMatchObject(figures)
            else expect(figures).toMatchObject({ leads: 0, opened: 0, won: 0, lost: 0 })
          }
          book.close()
        },
      ),
      { numRuns: 50 },
    )
  })

  it('keep their invariants', async () => {
    await fc.assert(
      fc.asyncProperty(anyLives, anySpan, async (lives, { asOf, ...period }) => {
        const book = await livedBook(lives)
        for (const spec of [closed, cohort]) {
          const report = await reportOf(book, spec, { asOf, period, by: 'owner' })
          let before = Infinity
          for (const row of rowsOf(report)) {
            expect(Number(row.reached)).toBeLessThanOrEqual(before)
            expect(row.reached).toBe(Number(row.passed) + Number(row.lost) + Number(row.open ?? 0))
            before = Number(row.reached)
          }
          // An owner's deals are nobody else's: groups add up, row by row and in their totals.
          const groups = report.groups?.groups ?? []
          const add = (rows: (Row | null | undefined)[], key: string): number =>
            rows.reduce((sum, row) => sum + Number(row?.[key] ?? 0), 0)
          rowsOf(report).forEach((row, index) => {
            for (const key of ['reached', 'passed', 'lost', 'amount_reached']) {
              expect(
                add(
                  groups.map(({ rows }) => rows[index]),
                  key,
                ),
              ).toBe(row[key])
            }
          })
          for (const key of ['deals', 'won', 'lost', 'amount_won']) {
            expect(
              add(
                groups.map(({ totals }) => totals),
                key,
              ),
            ).toBe(report.totals?.[key])
          }
        }
        const gone = await reportOf(book, losses, { asOf, period })
        const shares = rowsOf(gone).map(({ share }) => Number(share))
        if (shares.length > 0) expect(shares.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12)
        book.close()
      }),
      { numRuns: 25 },
    )
  })

  it('as of a day are those of the book cut off after it', async () => {
    await fc.assert(
      fc.asyncProperty(anyLives, anySpan, async (lives, { asOf, ...period }) => {
        const book = await livedBook(lives)
        const made = async (): Promise<Report[]> => {
          const all: Report[] = []
          for (const spec of [closed, open, cohort, losses, sources]) {
            all.push(await reportOf(book, spec, { asOf, period, by: 'region', charts: true }))
          }
          return all
        }
        const before = await made()
        await cutOff(book, asOf)
        expect(await made()).toEqual(before)
        book.close()
      }),
      { numRuns: 25 },
    )
  })
})

/** A group's name as the reference has it. */
function nameOf(by: By, key: string | null): string {
  return by === 'region' ? (key ?? '').toLowerCase() : (key ?? '')
}

/** Takes away everything that happened after a day. */
async function cutOff({ db, store }: Book, asOf: Day): Promise<void> {
  const ranks = await stageRanks(db)
  const events = await db.selectFrom('events').selectAll().orderBy('at').orderBy('id').execute()
  connectionOf(store).pragma('foreign_keys = OFF')
  await db.deleteFrom('events').where('at', '>', asOf).execute()
  for (const deal of await db.selectFrom('deals').selectAll().execute()) {
    const own = events.filter(({ deal_id, at }) => deal_id === deal.id && at <= asOf)
    if (own.length === 0) {
      await db.deleteFrom('deals').where('id', '=', deal.id).execute()
      continue
    }
    const state = stateOf(own.map(toDealEvent), ranksOf(ranks, deal.process_id))
    await db.updateTable('deals').set(stateColumns(state, 2)).where('id', '=', deal.id).execute()
  }
  connectionOf(store).pragma('foreign_keys = ON')
}
