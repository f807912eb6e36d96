import { describe, expect, it } from 'vitest'
import { importsInside } from '../support/imports.ts'

const CLIENTS = 'Name,Region,Email,Phone,Owner,Note'
const DEALS = 'Client,Title,Status,Opened,Closed,Amount,Owner,Note'
const ALL = ['--create', 'all']

describe('two rows of one file with one name', () => {
  it.each([
    ['two towns', 'Anna Schmidt,Kiel,,,,', 'Anna Schmidt,Bonn,,,,', 'region'],
    ['two mailboxes', 'Anna Schmidt,,a@one.example,,,', 'Anna Schmidt,,a@two.example,,,', 'e-mail'],
    ['two phones', 'Anna Schmidt,,,+49 431 5550101,,', 'Anna Schmidt,,,+49 228 5550102,,', 'phone'],
    ['two owners', 'Anna Schmidt,,,,Ann,', 'Anna Schmidt,,,,Bob,', 'owner'],
    ['two notes', 'Anna Schmidt,,,,,likes tea', 'Anna Schmidt,,,,,has moved', 'note'],
  ])('and %s are two clients, named in a note, and come again unchanged', async (...row) => {
    const [, one, other, by] = row
    const { bring, look } = await importsInside()
    const lines = [CLIENTS, one, other, one]
    const done = await bring('clients', lines, ...ALL)
    expect(done).toMatchObject({ created: 2, unchanged: 1, rejected: 0 })
    expect(done.notes).toContain(
      `row 3 (Anna Schmidt) is new, but row 2 of this file has its name, and another ${by}`,
    )
    expect(done.notes.join()).not.toMatch(/left alone|client \d/)
    expect(look('SELECT 1 FROM clients')).toHaveLength(2)
    for (const again of [lines, [CLIENTS, other, one, other]]) {
      expect(await bring('clients', again, ...ALL)).toMatchObject({ operation: null, unchanged: 3 })
    }
  })

  it('are not mixed up later: a row that may be either is rejected', async () => {
    const { bring, look } = await importsInside()
    const header = 'Name,Region,Email,Note'
    await bring('clients', [header, 'Hans Müller,Kiel,,', 'Hans Müller,Bonn,,'])
    const told = 'the book has several clients “Hans Müller”'
    for (const row of ['Hans Müller,,,Secret of Bonn', 'hans müller,,hans@bonn.example,']) {
      const done = await bring('clients', [header, row, 'Pier Nine,,,'], '--on-duplicate', 'update')
      expect(done).toMatchObject({ updated: 0, rejected: 1 })
      expect(done.rejects[0]?.reason.toLowerCase()).toContain(told.toLowerCase())
    }
    const named = await bring('clients', [header, 'Hans Müller,Bonn,hans@bonn.example,knows us'])
    expect(named).toMatchObject({ updated: 1, rejected: 0 })
    expect(await bring('clients', [header, 'Hans Müller,,hans@bonn.example,'])).toMatchObject({
      unchanged: 1,
    })
    const third = await bring('clients', [header, 'Hans Müller,Köln,,'], '--on-duplicate', 'update')
    expect(third).toMatchObject({ created: 1, updated: 0 })
    expect(look("SELECT region, note FROM clients WHERE name = 'Hans Müller' ORDER BY id")).toEqual(
      [
        { region: 'Kiel', note: null },
        { region: 'Bonn', note: 'knows us' },
        { region: 'Köln', note: null },
      ],
    )
  })

  it.each([
    ['the same row', 'Pier Nine,Kiel,,,Ann,', 'pier nine,KIEL,,,Ann,', 'unchanged'],
    ['a row that knows more', 'Pier Nine,,,,,', 'Pier Nine,Kiel,office@pier.example,,,', 'updated'],
    [
      'a row that knows less',
      'Pier Nine,Kiel,office@pier.example,,,',
      'Pier Nine,,,,,',
      'unchanged',
    ],
    [
      'one mailbox and another phone',
      'Ines Maro,,ines@maro.example,+49 431 5550101,,',
      'Ines Maro,,ines@maro.example,+49 228 5550102,,',
      'updated',
    ],
    [
      'two mailboxes of one company',
      'Pier Nine,,office@pier.example,,,',
      'Pier Nine,,sales@pier.example,,,',
      'updated',
    ],
  ])('and %s are one', async (_what, one, other, fate) => {
    const { bring, look } = await importsInside()
    const done = await bring('clients', [CLIENTS, one, other], ...ALL)
    expect(done).toMatchObject({ created: 1, [fate]: 1 })
    expect(look('SELECT 1 FROM clients')).toHaveLength(1)
  })

  it('and two people at one company are one company', async () => {
    const { bring, look } = await importsInside()
    const lines = [
      'Company,Contact,Email,Job,Region',
      'Acme,Ann Lee,ann@lee.example,buyer,',
      'Acme,Bob Roy,bob@roy.example,cook,',
      'Acme,Cy Orr,,,Bonn',
      'Acme,Di Unt,,,Kiel',
    ]
    expect(await bring('clients', lines)).toMatchObject({ created: 2, updated: 2 })
    expect(look('SELECT client_id FROM contacts ORDER BY id')).toEqual([
      { client_id: 1 },
      { client_id: 1 },
      { client_id: 1 },
      { client_id: 2 },
    ])
  })

  it('says of a value left alone which row has another, in an empty book', async () => {
    const { bring } = await importsInside()
    const lines = [CLIENTS, 'Anna,Kiel,anna@one.example,,,', 'Anna,Bonn,anna@one.example,,,']
    const done = await bring('clients', lines)
    expect(done).toMatchObject({ created: 1, unchanged: 1 })
    expect(done.notes).toEqual([
      '1 cell left alone (row 3): an earlier row of this file has another one: region',
    ])
    const again = await bring('clients', lines)
    expect(again.notes).toEqual([
      '1 cell left alone (row 3): the book has another one (--on-duplicate update takes them): region',
    ])
  })

  it('is the client of the book where it is one, though the book says otherwise', async () => {
    const { bring, look, ok } = await importsInside()
    await ok('client', 'add', 'Anna Schmidt', '--region', 'Hamburg')
    const lines = [
      CLIENTS,
      'Anna Schmidt,Kiel,,,,',
      'Anna Schmidt,Kiel,,,,',
      'Anna Schmidt,Bonn,,,,',
    ]
    const done = await bring('clients', lines)
    expect(done).toMatchObject({ created: 1, unchanged: 2 })
    expect(look('SELECT region FROM clients ORDER BY id')).toEqual([
      { region: 'Hamburg' },
      { region: 'Bonn' },
    ])
    // Now there are two of the name, and the one in Kiel is neither.
    expect(await bring('clients', lines)).toMatchObject({ created: 1, unchanged: 2 })
    expect(await bring('clients', lines)).toMatchObject({ operation: null, unchanged: 3 })
  })

  it('is one client where --match says that the name is all', async () => {
    const { bring } = await importsInside()
    const lines = [CLIENTS, 'Anna Schmidt,Kiel,,,,', 'Anna Schmidt,Bonn,,,,']
    const done = await bring('clients', lines, '--match', 'name')
    expect(done).toMatchObject({ created: 1, unchanged: 1 })
    expect(done.notes.join()).toContain('1 cell left alone (row 3)')
  })
})

