import { rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { newFolder } from '../support/funnel.ts'
import { expectSum, type Imported } from '../support/imports.ts'
import { runInside } from '../support/inside.ts'

const FOLDER = newFolder()
/** Whatever is in a file, its reading takes no longer, in ms. */
const LONGEST = 10_000

beforeAll(async () => {
  await runInside(FOLDER, ['init', '--currency', 'EUR', '--timezone', 'UTC'])
})
afterAll(() => rmSync(FOLDER, { recursive: true }))

const book = (rows: string, head = ''): string =>
  `<?xml version="1.0"?>${head}<Workbook xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="S"><Table>` +
  `<Row><Cell><Data ss:Type="String">Name</Data></Cell></Row>${rows}</Table></Worksheet></Workbook>`
const page = (rows: string): string => `<table><tr><th>Name<th>City${rows}</table>`
const cell = (text: string, rest = ''): string =>
  `<Row><Cell${rest}><Data ss:Type="String">${text}</Data></Cell></Row>`
const LAUGHS = `<!DOCTYPE w [<!ENTITY a "haha"><!ENTITY b "${'&a;'.repeat(99)}"><!ENTITY c SYSTEM "file:///etc/passwd">]>`

it.each<[what: string, text: string, refusal?: RegExp]>([
  ['entities of its own', book(cell('x &b; &c;'), LAUGHS)],
  ['a cell far to the right', book(cell('x', ' ss:Index="99999999"')), /is too large to open/],
  [
    'a cell merged over all columns',
    book(cell('x', ' ss:MergeAcross="99999999"')),
    /is too large to open/,
  ],
  [
    'cells merged over many rows',
    book(cell('x', ' ss:MergeDown="900" ss:MergeAcross="60000"') + '<Row/>'.repeat(999)),
    /is too large to open/,
  ],
  ['a row far below', book(cell('x').replace('<Row>', '<Row ss:Index="999999999">'))],
  [
    'a column of many',
    book(`<Column ss:Span="99999999" ss:StyleID="x"/>${cell('x')}`),
    /is too large to open/,
  ],
  ['styles that follow themselves', book(cell('x'), '<Style ss:ID="a" ss:Parent="a"/>')],
  [
    'elements within elements',
    `<?xml version="1.0"?><Workbook>${'<a>'.repeat(1_000_000)}`,
    /nested too deep/,
  ],
  [
    'wide cells in every row',
    page(`<tr>${'<td colspan=1000>x'.repeat(60)}`.repeat(400)),
    /is too large to open/,
  ],
  ['tables within tables', '<table><tr><td>'.repeat(100_000), /nested too deep|is empty/],
  [
    'a tag that never ends',
    `<table><tr><td a="${'x'.repeat(20_000_000)}`,
    /is empty|without a table/,
  ],
  [
    'a cell that never ends',
    `<table><tr><td>Name<tr><td>${'x '.repeat(3_000_000)}`,
    /too long for a table/,
  ],
  ['many closing tags', `<table><tr><td>Name<tr><td>x${'</b>'.repeat(2_000_000)}`],
  ['spans that are no numbers', page('<tr><td colspan=-1>x<td rowspan=1e9>y<td colspan=NaN>z')],
  ['a JSON list of lists', `[${'['.repeat(5_000_000)}`],
  [
    'JSON nested in a record',
    `[{"name":"x","a":${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}}]`,
  ],
  ['names that objects have', '[{"__proto__":{"name":"x"},"constructor":"y","name":"z"}]'],
  [
    'a card within cards',
    `${'BEGIN:VCARD\n'.repeat(200_000)}FN:x\n${'END:VCARD\n'.repeat(200_000)}`,
  ],
  ['parameters without an end', `BEGIN:VCARD\nFN${';A="b'.repeat(200_000)}:x\nEND:VCARD\n`],
  ['quotes that open and escape', `Name,City\n${'"\\",x\n'.repeat(40_000)}`],
])('%s', async (_, text, refusal) => {
  writeFileSync(path.join(FOLDER, 'x.xls'), text)
  const began = Date.now()
  const done = await runInside(FOLDER, [
    'import',
    'clients',
    'x.xls',
    '--create',
    'all',
    '--json',
    '--dry-run',
  ])
  expect(Date.now() - began).toBeLessThan(LONGEST)
  if (refusal) expect([done.code, done.err]).toEqual([2, expect.stringMatching(refusal)])
  expect([0, 1, 2]).toContain(done.code)
  if (done.code === 2) expect(done.err).toMatch(/^funnel: (?!unexpected).*\n {2}.*\n$/)
  else expectSum(JSON.parse(done.out) as Imported)
  expect(done.out).not.toMatch(/haha|root:/)
  expect(Object.keys(Object.prototype)).toEqual([])
})
