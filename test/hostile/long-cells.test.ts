import { rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newFolder } from '../support/funnel.ts'
import { expectSum, type Imported } from '../support/imports.ts'
import { runInside } from '../support/inside.ts'

const FOLDER = newFolder()
/** However long a cell is, its file is read or refused within so many ms. */
const LONGEST = 10_000

beforeAll(async () => {
  await runInside(FOLDER, ['init', '--currency', 'EUR', '--timezone', 'UTC'])
  // What is loaded for the first import is no cost of its file.
  await checkImport('clients', 'first.csv', 'name\nAcme\n')
})
afterAll(() => rmSync(FOLDER, { recursive: true }))

/** Imports a file in time, for a person and for a program. */
async function checkImport(
  kind: string,
  name: string,
  content: string,
  ...args: string[]
): Promise<Imported | null> {
  writeFileSync(path.join(FOLDER, name), content)
  const words = ['import', kind, name, '--create', 'all', '--dry-run', ...args]
  const inTime = async (...more: string[]) => {
    const began = Date.now()
    const done = await runInside(FOLDER, [...words, ...more], { columns: 80 })
    expect([name, Date.now() - began < LONGEST]).toEqual([name, true])
    return done
  }
  const { code, err } = await inTime()
  expect([code, err]).toEqual([code, expect.not.stringContaining('unexpected')])
  const done = await inTime('--json')
  if (done.code !== 0) return null
  const imported = JSON.parse(done.out) as Imported
  expectSum(imported)
  for (const { reason } of imported.rejects) expect(reason.length).toBeLessThan(1100)
  return imported
}

/** What is said of a file that is refused, in time. */
async function refusal(name: string, content: string): Promise<string> {
  expect(await checkImport('clients', name, content)).toBe(null)
  return (await runInside(FOLDER, ['import', 'clients', name, '--dry-run'])).err
}

const N = 200_000
/** Texts on which a pattern may go back and forth. */
const TEXTS: Record<string, string> = {
  'Thai digits': '๕'.repeat(N),
  digits: '1'.repeat(N),
  'a number that goes on': `1${' '.repeat(N)}x`,
  'a sign and spaces': `-${' '.repeat(N)}x`,
  slashes: `http://x.example${'/'.repeat(N)}x`,
  'an address of signs': `${'@.'.repeat(N / 2)} x`,
  dots: `a@${'a.'.repeat(N / 2)}`,
  commas: `1234${', '.repeat(N / 2)}x`,
  letters: 'a'.repeat(N),
  'a key that is none': `${'a'.repeat(N)}!`,
  quotes: '"'.repeat(N),
  'an open quote': `"${'a;'.repeat(N / 2)}`,
  'wide letters': '漢'.repeat(N),
  'marks without a letter': '\u0E34'.repeat(N),
  tags: '<b>x'.repeat(N / 4),
  ampersands: '&'.repeat(N),
  entities: '&amp;'.repeat(N / 5),
  brackets: '(1 '.repeat(N / 3),
  arrows: '->'.repeat(N / 2),
  times: `${'t11:11'.repeat(N / 6)}\n`,
}

const FIELDS = ['email', 'phone', 'website', 'category', 'note', 'consent', 'kind', 'ref']

const inQuotes = (text: string): string => `"${text.replaceAll('"', '""')}"`

/** Rows with a text in each field in turn; each row is meant by its first column. */
function rowsWith(text: string, meant: string, fields: readonly string[]): string[] {
  return fields.map((_, at) =>
    [meant, ...fields.map((_field, index) => (index === at ? inQuotes(text) : ''))].join(','),
  )
}

const mapsTo = (fields: readonly string[]): string[] =>
  fields.flatMap((field, index) => ['--map', `#${index + 1}=${field}`])

describe.each(Object.entries(TEXTS))('a cell of %s', (_, text) => {
  it('in each field of clients', async () => {
    const rows = [
      ...rowsWith(text, 'Acme', FIELDS),
      `${inQuotes(text)}${','.repeat(FIELDS.length)}`,
    ]
    const header = ['a', ...FIELDS.map((field) => `c ${field}`)].join(',')
    const csv = [header, ...rows].join('\n')
    const done = await checkImport('clients', 'a.csv', csv, ...mapsTo(['name', ...FIELDS]))
    expect(done?.read).toBe(FIELDS.length + 1)
    expect(done?.rejects.at(-1)?.reason).toMatch(/more than 32,767 characters/)
  })

  it('in a header', async () => {
    await checkImport('clients', 'h.csv', `name,"${text.replaceAll('"', '""')}"\nAcme,x\n`)
  })
})

