import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CFB, utils, write } from 'xlsx'
import { newFolder } from '../support/funnel.ts'
import { expectSum, type Imported } from '../support/imports.ts'
import { type InsideOutcome, runInside } from '../support/inside.ts'
import { SHEET_HEAD, text, unzip, workbookOf, zip, type ZipEntry } from '../support/workbooks.ts'

const OUTSIDE = newFolder()
const FOLDER = path.join(OUTSIDE, 'a', 'b')
const SECRET = 'what is in the secret file'
/** Whatever is in a file, its reading takes no longer, in ms. */
const LONGEST = 10_000
const MEBIBYTE = 1 << 20

beforeAll(async () => {
  mkdirSync(FOLDER, { recursive: true })
  writeFileSync(path.join(OUTSIDE, 'secret.txt'), SECRET)
  await runInside(FOLDER, ['init', '--currency', 'EUR', '--timezone', 'UTC'])
})
afterAll(() => rmSync(OUTSIDE, { recursive: true }))

/** Imports bytes as a file of a name. It must end in time, with rows or with a refusal. */
async function bring(name: string, bytes: Buffer | string): Promise<InsideOutcome> {
  writeFileSync(path.join(FOLDER, name), bytes)
  const began = Date.now()
  const done = await runInside(FOLDER, ['import', 'clients', name, '--create', 'all', '--json'])
  expect(Date.now() - began).toBeLessThan(LONGEST)
  expect([0, 2]).toContain(done.code)
  if (done.code === 0) expectSum(JSON.parse(done.out) as Imported)
  else expect(done.err).toMatch(/^funnel: (?!unexpected).*\n {2}.*\n$/)
  rmSync(path.join(FOLDER, name))
  return done
}

const ROW = `<row r="1">${text('A1', 'Name')}</row><row r="2">${text('A2', 'Acme')}</row>`
const sheet = (rows: string): string => `${SHEET_HEAD}<sheetData>${rows}</sheetData></worksheet>`

describe('entities', () => {
  const laughs = (last: number): string =>
    Array.from({ length: last }, (_, level) => {
      const before = level === 0 ? 'ha' : `&l${level - 1};`.repeat(10)
      return `<!ENTITY l${level} "${before}">`
    }).join('')
  const document = (entities: string, use: string): string =>
    `<?xml version="1.0"?><!DOCTYPE w [${entities}]>${sheet(
      `<row r="1">${text('A1', 'Name')}</row><row r="2">${text('A2', `x ${use}`)}</row>`,
    )}`

  it('that grow to a billion are not followed', async () => {
    const { code, out } = await bring('a.xlsx', zip(workbookOf(document(laughs(10), '&l9;'))))
    expect([code, out.length < 10_000]).toEqual([code, true])
    const { out: cards } = await runInside(FOLDER, ['client', 'list', '--json'])
    expect(cards).not.toContain('haha')
  })

  it.each([
    'SYSTEM "file:///etc/passwd"',
    `SYSTEM "../../../../secret.txt"`,
    'SYSTEM "http://x.example/a"',
  ])('that name %s are not fetched', async (where) => {
    await bring('a.xlsx', zip(workbookOf(document(`<!ENTITY e ${where}>`, '&e;'))))
    const { out } = await runInside(FOLDER, ['client', 'list', '--json'])
    expect(out).not.toMatch(/root:|secret file/)
  })
})

describe('an archive', () => {
  it('that names files elsewhere writes none of them', async () => {
    const names = [
      '../../evil.txt',
      '/tmp/funnel-evil.txt',
      String.raw`..\..\evil.txt`,
      'C:/evil.txt',
    ]
    const entries = names.map((name): ZipEntry => ({ path: name, content: 'evil' }))
    await bring('a.xlsx', zip([...workbookOf(sheet(ROW)), ...entries]))
    expect(readdirSync(OUTSIDE)).toEqual(['a', 'secret.txt'])
    expect(readdirSync('/tmp').filter((name) => name.startsWith('funnel-evil'))).toEqual([])
  })

  it('with a link for a sheet reads no file by it', async () => {
    const linked = zip(workbookOf('../../../../secret.txt'))
    // The attributes of a symbolic link, in the directory's entry of every file.
    for (
      let at = linked.indexOf('PK\u0001\u0002');
      at >= 0;
      at = linked.indexOf('PK\u0001\u0002', at + 4)
    ) {
      linked[at + 5] = 3
      linked.writeUInt32LE(0o120777 * 65_536, at + 38)
    }
    const { out, err } = await bring('a.xlsx', linked)
    expect(out + err).not.toContain(SECRET)
  })

  it.each(['../../../../secret.txt', 'file:///etc/passwd', '/etc/passwd'])(
    'whose workbook says that its sheet is %s reads nothing there',
    async (target) => {
      const parts = workbookOf(sheet(ROW)).map((entry) =>
        entry.path.endsWith('workbook.xml.rels')
          ? { ...entry, content: String(entry.content).replace('worksheets/sheet1.xml', target) }
          : entry,
      )
      const { out, err } = await bring('a.xlsx', zip(parts))
      expect(out + err).not.toMatch(/root:|secret file/)
    },
  )

  it('of archives is not opened further, and one that lies about its entries does no harm', async () => {
    const inner = zip([{ path: 'zeros', content: Buffer.alloc(20 * MEBIBYTE) }])
    const outer = zip([...workbookOf(sheet(ROW)), { path: 'xl/media/more.zip', content: inner }])
    expect((await bring('a.xlsx', outer)).code).toBe(0)
    const end = outer.lastIndexOf('PK\u0005\u0006')
    for (const [at, value] of [
      [8, 65_535],
      [10, 65_535],
      [16, 4_000_000_000],
      [12, 0],
    ] as const) {
      const lying = Buffer.from(outer)
      if (value > 65_535) lying.writeUInt32LE(value, end + at)
      else lying.writeUInt16LE(value, end + at)
      await bring('a.xlsx', lying)
    }
  })

  it('that unpacks to far more than it is, is refused, as a sheet or as texts', async () => {
    const big = ' '.repeat(200 * MEBIBYTE)
    const parts = workbookOf(sheet(ROW))
    const bomb = zip([...parts, { path: 'xl/sharedStrings.xml', content: big }])
    expect(bomb.length).toBeLessThan(MEBIBYTE)
    const { code, err } = await bring('a.xlsx', bomb)
    expect([code, err]).toEqual([2, expect.stringContaining('is too large to open')])
  })
})

