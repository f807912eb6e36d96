import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBook } from '../../src/book/open.ts'
import { desk, newFolder } from '../support/funnel.ts'
import { runInside } from '../support/inside.ts'
import { EVIL, SAFE, STEERING } from './evil.ts'

const FOLDER = newFolder()
afterAll(() => rmSync(FOLDER, { recursive: true }))

/** Columns whose texts are the program's own: keys by which it finds, days, settings, JSON. */
const OWN =
  /_key$|^key$|^table_name$|^before$|^demands$|^profile$|^conditions$|^counts$|_at$|^at$|_on$|^sha256$|_since$|^due$|_close$|^repeat/

/** Puts the text into every column of every table that takes any text. Returns how many took it. */
function poison(file: string): number {
  openBook(file).close()
  const raw = new Database(file)
  const tables = raw
    .prepare(
      `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'
       AND name NOT LIKE 'search_%' AND name NOT IN ('settings', 'last_contacts')`,
    )
    .pluck()
    .all() as string[]
  let poisoned = 0
  raw.exec('DROP TRIGGER IF EXISTS journal_clients_update')
  for (const table of tables) {
    const columns = raw.pragma(`table_info(${table})`) as { name: string; type: string }[]
    for (const { name, type } of columns) {
      if (type !== 'TEXT' || OWN.test(name)) continue
      try {
        const { changes } = raw.prepare(`UPDATE ${table} SET ${name} = ? || rowid`).run(EVIL)
        poisoned += changes
      } catch {
        // A column of few words, or of days.
      }
    }
  }
  raw.close()
  return poisoned
}

/** A line here is all that a new command needs. */
const SCREENS = [
  'client list',
  'client show 1',
  'client duplicates',
  'deal list --status all',
  'deal show 1',
  'deal show 3',
  'task list',
  'calendar --week',
  'today',
  'find script',
  'history',
  'owner list',
  'source list',
  'rate list',
  'company show',
  'tax list',
  'terms list',
  'bank account list',
  'invoice list',
  'invoice show d2',
  'invoice show 2026-0001',
  'invoice repeat list',
  'remind --dry-run',
  'reminder list',
  'template list',
  'template fields',
  'proposal list --all',
  'report proposals',
  'proposal show 1',
  'proposal diff 1 1 2',
  'document list',
  'document show 1',
  'promise list',
  'payment list',
  'report receivables',
  'report payers --period all',
  'report tax --period all --by client',
  'report statement 1 --period all',
  'report cash --backtest',
  'bank list',
  'bank show 1',
  'bank match --dry-run',
  'product list',
  'product show 1',
  'product price list',
  'deal line list 1',
  'property list',
  'contact list',
  'interaction list',
  'goal list',
  'holiday list',
  'reason list',
  'stage list',
  'process list',
  'process show 1',
  'segment list',
  'profile list',
  'report open',
  'report open --list',
  'report closed --period all --by owner',
  'report cohort --period all --by category',
  'report losses --period all',
  'report owners --period all',
  'report bottlenecks --period all --by region',
  'report velocity --period all',
  'report activity --period all',
  'report sources --period all --by size',
  'report standards',
  'report products --period all',
  'report goals',
  'settings list',
  'forecast',
  'forecast --weighted',
  'plan --wins 3',
  'standard list',
]

/** What is written to files: the command, and the extension by which its check is found. */
const FILES: [command: string, extension: string][] = [
  ...[
    'clients',
    'deals',
    'history',
    'interactions',
    'tasks',
    'products',
    'prices',
    'goals',
    'bookings',
    'invoices',
    'payments',
  ].flatMap((what) =>
    ['csv', 'xlsx', 'json', 'jsonl'].map((format): [string, string] => [`export ${what}`, format]),
  ),
  ...['csv', 'xlsx', 'json', 'jsonl'].map((format): [string, string] => [
    'export report open',
    format,
  ]),
  ['export clients', 'vcf'],
  ['export tasks', 'ics'],
]