describe('two rows of one file with one client and title', () => {
  const BASE = 'Harbour,Service,open,2026-01-01,,100.00,Ann,'
  it.each([
    ['amount', 'Harbour,Service,open,2026-01-01,,200.00,Ann,'],
    ['owner', 'Harbour,Service,open,2026-01-01,,100.00,Bob,'],
    ['note', 'Harbour,Service,open,2026-01-01,,100.00,Ann,second site'],
  ])(
    'and another %s are two deals, named in a note, and come again unchanged',
    async (by, other) => {
      const { bring, look } = await importsInside()
      const lines = [DEALS, BASE, other, BASE, other]
      const done = await bring('deals', lines, ...ALL)
      expect(done).toMatchObject({ created: 2, unchanged: 2 })
      expect(done.notes).toContain(
        `row 3 (Service) is a deal of its own: row 2 of this file has its client and title, but another ${by}`,
      )
      expect(look('SELECT 1 FROM deals')).toHaveLength(2)
      for (const again of [lines, [DEALS, other, BASE, other, BASE]]) {
        expect(await bring('deals', again, ...ALL)).toMatchObject({ operation: null, unchanged: 4 })
      }
    },
  )

  it('are one deal where the second only knows more', async () => {
    const { bring, look } = await importsInside()
    const lines = [DEALS, 'Harbour,Service,open,2026-01-01,,,,', BASE]
    expect(await bring('deals', lines, ...ALL)).toMatchObject({ created: 1, updated: 1 })
    expect(look('SELECT amount FROM deals')).toEqual([{ amount: 10_000 }])
  })

  it('are the deals of the book that say the same, whatever their order', async () => {
    const { bring, look } = await importsInside()
    const rows = [100, 200, 300].map(
      (sum) => `Harbour,Service,won,2026-01-01,2026-02-01,${sum}.00,,`,
    )
    await bring('deals', [DEALS, ...rows], ...ALL)
    const changed = [DEALS, rows[2] ?? '', rows[0] ?? '', rows[1]?.replace('200', '250') ?? '']
    const done = await bring('deals', changed)
    expect(done).toMatchObject({ created: 0, unchanged: 3 })
    expect(done.notes).toEqual([
      '1 value left alone (row 4): the book has another one (--on-duplicate update takes them): amount',
    ])
    await bring('deals', changed, '--on-duplicate', 'update')
    expect(look('SELECT amount FROM deals ORDER BY id').map(({ amount }) => amount)).toEqual([
      10_000, 25_000, 30_000,
    ])
  })
})
