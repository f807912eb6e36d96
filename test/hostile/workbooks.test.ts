import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { text as textOf } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CFB, write } from 'xlsx'
import { BINARY, newFolder, TODAY } from '../support/funnel.ts'
import type { Imported } from '../support/imports.ts'
import { runInside } from '../support/inside.ts'
import { watchMemory } from '../support/memory.ts'
import { bookOf, openDocument, unzip } from '../support/workbooks.ts'

const FOLDER = newFolder()
/** Whatever is in a file, it is refused within so many ms, in so many MiB. */
const LONGEST = 10_000
const MOST_MEMORY = 600

beforeAll(async () => {
  await runInside(FOLDER, ['init', '--currency', 'EUR', '--timezone', 'UTC'])
})
afterAll(() => rmSync(FOLDER, { recursive: true }))

const save = (name: string, bytes: Uint8Array): void =>
  writeFileSync(path.join(FOLDER, name), bytes)

async function bring(name: string): Promise<Imported> {
  const words = ['import', 'clients', name, '--create', 'all', '--dry-run', '--json']
  const { code, out, err } = await runInside(FOLDER, words)
  expect([code, err]).toEqual([0, ''])
  return JSON.parse(out) as Imported
}

/** Imports a file as a person does. It must be refused in time, in little memory and in plain words. */
async function checkRefusal(name: string, words: RegExp): Promise<void> {
  const began = Date.now()
  const env = { PATH: process.env.PATH, HOME: FOLDER, FUNNEL_TODAY: TODAY }
  const child = spawn(process.execPath, [BINARY, 'import', 'clients', name], { cwd: FOLDER, env })
  const memory = watchMemory(child.pid ?? 0)
  const [err, [code]] = await Promise.all([textOf(child.stderr), once(child, 'close')])
  expect([code, err]).toEqual([2, expect.stringMatching(words)])
  expect(err).toMatch(/^funnel: .*\n {2}.*\n$/)
  expect(Date.now() - began).toBeLessThan(LONGEST)
  expect(memory()).toBeLessThan(MOST_MEMORY)
}

const TOO_MUCH = /takes far more time or memory than a sound file of its size\n {2}open it in/

/** An XLS whose list of sectors leads back to its beginning, so that the workbook never ends. */
function endless(): Buffer {
  const rows = Array.from({ length: 500 }, (_, row) => [`Client ${row}`, `a${row}@x.example`])
  const book = bookOf({ Clients: [['Name', 'Email'], ...rows] })
  const bytes = Buffer.from(write(book, { type: 'buffer', bookType: 'biff8' }) as Buffer)
  const SECTOR = 512
  const sector = (number: number): number => (number + 1) * SECTOR
  // The first sector of the table of sectors, and that of the directory, by the file's header.
  const table = sector(bytes.readUInt32LE(76))
  const directory = sector(bytes.readUInt32LE(48))
  const name = Buffer.from('Workbook', 'utf16le')
  const entry = Array.from({ length: 4 }, (_, index) => directory + index * 128).find((at) =>
    bytes.subarray(at, at + name.length).equals(name),
  )
  if (entry === undefined) throw new Error('no workbook in the directory')
  const first = bytes.readUInt32LE(entry + 116)
  bytes.writeUInt32LE(first, table + (first + 3) * 4)
  bytes.writeUInt32LE(first + 1, entry + 116)
  return bytes
}