/** Pages: the command, the option that names their file, and its extension. */
const PAGES: [command: string, option: string, extension: string][] = [
  ['report open --list', '--html', 'html'],
  ['report closed --period all --by owner', '--html', 'html'],
  ['report losses --period all --explain', '--html', 'html'],
  ['report owners --period all', '--html', 'html'],
  ['report activity --period all', '--html', 'html'],
  ['forecast --backtest', '--html', 'html'],
  ['snapshot --period 2026-10', '--out', 'html'],
  ['snapshot --period 2026-10', '--out', 'md'],
  ['snapshot --period 2026-10 --mail-to ann@b.example', '--out', 'eml'],
]

let poisoned = 0

beforeAll(() => {
  const { ok, file } = desk({}, FOLDER)
  ok('owner', 'add', 'Ann')
  const names = ['--contact', 'Ines', '--role', 'buyer', '--email', 'a@b.example']
  ok(
    'client',
    'add',
    'Acme',
    '--owner',
    'Ann',
    '--category',
    'big',
    '--property',
    'Fleet=1',
    ...names,
  )
  ok('client', 'add', 'Acme Ltd', '--email', 'a@b.example', '--region', 'North')
  ok('deal', 'add', '1', 'Roof', '--amount', '100', '--on', '2026-10-01')
  ok('deal', 'add', '1', 'Wall', '--amount', '100', '--on', '2026-10-01')
  ok('deal', 'add', '2', 'Door', '--amount', '100', '--on', '2026-10-01')
  ok('win', '2', '--on', '2026-10-20')
  ok('lose', '3', '--reason', 'no need', '--on', '2026-10-21')
  ok('log', 'call', '1', 'hello', '--on', '2026-10-02')
  ok('task', 'add', 'Call', '--client', '1', '--due', '2026-10-03')
  ok('segment', 'add', 'North', '--where', 'region=North')
  ok('company', 'set', '--name', 'Own', '--street', 'Kai 5', '--register', 'HRB 1')
  ok('tax', 'add', 'Standard', '0%', '--category', 'E', '--reason', 'small')
  ok('terms', 'add', 'Net', '--days', '30')
  ok('bank', 'account', 'add', 'House bank', '--number', '1', '--sort-code', '2')
  const row = '2026-10-02,5,Acme,DE0,hello,B,E,S'
  const head = 'booked,amount,party,party-account,text,bank-ref,e2e-ref,structured-ref'
  writeFileSync(file('bookings.csv'), `${head}\n${row}\n`)
  ok('bank', 'import', 'bookings.csv')
  ok('bank', 'ignore', '1', '--reason', 'rent')
  ok('product', 'add', 'Pump', '--code', 'P', '--price', '9', '--unit', 'h', '--text', 'large')
  ok('product', 'price', 'add', 'Pump', '8', '--list', 'Wholesale')
  ok('client', 'edit', '1', '--terms', 'Net', '--price-list', 'Wholesale', '--vat-id', 'X1')
  ok('deal', 'line', 'add', '1', 'Pump')
  ok('proposal', 'make', '1', '--note', 'Kai')
  ok('deal', 'line', 'edit', '1', '1', '--discount', '1%')
  ok('proposal', 'make', '1')
  ok('invoice', 'add', '1', '--line', 'Work @ 9', '--order-ref', 'PO', '--note', 'thanks')
  ok('invoice', 'issue', 'd1', '--on', '2026-10-02', '--incomplete')
  ok('invoice', 'send', '2026-0001', '--format', 'text', '--out', 'sent.txt')
  ok('invoice', 'add', '1', '--line', 'More @ 9')
  ok('remind', '--out', 'letters')
  ok('promise', 'add', '2026-0001', '--for', '+1w', '--amount', '1', '--note', 'Kai')
  ok('invoice', 'repeat', 'add', '2026-0001', '--every', 'month')
  ok('payment', 'add', '1', '5', '--on', '2026-10-03', '--method', 'cash', '--note', 'part')
  ok('deal', 'edit', '1', '--tag', 'expo', '--note', 'see', '--property', 'Colour=red')
  ok('template', 'text', 'proposal', 'intro', '--text', 'Hello')
  writeFileSync(file('my.html'), '<p>{{ title }}{{ lines }}</p>')
  ok('template', 'add', 'my.html', '--kind', 'letter')
  ok('goal', 'set', 'won-amount', '100', '--owner', 'Ann', '--every', 'month')
  ok('holiday', 'add', '2026-12-25', 'Christmas')
  ok('find', 'acme')
  poisoned = poison(file('funnel.db'))
})

