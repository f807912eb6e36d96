import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { examineBook } from '../../src/book/doctor.ts'
import { type Book, openBook } from '../../src/book/open.ts'
import type { ContactPointKind } from '../../src/domain/contact-point.ts'
import type { Money } from '../../src/domain/money.ts'
import { CLIENT_TEXTS, perField } from '../../src/domain/text-fields.ts'
import { nameKey } from '../../src/domain/name.ts'
import { clientIndex } from '../../src/import/clients/match.ts'
import type { ClientDraft } from '../../src/import/clients/draft.ts'
import { addClient, type ClientDetails, type ClientValues } from '../../src/records/clients.ts'
import { addDeal } from '../../src/records/deals.ts'
import { addEntry } from '../../src/records/dictionaries.ts'
import { addInteraction } from '../../src/records/interactions.ts'
import { mergeClients } from '../../src/records/merge.ts'
import { contents, day, moment, newBook, olderBook, perform, undoLast } from '../support/book.ts'

interface Person {
  name: string
  role: string | null
}

interface Client {
  name: string
  values: ClientValues
  details: ClientDetails
  deals: number
  calls: number
}

const maybe = <T>(...values: T[]): fc.Arbitrary<T | null> =>
  fc.constantFrom<(T | null)[]>(null, ...values)

// Few values, so that much is the same.
const point = fc
  .record({
    kind: fc.constantFrom<ContactPointKind[]>('email', 'phone', 'website'),
    key: fc.constantFrom('a', 'b', 'c'),
  })
  .map(({ kind, key }) => ({ kind, key, value: key.toUpperCase() }))
const points = fc.array(point, { maxLength: 3 })
const person: fc.Arbitrary<Person> = fc.record({
  name: fc.constantFrom('Ann', 'ANN', 'Bo'),
  role: maybe('Buyer', 'Chef'),
})
const client: fc.Arbitrary<Client> = fc.record({
  name: fc.constantFrom('Acme', 'ACME', 'Pier', 'Nine'),
  values: fc.record({
    kind: fc.constantFrom('company', 'person'),
    ownerId: maybe(1, 2),
    rating: maybe('A', 'B'),
    region: maybe('North', 'South'),
    size: maybe('big'),
    note: maybe('Met', 'Met at the fair'),
    consent: fc.constantFrom('yes', 'no', 'unknown'),
  }),
  details: fc.record({
    points,
    contacts: fc.array(
      fc.tuple(person, points).map(([who, reach]) => ({ ...who, points: reach })),
      { maxLength: 3 },
    ),
    categories: fc.array(fc.constantFrom('expo', 'food'), { maxLength: 2 }),
    properties: fc.array(
      fc.record({ name: fc.constantFrom('Fleet', 'Staff'), value: fc.constantFrom('1', '2') }),
      { maxLength: 2 },
    ),
  }),
  deals: fc.nat(2),
  calls: fc.nat(2),
})

const DEAL = {
  processId: 1,
  title: 'A deal',
  ref: null,
  need: null,
  sourceId: null,
  stageId: null,
  amount: 100 as Money,
  cost: null,
  ownerId: null,
  expectedClose: null,
}
const CALL = { kind: 'call', dealId: null, ownerId: null, direction: null, result: null } as const

async function fill(book: Book, clients: readonly Client[], refs: boolean[]): Promise<void> {
  await perform(book, async (db) => {
    for (const name of ['Ann', 'Bo']) await addEntry(db, 'owner', name)
    for (const [index, { name, values, details, deals, calls }] of clients.entries()) {
      const ref = refs[index] ? `R${index + 1}` : null
      const id = await addClient(db, name, { ...values, ref }, details, day('2026-01-01'))
      const at = moment('2026-02-01')
      for (let n = 0; n < deals; n += 1) await addDeal(db, { ...DEAL, clientId: id }, at)
      for (let n = 0; n < calls; n += 1) {
        await addInteraction(db, { ...CALL, clientId: id, text: 'Hello' }, at)
      }
      const task = { client_id: id, text: 'Call', added_on: at.on }
      await db.insertInto('tasks').values(task).execute()
      await db
        .updateTable('interactions')
        .set((eb) => ({
          contact_id: eb.selectFrom('contacts').select('id').where('client_id', '=', id).limit(1),
        }))
        .where('client_id', '=', id)
        .execute()
    }
  })
}

function count(book: Book, table: string): number {
  return Number(book.store.prepare(`SELECT count(*) FROM ${table}`).pluck().get())
}