describe('a workbook of a few kilobytes', () => {
  it('whose sectors lead round and round is refused, and the program goes on', async () => {
    save('a.xls', endless())
    await checkRefusal('a.xls', TOO_MUCH)
    const { code, err } = await runInside(FOLDER, ['import', 'clients', 'a.xls'])
    expect([code, err]).toEqual([2, expect.stringMatching(TOO_MUCH)])
    save('b.xlsx', write(bookOf({ S: [['Name'], ['Acme']] }), { type: 'buffer' }) as Buffer)
    expect((await bring('b.xlsx')).created).toBe(1)
  })

  it('whose row is repeated for ever is refused', async () => {
    const cell = '<table:table-cell><text:p>x</text:p></table:table-cell>'
    const row = `<table:table-row table:number-rows-repeated="900000000">${cell}</table:table-row>`
    save('a.ods', openDocument(`<table:table table:name="A">${row}</table:table>`))
    await checkRefusal('a.ods', TOO_MUCH)
  })

  it('with a cell of hundreds of millions of spaces is refused', async () => {
    const cell =
      '<table:table-cell office:value-type="string"><text:p>a<text:s text:c="300000000"/></text:p></table:table-cell>'
    const row = `<table:table-row>${cell}</table:table-row>`
    save('a.ods', openDocument(`<table:table table:name="A">${row}</table:table>`))
    await checkRefusal('a.ods', /too long for a table|takes far more time or memory/)
  })
})

/** A compound file of two megabytes whose thousands of entries each hold what others hold, two gigabytes in all. */
function shared(): Buffer {
  const [TABLES, DIRECTORY, DATA, SECTOR] = [32, 500, 3000, 512]
  const bytes = Buffer.alloc((1 + TABLES + DIRECTORY + DATA) * SECTOR)
  bytes.write('d0cf11e0a1b11ae1', 'hex')
  for (const [at, value] of [
    [24, 0x3e],
    [26, 3],
    [28, 0xfffe],
    [30, 9],
    [32, 6],
  ] as const)
    bytes.writeUInt16LE(value, at)
  for (const [at, value] of [
    [44, TABLES],
    [48, TABLES],
    [56, 4096],
    [60, -2],
    [68, -2],
  ] as const)
    bytes.writeInt32LE(value, at)
  for (let table = 0; table < 109; table += 1) {
    bytes.writeInt32LE(table < TABLES ? table : -1, 76 + table * 4)
  }
  // Each sector leads to the next one, but for the last of the directory and of the data.
  const [data, end] = [TABLES + DIRECTORY, TABLES + DIRECTORY + DATA]
  for (let sector = 0; sector < TABLES * 128; sector += 1) {
    const isLast = sector === data - 1 || sector >= end - 1
    bytes.writeInt32LE(sector < TABLES ? -3 : isLast ? -2 : sector + 1, SECTOR + sector * 4)
  }
  for (let entry = 0; entry < DIRECTORY * 4; entry += 1) {
    const at = (1 + TABLES) * SECTOR + entry * 128
    const name = entry === 0 ? 'Root Entry' : `e${entry}`
    bytes.write(name, at, 'utf16le')
    bytes.writeUInt16LE(name.length * 2 + 2, at + 64)
    bytes[at + 66] = entry === 0 ? 5 : 2
    for (const link of [68, 72, 76]) bytes.writeInt32LE(-1, at + link)
    bytes.writeInt32LE(entry === 0 ? -2 : data + entry, at + 116)
    bytes.writeInt32LE(entry === 0 ? 0 : 5000, at + 120)
  }
  return bytes
}

