import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import iconv from 'iconv-lite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type BookType, CFB, read, utils, write } from 'xlsx'
import { type Random, seededRandom } from '../../src/domain/random.ts'
import { newFolder } from '../support/funnel.ts'
import { expectSum, type Imported } from '../support/imports.ts'
import { runInside } from '../support/inside.ts'
import { watchMemory } from '../support/memory.ts'
import { unzip } from '../support/workbooks.ts'
import { STEERING } from './evil.ts'

const FIXTURES = fileURLToPath(new URL('../../fixtures/demo', import.meta.url))
const FOLDER = newFolder()
/** So many mutated files of each kind: FUNNEL_FUZZ=2000 npx vitest run test/hostile. */
const FILES = Number(process.env.FUNNEL_FUZZ ?? 60)
// The lines that stderr may have of a file that was read, whatever its names and cells are.
const LISTED = String.raw`“[^\n]*” \(\d+ cells?: [^\n]*\)(?: and \d+ more columns?)?`
const IGNORE = String.raw`--ignore "[^\n]*" says it is not wanted`
const ORDERED =
  '(?:, (?:ordered by the numbers in their names|ordered by the chances to win in the file|' +
  'in the usual order of a sale|in the order in which the file first names them))?'
const ENDED =
  String.raw`(?:\. If “[^\n]*” means won, take it back and give --won "[^\n]*"; ` +
  String.raw`if lost, --lost "[^\n]*")?`
const LINES = [
  String.raw`\d+ columns? (?:was|were) left out: ${LISTED} \((?:--map "[^\n]*=(?:text|result)" keeps it, )?${IGNORE}\)`,
  String.raw`\d+ cells? without a header (?:is|are) kept as (?:a property|properties): ${LISTED}`,
  String.raw`\d+ (?:cell|value)s? left alone \(rows? [^\n]*\): (?:the book|an earlier row of this file) has another one[^\n]*`,
  String.raw`“[^\n]*” looks? like money and (?:is|are) kept as (?:a property|properties)[^\n]* ` +
    String.raw`\(--map "[^\n]*=amount" takes it, --map "[^\n]*=property:[^\n]*" says it is none\)`,
  String.raw`deals come in without an amount; “[^\n]*” looks? like money \(--map "[^\n]*=amount"\)`,
  `the process [^\\n]* is made of the file's stages${ORDERED}: [^\\n]*\\. ` +
    'They have no chances to win yet\\. Another order: funnel process edit "[^\\n]*" --stages "…"; ' +
    'another name: funnel process edit "[^\\n]*" --name NAME; funnel undo takes it back' +
    ENDED,
]
const SAID = new RegExp(`^(?:funnel: (?:${LINES.join('|')})\n)*$`)
/** So many of those whose columns are given by their places: FUNNEL_FUZZ=1000 is a table to look at. */
const MAPPED = Number(process.env.FUNNEL_FUZZ ?? 40)
/** No file may take longer, in ms. */
const LONGEST = 5000

const KINDS: Record<string, string> = {
  'clients.csv': 'clients',
  'deals.csv': 'deals',
  'stages.csv': 'history',
  'calls.csv': 'interactions',
  'tasks.csv': 'tasks',
  'products.csv': 'products',
  'lines.csv': 'lines',
}

const WORKBOOKS: BookType[] = ['xlsx', 'xlsb', 'biff8', 'biff5', 'ods', 'xlml', 'html']

/** Cards as three programs write them. */
const CARDS =
  `BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ann Lee\r\nORG:Harbour Foods;Sales\r\nEMAIL;TYPE=WORK:ann@x.example
BEGIN:VCARD\r\nVERSION:2.1\r\nN;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;J=C3=B6rg\r\nORG:Harbour Foods\r\nTEL;CELL:0151 222
BEGIN:VCARD\r\nVERSION:4.0\r\nKIND:individual\r\nFN:Zoe Roe\r\nTEL;VALUE=uri:tel:+12025550123\r\nNOTE:a\\nb`
    .split('\n')
    .flatMap((card) => (card.startsWith('BEGIN') ? [`${card}\r\nEND:VCARD\r\n`] : [card]))
    .join('')

beforeAll(async () => {
  await runInside(FOLDER, ['init', '--currency', 'EUR', '--timezone', 'UTC'])
  // What is loaded for the first import is no cost of its file.
  await runInside(FOLDER, ['import', 'clients', path.join(FIXTURES, 'clients.csv'), '--dry-run'])
})
afterAll(() => rmSync(FOLDER, { recursive: true }))

const pick = <T>(random: Random, list: readonly T[]): T =>
  list[Math.floor(random() * list.length)] as T

