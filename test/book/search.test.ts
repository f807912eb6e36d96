import { writeFileSync } from 'node:fs'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { examineBook } from '../../src/book/doctor.ts'
import { undo } from '../../src/book/undo.ts'
import { type Book, openBook } from '../../src/book/open.ts'
import { addClient, addDetails, editClient } from '../../src/records/clients.ts'
import { findRecords } from '../../src/records/find/index.ts'
import { addInteraction } from '../../src/records/interactions.ts'
import { day, moment, newBook, perform, undoLast } from '../support/book.ts'
import { desk } from '../support/funnel.ts'
import { connectionOf } from '../../src/book/store/sqlite/store.ts'

const MON = day('2026-11-23')

/** Adds a client. Returns its number. */
function add(book: Book, name: string, note: string | null = null): Promise<number> {
  return perform(book, (db) => addClient(db, name, { note }, {}, MON))
}

function say(book: Book, clientId: number, text: string): Promise<number> {
  const rest = { dealId: null, ownerId: null, direction: null, result: null }
  return perform(book, (db) =>
    addInteraction(db, { kind: 'call', clientId, text, ...rest }, moment('2026-11-20')),
  )
}

/** What is found, as “kind number”, best first. */
async function found(book: Book, words: string, limit = 20): Promise<string[]> {
  const search = await book.store.search()
  search.catchUp()
  return (await findRecords(book.db, search, words, limit)).map(({ kind, id }) => `${kind} ${id}`)
}

describe('finding', () => {
  it('looks for parts of words in any case, accent and script', async () => {
    const book = newBook()
    await add(book, 'Zürcher Käse GmbH')
    await add(book, 'Завод Ёлка')
    await add(book, 'บริษัท กรุงเทพ จำกัด')
    await add(book, '東京貿易株式会社')
    await add(book, 'شركة النور')
    await add(book, 'Łódź Świat')
    await add(book, 'Straße 9')
    for (const [words, id] of [
      ['ZURCHER', 1],
      ['käs', 1],
      ['елк', 2],
      ['ЗАВОД', 2],
      ['กรุง', 3],
      ['กรุงเทพ', 3],
      ['東京', 4],
      ['貿易', 4],
      ['株式会社', 4],
      ['النور', 5],
      ['lodz swiat', 6],
      ['strasse', 7],
    ] as const) {
      expect([words, await found(book, words)]).toEqual([words, [`client ${id}`]])
    }
    expect(await found(book, '京易')).toEqual([])
  })

  it('takes short words as beginnings', async () => {
    const book = newBook()
    await add(book, 'EU Trade')
    await add(book, 'Neue Welt')
    await add(book, 'Anton (EU) Ltd')
    expect(await found(book, 'eu')).toEqual(['client 1', 'client 3'])
    expect(await found(book, 'n')).toEqual(['client 2'])
    expect(await found(book, '')).toEqual([])
    expect(await found(book, '"')).toEqual([])
    expect(await found(book, '* OR NEAR("x")')).toEqual([])
  })

  it('puts names before people, and those before notes; new notes before old', async () => {
    const book = newBook()
    const other = await add(book, 'Other Ltd', 'buys at Harbour Foods')
    const person = await add(book, 'Someone Ltd')
    const inside = await add(book, 'Old Harbour Ltd')
    const exact = await add(book, 'Harbour')
    const begins = await add(book, 'Harbour Foods')
    await perform(book, (db) =>
      addDetails(db, person, { contacts: [{ name: 'Ann Harbour', role: null, points: [] }] }),
    )
    const old = await say(book, other, 'harbour tour')
    const young = await say(book, other, 'harbour tour again')
    expect(await found(book, 'harbour')).toEqual([
      `client ${exact}`,
      `client ${begins}`,
      `client ${inside}`,
      `client ${person}`,
      `client ${other}`,
      `interaction ${young}`,
      `interaction ${old}`,
    ])
    expect(await found(book, 'harbour', 2)).toEqual([`client ${exact}`, `client ${begins}`])
  })

  it('finds addresses in any spelling of them, and words of a client and its calls together', async () => {
    const book = newBook()
    const id = await add(book, 'Pier Nine')
    await perform(book, (db) =>
      addDetails(db, id, {
        points: [
          { kind: 'email', value: 'sam@pier.example', key: 'sam@pier.example' },
          { kind: 'phone', value: '+1 (512) 757-6000', key: '+15127576000' },
        ],
      }),
    )
    const call = await say(book, id, 'asked about the generator')
    await say(book, await add(book, 'Far Away'), 'asked about the generator too')
    for (const words of ['pier.exam', 'sam@', '757-6000', '5127576', '(512) 757']) {
      expect([words, await found(book, words)]).toEqual([words, [`client ${id}`]])
    }
    expect(await found(book, 'pier generator')).toEqual([`interaction ${call}`])
  })

  it('keeps up with every change, and with undo', async () => {
    const book = newBook()
    const id = await add(book, 'Harbour Foods')
    const call = await say(book, id, 'wants a generator')
    expect(await found(book, 'harbour')).toEqual([`client ${id}`])
    await perform(book, (db) => editClient(db, id, { name: 'Pier Nine' }))
    expect(await found(book, 'harbour')).toEqual([])
    expect(await found(book, 'pier')).toEqual([`client ${id}`])
    const undone = await undoLast(book)
    expect(await found(book, 'harbour')).toEqual([`client ${id}`])
    await undo(
      book,
      { command: 'again', at: '2026-11-23T12:00:00.000Z', author: 'ann' },
      undone.operation ?? 0,
    )
    expect(await found(book, 'pier')).toEqual([`client ${id}`])
    expect(await found(book, 'generator')).toEqual([`interaction ${call}`])
    const gone = await undoLast(book, 2)
    expect(await found(book, 'generator')).toEqual([])
    await undo(
      book,
      { command: 'again', at: '2026-11-23T12:00:00.000Z', author: 'ann' },
      gone.operation ?? 0,
    )
    expect(await found(book, 'generator')).toEqual([`interaction ${call}`])
    await perform(book, (db) =>
      addDetails(db, id, { properties: [{ name: 'Serial', value: 'XK-77' }] }),
    )
    expect(await found(book, 'xk-77')).toEqual([`client ${id}`])
    expect((await book.store.search()).backlog()).toBe(0)
    expect(await examineBook(book)).toEqual([])
  })
})