describe('a workbook of which nothing is read', () => {
  const refusalOf = async (name: string, bytes: Uint8Array): Promise<string> => {
    save(name, bytes)
    const { code, err } = await runInside(FOLDER, ['import', 'clients', name])
    expect(code).toBe(2)
    return err
  }
  const listed = bookOf({
    Clients: [['Name', 'Email'], ...Array.from({ length: 30 }, () => ['Acme', 'a@x.example'])],
  })
  const DAMAGED = /is damaged or cut short\n {2}download it again/

  it('is damaged where its records lead astray, and no other sheet is asked for', async () => {
    const sound = Buffer.from(write(listed, { type: 'buffer', bookType: 'biff8' }) as Buffer)
    const SECTOR = 512
    for (const at of [SECTOR + 2, SECTOR + 22, SECTOR + 60]) {
      const bytes = Buffer.concat([sound.subarray(0, at), Buffer.from('x'), sound.subarray(at)])
      expect(await refusalOf('a.xls', bytes)).toMatch(DAMAGED)
    }
  })

  it('is damaged where texts are there and no sheet shows them', async () => {
    const bytes = write(listed, { type: 'buffer', bookType: 'xlsx', bookSST: true }) as Buffer
    const archive = unzip(bytes)
    for (const file of archive.FileIndex) {
      if (!file.content) continue
      const text = Buffer.from(file.content).toString()
      if (!text.includes('<sheetData>')) continue
      file.content = Buffer.from(text.replace('<sheetData>', '<sheetDat>'))
      file.size = file.content.length
    }
    const options = { fileType: 'zip', type: 'buffer', compression: true } as const
    expect(await refusalOf('a.xlsx', CFB.write(archive, options) as Buffer)).toMatch(DAMAGED)
  })

  it.each(['biff8', 'biff5', 'biff2', 'xlsx', 'ods'] as const)(
    'is empty where nothing was ever written, as %s',
    async (bookType) => {
      const bytes = write(bookOf({ Clients: [] }), { type: 'buffer', bookType }) as Buffer
      expect(await refusalOf('a.dat', bytes)).toMatch(/the sheet “\S+” of a\.dat is empty/)
    },
  )

  it('names the sheets that are hidden', async () => {
    const book = { ...listed, Workbook: { Sheets: [{ name: 'Clients', Hidden: 1 as const }] } }
    const bytes = write(book, { type: 'buffer', bookType: 'xlsx' }) as Buffer
    expect(await refusalOf('a.xlsx', bytes)).toMatch(/hidden with --sheet: Clients\n/)
  })
})

describe('a larger workbook', () => {
  it('whose parts are copied over and over is refused before it fills the memory', async () => {
    save('a.xls', shared())
    await checkRefusal('a.xls', TOO_MUCH)
  })

  it('that says one long text in each of ten thousand cells is refused', async () => {
    const said = 'x'.repeat(30_000)
    const rows = Array.from({ length: 10_000 }, () => [said])
    const book = bookOf({ S: [['Name'], ...rows] })
    const bytes = write(book, { type: 'buffer', bookSST: true, compression: true }) as Buffer
    expect(bytes.length).toBeLessThan(1 << 20)
    save('a.xlsx', bytes)
    await checkRefusal('a.xlsx', /is too large to open/)
  })
})

describe('an OpenDocument sheet', () => {
  const sheet = (...cells: string[]): string => {
    const row = (inner: string): string => `<table:table-row>${inner}</table:table-row>`
    const shown = (value: string): string =>
      `<table:table-cell office:value-type="string"><text:p>${value}</text:p></table:table-cell>`
    const header = row(shown('Name') + shown('Since'))
    const rows = cells.map((cell) => row(shown('Acme') + cell))
    return `<table:table table:name="A">${header}${rows.join('')}</table:table>`
  }

  it.each(['<style:style style:name="a">', '<style:style ', '<style:style style:name="a" '])(
    'with thousands of “%s” that never end is read at once',
    async (style) => {
      save('a.ods', openDocument(sheet('<table:table-cell/>'), style.repeat(20_000)))
      const began = Date.now()
      expect((await bring('a.ods')).created).toBe(1)
      expect(Date.now() - began).toBeLessThan(5000)
    },
  )

  it('with a day that is none is read with what was shown for it', async () => {
    const cell = (value: string, text: string): string =>
      `<table:table-cell office:value-type="date" office:date-value="${value}">${text}</table:table-cell>`
    save('a.ods', openDocument(sheet(cell('', '<text:p>soon</text:p>'), cell('', ''))))
    const done = await bring('a.ods')
    expect(done.read).toBe(2)
    expect(done.notes).toEqual(['1 cell holds an error such as #REF!; it was read as empty'])
  })
})
