import { beforeEach, describe, expect, it } from 'vitest'
import type { Book } from '../../src/book/open.ts'
import type { Db } from '../../src/book/store/db.ts'
import { Fault } from '../../src/domain/fault.ts'
import type { Money } from '../../src/domain/money.ts'
import { clientTest } from '../../src/records/choose/index.ts'
import {
  listClients,
  readColumns,
  readSorting,
  usualColumns,
} from '../../src/records/client-list.ts'
import { addClient, type ClientDetails, type ClientValues } from '../../src/records/clients.ts'
import { addDeal } from '../../src/records/deals.ts'
import { addEntry } from '../../src/records/dictionaries.ts'
import { addInteraction } from '../../src/records/interactions.ts'
import { win } from '../../src/records/steps.ts'
import { day, moment, newBook, perform } from '../support/book.ts'

const TODAY = day('2026-11-23')

let book: Book

function property(name: string, value: string): { name: string; value: string } {
  return { name, value }
}

async function deal(db: Db, clientId: number, won = false): Promise<void> {
  const rest = { ref: null, need: null, sourceId: null, stageId: null, cost: null, ownerId: null }
  const terms = { title: 'Order', amount: 100 as Money, expectedClose: null, ...rest }
  const added = await addDeal(db, { clientId, processId: 3, ...terms }, moment('2026-09-01'))
  if (won) await win(db, added.id, moment('2026-09-02'))
}

/** Six clients of whom every test below knows who is who. */
async function fill(db: Db): Promise<void> {
  const ann = await addEntry(db, 'owner', 'Ann')
  const bo = await addEntry(db, 'owner', 'Bo Berg')
  const client = (
    name: string,
    values: ClientValues,
    details: Partial<ClientDetails>,
    added: string,
  ): Promise<number> => addClient(db, name, values, details, day(added))
  await client(
    'Alpha Pier',
    { region: 'North', size: 'small', ownerId: ann, rating: 'A', consent: 'yes', sourceId: 1 },
    { categories: ['expo'], properties: [property('Fleet', '9')] },
    '2026-01-01',
  )
  await client(
    'Beta',
    { region: 'north', size: 'large', ownerId: bo, rating: 'B', consent: 'no' },
    { categories: ['expo', 'vip'], properties: [property('Fleet', '10.5')] },
    '2026-02-01',
  )
  await client(
    'Gamma pier',
    { region: 'South', size: '40', kind: 'person' },
    {
      properties: [property('Fleet', 'many'), property('A=B', 'x')],
      points: [{ kind: 'email', value: 'G@pier.example', key: 'g@pier.example' }],
    },
    '2026-03-01',
  )
  await client(
    'Delta',
    { size: '5' },
    {
      contacts: [
        { name: 'Sam Roy', role: null, points: [{ kind: 'phone', value: '+1 512', key: '+1512' }] },
      ],
    },
    '2026-11-23',
  )
  await client(
    'ЗАВОД',
    { region: 'Кипр' },
    { properties: [property('Fleet', '100')] },
    '2026-11-01',
  )
  await client('O\'Hara" OR 1=1 --', { region: "x' OR '1'='1" }, {}, '2026-11-02')
  const said = (clientId: number, kind: 'call' | 'note', on: string): Promise<number> =>
    addInteraction(
      db,
      { clientId, kind, dealId: null, ownerId: null, direction: null, result: null, text: 'x' },
      moment(on),
    )
  // Days since: 1 → 30, 2 → 31 (and a later note), 3 → 0, 4, 5 and 6 never.
  await said(1, 'call', '2026-10-24')
  await said(1, 'call', '2026-01-24')
  await said(2, 'call', '2026-10-23')
  await said(2, 'note', '2026-11-20')
  await said(3, 'call', '2026-11-23')
  await said(4, 'note', '2026-11-23')
  // Deals: 1 has two open, 2 one won, 3 one won and one open.
  await deal(db, 1)
  await deal(db, 1)
  await deal(db, 2, true)
  await deal(db, 3, true)
  await deal(db, 3)
}

