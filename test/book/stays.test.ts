import { writeFileSync } from 'node:fs'
import Database from 'better-sqlite3'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { examineBook, repairBook } from '../../src/book/doctor.ts'
import { ByteReader, ByteWriter } from '../../src/book/stays/bytes.ts'
import { BLOCK } from '../../src/book/stays/block.ts'
import { wrongStays } from '../../src/book/stays/check.ts'
import { rebuildStays } from '../../src/book/stays/build.ts'
import type { Book } from '../../src/book/open.ts'
import { desk } from '../support/funnel.ts'
import { livedBook } from '../support/lives.ts'

const LIFE = { process: 1, client: 1, amount: 100, cost: null, owner: 1, source: 1, opened: 10 }

/** Deals that went on twice and were won. */
const book = (): Promise<Book> =>
  livedBook(
    [3, 5].map((days) => ({
      ...LIFE,
      steps: [
        { what: 0, stage: 1, days },
        { what: 6, stage: 1, days },
      ],
    })),
  )

describe('stays', () => {
  it('are numbers in few bytes, and the same again', () => {
    fc.assert(
      fc.property(fc.array(fc.option(fc.maxSafeNat().map((n) => n - 1))), (numbers) => {
        const valid = numbers.map((n) => (n === null || n < 0 ? null : n))
        const writer = new ByteWriter()
        for (const number of valid) writer.optional(number)
        const reader = new ByteReader()
        reader.open(writer.take())
        expect(valid.map(() => reader.optional())).toEqual(valid)
      }),
      { numRuns: 200 },
    )
    const writer = new ByteWriter()
    for (const number of [0, 127, 128, 300]) writer.number(number)
    expect([...writer.take()]).toEqual([0, 127, 128, 1, 172, 2])
  })

  it('that are not those of the events are found by the doctor, and made again', async () => {
    const { store, ...rest } = await book()
    const whole = { store, ...rest }
    expect(await examineBook(whole)).toEqual([])
    store.exec("UPDATE events SET at = '2026-01-12' WHERE deal_id = 2 AND kind = 'moved'")
    store.exec(`INSERT INTO stays SELECT 9, deals FROM stays`)
    const lines = (await examineBook(whole)).map(({ check, message }) => `${check}: ${message}`)
    const why = 'the stays kept for reports do not follow from the deal and its events'
    expect(lines).toEqual([
      'standing: deal 2: stage_since is 2026-01-16, not 2026-01-12',
      `stays: deal 2: ${why}`,
      `stays: deal ${9 * BLOCK + 1}: ${why}`,
      `stays: deal ${9 * BLOCK + 2}: ${why}`,
      'stays: the counts kept for chances to win do not follow from the stays of the deals',
    ])
    await repairBook(whole)
    expect(await examineBook(whole)).toEqual([])
  })

  it('that are damaged end a report with what to type, and not in an endless count', () => {
    const { ok, run, file } = desk()
    ok('client', 'add', 'Pier One')
    ok('deal', 'add', 'Pier One', 'Winch')
    const raw = new Database(file('funnel.db'))
    const bytes = raw.prepare('SELECT deals FROM stays').pluck().get() as Buffer
    for (let at = 0; at < bytes.length; at += 1) {
      const damaged = Buffer.concat([bytes.subarray(0, at), Buffer.alloc(7, 0xff), Buffer.of(0x0f)])
      raw.prepare('UPDATE stays SET deals = ?').run(damaged)
      const { code, err } = run('report', 'velocity')
      if (code === 0) continue
      expect({ code, err }).toEqual({
        code: 4,
        err: expect.stringContaining('funnel doctor --repair'),
      })
    }
    raw.close()
    ok('doctor', '--repair')
    expect(ok('doctor')).toContain('is sound')
  })

  it('are made of deals in many blocks, with gaps between them', async () => {
    const { store } = await book()
    for (const id of [BLOCK - 1, BLOCK, 5 * BLOCK + 7, 5 * BLOCK * 100]) {
      store.exec(`INSERT INTO deals (id, client_id, process_id, title, title_key, status, stage_since,
          opened_on) VALUES (${id}, 1, 3, 'x', 'x', 'open', '1969-12-30', '1969-12-30');
        INSERT INTO events (deal_id, kind, at, recorded_at) VALUES (${id}, 'opened', '1969-12-30', 'x')`)
    }
    expect(wrongStays(store)).toHaveLength(4)
    rebuildStays(store)
    expect(wrongStays(store)).toEqual([])
    const blocks = store.prepare('SELECT block FROM stays ORDER BY block').pluck().all()
    expect(blocks).toEqual([0, 1, 5, 500])
  })

  it('follow every command that changes a deal', () => {
    const { ok, file } = desk()
    ok('client', 'add', 'Harbour Foods')
    ok('client', 'add', 'Pier One')
    ok('deal', 'add', 'Pier One', 'Winch', '--amount', '900', '--on', '2026-09-01')
    const sound = (): void => expect(ok('doctor')).toContain('is sound')
    ok('advance', '1', '--on', '2026-09-05')
    ok('deal', 'edit', '1', '--amount', '700')
    sound()
    ok('lose', '1', '--on', '2026-09-09')
    ok('reopen', '1', '--on', '2026-09-20')
    sound()
    ok('client', 'merge', 'Harbour Foods', 'Pier One', '--yes')
    sound()
    ok('undo')
    ok('undo')
    sound()
    writeFileSync(
      file('deals.csv'),
      'Client,Title,Amount,Outcome,Opened,Closed\nHarbour Foods,Crane,500,won,2026-08-01,2026-09-02\n',
    )
    ok('import', 'deals', 'deals.csv', '--yes')
    sound()
    ok('client', 'erase', 'Harbour Foods', '--yes')
    sound()
  })
})
