import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { importsInside } from '../support/imports.ts'

const DEALS = [
  'Kunde,Titel,Phase,Status,Betreuer,Herkunft,Grund,Schlagwort,Farbe',
  'Pier Nine,Mast,Angebot raus,läuft,A. Berg,Messe HH,,"neu; Stammkunde",rot',
  'Pier Nine,Kran,ANGEBOT  RAUS,läuft,A. Berg,Messe HH,,Stammkunde,Rot',
  'Hafen,Pumpe,Angebot raus,weg,Bo,,zu teuer,"neu, wichtig",grün',
]
const MAP = ['Phase=stage', 'Status=outcome', 'Schlagwort=tag', 'Herkunft=source'].flatMap(
  (column) => ['--map', column],
)
const VALUES = [
  'Phase:Angebot raus=Proposal',
  'outcome:läuft=open',
  'Status:weg=lost',
  'Owner:A. Berg=Ann',
  'Herkunft:Messe HH=Fair',
  'Reason:zu teuer=Price',
  'Tag:stammkunde=Regular',
  'Farbe:rot=red',
].flatMap((value) => ['--value', value])

async function desk() {
  const made = await importsInside()
  for (const owner of ['Ann', 'Bo']) await made.ok('owner', 'add', owner)
  await made.ok('source', 'add', 'Fair')
  await made.ok('reason', 'add', 'Price')
  await made.ok('client', 'add', 'Pier Nine')
  await made.ok('client', 'add', 'Hafen')
  return made
}

describe('values that stand for others', () => {
  it('are read as these in any column of words, each with the cells that it was in', async () => {
    const made = await desk()
    const done = await made.bring('deals', DEALS, ...MAP, ...VALUES)
    expect(done.rejects).toEqual([])
    const { deals } = await made.json<{ deals: Record<string, unknown>[] }>(
      'deal',
      'list',
      '--status',
      'all',
    )
    const said = deals.map(({ title, stage, status, owner, source, tags, properties }) => ({
      title,
      stage,
      status,
      owner,
      source,
      tags,
      properties,
    }))
    expect(said.toSorted((a, b) => String(a.title).localeCompare(String(b.title)))).toEqual([
      {
        title: 'Kran',
        stage: 'Proposal',
        status: 'open',
        owner: 'Ann',
        source: 'Fair',
        tags: ['Regular'],
        properties: [{ name: 'Farbe', value: 'red' }],
      },
      {
        title: 'Mast',
        stage: 'Proposal',
        status: 'open',
        owner: 'Ann',
        source: 'Fair',
        tags: ['neu', 'Regular'],
        properties: [{ name: 'Farbe', value: 'red' }],
      },
      {
        title: 'Pumpe',
        stage: 'Proposal',
        status: 'lost',
        owner: 'Bo',
        source: null,
        tags: ['neu', 'wichtig'],
        properties: [{ name: 'Farbe', value: 'grün' }],
      },
    ])
    expect(done.values).toContainEqual({
      column: 'Phase',
      from: 'Angebot raus',
      to: 'Proposal',
      cells: 3,
    })
    expect(done.notes).toContain(
      'values of the column “Phase” were read as: Angebot raus → Proposal (3)',
    )
    expect(done.notes).toContain(
      'values of the column “Schlagwort” were read as: stammkunde → Regular (2)',
    )
  })

  it('are said by a dry run as well', async () => {
    const made = await desk()
    const { out } = await made.attempt('deals', DEALS, ...MAP, ...VALUES, '--dry-run')
    expect(out).toContain('Angebot raus → Proposal (3)')
    expect(made.look('SELECT * FROM deals')).toEqual([])
  })

  it('may be blank cells', async () => {
    const made = await desk()
    const done = await made.bring(
      'deals',
      DEALS,
      ...MAP,
      ...VALUES.slice(0, -2),
      '--value',
      'Farbe:rot=',
    )
    expect(done.notes).toContain('values of the column “Farbe” were read as: rot → nothing (2)')
    expect(made.look('SELECT value FROM deal_properties')).toEqual([{ value: 'grün' }])
  })

  it('are kept in a profile, and more can be added to it', async () => {
    const made = await desk()
    await made.bring('deals', DEALS, ...MAP, ...VALUES, '--save-profile', 'List')
    const next = [...DEALS, 'Hafen,Winde,Neu,läuft,A. Berg,,,,']
    const done = await made.bring('deals', next, '--value', 'Phase:Neu=Qualification')
    expect(done.rejects).toEqual([])
    expect(done.values).toHaveLength(9)
    expect(await made.ok('profile', 'show', 'List')).toContain('Phase:Angebot raus=Proposal')
    await made.bring('deals', next, '--value', 'Phase:Neu=Qualification', '--save-profile', 'List')
    // A file without these values is no mistake.
    const short = await made.bring('deals', [next[0] ?? '', next[4] ?? ''])
    expect(short.values).toHaveLength(3)
    expect(short.notes.join()).not.toContain('no cell')
  })

  it('stay as they were written in the file of rejected rows', async () => {
    const made = await desk()
    const lines = ['Client,Title,Stage,Opened', 'Pier Nine,Mast,raus,2026-13-45']
    await made.attempt('deals', lines, '--value', 'Stage:raus=Proposal', '--rejects', 'rest.csv')
    expect(readFileSync(path.join(made.folder, 'rest.csv'), 'utf8')).toContain(
      'Pier Nine,Mast,raus',
    )
  })

  it('belong to clients, interactions, tasks and histories too', async () => {
    const made = await desk()
    await made.bring(
      'clients',
      ['Name,Kind,Consent', 'Eta,VIP,jein'],
      '--value',
      'Kind:VIP=person',
      '--value',
      'Consent:jein=unknown',
    )
    expect(await made.json('client', 'show', 'Eta')).toMatchObject({ kind: 'person' })
    await made.bring(
      'interactions',
      ['Client,Date,Kind,Result', 'Eta,2026-11-02,Kaffee,begeistert'],
      '--map',
      'Result=result',
      '--value',
      'Kind:Kaffee=meeting',
      '--value',
      'Result:begeistert=interested',
    )
    expect(made.look('SELECT kind, result FROM interactions')).toEqual([
      { kind: 'meeting', result: 'interested' },
    ])
    await made.bring('tasks', ['Task,Status', 'Ring,schläft'], '--value', 'Status:schläft=dropped')
    expect(made.look('SELECT status FROM tasks')).toEqual([{ status: 'dropped' }])
  })
})