/** What breaks readers: signs of the formats, ends of ranges, names that objects have. */
const TOKENS = [
  '"',
  ',',
  ';',
  '\t',
  '\r',
  '\n',
  '\0',
  '\uFEFF',
  '\u001B[2J',
  '\u202E',
  '=1+1',
  '__proto__',
  'constructor',
  '1e999',
  '-',
  '99/99/9999',
  '2026-02-30',
  'Total',
  'name',
  'email',
  '<',
  '&#0;',
  ']]>',
  '<!DOCTYPE a>',
  '999999999999999999999',
  'NaN',
  '😀',
  '\uD800',
].map((token) => Buffer.from(token))

/** One to eight changes somewhere in the bytes: flipped, taken out, doubled, cut off, put in. */
function mutate(bytes: Buffer, random: Random): Buffer {
  let made = Buffer.from(bytes)
  for (let changes = 1 + random() * 8; changes > 0; changes -= 1) {
    const at = Math.floor(random() * made.length)
    const length = Math.floor(random() ** 3 * 200)
    const [before, after] = [made.subarray(0, at), made.subarray(at)]
    const change = Math.floor(random() * 6)
    if (change === 0) made[at] = random() * 256
    else if (change === 1) made = Buffer.concat([before, after.subarray(length)])
    else if (change === 2) made = Buffer.concat([before, after.subarray(0, length), after])
    else if (change === 3 && random() < 0.2) made = Buffer.from(before)
    else made = Buffer.concat([before, pick(random, TOKENS), after])
    if (made.length === 0) return Buffer.from(bytes)
  }
  return made
}

/** The same inside one of the files that a workbook is an archive of. */
function mutateInside(bytes: Buffer, random: Random, change = mutate): Buffer {
  const archive = unzip(bytes)
  const files = archive.FileIndex.filter(({ content, size }) => content !== undefined && size > 0)
  const file = pick(random, files)
  file.content = change(Buffer.from(file.content as Uint8Array), random)
  file.size = file.content.length
  const options = { fileType: 'zip', type: 'buffer', compression: true } as const
  return Buffer.from(CFB.write(archive, options) as Buffer)
}

/** Every file of the fixtures in the formats that the import reads. */
function corpus(): { what: string; kind: string; bytes: Buffer; zipped: boolean }[] {
  const cards = { what: 'cards', kind: 'clients', bytes: Buffer.from(CARDS), zipped: false }
  const lists = readdirSync(FIXTURES).flatMap((name) => {
    const kind = KINDS[name] ?? 'clients'
    const csv = readFileSync(path.join(FIXTURES, name))
    const text = csv.toString()
    const book = read(text, { type: 'string', FS: ';', raw: true })
    const records = utils.sheet_to_json(book.Sheets[book.SheetNames[0] ?? ''] ?? {})
    const json = Buffer.from(JSON.stringify({ list: records }, null, 1))
    return [
      { what: `${name} as json`, kind, bytes: json, zipped: false },
      { what: `${name} in UTF-8`, kind, bytes: csv, zipped: false },
      { what: `${name} in UTF-16`, kind, bytes: iconv.encode(text, 'utf-16'), zipped: false },
      { what: `${name} in 1251`, kind, bytes: iconv.encode(`${text}Ж`, 'win1251'), zipped: false },
      ...WORKBOOKS.map((bookType) => ({
        what: `${name} as ${bookType}`,
        kind,
        bytes: write(book, { type: 'buffer', bookType, compression: true }) as Buffer,
        zipped: !/^(?:biff|xlml|html)/.test(bookType),
      })),
    ]
  })
  return [cards, ...lists]
}

it.each(corpus())(
  '$what, changed at random, is read with every row accounted for, or refused in plain words',
  async ({ what, kind, bytes, zipped }) => {
    const random = seededRandom(
      Array.from(what).reduce((sum, sign) => sum * 31 + sign.charCodeAt(0), 7),
    )
    const name = 'mutated.dat'
    const codes = { 0: 0, 2: 0 }
    for (let index = 0; index < FILES; index += 1) {
      const inside = zipped && index % 2 === 0
      writeFileSync(path.join(FOLDER, name), (inside ? mutateInside : mutate)(bytes, random))
      const began = Date.now()
      const done = await runInside(FOLDER, [
        'import',
        kind,
        name,
        '--create',
        'all',
        '--json',
        '--dry-run',
      ])
      const about = `${what}, file ${index}`
      expect([about, Date.now() - began < LONGEST]).toEqual([about, true])
      expect([
        about,
        done.code === 0 || done.code === 2,
        done.code === 0 ? done.err : done.err.slice(0, 300),
      ]).toEqual([
        about,
        true,
        // A file that is read may be told of loudly, too: what was left out of it.
        expect.stringMatching(done.code === 0 ? SAID : /^funnel: (?!unexpected)/),
      ])
      expect(done.err + done.out).not.toMatch(STEERING)
      if (done.code === 0) expectSum(JSON.parse(done.out) as Imported)
      codes[done.code as 0 | 2] += 1
    }
    expect(Object.keys(Object.prototype)).toEqual([])
    expect(codes[0] + codes[2]).toBe(FILES)
    // Both ends are reached, or the changes are too rough or too gentle to try anything.
    if (!zipped && !/biff|json/.test(what)) expect(codes[0]).toBeGreaterThan(0)
  },
  120_000,
)