beforeEach(async () => {
  book = newBook()
  await perform(book, fill)
})

/** The numbers of the clients that meet all conditions. */
async function chosen(...conditions: string[]): Promise<number[]> {
  const test = await clientTest(book.db, conditions, TODAY)
  const rows = await listClients(book.db, { test, columns: usualColumns })
  return rows.map(({ id }) => Number(id)).toSorted((a, b) => a - b)
}

describe('clients are chosen', () => {
  it.each([
    // Own columns. North is written in two ways; unknown differs from every value.
    ['region=North', [1, 2]],
    ['region=NORTH,south', [1, 2, 3]],
    ['region!=North', [3, 4, 5, 6]],
    ['region~o', [1, 2, 3, 6]],
    ['region=none', [4]],
    ['region=none,South', [3, 4]],
    ['region!=none,South', [1, 2, 5, 6]],
    ['region', [1, 2, 3, 5, 6]],
    ['region=кипр', [5]],
    ["region=x' OR '1'='1", [6]],
    ['size!=small', [2, 3, 4, 5, 6]],
    ['size>10', [3]],
    ['size<=5', [4]],
    ['rating=a', [1]],
    ['rating>=B', [2]],
    ['kind=person', [3]],
    ['kind!=person', [1, 2, 4, 5, 6]],
    ['consent=yes', [1]],
    ['consent!=yes', [2, 3, 4, 5, 6]],
    ['consent', [1, 2]],
    ['owner=Ann', [1]],
    ['owner=ann,bo', [1, 2]],
    ['owner!=Ann', [2, 3, 4, 5, 6]],
    ['owner=none', [3, 4, 5, 6]],
    ['owner~b', [2]],
    ['source=exhibition', [1]],
    ['name~pier', [1, 3]],
    ['name~PIER,вод', [1, 3, 5]],
    ['name=завод', [5]],
    ['name="O\'Hara\\" OR 1=1 --"', []],
    ['added>2026-02-01', [3, 4, 5, 6]],
    ['added=2026-02-01,today', [2, 4]],
    ['added<2026-02-01', [1]],
    // What hangs on a client.
    ['category=expo', [1, 2]],
    ['category!=expo', [3, 4, 5, 6]],
    ['category=vip,expo', [1, 2]],
    ['category=none', [3, 4, 5, 6]],
    ['category~xp', [1, 2]],
    ['property:Fleet', [1, 2, 3, 5]],
    ['property:Fleet=none', [4, 6]],
    ['property:fleet>10', [2, 5]],
    ['property:Fleet<=9', [1]],
    ['property:Fleet=many', [3]],
    ['property:Fleet=9.0', [1]],
    ['property:Fleet!=9', [2, 3, 4, 5, 6]],
    ['property:Fleet~an', [3]],
    ['property:"A=B"=x', [3]],
    ['email', [3]],
    ['email=g@PIER.example', [3]],
    ['email~pier', [3]],
    ['email=none', [1, 2, 4, 5, 6]],
    ['phone~1 5', [4]],
    ['contact~sam', [4]],
    // Days since: 30, 31, 0, never, never, never; notes are nobody's contact.
    ['last-contact>30d', [2, 4, 5, 6]],
    ['last-contact>=30d', [1, 2, 4, 5, 6]],
    ['last-contact<30d', [3]],
    ['last-contact<=30', [1, 3]],
    ['last-contact=31d', [2]],
    ['last-contact!=31d', [1, 3, 4, 5, 6]],
    ['last-contact>4w', [1, 2, 4, 5, 6]],
    ['last-contact=none', [4, 5, 6]],
    ['last-contact', [1, 2, 3]],
    // Deals: 2 open; 1 won; 1 won and 1 open.
    ['deals=0', [4, 5, 6]],
    ['deals', [1, 2, 3]],
    ['deals>=2', [1, 3]],
    ['deals<2', [2, 4, 5, 6]],
    ['deals!=1', [1, 3, 4, 5, 6]],
    ['open-deals>0', [1, 3]],
    ['open-deals=1', [3]],
    ['won-deals=1', [2, 3]],
    ['lost-deals>0', []],
  ])('by %s', async (condition, ids) => {
    expect(await chosen(condition)).toEqual(ids)
  })

  it('by several conditions, all of which must be met', async () => {
    expect(await chosen('region=North', 'size!=small', 'category=expo')).toEqual([2])
    expect(await chosen('property:Fleet>5', 'open-deals>0')).toEqual([1])
    expect(await chosen()).toEqual([1, 2, 3, 4, 5, 6])
  })

  it.each([
    ['regoin=North', 'did you mean region?'],
    ['zzzzzzz=1', 'property:NAME'],
    ['fleet>3', '"property:Fleet"'],
    ['owner=Wilhelmina', 'funnel owner list'],
    ['owner=Bo Brg', 'did you mean “Bo Berg”?'],
    ['category=expp', 'did you mean “expo”?'],
    ['category=zoo', 'there are: expo, vip'],
    ['property:Fleat=1', 'did you mean “Fleet”?'],
    ['consent=maybe', 'yes, no, unknown'],
    ['consent>yes', 'use = !='],
    ['last-contact>May', 'last-contact>30d'],
    ['deals=many', 'whole number'],
    ['added>someday', '2026-11-23'],
    ['email=nonsense', 'ann@example.com'],
  ])('or a fault says what is wrong: %s', async (condition, hint) => {
    const error: unknown = await clientTest(book.db, [condition], TODAY).catch(
      (fault: unknown) => fault,
    )
    expect(error).toBeInstanceOf(Fault)
    expect((error as Fault).hint).toContain(hint)
  })

  it('through indexes where there are some', async () => {
    const test = await clientTest(book.db, ['region=North', 'category=expo', 'open-deals>0'], TODAY)
    if (!test) throw new Error('no test')
    const { sql, parameters } = book.db
      .selectFrom('clients as c')
      .select('c.id')
      .where(test('c'))
      .compile()
    const plan = book.store.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(parameters) as {
      detail: string
    }[]
    expect(plan.map(({ detail }) => detail).join('\n')).not.toMatch(/SCAN c\b/)
  })
})

