import { describe, expect, it } from 'vitest'
import { openBook } from '../../src/book/open.ts'
import { contents } from '../support/book.ts'
import { desk, type Desk } from '../support/funnel.ts'

/** Clients of several sources and owners, with segments and a report that name them. */
function trade(): Desk {
  const made = desk()
  for (const name of ['Ann', 'Bo', 'Robert']) made.ok('owner', 'add', name)
  made.ok('source', 'add', 'Webseite')
  made.ok('client', 'add', 'Harbour', '--owner', 'Bo', '--source', 'Webseite')
  made.ok('client', 'add', 'Pier', '--owner', 'Ann', '--source', 'web')
  made.ok('deal', 'add', 'Harbour', 'Cold store', '--amount', '900', '--on', '2026-10-01')
  made.ok('product', 'add', 'Cold room', '--code', 'CR-20', '--price', '300')
  made.ok('deal', 'line', 'add', '1', 'CR-20', '--quantity', '3')
  made.ok('segment', 'add', 'site', '--where', 'source=webs', '--where', 'deal:owner=Bo')
  made.ok('segment', 'add', 'any web', '--where', 'source=web,Webseite')
  made.ok('segment', 'add', 'not his', '--where', 'owner!=Bo', '--where', 'source~web')
  made.ok('segment', 'add', 'rooms', '--where', 'deal:product=CR-20')
  made.ok('report', 'save', 'mine', '--', 'open', '--owner', 'Bo', '--where', 'source=6')
  made.ok('report', 'save', 'group', '--', 'open', '--segment', 'site')
  return made
}

const conditions = (made: Desk, name: string): unknown =>
  made.json<{ conditions: string }>('segment', 'show', name).conditions

const clients = (made: Desk, segment: string): string[] =>
  made
    .json<{ clients: { name: string }[] }>('client', 'list', '--segment', segment)
    .clients.map(({ name }) => name)

function rowsOf({ file }: Desk): unknown {
  const book = openBook(file('funnel.db'))
  try {
    return contents(book)
  } finally {
    book.close()
  }
}

describe('segments and saved reports', () => {
  it('follow what gets another name', () => {
    const made = trade()
    const before = rowsOf(made)
    made.ok('source', 'edit', 'Webseite', '--name', 'Homepage, own')
    expect(conditions(made, 'site')).toBe('source="Homepage, own"; deal:owner=Bo')
    expect(clients(made, 'any web')).toEqual(['Harbour', 'Pier'])
    made.ok('undo')
    expect(rowsOf(made)).toEqual(before)
    // What still finds the same record stays as it was written.
    made.ok('owner', 'edit', 'Bo', '--name', 'Bo Lee')
    expect(conditions(made, 'not his')).toBe('owner!=Bo; source~web')
    made.ok('segment', 'edit', 'site', '--name', 'Homepage')
    expect(made.ok('report', 'run', 'group')).toContain('1 deal open')
    made.ok('product', 'edit', 'CR-20', '--code', 'CR-21')
    expect(clients(made, 'rooms')).toEqual(['Harbour'])
  })

  it('follow what is merged into another', () => {
    const made = trade()
    const before = rowsOf(made)
    made.ok('source', 'merge', 'web', 'Webseite')
    expect(conditions(made, 'site')).toBe('source=web; deal:owner=Bo')
    expect(conditions(made, 'any web')).toBe('source=web')
    expect(clients(made, 'any web')).toEqual(['Harbour', 'Pier'])
    made.ok('owner', 'merge', 'Ann', 'Bo')
    expect(conditions(made, 'not his')).toBe('owner!=Ann; source~web')
    expect(made.ok('report', 'list')).toContain('open --owner Ann --where source=web')
    expect(made.ok('report', 'run', 'mine')).toContain('1 deal open')
    made.ok('undo')
    made.ok('undo')
    expect(rowsOf(made)).toEqual(before)
  })
})
