import { readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBook } from '../../src/book/open.ts'
import { seededRandom } from '../../src/domain/random.ts'
import { desk, newFolder } from '../support/funnel.ts'
import { type InsideOutcome, runInside } from '../support/inside.ts'
import { bookIn, inCopy, TIMES } from './programs.ts'
import { connectionOf } from '../../src/book/store/sqlite/store.ts'

const PAGE = 4096
const SAMPLE = newFolder()

const READS = [
  'client list',
  'report open',
  'report closed',
  'find company',
  'today',
  'deal show 1',
]
const CHANGES = ['client add B', 'win 1', 'undo']

beforeAll(() => {
  const { file, ok } = desk({}, SAMPLE)
  const lines = Array.from(
    { length: 300 },
    (_, row) => `Company ${row},North,${'note '.repeat(20)}`,
  )
  writeFileSync(file('list.csv'), ['name,region,note', ...lines].join('\n'))
  ok('import', 'clients', 'list.csv')
  for (let deal = 1; deal < 4; deal += 1) ok('deal', 'add', String(deal), `Deal ${deal}`)
  ok('win', '2')
  ok('find', 'company')
})
afterAll(() => rmSync(SAMPLE, { recursive: true }))

/** What SQLite itself says of a file, by nothing of this program. */
function isDamaged(file: string): boolean {
  const raw = new Database(file)
  try {
    return raw.pragma('integrity_check', { simple: true }) !== 'ok'
  } catch {
    return true
  } finally {
    raw.close()
  }
}

/** Can the book be opened, and does SQLite list what is wrong with it? */
function canExamine(file: string): boolean {
  try {
    const book = openBook(file)
    try {
      return (connectionOf(book.store).pragma('integrity_check(20)') as unknown[]).length > 0
    } finally {
      book.close()
    }
  } catch {
    return false
  }
}

/** A command on a damaged book does its work, or says in plain words that the book is damaged. */
function expectPlain(line: string, { code, err, out }: InsideOutcome): void {
  expect([line, err]).toEqual([line, expect.not.stringMatching(/unexpected|\n {4}at /)])
  expect([0, 1, 3, 4]).toContain(code)
  if (code === 4) expect(err).toMatch(/is damaged|is not a book of funnel/)
  if (code === 4) expect(out).toBe('')
}

const HARMS: [name: string, harm: (bytes: Buffer, random: () => number) => void][] = [
  [
    'pages of zeros',
    (bytes, random) => bytes.fill(0, pageAt(bytes, random), pageAt(bytes, random) + PAGE),
  ],
  [
    'a page of noise',
    (bytes, random) => {
      const at = pageAt(bytes, random)
      for (let byte = at; byte < at + PAGE; byte += 1) bytes[byte] = random() * 256
    },
  ],
  [
    'a page in the place of another',
    (bytes, random) => {
      const from = pageAt(bytes, random)
      bytes.copy(bytes, pageAt(bytes, random), from, from + PAGE)
    },
  ],
  [
    'the head of a page',
    (bytes, random) => {
      const at = pageAt(bytes, random)
      for (let byte = at; byte < at + 16; byte += 1) bytes[byte] = random() * 256
    },
  ],
]

/** The beginning of a page that is not the first. */
function pageAt(bytes: Buffer, random: () => number): number {
  return PAGE * (1 + Math.floor(random() * (bytes.length / PAGE - 1)))
}

describe.each(HARMS)('%s', (name, harm) => {
  it('are said to be damage, with exit 4, and never met by an accident of the program', async () => {
    const random = seededRandom(name.length)
    const codes = new Set<number | null>()
    let harmed = 0
    for (let round = 0; round < 25 * TIMES; round += 1) {
      await inCopy(SAMPLE, async (copy) => {
        const bytes = readFileSync(bookIn(copy))
        harm(bytes, random)
        writeFileSync(bookIn(copy), bytes)
        const damaged = isDamaged(bookIn(copy))
        if (damaged) harmed += 1
        const doctor = await runInside(copy, ['doctor'])
        // What SQLite takes for sound may be wrong still, as a page that stands for another.
        if (damaged) expect(doctor.code).not.toBe(0)
        // Where the book can be opened and examined at all, what was found is told.
        if (damaged && canExamine(bookIn(copy))) expect(doctor.code).toBe(1)
        expectPlain('doctor', doctor)
        for (const line of [...READS, ...CHANGES]) {
          const ended = await runInside(copy, line.split(' '))
          expectPlain(line, ended)
          codes.add(ended.code)
        }
      })
    }
    expect(harmed).toBeGreaterThan(8)
    expect(codes).toContain(4)
  }, 120_000)
})

