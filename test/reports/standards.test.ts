import { rmSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newFolder } from '../support/funnel.ts'
import { type Inside, inside, runInside } from '../support/inside.ts'

const FOLDER = newFolder()
let book: Inside

/** Runs a command on an earlier day. */
async function on(today: string, ...args: string[]): Promise<void> {
  const env = { FUNNEL_TODAY: today }
  expect(await runInside(book.folder, args, { env })).toMatchObject({ code: 0 })
}

interface Standards {
  rows: { owner: string | null; client: string; late: number; last_contact: string | null }[]
  owners: { owner: string | null; clients: number; in_time: number; late: number; kept: number }[]
  totals: Record<string, number>
  notes?: string[]
}

async function standards(...args: string[]): Promise<Standards> {
  return JSON.parse(await book.ok('report', 'standards', ...args, '--json')) as Standards
}

beforeAll(async () => {
  book = await inside(FOLDER, 'standards')
  await book.ok('standard', 'set', 'A', '14')
  for (const owner of ['Zoe', 'Bo']) await book.ok('owner', 'add', owner)
  for (const [name, ...whose] of [
    ['Pier Nine'],
    ['Harbour Foods', '--owner', 'Zoe', '--category', 'key', '--category', 'food'],
    ['Quay Bakery', '--owner', 'Bo'],
    ['Mole Inn', '--owner', 'Bo', '--category', 'food'],
  ] as const) {
    await on('2026-10-01', 'client', 'add', name, '--rating', 'A', ...whose)
  }
  // 14 days on from 9 November is today, the 23rd: still in time.
  await on('2026-11-09', 'log', 'call', 'Mole Inn')
  await on('2026-11-08', 'log', 'call', 'Quay Bakery')
})
afterAll(() => rmSync(FOLDER, { recursive: true }))

describe('who has not heard from us in time', () => {
  it('is told owner by owner, what is nobody’s last', async () => {
    const { rows, owners, totals } = await standards()
    expect(rows).toMatchObject([
      { owner: 'Bo', client: 'Quay Bakery', late: 1, last_contact: '2026-11-08' },
      { owner: 'Zoe', client: 'Harbour Foods', late: 39, last_contact: null },
      { owner: null, client: 'Pier Nine', late: 39, last_contact: null },
    ])
    expect(owners).toEqual([
      { owner: 'Bo', clients: 2, in_time: 1, late: 1, kept: 0.5 },
      { owner: 'Zoe', clients: 1, in_time: 0, late: 1, kept: 0 },
      { owner: null, clients: 1, in_time: 0, late: 1, kept: 0 },
    ])
    expect(totals).toMatchObject({ clients: 4, in_time: 1, late: 3, kept: 0.25 })
  })

  it('is one owner’s where that is asked for', async () => {
    const { rows, totals } = await standards('--owner', 'Bo')
    expect(rows.map(({ client }) => client)).toEqual(['Quay Bakery'])
    expect(totals).toMatchObject({ clients: 2, late: 1 })
  })

  it('counts a client in each of its categories, and says so', async () => {
    const note =
      'A client counts in each of its categories: the groups add up to more than the total.'
    const { groups, notes } = (await standards('--by', 'category')) as Standards & {
      groups: { group: string; clients: number; late: number }[]
    }
    expect(groups).toMatchObject([
      { group: 'food', clients: 2, late: 1 },
      { group: 'key', clients: 1, late: 1 },
      { group: 'No category', clients: 2, late: 2 },
    ])
    expect(notes).toContain(note)
    expect((await standards('--by', 'owner')).notes).not.toContain(note)
  })

  it('is told of an earlier day by the contacts of then and the ratings of today', async () => {
    const note = 'Ratings, owners and standards are those of today; the book keeps no earlier ones.'
    // On 16 October nobody had been called: 15 days since they were added, one too many.
    const { rows, notes } = await standards('--as-of', '2026-10-16')
    expect(rows.map(({ late }) => late)).toEqual([1, 1, 1, 1])
    expect(notes).toContain(note)
    expect((await standards('--as-of', '2026-10-15')).rows).toEqual([])
    expect((await standards()).notes).not.toContain(note)
  })
})