describe('a list of clients', () => {
  async function listed(columns: string, sort: string, limit?: number): Promise<unknown[][]> {
    const rows = await listClients(book.db, {
      columns: await readColumns(book.db, columns, TODAY),
      sorting: await readSorting(book.db, sort, TODAY),
      limit,
    })
    return rows.map((row) => Object.values(row))
  }

  it('has the columns asked for, in their order', async () => {
    expect(await listed('name,email,property:Fleet,last-contact,deals', 'id', 3)).toEqual([
      ['Alpha Pier', null, '9', '2026-10-24', 2],
      ['Beta', null, '10.5', '2026-10-23', 1],
      ['Gamma pier', 'G@pier.example', 'many', '2026-11-23', 2],
    ])
    expect(await listed('contact,phone,category,owner', 'category,name', 2)).toEqual([
      [null, null, '["expo"]', 'Ann'],
      [null, null, '["expo","vip"]', 'Bo Berg'],
    ])
  })

  it('is sorted by numbers where they are some, what is unknown last either way', async () => {
    const ids = async (sort: string): Promise<unknown[]> => (await listed('id', sort)).flat()
    expect(await ids('property:Fleet,id')).toEqual([1, 2, 5, 3, 4, 6])
    expect(await ids('-property:Fleet,id')).toEqual([5, 2, 1, 3, 4, 6])
    expect(await ids('last-contact,id')).toEqual([2, 1, 3, 4, 5, 6])
    expect(await ids('-deals,-id')).toEqual([3, 1, 2, 6, 5, 4])
  })

  it('says which columns there are', async () => {
    await expect(readColumns(book.db, 'nmae', TODAY)).rejects.toMatchObject({
      hint: 'did you mean name?',
    })
    await expect(readColumns(book.db, 'zzz', TODAY)).rejects.toThrow('no column')
    await expect(readSorting(book.db, '-property:Zzz', TODAY)).rejects.toThrow('no property')
  })
})
