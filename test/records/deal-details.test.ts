import { describe, expect, it } from 'vitest'
import { contents } from '../support/book.ts'
import { type ImportsInside, importsInside } from '../support/imports.ts'
import { runInside } from '../support/inside.ts'
import { openBook } from '../../src/book/open.ts'
import path from 'node:path'

interface Deal {
  id: number
  contact: string | null
  note: string | null
  tags: string[]
  properties: { name: string; value: string }[]
}

async function withHarbour(): Promise<ImportsInside> {
  const made = await importsInside()
  await made.ok('client', 'add', 'Harbour Foods', '--contact', 'Mai Brandt')
  await made.ok('client', 'edit', '1', '--contact', 'Jo Brandt')
  await made.ok('deal', 'add', '1', 'Cold store', '--amount', '9000', '--on', '2026-11-02')
  return made
}

function dealOf({ json }: ImportsInside, deal = '1'): Promise<Deal> {
  return json<Deal & Record<string, unknown>>('deal', 'show', deal)
}

function rowsOf({ folder }: ImportsInside): Record<string, unknown[]> {
  const book = openBook(path.join(folder, 'funnel.db'))
  try {
    return contents(book)
  } finally {
    book.close()
  }
}

/** What a command that must be refused says. */
async function refusal({ folder }: ImportsInside, ...args: string[]): Promise<string> {
  const { code, err } = await runInside(folder, args)
  return `${code}: ${err}`
}

const ALL = ['--tag', 'Expo', '--tag', 'Big', '--property', 'Colour=red', '--contact', 'mai']

