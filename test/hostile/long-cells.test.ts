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
  const began = Date.now()
  const { code, err } = await runInside(FOLDER, words, { columns: 80 })
  expect([code, err]).toEqual([code, expect.not.stringContaining('unexpected')])
  const done = await runInside(FOLDER, [...words, '--json'])
  expect([name, Date.now() - began < LONGEST]).toEqual([name, true])
  if (done.code !== 0) return null
  const imported = JSON.parse(done.out) as Imported
  expectSum(imported)
  for (const { reason } of imported.rejects) expect(reason.length).toBeLessThan(1100)
  return imported
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
  times: `${'t11:11'.repeat(N / 6)}\n`,
}

const FIELDS = {
  clients: ['name', 'email', 'phone', 'website', 'category', 'note', 'consent', 'kind', 'ref'],
}
const MEANT = { clients: 'name' }

describe.each(Object.entries(TEXTS))('a cell of %s', (_, text) => {
  it.each(Object.entries(FIELDS))('in each field of %s', async (kind, fields) => {
    const quoted = `"${text.replaceAll('"', '""')}"`
    const name = MEANT[kind as keyof typeof MEANT]
    const columns = fields.filter((field) => field !== name)
    // The first row is sound, and one row has the text in each field.
    const row = (at: number): string =>
      ['Acme', ...columns.map((_field, index) => (index === at ? quoted : ''))].join(',')
    const lines = ['a', ...columns.map((field) => `c ${field}`)].join(',')
    const rows = columns.map((_field, index) => row(index))
    const maps = [name, ...columns].flatMap((field, index) => ['--map', `#${index + 1}=${field}`])
    const csv = [lines, ...rows, `${quoted}${','.repeat(columns.length)}`].join('\n')
    const euros = kind === 'deals' ? ['--amounts-in', 'EUR'] : []
    const done = await checkImport(kind, 'a.csv', csv, ...maps, ...euros)
    if (kind !== 'clients') return
    expect(done?.read).toBe(columns.length + 1)
    expect(done?.rejects.at(-1)?.reason).toMatch(/more than 32,767 characters/)
  })

  it('in a header', async () => {
    await checkImport('clients', 'h.csv', `name,"${text.replaceAll('"', '""')}"\nAcme,x\n`)
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