describe('merging any clients', () => {
  it('and undoing it gives the same book, row for row, and doing it again the same merge', async () => {
    const some = fc.array(client, { minLength: 3, maxLength: 3 })
    const refs = fc.array(fc.boolean(), { minLength: 3, maxLength: 3 })
    await fc.assert(
      fc.asyncProperty(some, refs, async (clients, withRef) => {
        const book = newBook()
        await fill(book, clients, withRef)
        const before = contents(book)
        const kept = ['deals', 'interactions', 'tasks'].map((table) => count(book, table))

        await perform(book, (db) => mergeClients(db, 1, 2))
        const once = contents(book)
        await perform(book, (db) => mergeClients(db, 3, 1))
        const twice = contents(book)
        expect(count(book, 'clients')).toBe(1)
        expect(['deals', 'interactions', 'tasks'].map((table) => count(book, table))).toEqual(kept)
        expect(await examineBook(book)).toEqual([])

        await undoLast(book)
        expect(contents(book)).toEqual(once)
        await undoLast(book)
        expect(contents(book)).toEqual(before)
        expect(await examineBook(book)).toEqual([])
        // Operations: 1 fills, 2 and 3 merge, 4 and 5 undo them.
        await undoLast(book, 5)
        expect(contents(book)).toEqual(once)
        await undoLast(book, 4)
        expect(contents(book)).toEqual(twice)
        book.close()
      }),
      { numRuns: 40 },
    )
  })

  it('loses no address, person, tag, property or region', async () => {
    await fc.assert(
      fc.asyncProperty(client, client, async (first, second) => {
        const book = newBook()
        await fill(book, [first, second], [true, true])
        const of = (sql: string): unknown[] => book.store.prepare(sql).raw().all()
        const all = (): unknown[] => [
          of('SELECT DISTINCT kind, key FROM contact_points ORDER BY 1, 2'),
          of('SELECT DISTINCT name_key FROM contacts ORDER BY 1'),
          of('SELECT DISTINCT category_id FROM client_categories ORDER BY 1'),
          of('SELECT DISTINCT property_id FROM client_properties ORDER BY 1'),
        ]
        const before = all()
        const regions = of('SELECT region FROM clients WHERE region IS NOT NULL').flat()
        await perform(book, (db) => mergeClients(db, 1, 2))
        expect(all()).toEqual(before)
        const left = of('SELECT region, note FROM clients').flat().join('\n')
        for (const region of regions) expect(left).toContain(region)
        book.close()
      }),
      { numRuns: 30 },
    )
  })
})

describe('a book from before merging', () => {
  it('is brought up to date and can merge, and undo that', async () => {
    const book = openBook(olderBook(2, ['Acme', 'Pier']))
    const before = contents(book)
    await perform(book, (db) => mergeClients(db, 1, 2))
    expect(count(book, 'client_aliases')).toBe(1)
    expect(await examineBook(book)).toEqual([])
    await undoLast(book)
    expect(contents(book)).toEqual(before)
    book.close()
  })
})

describe('a list that one of two merged clients came from', () => {
  function row(name: string, ref: string | null): ClientDraft {
    return {
      name,
      key: nameKey(name),
      hasOwnName: true,
      priceList: null,
      terms: null,
      ref,
      kind: 'company',
      owner: null,
      source: null,
      consent: 'unknown',
      ...perField(CLIENT_TEXTS, () => null),
      points: [],
      contact: null,
      categories: [],
      properties: [],
    }
  }

  it('finds the client that took over, by name and by reference', async () => {
    const book = newBook()
    await perform(book, async (db) => {
      await addClient(db, 'Harbour Foods', { ref: 'C-1' }, {}, day('2026-01-01'))
      await addClient(db, 'Habour Foods', { ref: 'C-77' }, {}, day('2026-01-01'))
      await addClient(db, 'Pier Nine', {}, {}, day('2026-01-01'))
    })
    const find = (name: string, ref: string | null = null) =>
      clientIndex(
        book.store,
        null,
        () => {},
        () => ({ differs: null, shared: 0 }),
      ).find(row(name, ref)).known
    expect(find('Habour Foods', 'C-77')).toMatchObject({ id: 2, by: 'ref' })
    await perform(book, (db) => mergeClients(db, 1, 2))
    expect(find('Habour Foods', 'C-77')).toMatchObject({ id: 1, by: 'ref' })
    expect(find('Habour Foods')).toMatchObject({ id: 1, by: 'name' })
    expect(find('Harbour Foods', 'C-1')).toMatchObject({ id: 1, by: 'ref' })
    // A third reference is another client, though it has the name.
    expect(find('Habour Foods', 'C-99')).toBeNull()
    // A client of its own comes before one that took the name over.
    await perform(book, (db) => addClient(db, 'Habour Foods', {}, {}, day('2026-01-02')))
    expect(find('Habour Foods')).toMatchObject({ id: 4, by: 'name' })
  })
})
