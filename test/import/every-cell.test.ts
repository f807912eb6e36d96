import { readFileSync } from 'node:fs'
import path from 'node:path'
import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { write } from 'xlsx'
import { type Imported, importsInside, type ImportsInside } from '../support/imports.ts'
import { runInside } from '../support/inside.ts'
import { bookOf } from '../support/workbooks.ts'

/** The columns of a kind that a field takes: words of the test's own, or what they have to be. */
const KNOWN: Record<string, [header: string, value: string | null][]> = {
  clients: [
    ['Name', null],
    ['Note', null],
    ['Rating', null],
  ],
  deals: [
    ['Client', null],
    ['Title', null],
    ['Need', null],
    ['Opened', '2026-11-02'],
  ],
  history: [
    ['Deal', 'D-1'],
    ['Stage', 'Proposal'],
    ['Date', '2026-11-02'],
    ['Note', null],
  ],
  interactions: [
    ['Client', null],
    ['Date', '2026-11-02'],
    ['Text', null],
  ],
  tasks: [
    ['Task', null],
    ['Due', '2026-12-01'],
    ['Result', null],
  ],
}

const HOLDING = [
  'clients',
  'client_properties',
  'deals',
  'deal_properties',
  'events',
  'interactions',
  'tasks',
]

/** What a random file has: each number is a choice of the cell that stands there. */
const anyFile = fc.record({
  kind: fc.constantFrom(...Object.keys(KNOWN)),
  format: fc.constantFrom('csv', 'tsv', 'xlsx'),
  unknown: fc.array(fc.constantFrom('Zorb', 'Wibble', 'Quux', ''), { maxLength: 4 }),
  rows: fc.array(
    fc.record({
      isWrong: fc.boolean(),
      isFilled: fc.array(fc.boolean(), { minLength: 10, maxLength: 10 }),
      extra: fc.array(fc.boolean(), { maxLength: 3 }),
    }),
    { minLength: 1, maxLength: 6 },
  ),
})

type AnyFile = typeof anyFile extends fc.Arbitrary<infer T> ? T : never

/** The rows of such a file, every cell that is the test's own a word that stands nowhere else. */
function tableOf({ kind, unknown, rows }: AnyFile): { table: string[][]; words: string[] } {
  const known = KNOWN[kind] ?? []
  const words: string[] = []
  const word = (): string => {
    words.push(`q${words.length}z`)
    return words.at(-1) ?? ''
  }
  const cells = rows.map(({ isWrong, isFilled, extra }) => [
    ...known.map(([header, value]) => {
      if (value === null) return word()
      return isWrong && /Date|Due|Opened/.test(header) ? '2026-13-45' : value
    }),
    ...unknown.map((_, index) => (isFilled[index] ? word() : '')),
    ...extra.map((filled) => (filled ? word() : '')),
  ])
  return { table: [[...known.map(([header]) => header), ...unknown], ...cells], words }
}

function save(made: ImportsInside, { format }: AnyFile, table: string[][]): string {
  const sign = format === 'tsv' ? '\t' : ','
  const text = table.map((cells) => cells.join(sign)).join('\n')
  const workbook = (): Buffer =>
    write(bookOf({ List: table }), { type: 'buffer', bookType: 'xlsx' }) as Buffer
  made.save(`list.${format}`, format === 'xlsx' ? workbook() : text)
  return `list.${format}`
}

it('finds every cell of a file in the book, among the rejected or among what was left out', async () => {
  await fc.assert(
    fc.asyncProperty(anyFile, async (file) => {
      const made = await importsInside()
      if (file.kind === 'history') {
        await made.bring('deals', ['Ref,Client,Title', 'D-1,Nord,Boiler'], '--create', 'clients')
      }
      const { table, words } = tableOf(file)
      const name = save(made, file, table)
      const how = ['--header-row', '1', '--create', 'clients', '--rejects', 'rest.csv', '--json']
      const { out } = await runInside(made.folder, ['import', file.kind, name, ...how])
      const done = JSON.parse(out) as Imported
      const { read, created, updated, unchanged, skipped, rejected } = done
      expect(read).toBe(created + updated + unchanged + skipped + rejected)
      expect(read).toBe(file.rows.length)
      const book = HOLDING.map((one) => JSON.stringify(made.look(`SELECT * FROM ${one}`))).join()
      const rest = readFileSync(path.join(made.folder, 'rest.csv'), 'utf8')
      const lost = words.filter((word) => !book.includes(word) && !rest.includes(word))
      // Days and stages stand in many rows: only the words are looked for.
      const known = KNOWN[file.kind] ?? []
      const fixed = new Set(known.flatMap(([header, value]) => (value ? header : [])))
      const left = done.left_out.filter(({ column }) => !fixed.has(column))
      expect(lost).toHaveLength(left.reduce((sum, { cells }) => sum + cells, 0))
      for (const { sample } of left) expect(lost).toContain(sample)
    }),
    { numRuns: 40 },
  )
}, 120_000)