// As long as a cell may be: longer ones are refused before any pattern goes through them.
const LONG = Object.values(TEXTS).map((text) => text.slice(0, 32_000))

describe('all of these texts', () => {
  it.each([
    [
      'deals',
      ['client', 'title', 'amount', 'opened', 'closed', 'outcome', 'stage', 'owner', 'need'],
    ],
    ['history', ['deal', 'stage', 'on', 'note', 'from-stage']],
    ['interactions', ['client', 'on', 'kind', 'text', 'result']],
    ['tasks', ['text', 'due', 'client', 'owner', 'done']],
  ])('in each field of %s', async (kind, [meant = '', ...fields]) => {
    const rows = LONG.flatMap((text) => rowsWith(text, 'Acme', fields))
    const csv = [['a', ...fields.map((field) => `c ${field}`)].join(','), ...rows].join('\n')
    await checkImport(kind, 'a.csv', csv, ...mapsTo([meant, ...fields]))
    // Columns are found by what they hold, too.
    await checkImport(kind, 'b.csv', [['a', ...fields].join(','), ...rows].join('\n'))
  })

  it('in JSON, in a page and on a card', async () => {
    const records = LONG.map((text) => ({ name: 'Acme', email: text, phone: text, note: text }))
    await checkImport('clients', 'a.json', JSON.stringify(records))
    const rows = LONG.map((text) => `<tr><td>Acme<td>${text}<td>${text}</tr>`)
    await checkImport(
      'clients',
      'a.html',
      `<table><tr><th>name<th>email<th>x</tr>${rows.join('')}</table>`,
    )
    const cards = LONG.map((text) => text.trim()).map(
      (line) =>
        `BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Acme\r\nEMAIL:${line}\r\nTEL:${line}\r\nNOTE:${line}\r\nEND:VCARD\r\n`,
    )
    await checkImport('clients', 'a.vcf', cards.join(''))
  })
})

describe('rows and lists', () => {
  it('with a hundred thousand addresses in a cell are refused by the row', async () => {
    const mails = Array.from({ length: 100_000 }, (_, index) => `a${index}@x.example`).join('; ')
    const done = await checkImport(
      'clients',
      'a.csv',
      `name,email\nAcme,"${mails}"\nBeta,b@x.example\n`,
    )
    expect(done).toMatchObject({ created: 1, rejected: 1 })
    expect(done?.rejects[0]?.reason).toMatch(/more than 32,767 characters/)
  })

  it('with thousands of addresses in a cell are read, each once', async () => {
    const mails = Array.from({ length: 1500 }, (_, index) => `a${index}@x.example`)
    const cell = [...mails, ...mails.slice(0, 100)].join(';')
    const done = await checkImport('clients', 'a.csv', `sep=,\nname,email\nAcme,"${cell}"\n`)
    expect(done).toMatchObject({ created: 1, rejected: 0 })
  })

  it('of very different lengths are gone through once', async () => {
    const wide = `Wide${',x'.repeat(30_000)}`
    const rows = Array.from({ length: 4000 }, (_, index) => `Client ${index},a,b,c`)
    await checkImport('clients', 'a.csv', ['name,region', wide, ...rows].join('\n'))
  })

  it('a row torn into thousands of cells is rejected at once', async () => {
    const header = Array.from({ length: 5000 }, (_, index) => `c${index}`).join(',')
    const row = `Acme${',1'.repeat(10_000)}`
    await checkImport('clients', 'a.csv', `name,${header}\n${row}\n`)
  })

  it('wider than any sheet are refused', async () => {
    const wide = `name\tx\nAcme${'\t'.repeat(1_000_000)}\n`
    expect(await refusal('a.tsv', wide)).toMatch(/row 2 is too long for a table/)
    const records = Array.from({ length: 5000 }, (_, at) => ({
      name: `Client ${at}`,
      [`f${at}`]: 1,
    }))
    expect(await refusal('a.json', JSON.stringify(records))).toMatch(/different fields/)
  })

  it('a card with thousands of categories is read', async () => {
    const categories = Array.from({ length: 200_000 }, (_, index) => `c${index}`).join(',')
    const card = `BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Acme\r\nCATEGORIES:${categories}\r\nEND:VCARD\r\n`
    await checkImport('clients', 'a.vcf', card)
  })

  it('decimals of many digits in JSON are numbers, and long whole numbers stay as they are', async () => {
    const json = '[{"name": "Acme", "ref": 12345678901234567890, "x": 0.30000000000000004}]'
    expect(await checkImport('clients', 'a.json', json)).toMatchObject({ created: 1 })
  })
})