/** What mutants of a format came to. */
interface Came {
  format: string
  read: number
  rows: number
  refusals: Map<string, number>
  /** The slowest one, in ms. */
  slowest: number
}

const FORMATS: { format: string; bookType: BookType; zipped: boolean }[] = [
  { format: 'csv', bookType: 'csv', zipped: false },
  { format: 'xls', bookType: 'biff8', zipped: false },
  { format: 'xlsx', bookType: 'xlsx', zipped: true },
  { format: 'ods', bookType: 'ods', zipped: true },
]

describe('mutants whose columns are given by their places', () => {
  const table: Came[] = []
  const memory = watchMemory(process.pid, false)
  const csv = readFileSync(path.join(FIXTURES, 'clients.csv'), 'utf8')
  const book = read(csv, { type: 'string', FS: ';', raw: true })
  const fields = ['name', 'ref', 'email', 'phone', 'note', 'category', 'region']
  const maps = fields.flatMap((field, index) => ['--map', `#${index + 1}=${field}`])

  /** One change alone leaves most of a file as it was. */
  const gently = (bytes: Buffer, random: Random): Buffer => {
    const made = Buffer.from(bytes)
    const at = Math.floor(random() * made.length)
    if (random() < 0.5) {
      made[at] = random() * 256
      return made
    }
    return Buffer.concat([made.subarray(0, at), pick(random, TOKENS), made.subarray(at)])
  }

  it.each(FORMATS)(
    'of $format are read, or refused in plain words',
    async (one) => {
      const { format, bookType, zipped } = one
      const bytes = Buffer.from(
        write(book, { type: 'buffer', bookType, compression: true }) as Buffer,
      )
      const random = seededRandom(format.length * 7 + format.charCodeAt(0))
      const came: Came = { format, read: 0, rows: 0, refusals: new Map(), slowest: 0 }
      for (let index = 0; index < MAPPED; index += 1) {
        const change = index % 4 === 0 ? mutate : gently
        const mutant = zipped ? mutateInside(bytes, random, change) : change(bytes, random)
        writeFileSync(path.join(FOLDER, `m.${format}`), mutant)
        const began = Date.now()
        const words = ['import', 'clients', `m.${format}`, ...maps, '--create', 'all']
        const done = await runInside(FOLDER, [...words, '--json', '--dry-run'])
        came.slowest = Math.max(came.slowest, Date.now() - began)
        expect([index, done.code, done.code === 0 ? done.err : done.err.slice(0, 300)]).toEqual([
          index,
          done.code === 0 ? 0 : 2,
          expect.stringMatching(done.code === 0 ? SAID : /^funnel: (?!unexpected)/),
        ])
        if (done.code === 0) {
          const imported = JSON.parse(done.out) as Imported
          expectSum(imported)
          came.read += 1
          came.rows += imported.read
        } else {
          const why = (done.err.split('\n')[0] ?? '').replace(/^funnel: m\.\w+ ?/, '').slice(0, 60)
          came.refusals.set(why, (came.refusals.get(why) ?? 0) + 1)
        }
      }
      table.push(came)
      expect(came.slowest).toBeLessThan(10_000)
      // They are to be read, not merely refused.
      expect(came.read).toBeGreaterThan(MAPPED / 4)
    },
    3_600_000,
  )

  it('take no more memory than they may', () => {
    const most = memory()
    const lines = table.flatMap(({ format, read: sound, rows, refusals, slowest }) => [
      `${format.padEnd(5)} ${sound} read (${rows} rows), ${MAPPED - sound} refused, slowest ${slowest} ms`,
      ...[...refusals].map(([why, count]) => `      ${String(count).padStart(4)} ${why}`),
    ])
    process.stdout.write(`${lines.join('\n')}\nreading workbooks took ${most} MiB at most\n`)
    expect(most).toBeLessThan(500)
  })
})
