import fc from 'fast-check'
import { sql, type SqlBool } from 'kysely'
import { describe, expect, it } from 'vitest'
import type { Book } from '../../src/book/open.ts'
import { stageRanks } from '../../src/book/projection.ts'
import { addDays } from '../../src/domain/day.ts'
import type { Report, Row } from '../../src/domain/table.ts'
import { activity } from '../../src/reports/activity/index.ts'
import { bottlenecks } from '../../src/reports/bottlenecks/index.ts'
import { owners } from '../../src/reports/owners/index.ts'
import { velocity } from '../../src/reports/velocity/index.ts'
import { wrongStays } from '../../src/book/stays/check.ts'
import { SETTINGS } from '../support/book.ts'
import { anyDisturbance, disturb } from '../support/disturbed.ts'
import { fisherByCounting } from '../support/fisher.ts'
import { anyLives, cutOff, liveBook, START } from '../support/busy-books.ts'
import { reportOf } from '../support/reports.ts'
import {
  type RefAsk,
  type RefContact,
  type RefDeal,
  referenceActivity,
  referenceOwner,
  referenceStage,
  referenceSteps,
  referenceVelocity,
  type RefEvent,
  type RefTask,
} from './reference-people.ts'

const DEALS = 12
const STAGES = [1, 2, 3, 4, 5, 6, 7, 8, 9]
const PROPOSAL = 4
const TODAY = addDays(START, 364)
const OWNERS = { Ann: 1, Bo: 2, Cy: 3, 'No owner': null } as const

/** As --where names one client. */
const CLIENT_A = {
  texts: ['name=A'],
  test: (alias: string) => sql<SqlBool>`${sql.ref(`${alias}.id`)} = 1`,
}

interface Read {
  deals: RefDeal[]
  contacts: RefContact[]
  tasks: RefTask[]
}

async function read({ db }: Book): Promise<Read> {
  const ranks = await stageRanks(db)
  const events = (await db
    .selectFrom('events')
    .selectAll()
    .orderBy('at')
    .orderBy('id')
    .execute()) as (RefEvent & { deal_id: number })[]
  const deals = await db.selectFrom('deals').selectAll().execute()
  return {
    deals: deals.map((deal) => ({
      ...deal,
      stages: [...(ranks.get(deal.process_id)?.keys() ?? [])],
      events: events.filter((event) => event.deal_id === deal.id),
    })),
    contacts: await db.selectFrom('interactions').selectAll().execute(),
    tasks: await db.selectFrom('tasks').selectAll().execute(),
  }
}

function rowsOf(report: Report, key: string): Row[] {
  return report.sections.find((section) => section.key === key)?.rows ?? []
}

/** Numbers to compare as closely as adding them up in another order allows. */
function expectNear(row: Row | null | undefined, wanted: Row): void {
  for (const [key, value] of Object.entries(wanted)) {
    if (typeof value === 'number') expect(row?.[key], key).toBeCloseTo(value, 8)
    else expect(row?.[key], key).toEqual(value)
  }
}

function expectOwners(report: Report, { deals, contacts, tasks }: Read, ask: RefAsk): void {
  const rows = rowsOf(report, 'rows')
  for (const [name, id] of Object.entries(OWNERS)) {
    const wanted = referenceOwner(deals, contacts, tasks, ask, id)
    const row = rows.find(({ owner }) => owner === name)
    if (row) expectNear(row, wanted)
    else
      expect([wanted.opened, wanted.won, wanted.lost, wanted.overdue_tasks]).toEqual([0, 0, 0, 0])
  }
  expectNear(report.totals, referenceOwner(deals, contacts, tasks, ask, undefined))
  for (const key of ['opened', 'won', 'lost', 'profit', 'overdue_tasks']) {
    const sum = rows.reduce((all, row) => all + Number(row[key]), 0)
    expect(sum, key).toBe(report.totals?.[key])
  }
}

function expectVelocity(report: Report, { deals }: Read, ask: RefAsk): void {
  expectNear(report.totals, referenceVelocity(deals, ask))
  const rows = rowsOf(report, 'stages')
  for (const row of rows) {
    const stage = STAGES[rows.indexOf(row)] ?? 0
    expectNear(row, referenceStage(deals, stage, ask))
  }
  if (rows.length === 0) {
    for (const stage of STAGES) expect(referenceStage(deals, stage, ask).visits).toBe(0)
  }
  const months = rowsOf(report, 'months').reduce((sum, { won }) => sum + Number(won), 0)
  expect(months).toBe(report.totals?.won)
}

function expectActivity(report: Report, { deals, contacts }: Read, ask: RefAsk): void {
  const { rows, ...totals } = referenceActivity(deals, contacts, PROPOSAL, ask)
  expectNear(report.totals, totals)
  const wins = rowsOf(report, 'wins').map((row) => row.deals)
  expect(wins).toEqual(totals.won === 0 ? [] : rows)
  for (const key of ['calls', 'emails', 'meetings', 'touches']) {
    const sum = (of: Row[]): number => of.reduce((all, row) => all + Number(row[key]), 0)
    expect(sum(rowsOf(report, 'rows')), key).toBe(report.totals?.[key])
    expect(sum(rowsOf(report, 'weeks')), key).toBe(report.totals?.[key])
  }
}

type Steps = ReturnType<typeof referenceSteps>

