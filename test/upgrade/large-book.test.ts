import path from 'node:path'
import Database from 'better-sqlite3'
import { expect, it } from 'vitest'
import { olderBook } from '../support/book.ts'
import { runInside } from '../support/inside.ts'

/** Deals that were opened and won. */
const DEALS = 120_000

it('a large book of an earlier release says what keeps one waiting, and where its copy is', async () => {
  const file = olderBook(12, ['Pier One'], { timezone: 'Europe/Berlin' })
  const raw = new Database(file)
  raw.exec(`
    INSERT INTO processes (name, name_key, kind) VALUES ('p', 'p', 'plain');
    INSERT INTO imports (what, file, at) VALUES ('deals', 'x.csv', '2026-06-01T23:30:00.000Z');
    WITH RECURSIVE n(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n WHERE id < ${DEALS})
      INSERT INTO deals (id, client_id, process_id, title, title_key, status, stage_since, opened_on,
        closed_on, import_id)
      SELECT id, 1, 1, 'a new crane for the pier', 'a new crane for the pier', 'won', '2026-05-01',
        '2026-05-01', '2026-06-02', 1 FROM n;
    INSERT INTO events (deal_id, kind, at, recorded_at)
      SELECT id, 'opened', '2026-05-01', '2026-06-01T23:30:00.000Z' FROM deals;
    INSERT INTO events (deal_id, kind, at, recorded_at)
      SELECT id, 'won', '2026-06-02', '2026-06-01T23:30:00.000Z' FROM deals;`)
  raw.close()
  const { code, out, err } = await runInside(path.dirname(file), ['client', 'list'])
  expect({ code, err }).toEqual({
    code: 0,
    err:
      'this book was last written by an older funnel: it is copied, then brought up to date\n' +
      '… 100,000 deals done\n' +
      `the book is up to date; as it was, it is kept as ${file}.v12\n`,
  })
  expect(out).toContain('Pier One')
  const upgraded = new Database(file)
  // Half past eleven at night in UTC is the next day in Berlin.
  expect(upgraded.prepare('SELECT day FROM imports').pluck().get()).toBe('2026-06-02')
  const counts = upgraded.prepare('SELECT counts FROM stay_counts').pluck().all() as string[]
  // The day of the import stands in for their closing days: won, at an age that nobody knows.
  expect(counts.map((text) => JSON.parse(text))).toMatchObject([
    { won: [0, 0, 0, 0, 0, 0, 0, DEALS], untimed: DEALS, standing: [DEALS, 0] },
  ])
  upgraded.close()
})
