import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import Database from 'better-sqlite3'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { ensureCurrent, versionOf } from '../../src/book/store/sqlite/migrate.ts'
import { schemaVersion } from '../../src/book/store/sqlite/migrations/index.ts'
import { placeFirstBook, rowsOf } from '../support/first-book.ts'
import { temporaryFolder } from '../support/funnel.ts'
import { runInside } from '../support/inside.ts'

const OLD_WRITER = fileURLToPath(new URL('old-writer.mjs', import.meta.url))

let folder = ''
let file = ''

beforeEach(() => {
  folder = temporaryFolder()
  file = placeFirstBook(folder)
})

const funnel = (...args: string[]) => runInside(folder, args)

async function ok(...args: string[]): Promise<string> {
  const { code, out, err } = await funnel(...args)
  expect([args, code, code === 0 ? '' : err]).toEqual([args, 0, ''])
  return out
}

describe('a book of the first release', () => {
  it('has rows in every table', () => {
    for (const [table, rows] of Object.entries(rowsOf(file))) {
      expect([table, rows.length > 0]).toEqual([table, true])
    }
  })

  it('comes to this release with every row and every value, and is sound', async () => {
    const before = rowsOf(file)
    expect(await ok('doctor')).toContain('is sound')
    const raw = new Database(file, { readonly: true })
    expect(versionOf(raw)).toBe(schemaVersion)
    raw.close()
    const after = rowsOf(file)
    for (const [table, rows] of Object.entries(before)) {
      const found = after[table]?.slice(0, rows.length) ?? []
      // A later schema has more columns; those of the first one say what they said.
      expect([table, found]).toMatchObject([table, rows])
      if (table !== 'settings') expect([table, after[table]?.length]).toEqual([table, rows.length])
    }
  })

  it('is copied first, as it was, for its owner alone', async () => {
    const before = rowsOf(file)
    await ok('report', 'open')
    expect(rowsOf(`${file}.v1`)).toEqual(before)
    expect(statSync(`${file}.v1`).mode & 0o777).toBe(0o600)
    const copy = new Database(`${file}.v1`, { readonly: true })
    expect(versionOf(copy)).toBe(1)
    expect(copy.pragma('integrity_check', { simple: true })).toBe('ok')
    copy.close()
    // The copy is a book itself, and takes the same way.
    expect(await ok('doctor', '--book', `${file}.v1`)).toContain('is sound')
  })

  it('never loses an earlier copy to a later one', async () => {
    writeFileSync(`${file}.v1`, 'a copy of another day')
    const before = rowsOf(file)
    await ok('doctor')
    expect(readFileSync(`${file}.v1`, 'utf8')).toBe('a copy of another day')
    expect(rowsOf(`${file}.v1-2`)).toEqual(before)
  })

  it('is copied with what stands in its log, while others read it', async () => {
    const reader = new Database(file)
    onTestFinished(() => void reader.close())
    reader.exec('BEGIN')
    reader.prepare('SELECT count(*) FROM clients').get()
    const writer = new Database(file)
    writer.exec("INSERT INTO sources (name, name_key) VALUES ('late', 'late')")
    writer.close()
    await ok('source', 'list')
    const names = rowsOf(`${file}.v1`).sources?.map(({ name }) => name)
    expect(names).toContain('late')
  })

  it('is copied as it is when it is migrated, whoever writes to it meanwhile', async () => {
    const raw = new Database(file)
    raw.exec(`WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)
      INSERT INTO clients (name, name_key, rating, note, added_on)
      SELECT 'Old ' || i, 'old ' || i, 'A', hex(randomblob(100)), '2026-01-01' FROM n`)
    raw.close()
    const writer = spawn(process.execPath, [OLD_WRITER, file])
    onTestFinished(() => void writer.kill())
    const ended = once(writer, 'close')
    await once(writer.stdout, 'data')
    await ok('source', 'list')
    expect(await ended).toEqual([0, null])
    const sources = rowsOf(file).sources ?? []
    expect(sources.length).toBeGreaterThan(0)
    expect(rowsOf(`${file}.v1`).sources).toEqual(sources)
  })

  it('works on: what its people did is undone, figures are told, work goes on', async () => {
    expect(await ok('history')).toContain('operation 6')
    await ok('undo')
    expect(JSON.parse(await ok('client', 'show', 'harbour', '--json'))).toMatchObject({
      region: 'North',
      rating: 'A',
      categories: ['large', 'old, loyal'],
    })
    const open = JSON.parse(await ok('report', 'open', '--json')) as { totals: object }
    expect(open.totals).toMatchObject({ deals: 2, clients: 2, amount: 9005.5 })
    const closed = await ok('report', 'closed', '--period', '2026', '--json')
    expect(JSON.parse(closed)).toMatchObject({ totals: { deals: 2, won: 1, lost: 1 } })
    for (const command of ['find กฝน', 'find lines', 'today', 'forecast', 'task list']) {
      await ok(...command.split(' '))
    }
    await ok('advance', 'cold store')
    await ok('log', 'call', 'harbour', 'agreed')
    for (const id of ['4', '3']) await ok('undo', id)
    // What was worked on since is in the way of its own operation.
    const refused = await funnel('undo', '2')
    expect([refused.code, refused.err]).toEqual([1, expect.stringContaining('cannot be undone')])
    expect(await ok('doctor')).toContain('is sound')
  })

  it('is migrated once, by whoever comes first', () => {
    const raw = new Database(file)
    const other = new Database(file)
    onTestFinished(() => {
      raw.close()
      other.close()
    })
    ensureCurrent(raw, file)
    ensureCurrent(other, file)
    expect(versionOf(other)).toBe(schemaVersion)
  })
})

describe('a newer book', () => {
  it.each([['report', 'open'], ['client', 'add', 'B'], ['undo'], ['doctor']])(
    'is refused by %s with exit 4 and left as it is',
    async (...args) => {
      await ok('doctor')
      new Database(file).exec(`PRAGMA user_version = ${schemaVersion + 1}`).close()
      const before = readFileSync(file)
      const { code, out, err } = await funnel(...args)
      expect([code, out]).toEqual([4, ''])
      expect(err).toContain(`was written by a newer funnel (schema ${schemaVersion + 1};`)
      expect(err).toContain('docs/START.md, Upgrade')
      expect(readFileSync(file).equals(before)).toBe(true)
    },
  )
})

describe('the targets of an older book', () => {
  it('become goals of all for every month, row for row, and are gone from the settings', async () => {
    const raw = new Database(file)
    const set = raw.prepare('INSERT INTO settings (key, value) VALUES (?, ?)')
    set.run('target_deals', '7')
    set.run('target_amount', '3000050')
    // What no release could have written is no goal.
    set.run('target_profit', 'many')
    raw.close()
    await ok('doctor')
    const { goals = [], settings = [] } = rowsOf(file)
    const always = { owner_id: null, every: 'month', from_day: null, to_day: null }
    expect(goals).toEqual([
      expect.objectContaining({ id: 1, measure: 'won-deals', value: 7, ...always }),
      expect.objectContaining({ id: 2, measure: 'won-amount', value: 3_000_050, ...always }),
    ])
    expect(settings.filter((row) => String(row.key).startsWith('target'))).toEqual([])
    expect(await ok('settings', 'get', 'target-amount')).toBe('30000.50\n')
    expect(await ok('goal', 'list', '--json')).toContain('"goal": 30000.5')
  })
})