const SCREEN = { columns: 100, env: { NO_COLOR: '1', PAGER: '' } }
const COLOURED = { columns: 100, env: { PAGER: '' } }

/** Text without colours and without what they keep from being trimmed. */
function withoutColours(text: string): string {
  return text.replaceAll(/\u001B\[\d+m/g, '').replaceAll(/ +$/gm, '')
}

it('the book is full of it', () => {
  expect(poisoned).toBeGreaterThan(60)
})

describe.each(SCREENS)('%s', (line) => {
  const words = line.split(' ')

  it('steers no terminal, in a window or a pipe', async () => {
    const [window, pipe] = [await runInside(FOLDER, words, SCREEN), await runInside(FOLDER, words)]
    for (const { code, out, err } of [window, pipe]) {
      expect([code, err.replaceAll(/^note:.*\n/gm, '')]).toEqual([0, ''])
      expect(out).not.toMatch(STEERING)
      expect(out.length).toBeGreaterThan(10)
    }
  })

  it('has colours at a terminal, and nothing else that steers it', async () => {
    const [plain, coloured] = [
      await runInside(FOLDER, words, SCREEN),
      await runInside(FOLDER, words, COLOURED),
    ]
    expect(coloured.out).not.toBe(plain.out)
    expect(withoutColours(coloured.out)).toBe(plain.out)
  })

  it('is JSON and CSV that neither steers nor runs', async () => {
    const json = await runInside(FOLDER, [...words, '--json'])
    SAFE.json?.(json.bytes)
    const csv = await runInside(FOLDER, [...words, '--csv'])
    expect(csv.code).toBe(0)
    if (csv.out.trim().includes('\n')) SAFE.csv?.(csv.bytes)
    const seen = await runInside(FOLDER, [...words, '--csv'], SCREEN)
    expect(seen.out).not.toMatch(STEERING)
  })
})

it('a letter has nothing that steers a terminal, nor in its file', async () => {
  const line = ['invoice', 'send', '2026-0001', '--to', 'a@b.example', '--format', 'text']
  for (const screen of [SCREEN, COLOURED]) {
    const { code, out } = await runInside(FOLDER, [...line, '--dry-run'], screen)
    expect([code, out.includes('HYPERLINK')]).toEqual([0, true])
    expect(out).not.toMatch(STEERING)
  }
  await runInside(FOLDER, [...line, '--out', 'letter.txt', '--again'])
  expect(readFileSync(path.join(FOLDER, 'letter.txt'), 'utf8')).not.toMatch(STEERING)
})

describe.each(['snapshot', 'snapshot --out -'])('%s --period 2026-10', (line) => {
  const words = [...line.split(' '), '--period', '2026-10']

  it('has colours at a terminal, and nothing else that steers it', async () => {
    const plain = await runInside(FOLDER, words, SCREEN)
    const coloured = await runInside(FOLDER, words, COLOURED)
    expect(plain.out).toContain('HYPERLINK')
    expect(plain.out).not.toMatch(STEERING)
    expect(coloured.out).toMatch(/^\u001B\[1mFunnel, [^\n]*\u001B\[22m\n/)
    expect(withoutColours(coloured.out)).toBe(plain.out)
  })
})

describe.each(FILES)('%s as %s', (command, extension) => {
  it('holds texts as texts', async () => {
    const name = `out.${extension}`
    const done = await runInside(FOLDER, [...command.split(' '), '--out', name])
    expect([done.code, done.err.replaceAll(/^wrote .*\n/gm, '')]).toEqual([0, ''])
    SAFE[extension]?.(readFileSync(path.join(FOLDER, name)))
    expect(SAFE[extension]).toBeDefined()
    const seen = await runInside(FOLDER, [...command.split(' '), '--format', formatOf(extension)], {
      columns: 80,
    })
    if (extension !== 'xlsx') expect(seen.out).not.toMatch(STEERING)
  })
})

describe.each(['company', 'processes'])('export %s', (what) => {
  it('is JSON that holds texts as texts', async () => {
    const { code, bytes } = await runInside(FOLDER, ['export', what])
    expect(code).toBe(0)
    SAFE.json?.(bytes)
    const seen = await runInside(FOLDER, ['export', what], SCREEN)
    expect(seen.out).not.toMatch(STEERING)
  })
})

describe.each(PAGES)('%s %s as %s', (command, option, extension) => {
  it('holds texts as texts', async () => {
    const name = `page.${extension}`
    const done = await runInside(FOLDER, [...command.split(' '), option, name])
    expect([done.code, done.err.replaceAll(/^(?:wrote|note:) .*\n/gm, '')]).toEqual([0, ''])
    const bytes = readFileSync(path.join(FOLDER, name))
    if (extension !== 'eml' && !command.startsWith('forecast')) {
      expect(bytes.toString()).toContain('HYPERLINK')
    }
    SAFE[extension]?.(bytes)
  })
})

describe.each(SCREENS.filter((line) => line.startsWith('report')))('%s --md', (line) => {
  it('holds texts as texts', async () => {
    const { code, bytes } = await runInside(FOLDER, [...line.split(' '), '--md'])
    expect(code).toBe(0)
    SAFE.md?.(bytes)
  })
})

function formatOf(extension: string): string {
  return extension === 'vcf' ? 'vcard' : extension
}

describe('what is typed or asked for', () => {
  it('never steers the terminal from a refusal', async () => {
    for (const line of [
      ['client', 'show', EVIL],
      ['client', 'add', EVIL, '--email', EVIL],
      ['deal', 'add', 'acme', EVIL, '--amount', EVIL],
      ['report', 'open', '--as-of', EVIL],
      ['export', 'clients', '--out', `no/${EVIL}`],
      ['export', 'clients', '--columns', EVIL],
      ['import', 'clients', EVIL],
      ['client', 'list', '--where', EVIL],
      ['move', '1', EVIL],
      [EVIL],
      ['client', `--${EVIL}`],
      ['report', 'open', '--book', EVIL],
    ]) {
      const { code, out, err } = await runInside(FOLDER, line, SCREEN)
      expect([line, code === 0, out]).toEqual([line, false, ''])
      expect(err).not.toMatch(STEERING)
      expect(err).toMatch(/^funnel: (?!unexpected)/)
    }
  })

  it('is never offered to a shell, which would run it', async () => {
    for (const word of ['client show ', 'win ', 'client list --owner ', 'move 1 ']) {
      const { out } = await runInside(FOLDER, ['__complete', 'bash', `funnel ${word}`])
      expect(out.replaceAll('\u0000', '')).not.toMatch(STEERING)
      expect(out).not.toContain('HYPERLINK')
    }
  })

  it('is kept without what steers: names, notes and texts that come in', async () => {
    await runInside(FOLDER, ['init', '--book', 'second.db'])
    const book = ['--book', 'second.db']
    const added = await runInside(FOLDER, ['client', 'add', EVIL, '--note', EVIL, ...book])
    expect(added.code).toBe(0)
    expect(added.out).not.toMatch(STEERING)
    const raw = new Database(path.join(FOLDER, 'second.db'), { readonly: true })
    const { name, note } = raw.prepare('SELECT name, note FROM clients').get() as {
      name: string
      note: string
    }
    raw.close()
    expect(name).not.toMatch(/[\n\r]/)
    expect(name + note).not.toMatch(STEERING)
    expect(name).toContain('<script>')
  })
})