it.each(['clients', 'deals', 'events', 'contact_points', 'journal'])(
  'doctor lists what is wrong where the table %s cannot be read',
  async (table) => {
    await inCopy(SAMPLE, async (copy) => {
      const raw = new Database(bookIn(copy))
      const sql = 'SELECT rootpage FROM sqlite_schema WHERE name = ?'
      const page = raw.prepare(sql).pluck().get(table) as number
      raw.close()
      const bytes = readFileSync(bookIn(copy))
      writeFileSync(bookIn(copy), bytes.fill(0, PAGE * (page - 1), PAGE * page))
      const { code, out, err } = await runInside(copy, ['doctor'])
      expect([code, out]).toEqual([1, expect.stringMatching(/^file: [^]*page/)])
      expect(err).toContain('is not sound')
    })
  },
)

it('in the middle of a long list is said after the rows that could be read, with exit 4', () => {
  const { file, ok, run } = desk()
  const rows = Array.from(
    { length: 4000 },
    (_, row) => `Company ${row + 10_000},${'text '.repeat(20)}`,
  )
  writeFileSync(file('list.csv'), ['name,note', ...rows].join('\n'))
  ok('import', 'clients', 'list.csv')
  const whole = ok('client', 'list', '--csv').split('\n')
  const raw = new Database(file('funnel.db'))
  const sql = `SELECT pageno FROM dbstat WHERE name = 'clients' AND pagetype = 'leaf' ORDER BY path`
  const pages = raw.prepare(sql).pluck().all() as number[]
  raw.close()
  const from = PAGE * ((pages[Math.floor(pages.length * 0.7)] ?? 0) - 1)
  const bytes = readFileSync(file('funnel.db'))
  writeFileSync(file('funnel.db'), bytes.fill(0x5a, from, from + PAGE))
  for (const format of ['--csv', '--json']) {
    const { code, out, err } = run('client', 'list', format)
    expect([code, err]).toEqual([4, expect.stringContaining('funnel.db is damaged\n')])
    if (format === '--json') expect(() => JSON.parse(out)).toThrow(SyntaxError)
    else expect(out.split('\n')).toEqual([...whole.slice(0, 2001), ''])
  }
})

describe('a file', () => {
  it('that was cut short is damaged', async () => {
    for (const pages of [1, 2, 10, 40]) {
      await inCopy(SAMPLE, async (copy) => {
        truncateSync(bookIn(copy), pages * PAGE - 100)
        for (const line of ['doctor', ...READS, ...CHANGES]) {
          const ended = await runInside(copy, line.split(' '))
          expectPlain(line, ended)
          expect([line, line !== 'doctor' || ended.code !== 0]).toEqual([line, true])
        }
      })
    }
  })

  it('that begins with something else is no book', async () => {
    await inCopy(SAMPLE, async (copy) => {
      const bytes = readFileSync(bookIn(copy))
      writeFileSync(bookIn(copy), bytes.fill(0x20, 0, 16))
      for (const line of ['doctor', ...READS, ...CHANGES]) {
        const ended = await runInside(copy, line.split(' '))
        expect([line, ended.code]).toEqual([line, 4])
        expect(ended.err).toContain('is not a book of funnel')
      }
    })
  })

  it('with a log beside it that makes no sense is the book without that log', async () => {
    await inCopy(SAMPLE, async (copy) => {
      writeFileSync(`${bookIn(copy)}-wal`, Buffer.alloc(50_000, 0x5a), { mode: 0o600 })
      const { code, out } = await runInside(copy, ['doctor'])
      expect([code, out]).toEqual([0, 'funnel.db is sound\n'])
    })
  })
})