describe('while another program writes', () => {
  it('finds what was there before, and the rest as soon as it can', async () => {
    const book = newBook()
    await add(book, 'Harbour Foods')
    expect(await found(book, 'harbour')).toEqual(['client 1'])
    await add(book, 'Harbour Nine')
    const other = new Database(book.path)
    other.exec('BEGIN IMMEDIATE')
    const search = await book.store.search()
    expect(search.catchUp()).toBe(false)
    expect(connectionOf(book.store).pragma('busy_timeout', { simple: true })).toBe(30_000)
    other.close()
    expect(search.catchUp()).toBe(true)
    expect(await found(book, 'harbour')).toEqual(['client 2', 'client 1'])
  })
})

describe('doctor', () => {
  it.each([
    ['has lost a record', 'DELETE FROM search_clients WHERE rowid = 1'],
    [
      'has a record too many',
      "INSERT INTO search_clients (rowid, name, note) VALUES (99, ' ghost', ' ')",
    ],
    [
      'has another text',
      "INSERT OR REPLACE INTO search_clients (rowid, name, note) VALUES (1, ' other', ' ')",
    ],
    ['is damaged', 'UPDATE search_clients_data SET block = zeroblob(20) WHERE id > 10'],
  ])('mends an index that %s', async (_what, sql) => {
    const book = newBook()
    await add(book, 'Harbour Foods', 'cold store')
    await add(book, 'Pier Nine')
    ;(await book.store.search()).catchUp()
    connectionOf(book.store).unsafeMode(true)
    connectionOf(book.store).pragma('writable_schema = ON')
    book.store.exec(sql)
    const findings = await examineBook(book)
    expect(findings).toMatchObject([{ check: 'search' }])
    expect(findings[0]?.message).toContain('rebuilt')
    expect(await examineBook(book)).toEqual([])
    expect(await found(book, 'harbour')).toEqual(['client 1'])
    expect(await found(book, 'ghost')).toEqual([])
  })
})

it('An import leaves nothing for the first search to read, unless it is large', async () => {
  const one = desk()
  const backlog = async (): Promise<number> => {
    const book = openBook(one.file('funnel.db'))
    try {
      return (await book.store.search()).backlog()
    } finally {
      book.close()
    }
  }
  const rows = (from: number, to: number): string =>
    Array.from({ length: to - from }, (_, at) => `Client ${from + at},Town ${from + at}\n`).join('')
  writeFileSync(one.file('few.csv'), `Name,Town\n${rows(0, 50)}`)
  one.ok('import', 'clients', 'few.csv', '--dry-run')
  one.ok('import', 'clients', 'few.csv')
  expect(await backlog()).toBe(0)
  expect(one.ok('find', 'client 49')).toContain('Client 49')
  writeFileSync(one.file('many.csv'), `Name\n${rows(50, 16_000)}`.replaceAll(/,Town \d+/g, ''))
  one.ok('import', 'clients', 'many.csv')
  expect(await backlog()).toBeGreaterThan(15_000)
})
