import { stringify } from 'csv-stringify/sync'
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import iconv from 'iconv-lite'
import { expect, it } from 'vitest'
import { nameKey, tidyLines, tidyName, tidyText } from '../../src/domain/name.ts'
import { temporaryFolder } from '../support/funnel.ts'
import { inside } from '../support/inside.ts'

/** Letters of the world, and which older encodings can hold them. */
const SCRIPTS = {
  latin: { letters: 'aeZßéñ', encodings: ['windows-1252'] },
  cyrillic: { letters: 'ЖёщИва', encodings: ['windows-1251'] },
  thai: { letters: 'กขคงจำ', encodings: ['windows-874'] },
  traditional: { letters: '臺灣電腦', encodings: ['big5', 'gb18030'] },
  japanese: { letters: '東京カナひ', encodings: ['shift_jis', 'gb18030'] },
  simplified: { letters: '销售漏斗', encodings: ['gb18030'] },
}
const UNICODE = ['utf-8', 'utf-8-bom', 'utf-16le', 'utf-16be']
const ODD = [
  '007',
  '=1+1',
  '+49 30',
  '-5',
  '@home',
  "'t",
  '"a"',
  'a,b',
  'x;y',
  'p|q',
  '1234567890123456789',
]

function words(letters: string): fc.Arbitrary<string> {
  const word = fc.oneof(
    {
      weight: 3,
      arbitrary: fc.string({
        unit: fc.constantFrom(...Array.from(letters)),
        minLength: 1,
        maxLength: 6,
      }),
    },
    fc.string({ unit: fc.constantFrom(...Array.from('abcXYZ019')), minLength: 1, maxLength: 8 }),
    fc.constantFrom(...ODD),
  )
  return fc.array(word, { minLength: 1, maxLength: 3 }).map((parts) => tidyName(parts.join(' ')))
}

const FIELDS = ['region', 'size', 'rating', 'ref', 'note']

interface Table {
  encoding: string
  delimiter: string
  headers: string[]
  fields: string[]
  rows: string[][]
}

/** A table of clients as it might come: its first column the name, then fields and properties. */
const tables: fc.Arbitrary<Table> = fc
  .constantFrom(...Object.values(SCRIPTS))
  .chain(({ letters, encodings }) => {
    const text = words(letters)
    const note = fc
      .array(text, { minLength: 1, maxLength: 3 })
      .map((lines) => tidyText(lines.join('\n')))
    return fc
      .record({
        encoding: fc.constantFrom(...UNICODE, ...encodings),
        delimiter: fc.constantFrom(',', ';', '\t', '|'),
        fields: fc.subarray(FIELDS, { minLength: 2 }),
        properties: fc.uniqueArray(text, { selector: nameKey, maxLength: 3 }),
        names: fc.uniqueArray(text, { selector: nameKey, minLength: 1, maxLength: 6 }),
      })
      .chain(({ encoding, delimiter, fields, properties, names }) => {
        const blank = fc.constant('')
        const property = fc.oneof(text, note.map(tidyLines), blank)
        const cell = (field: string): fc.Arbitrary<string> => {
          if (field === 'note') return note
          return field.startsWith('property:') ? property : fc.oneof(text, blank)
        }
        const columns = [...fields, ...properties.map((name) => `property:${name}`)]
        const rest = names.map((name, index) =>
          fc
            .tuple(...columns.map(cell))
            .map((cells) => [
              name,
              ...cells.map((one, at) =>
                columns[at] === 'ref' && one !== '' ? `${one}${index}` : one,
              ),
            ]),
        )
        return fc.tuple(...rest).map((rows) => ({
          encoding,
          delimiter,
          headers: ['Name', ...fields.map((_, index) => `Column ${index}`), ...properties],
          fields: ['name', ...columns],
          rows,
        }))
      })
  })

function bytesOf({ encoding, delimiter, headers, rows }: Table): Buffer {
  const text = stringify([headers, ...rows], { delimiter, quoted: true })
  if (encoding === 'utf-8-bom') return iconv.encode(text, 'utf-8', { addBOM: true })
  return iconv.encode(text, encoding, { addBOM: encoding.startsWith('utf-16') })
}

/** An export's rows, by what its headers say. */
function read(csv: string): Record<string, string>[] {
  return parse(csv, { columns: true, relax_column_count: false })
}

it('gives any table of clients back, from any encoding, raw or protected', async () => {
  const folder = temporaryFolder()
  let run = 0
  await fc.assert(
    fc.asyncProperty(tables, async (table) => {
      run += 1
      const first = await inside(folder, `first-${run}`)
      first.save('list.csv', bytesOf(table))
      const older = UNICODE.includes(table.encoding) ? [] : ['--encoding', table.encoding]
      const map = table.fields.flatMap((field, index) => ['--map', `#${index + 1}=${field}`])
      await first.ok('import', 'clients', 'list.csv', '--match', 'ref,name', ...map, ...older)
      const raw = await first.ok('export', 'clients', '--raw')
      const found = read(raw)
      const wanted = table.rows.map((cells) => {
        const row: Record<string, string> = {}
        table.fields.forEach((field, index) => {
          row[field.replace(/^property:/, '')] = cells[index] ?? ''
        })
        return row
      })
      const kept = found.map((row, index) => {
        const keys = Object.keys(wanted[index] ?? {})
        return Object.fromEntries(
          keys.map((key) => [key, row[key] ?? row[`property:${key}`] ?? '']),
        )
      })
      expect(kept).toEqual(wanted)

      const safe = await first.ok('export', 'clients', '--delimiter', table.delimiter, '--bom')
      const second = await inside(folder, `second-${run}`)
      second.save('list.csv', safe)
      await second.ok('import', 'clients', 'list.csv')
      expect(await second.ok('export', 'clients', '--raw')).toBe(raw)
    }),
    { numRuns: Number(process.env.RUNS ?? 25) },
  )
}, 120_000)