describe('what a deal has besides its fields', () => {
  it('is given, shown, listed, changed and taken off, and undone row for row', async () => {
    const made = await withHarbour()
    const before = rowsOf(made)
    await made.ok('deal', 'edit', '1', ...ALL, '--note', 'asks for\ntwo halls')
    const given = {
      contact: 'Mai Brandt',
      note: 'asks for\ntwo halls',
      tags: ['Big', 'Expo'],
      properties: [{ name: 'Colour', value: 'red' }],
    }
    expect(await dealOf(made)).toMatchObject(given)
    const { deals } = await made.json<{ deals: Deal[] }>('deal', 'list')
    expect(deals).toMatchObject([given])
    const card = await made.ok('deal', 'show', '1')
    expect(card).toMatch(/Contact: Mai Brandt\n[^]*Tags: Big, Expo\n/)
    const shown = await made.ok('deal', 'list', '--columns', 'title,tags,contact', '--csv')
    expect(shown).toMatch(/Cold store,Big; Expo,Mai Brandt/)
    expect(await made.ok('find', 'two halls')).toMatch(/deal +1 +/)

    // A tag in other letters is the same one; an empty property is none.
    await made.ok('deal', 'edit', '1', '--tag', 'EXPO', '--property', 'colour=')
    expect(await dealOf(made)).toMatchObject({ tags: ['Big', 'Expo'], properties: [] })
    await made.ok('deal', 'edit', '1', '--drop', 'tag:expo', '--contact', 'none', '--note', 'none')
    expect(await dealOf(made)).toMatchObject({ tags: ['Big'], contact: null, note: null })

    for (let n = 0; n < 3; n += 1) await made.ok('undo')
    const { operations: _, ...after } = rowsOf(made)
    const { operations: __, ...first } = before
    expect(after).toEqual(first)
  })

  it('is there from the first with deal add, all as one operation', async () => {
    const made = await withHarbour()
    await made.ok('deal', 'add', '1', 'Pump', ...ALL)
    expect(await dealOf(made, '2')).toMatchObject({ contact: 'Mai Brandt', tags: ['Big', 'Expo'] })
    await made.ok('undo')
    expect(made.look('SELECT * FROM deal_tags')).toEqual([])
    expect(made.look('SELECT * FROM categories')).toEqual([])
  })

  it('is refused with what to type instead where it does not fit', async () => {
    const made = await withHarbour()
    const edit = (...args: string[]): Promise<string> => refusal(made, 'deal', 'edit', '1', ...args)
    expect(await edit('--contact', 'brandt')).toMatch(/^3: [^]*several[^]*Mai Brandt, Jo Brandt/)
    expect(await edit('--contact', 'Zoe')).toMatch(
      /^3: [^]*there are Mai Brandt, Jo Brandt; or [^]*client edit 1 --contact "Zoe"/,
    )
    expect(await edit('--drop', 'tag:expo')).toMatch(/^3: [^]*has no tag “expo”[^]*it has none/)
    expect(await edit('--drop', 'colour')).toMatch(/^2: [^]*--drop tag:expo or --drop property/)
    expect(await edit('--property', 'red')).toMatch(/^2: [^]*is not a property/)
    expect(await edit('--tag', ' ')).toMatch(/^2: /)
  })

  it('goes with the deal to another client, apart from a person whom that client lacks', async () => {
    const made = await withHarbour()
    await made.ok('deal', 'edit', '1', ...ALL)
    await made.ok('client', 'add', 'Pier Nine', '--contact', 'MAI BRANDT')
    await made.ok('client', 'add', 'Quay')
    await made.ok('deal', 'edit', '1', '--client', 'pier')
    expect(await dealOf(made)).toMatchObject({ contact: 'MAI BRANDT', tags: ['Big', 'Expo'] })
    await made.ok('deal', 'edit', '1', '--client', 'quay')
    expect(await dealOf(made)).toMatchObject({ contact: null, tags: ['Big', 'Expo'] })
  })

  it('stays when clients are merged, and goes when the client is erased', async () => {
    const made = await withHarbour()
    await made.ok('deal', 'edit', '1', ...ALL, '--note', 'Mai said so')
    await made.ok('client', 'add', 'Harbour', '--contact', 'Mai Brandt')
    await made.ok('client', 'merge', '2', '1', '--yes')
    const merged = await dealOf(made)
    expect(merged).toMatchObject({ contact: 'Mai Brandt', tags: ['Big', 'Expo'] })
    await made.ok('client', 'erase', '2', '--yes')
    expect(await dealOf(made)).toMatchObject({
      contact: null,
      note: null,
      tags: [],
      properties: [],
    })
    expect(await made.ok('doctor')).toMatch(/fine|sound|in order/i)
  })

  it('comes from files, adds people that the client lacks, and comes back from the export', async () => {
    const made = await importsInside()
    const list = [
      'Id,Client,Contact,Title,Amount,Tags,Notes,Colour',
      'D1,Pier,Mai Brandt,Winch,900,"Expo; Big, Old",ask Jo,red',
      'D2,Pier,mai brandt,Crane,800,,,',
    ]
    const done = await made.bring('deals', list, '--create', 'clients')
    expect(done).toMatchObject({ created: 2, left_out: [] })
    const winch = {
      contact: 'Mai Brandt',
      note: 'ask Jo',
      tags: ['Big', 'Expo', 'Old'],
      properties: [{ name: 'Colour', value: 'red' }],
    }
    expect(await dealOf(made)).toMatchObject(winch)
    expect(made.look('SELECT name FROM contacts')).toEqual([{ name: 'Mai Brandt' }])
    expect(await made.bring('deals', list)).toMatchObject({ unchanged: 2 })

    for (const format of ['csv', 'json']) {
      await made.ok('export', 'deals', '--out', `out.${format}`)
      const other = await importsInside()
      const file = path.join(made.folder, `out.${format}`)
      await other.ok('import', 'deals', file, '--create', 'clients')
      expect(await dealOf(other)).toMatchObject(winch)
      expect(await dealOf(other, '2')).toMatchObject({ contact: 'Mai Brandt', tags: [] })
    }

    // What is there stays; --on-duplicate update replaces it, and tags only ever come to others.
    const next = [
      'Id,Client,Contact,Title,Label',
      'D1,Pier,Jo Quay,Winch,New',
      'D2,Pier,,Crane,Big',
    ]
    const filled = await made.bring('deals', next)
    expect(filled).toMatchObject({ updated: 2 })
    expect(filled.notes.join('\n')).toContain('left alone')
    expect(made.look('SELECT name FROM contacts')).toEqual([{ name: 'Mai Brandt' }])
    await made.bring('deals', next, '--on-duplicate', 'update')
    expect(await dealOf(made)).toMatchObject({
      contact: 'Jo Quay',
      tags: ['Big', 'Expo', 'New', 'Old'],
    })
  })
})
