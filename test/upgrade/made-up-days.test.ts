import path from 'node:path'
import Database from 'better-sqlite3'
import { beforeEach, expect, it } from 'vitest'
import { migrate } from '../../src/book/store/sqlite/migrate.ts'
import { olderBook } from '../support/book.ts'
import { runInside } from '../support/inside.ts'

const FIRST_IMPORT = '2026-03-01T10:00:00.000Z'
const SECOND_IMPORT = '2026-04-01T10:00:00.000Z'
const TYPED = '2026-04-02T10:00:00.000Z'

type Deal = [at: string, file: number | null, opened: string, closed?: [kind: string, on: string]]

/** Deals 1 to 3 of a list without opening days, 4 to 6 of one that has them, 7 and 8 typed by hand. */
const DEALS: Deal[] = [
  [FIRST_IMPORT, 1, '2026-01-10', ['won', '2026-01-10']],
  [FIRST_IMPORT, 1, '2026-02-01', ['lost', '2026-02-01']],
  [FIRST_IMPORT, 1, '2026-03-01'],
  [SECOND_IMPORT, 2, '2026-01-05', ['won', '2026-02-20']],
  [SECOND_IMPORT, 2, '2026-03-05', ['lost', '2026-03-05']],
  [SECOND_IMPORT, 2, '2026-04-01'],
  [TYPED, null, '2026-04-02', ['won', '2026-04-02']],
  [TYPED, null, '2026-04-02'],
]

let file = ''

function addDeal(raw: Database.Database, [at, list, opened, closed]: Deal): void {
  const { lastInsertRowid: deal } = raw
    .prepare(
      `INSERT INTO deals (client_id, process_id, title, title_key, status, stage_since, opened_on,
         closed_on, import_id) VALUES (1, 1, 'Roof', 'roof', ?, ?, ?, ?, ?)`,
    )
    .run(closed?.[0] ?? 'open', opened, opened, closed?.[1] ?? null, list)
  const event = raw.prepare(
    'INSERT INTO events (deal_id, kind, at, recorded_at) VALUES (?, ?, ?, ?)',
  )
  event.run(deal, 'opened', opened, at)
  if (closed) event.run(deal, ...closed, at)
}

beforeEach(() => {
  file = olderBook(7, ['Harbour Foods'])
  const raw = new Database(file)
  raw.exec(`
    INSERT INTO processes (name, name_key, kind) VALUES ('plain', 'plain', 'plain');
    INSERT INTO imports (what, file, at) VALUES
      ('deals', 'without.csv', '${FIRST_IMPORT}'), ('deals', 'with.csv', '${SECOND_IMPORT}')`)
  for (const deal of DEALS) addDeal(raw, deal)
  raw.close()
})

function unknownDays(): unknown[] {
  const raw = new Database(file)
  migrate(raw)
  const deals = raw.prepare('SELECT id FROM deals WHERE opened_known = 0 ORDER BY id').pluck().all()
  raw.close()
  return deals
}

const funnel = (...args: string[]) => runInside(path.dirname(file), args)

/** Deals opened in the year, as a report counts them. */
async function openedDeals(): Promise<number> {
  const { out, err } = await funnel('report', 'sources', '--period', '2026', '--json')
  expect(err).not.toContain('error')
  return (JSON.parse(out) as { totals: { opened: number } }).totals.opened
}

it('marks the days of a list in which all stand in, and of no other', () => {
  expect(unknownDays()).toEqual([1, 2, 3])
})

it('keeps them out of the deals opened, and the others in', async () => {
  // Of eight deals three are of the list without days.
  expect(await openedDeals()).toBe(5)
})

it('remarks on the days that only look made up, and finds the book sound', async () => {
  const { code, out } = await funnel('doctor')
  expect(code).toBe(0)
  expect(out).toContain('remark: 2 deals of an older import have an opening day that looks made up')
  expect(out).toContain('(deals 5, 6)')
  expect(out).toContain('is sound')
  expect(unknownDays()).toEqual([1, 2, 3])
})

it('marks them when repairing, once, and says how to set a day', async () => {
  const { code, out } = await funnel('doctor', '--repair')
  expect(code).toBe(0)
  expect(out).toContain('marked: the opening day of 2 deals as not known (deals 5, 6)')
  expect(out).toContain('funnel deal edit N --opened DAY')
  expect(unknownDays()).toEqual([1, 2, 3, 5, 6])
  // Left: the deal opened on January 5th and the two typed by hand.
  expect(await openedDeals()).toBe(3)
  const again = await funnel('doctor', '--repair')
  expect(again.out).not.toMatch(/marked|remark/u)
})

it('leaves a day alone that somebody has set since, though it is the day of closing', async () => {
  await funnel('doctor', '--repair')
  const set = await funnel('deal', 'edit', '5', '--opened', '2026-03-05')
  expect([set.code, set.err]).toEqual([0, expect.any(String)])
  const { out } = await funnel('doctor', '--json')
  expect(JSON.parse(out)).toMatchObject({ sound: true, made_up_days: { deals: [], marked: false } })
  expect(unknownDays()).toEqual([1, 2, 3, 6])
})

it('says nothing of imports of this release', async () => {
  const raw = new Database(file)
  migrate(raw)
  raw.exec(`
    INSERT INTO operations (at, command) VALUES ('${TYPED}', 'funnel import deals');
    UPDATE imports SET days_known = 1`)
  raw.close()
  const { out } = await funnel('doctor')
  expect(out).not.toContain('remark')
})
