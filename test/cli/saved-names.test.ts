import { writeFileSync } from 'node:fs'
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

  it('as profiles of imports do, whatever of them names it', () => {
    const made = trade()
    writeFileSync(made.file('list.csv'), 'Kunde,Betreuer,Phase: jetzt,Flotte\nPier,B.,neu,3\n')
    const how = ['--map', 'Flotte=property:Fleet', '--map', 'Phase: jetzt=stage']
    const meanings = ['--value', 'Betreuer:B.=Bo', '--value', 'Phase: jetzt:neu=Qualification']
    const defaults = ['--default', 'source=Webseite', '--process', 'typical']
    const saved = [...how, ...meanings, ...defaults, '--save-profile', 'CRM']
    made.ok('import', 'deals', 'list.csv', ...saved)
    const before = rowsOf(made)
    made.ok('owner', 'edit', 'Bo', '--name', 'Robin')
    made.ok('source', 'merge', 'web', 'Webseite')
    made.ok('stage', 'edit', 'Qualification', '--name', 'First look')
    made.ok('process', 'edit', 'typical', '--name', 'Usual')
    made.ok('property', 'edit', 'Fleet', '--name', 'Vessels')
    const profile = made.ok('profile', 'export', 'CRM')
    for (const name of ['B.=Robin', 'neu=First look', 'source=web', 'Usual', 'property:Vessels']) {
      expect(profile).toContain(name)
    }
    expect(made.json('import', 'deals', 'list.csv')).toMatchObject({ rejected: 0, unchanged: 1 })
    for (let times = 0; times < 5; times += 1) made.ok('undo')
    expect(rowsOf(made)).toEqual(before)
  })

  it('follow a property in conditions', () => {
    const made = trade()
    made.ok('client', 'edit', 'Pier', '--property', 'Fleet=12')
    made.ok('segment', 'add', 'fleets', '--where', 'property:Fleet>10')
    made.ok('report', 'save', 'by fleet', '--', 'open', '--where', 'property:Fleet>10')
    made.ok('property', 'edit', 'Fleet', '--name', 'Vessels > 1 t')
    expect(conditions(made, 'fleets')).toBe('property:"Vessels > 1 t">10')
    expect(clients(made, 'fleets')).toEqual(['Pier'])
    expect(made.ok('report', 'list')).toContain('Vessels')
    made.ok('report', 'run', 'by fleet')
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