describe('a mistake in a value', () => {
  it.each([
    ['Halls:a=Proposal', 'the file has no column “Halls”', 'did you mean “Halle”?'],
    ['Reason:a=Price', 'no column of the file is read as reason', '--map "Header=reason"'],
    ['Stage:a=Propsal', '“Propsal” is no stage of this book; nearest: Proposal', '--create stages'],
    ['Owner:a=An', '“An” is no owner of this book; nearest: Ann', '--create owners'],
    ['Status:a=perhaps', '“perhaps” is not one of: open, won, lost', ''],
    ['Opened:a=2026-11-02', 'the column “Opened” holds days', 'change such cells'],
    ['Halle:a=b', 'the column “Halle” is left out', '--map "Halle=FIELD"'],
    ['Stage=Proposal', '“Stage=Proposal” names no column', '--value "Stage:Angebot raus=Proposal"'],
    ['Stage:Proposal', '“Stage:Proposal” says no value', '--value "Stage:'],
    ['Stage:=Proposal', 'says no value of a column', '--default'],
  ])('is an error that says what to write: %s', async (value, message, hint) => {
    const made = await desk()
    const lines = [
      'Client,Title,Stage,Status,Owner,Opened,Halle',
      'Pier Nine,Mast,a,a,a,2026-11-02,3',
    ]
    const how = ['--ignore', 'Halle', '--value', value]
    const { code, err } = await made.attempt('deals', lines, ...how)
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining(message) })
    expect(err).toContain(hint)
  })

  it('is said loudly if no cell has the value, with the nearest', async () => {
    const made = await desk()
    const lines = ['Client,Title,Stage', 'Pier Nine,Mast,Proposal']
    const { err } = await made.attempt(
      'deals',
      lines,
      '--value',
      'Stage:Propsal=Decision',
      '--quiet',
    )
    expect(err).toContain('no cell of the column “Stage” is “Propsal”; did you mean “Proposal”?')
  })

  it('is one value that is said to be two things', async () => {
    const made = await desk()
    const lines = ['Client,Title,Stage', 'Pier Nine,Mast,a']
    const both = ['--value', 'Stage:a=Proposal', '--value', 'stage:A=Decision']
    const { code, err } = await made.attempt('deals', lines, ...both)
    expect({ code, err }).toEqual({
      code: 2,
      err: expect.stringContaining('“A” in “Stage” is said to be Proposal and Decision'),
    })
  })

  it('may be a name that the import adds', async () => {
    const made = await desk()
    const lines = ['Client,Title,Owner', 'Pier Nine,Mast,CB']
    const how = ['--value', 'Owner:CB=Cleo', '--create', 'owners']
    expect((await made.bring('deals', lines, ...how)).rejects).toEqual([])
    expect(made.look('SELECT name FROM owners ORDER BY id')).toContainEqual({ name: 'Cleo' })
  })
})

it('a header may contain a colon, a value an equals sign', async () => {
  const made = await desk()
  const lines = ['Client,Title,Deal: Phase', 'Pier Nine,Mast,a=b: c']
  const how = ['--map', 'Deal: Phase=stage', '--value', 'Deal: Phase:a=b: c=Proposal']
  expect((await made.bring('deals', lines, ...how)).rejects).toEqual([])
  expect(await made.json('deal', 'show', '1')).toMatchObject({ stage: 'Proposal' })
})