function expectCell(row: Row, own: Steps, base: Steps, at: number): void {
  const [here, there] = [own.stages[at], base.stages[at]]
  if (!here || !there) throw new Error('no stage')
  expect(row).toMatchObject({ ...here, base_reached: there.reached, base_passed: there.passed })
  if (here.reached < 10 || there.reached < 10) {
    expect(row).toMatchObject({ verdict: 'too few', p: null, cost: null })
    return
  }
  const p = fisherByCounting(
    here.passed,
    here.reached - here.passed,
    there.passed,
    there.reached - there.passed,
  )
  expect(row.p).toBeCloseTo(p, 8)
  const beyond =
    here.passed > 0 ? own.won / here.passed : there.passed > 0 ? base.won / there.passed : null
  const profit = own.meanProfit ?? base.meanProfit
  if (beyond === null || profit === null) expect(row.cost).toBeNull()
  else {
    const shortfall = there.passed / there.reached - here.passed / here.reached
    expect(Math.abs(Number(row.cost) - here.reached * shortfall * beyond * profit)).toBeLessThan(1)
  }
}

const span = fc.tuple(fc.integer({ min: 0, max: 200 }), fc.integer({ min: 0, max: 200 }))

function askOf([a, b]: [number, number], c: number) {
  const [from = 0, to = 0] = [a, b].toSorted((x, y) => x - y)
  const period = { from: addDays(START, from), to: addDays(START, to) }
  const asOf = addDays(START, c)
  return { asOf, period, ref: { asOf, from: period.from, to: period.to } }
}

describe('owners, velocity and activity of any book', () => {
  it('agree with plain loops over events', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyLives(DEALS),
        span,
        fc.integer({ min: 0, max: 230 }),
        anyDisturbance,
        async (lives, days, on, how) => {
          const book = await liveBook(lives)
          const { asOf, period, ref } = askOf(days, on)
          await disturb(book, how)
          expect(wrongStays(book.store)).toEqual([])
          const all = await read(book)
          if (how === 'nothing') expect(all.deals).toHaveLength(lives.deals.length)
          const asked = { asOf, today: TODAY, period, charts: true }
          expectOwners(await reportOf(book, owners, asked), all, ref)
          expectVelocity(await reportOf(book, velocity, asked), all, ref)
          expectActivity(await reportOf(book, activity, asked), all, ref)
          const ofA = { ...asked, scope: { asOf, settings: SETTINGS, clients: CLIENT_A } }
          const own = {
            ...all,
            deals: all.deals.filter((deal) => deal.client_id === 1),
            contacts: all.contacts.filter((contact) => contact.client_id === 1),
          }
          expectVelocity(await reportOf(book, velocity, ofA), own, ref)
          expectActivity(await reportOf(book, activity, ofA), own, ref)
          book.close()
        },
      ),
      { numRuns: 30 },
    )
  })

  it('on a day are those of the book cut off after it', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyLives(DEALS),
        span,
        fc.integer({ min: 0, max: 200 }),
        async (lives, days, on) => {
          const book = await liveBook(lives)
          const { asOf, period } = askOf(days, on)
          const make = async (): Promise<Report[]> => {
            const reports: Report[] = []
            for (const spec of [owners, velocity, activity, bottlenecks]) {
              reports.push(await reportOf(book, spec, { asOf, today: TODAY, period, charts: true }))
            }
            return reports
          }
          const before = await make()
          await cutOff(book, asOf)
          expect(before).toEqual(await make())
          book.close()
        },
      ),
      { numRuns: 30 },
    )
  })
})

describe('bottlenecks of any book', () => {
  it('agree with plain counting, by owner and against an earlier period', async () => {
    await fc.assert(
      fc.asyncProperty(anyLives(60), span, async (lives, days) => {
        const book = await liveBook(lives)
        const { period, ref } = askOf(days, 230)
        const asOf = addDays(START, 230)
        const { deals } = await read(book)

        const byOwner = await reportOf(book, bottlenecks, { asOf, period, by: 'owner' })
        const steps = (want: (owner: number | null) => boolean): Steps =>
          referenceSteps(deals, STAGES, ref, want)
        for (const row of rowsOf(byOwner, 'rows')) {
          const id = OWNERS[row.group as keyof typeof OWNERS]
          const at = rowStage(row)
          expectCell(
            row,
            steps((one) => one === id),
            steps((one) => one !== id),
            at,
          )
        }

        const compare = { from: START, to: addDays(START, 60) }
        const compared = await reportOf(book, bottlenecks, { asOf, period, compare })
        const base = referenceSteps(deals, STAGES, { asOf, ...compare }, () => true)
        const own = steps(() => true)
        const rows = rowsOf(compared, 'rows')
        expect(rows).toHaveLength(own.stages.filter(({ reached }) => reached > 0).length)
        for (const row of rows) expectCell(row, own, base, rowStage(row))
        const costs = rows.map(({ cost }) => (cost === null ? -Infinity : Number(cost)))
        expect(costs).toEqual(costs.toSorted((a, b) => b - a))
        book.close()
      }),
      { numRuns: 8 },
    )
  })
})

const NAMES = [
  'Qualification',
  'Meeting preparation',
  'Presentation',
  'Proposal',
  'Decision',
  'Contract',
  'Payment',
  'Delivery',
  'Completion',
]

function rowStage({ stage }: Row): number {
  const at = NAMES.indexOf(String(stage))
  if (at < 0) throw new Error(`no stage ${String(stage)}`)
  return at
}
