import { readFileSync } from 'node:fs'
import path from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { keepDocument, keptBytes, keptDocuments } from '../../src/documents/keep.ts'
import { safeFileName } from '../../src/domain/file-name.ts'
import { day, moment, newBook } from '../support/book.ts'
import { type Desk, desk } from '../support/funnel.ts'
import { runInside } from '../support/inside.ts'

/** A sole trader who has billed Harbour Foods, and Pier Nine. */
function shop(): Desk {
  const made = desk()
  for (const line of [
    ['company', 'set', '--name', 'Ann Lee', '--street', 'Weg 1', '--town', 'Berlin'],
    ['company', 'set', '--country', 'DE', '--postcode', '10115', '--vat-id', 'DE136695976'],
    ['bank', 'account', 'add', 'Main', '--iban', 'DE89370400440532013000'],
    ['tax', 'add', 'Standard', '19%'],
    ['client', 'add', 'Harbour Foods', '--street', 'Quay 2', '--town', 'Bonn', '--country', 'DE'],
    ['client', 'add', 'Pier Nine', '--street', 'Quay 3', '--town', 'Bonn', '--country', 'DE'],
    ['invoice', 'add', '1', '--line', '2 h Consulting @ 500'],
    ['invoice', 'issue', 'd1', '--on', '2026-10-01'],
    ['invoice', 'add', '2', '--line', 'Travel @ 30'],
    ['invoice', 'issue', 'd2', '--on', '2026-10-02'],
  ]) {
    made.ok(...line)
  }
  return made
}

interface Listed {
  documents: { id: number; client: string; of: string; name: string; size: number }[]
}

describe('what was sent', () => {
  it('is in the book byte for byte, and is found by client and by invoice', () => {
    const { ok, json, file } = shop()
    ok('invoice', 'send', '2026-0001', '--format', 'text', '--out', 'first.txt')
    ok('invoice', 'send', '2026-0002', '--format', 'text', '--out', 'second.txt')
    const { documents } = json<Listed>('document', 'list')
    expect(documents.map(({ id, client, of }) => [id, client, of])).toEqual([
      [2, 'Pier Nine', 'invoice 2026-0002'],
      [1, 'Harbour Foods', 'invoice 2026-0001'],
    ])
    expect(json<Listed>('document', 'list', 'pier').documents).toHaveLength(1)
    const [found] = json<Listed>('document', 'list', '--invoice', '2026-0001').documents
    const sent = readFileSync(file('first.txt'))
    expect(found?.size).toBe(sent.length)
    ok('document', 'show', '1', '--out', 'again.txt')
    expect(readFileSync(file('again.txt')).equals(sent)).toBe(true)
    expect(ok('document', 'show', '1', '--out', '-')).toBe(sent.toString())
    expect(ok('invoice', 'show', '2026-0001')).toContain(found?.name)
    expect(ok('client', 'show', '1')).toContain(found?.name)
  })

  it('survives a backup and its restoring, and doctor sees that it is whole', () => {
    const { ok, run, file } = shop()
    ok('invoice', 'send', '2026-0001', '--format', 'text', '--out', 'first.txt')
    ok('backup', 'backup.db')
    ok('invoice', 'send', '2026-0002', '--format', 'text', '--out', 'second.txt')
    ok('restore', 'backup.db', '--yes')
    expect(run('document', 'show', '2')).toMatchObject({ code: 3 })
    expect(run('document', 'show', '2').err).toContain('there is no document 2')
    ok('document', 'show', '1', '--out', 'again.txt')
    expect(readFileSync(file('again.txt'))).toEqual(readFileSync(file('first.txt')))
    ok('doctor')
    const raw = new Database(file('funnel.db'))
    raw.exec("UPDATE documents SET body = 'QUJD'")
    raw.close()
    expect(run('doctor').out).toMatch(/document 1 .*: it is not the file that was sent/)
    const { code, err } = run('document', 'show', '1', '--out', 'wrong.txt')
    expect([code, err]).toEqual([1, expect.stringContaining('not what was sent')])
  })

  it('is not poured into a terminal', async () => {
    const { ok, folder } = shop()
    ok('invoice', 'send', '2026-0001', '--format', 'text', '--out', 'first.txt')
    const shown = await runInside(folder, ['document', 'show', '1', '--out', '-'], { columns: 80 })
    expect([shown.code, shown.out]).toEqual([2, ''])
    expect(shown.err).toContain('--out FILE')
  })

  it('stays of invoices when a client is erased, and goes of reminders', () => {
    const { ok, json } = shop()
    ok('remind', '--out', 'letters')
    ok('invoice', 'send', '2026-0001', '--format', 'text', '--out', 'first.txt')
    expect(json<Listed>('document', 'list', '1').documents).toHaveLength(2)
    ok('client', 'erase', '1', '--yes')
    const { documents } = json<Listed>('document', 'list', '1')
    expect(documents.map(({ of }) => of)).toEqual(['invoice 2026-0001'])
    ok('doctor')
  })
})

it('keeps any bytes as they are', async () => {
  const { db } = newBook()
  await db
    .insertInto('clients')
    .values({ name: 'Pier', name_key: 'pier', added_on: day('2026-01-01') })
    .execute()
  const at = moment('2026-11-23')
  for (const length of [0, 1, 2, 3, 70_000]) {
    const bytes = Buffer.from(Array.from({ length }, (_, place) => (place * 31) % 256))
    const file = { clientId: 1, kind: 'letter', name: 'a.pdf', format: 'pdf', bytes } as const
    const id = await keepDocument(db, file, at)
    expect(Buffer.from(await keptBytes(db, id)).equals(bytes)).toBe(true)
    const [found] = await keptDocuments(db, { id })
    expect(found?.size).toBe(length)
  }
})

describe('the name of a file', () => {
  it.each([
    ['Invoice 2026-0001', 'Invoice-2026-0001.pdf'],
    ['Invoice A/2026 0001', 'Invoice-A-2026-0001.pdf'],
    ['../../etc/passwd', 'etc-passwd.pdf'],
    ['C:\\Windows\\x', 'C-Windows-x.pdf'],
    ['.hidden', 'hidden.pdf'],
    ['Rechnung „Größe“ №5', 'Rechnung-Größe-5.pdf'],
    ['ใบแจ้งหนี้ 12', 'ใบแจ้งหนี้-12.pdf'],
    ['a\u0000b\u202Egnp.exe\n', 'abgnp.exe.pdf'],
    ['con', 'document-con.pdf'],
    ['///', 'document.pdf'],
    ['x'.repeat(300), `${'x'.repeat(60)}.pdf`],
  ])('of %j is %s', (text, name) => {
    expect(safeFileName(text, 'pdf')).toBe(name)
    expect(path.basename(name)).toBe(name)
  })
})