describe('a table', () => {
  it('of a million columns is refused or read, in time', async () => {
    const header = Array.from({ length: 1_000_000 }, (_, column) => `c${column}`).join(',')
    const { code, err } = await bring('a.csv', `${header}\n${'1,'.repeat(999_999)}1\n`)
    expect([code, err]).toEqual([2, expect.stringContaining('a.csv')])
    await bring('b.csv', `name\nAcme${','.repeat(1_000_000)}x\n`)
  })

  it('of all the columns that a sheet can have is refused or read, in time', async () => {
    const cells = Array.from({ length: 16_384 }, (_, column) =>
      text(`${utils.encode_col(column)}1`, `c${column}`),
    )
    const wide = await bring(
      'a.xlsx',
      zip(
        workbookOf(
          sheet(`<row r="1">${cells.join('')}</row>${ROW.replace(/<row r="1">.*?<\/row>/, '')}`),
        ),
      ),
    )
    expect([0, 2]).toContain(wide.code)
    await bring(
      'b.xlsx',
      zip(workbookOf(sheet(`${ROW}<row r="3">${text('ZZZZZZZZ3', 'x')}</row>`))),
    )
    await bring(
      'c.xlsx',
      zip(workbookOf(sheet(`${ROW}<row r="99999999999">${text('A99999999999', 'x')}</row>`))),
    )
  })

  it('with a cell of 100 MB is refused', async () => {
    const huge = 'x'.repeat(100 * MEBIBYTE)
    for (const csv of [`name,note\nAcme,${huge}\n`, `name,note\nAcme,"${huge}"\n`]) {
      const { code, err } = await bring('a.csv', csv)
      expect([code, err]).toEqual([2, expect.stringContaining('too long for a table')])
    }
    const archive = unzip(zip(workbookOf(sheet(ROW.replace('Acme', huge)))))
    const stored = CFB.write(archive, { fileType: 'zip', type: 'buffer', compression: false })
    const { code } = await bring('a.xlsx', Buffer.from(stored as Buffer))
    expect(code).toBe(2)
  }, 60_000)

  it('with the names that every object has keeps them as names', async () => {
    const names = [
      '__proto__',
      'constructor',
      'toString',
      'hasOwnProperty',
      '__defineGetter__',
      'valueOf',
    ]
    const lines = [
      ['name', ...names].join(','),
      ['Proto Ltd', ...names.map((_, index) => `v${index}`)].join(','),
    ]
    for (const [file, bytes] of [
      ['a.csv', lines.join('\n')],
      [
        'a.xlsx',
        write(utils.book_new(utils.aoa_to_sheet(lines.map((line) => line.split(',')))), {
          type: 'buffer',
        }) as Buffer,
      ],
    ] as const) {
      expect((await bring(file, bytes)).code).toBe(0)
    }
    const { out } = await runInside(FOLDER, ['client', 'show', 'proto', '--json'])
    const { properties } = JSON.parse(out) as { properties: { name: string; value: string }[] }
    expect(properties.map(({ name }) => name).toSorted()).toEqual(names.toSorted())
    for (const format of ['json', 'jsonl', 'csv', 'xlsx']) {
      const done = await runInside(FOLDER, ['export', 'clients', '--out', `p.${format}`])
      expect(done.code).toBe(0)
    }
    expect(readFileSync(path.join(FOLDER, 'p.csv'), 'utf8')).toContain('__proto__')
    expect(Object.keys(Object.prototype)).toEqual([])
    expect(({} as Record<string, unknown>).v0).toBeUndefined()
  })
})
