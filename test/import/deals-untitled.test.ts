import { describe, expect, it } from 'vitest'
import { importsInside, type ImportsInside } from '../support/imports.ts'

const TITLES = 'SELECT title, amount FROM deals ORDER BY id'

function titles({ look }: ImportsInside): unknown[] {
  return look(TITLES).map(({ title }) => title)
}

describe('deals in a list without titles', () => {
  it('are called by product, reference or client, which is said, and stay when they come again', async () => {
    const desk = await importsInside()
    const list = [
      'Client;Product;Reference;Amount;Created on',
      'Pier;Winch;A-7;100;2026-01-13',
      'Dock;;A-8;200;2026-02-13',
      'Quay;;;300;2026-03-13',
      'Mole;;006bm00000LKJNNAA5;400;2026-04-13',
      'Weir;Long talk about what they need, and what they do not need at all yet;B-1;500;2026-05-13',
    ]
    const done = await desk.bring('deals', list, '--create', 'clients')
    expect(done).toMatchObject({ created: 5, rejected: 0 })
    expect(titles(desk)).toEqual(['Winch', 'A-8', 'Quay', 'Mole', 'B-1'])
    expect(done.notes).toEqual(
      expect.arrayContaining([
        '1 deal has no title: it is called by the product',
        '2 deals have no title: they are called by the reference',
        '2 deals have no title: they are called by the client',
      ]),
    )
    const again = await desk.bring('deals', list)
    expect(again).toMatchObject({ created: 0, updated: 0, unchanged: 5 })
    expect(again.notes.join()).not.toContain('no title')
  })

  it('are called by the client of a reference, as the book has it', async () => {
    const desk = await importsInside()
    await desk.bring('clients', ['Client ID,Name', 'C-1,Pier Nine', 'C-2,Dock'])
    const list = ['Client ID,Amount', 'C-1,100', 'C-2,200']
    await desk.bring('deals', list)
    expect(titles(desk)).toEqual(['Pier Nine', 'Dock'])
    expect(await desk.bring('deals', list)).toMatchObject({ created: 0, unchanged: 2 })
  })

  it('have titles that come back with an export', async () => {
    const desk = await importsInside()
    const list = ['Client,Amount,Stage', 'Pier,100,Qualification', 'Dock,200,Qualification']
    await desk.bring('deals', list, '--create', 'clients')
    const exported = await desk.ok('export', 'deals')
    const back = await desk.bring('deals', exported.trimEnd().split('\n'))
    expect(back).toMatchObject({ created: 0, updated: 0, unchanged: 2 })
    const other = await importsInside()
    await other.bring('deals', exported.trimEnd().split('\n'), '--create', 'all')
    expect(other.look(TITLES)).toEqual(desk.look(TITLES))
  })

  it('may be rows without a title beside others that have one', async () => {
    const desk = await importsInside()
    const list = ['Client,Title,Amount', 'Pier,Crane,100', 'Dock,,200', 'Quay,,']
    const done = await desk.bring('deals', list, '--create', 'clients')
    expect(titles(desk)).toEqual(['Crane', 'Dock'])
    expect(done.rejects).toEqual([
      { row: 4, reason: 'the row has no title, and nothing else to name the deal by' },
    ])
  })

  it('are no list of clients', async () => {
    const { attempt } = await importsInside()
    const refused = await attempt('deals', ['Client,Phone', 'Pier,040 123'], '--create', 'all')
    expect(refused.code).toBe(2)
    expect(refused.err).toContain("no column gives the deals' titles, stages or amounts")
  })
})

describe('what was offered and what was ordered', () => {
  it('are two columns, of which the outcome says which counts', async () => {
    const desk = await importsInside()
    const list = [
      'Kunde;Titel;Status;Angebotssumme;Auftragssumme',
      'Pier;a;gewonnen;1000;900',
      'Pier;b;gewonnen;1000;',
      'Pier;c;verloren;1000;0',
      'Pier;d;offen;1000;',
      'Pier;e;offen;;700',
    ]
    const done = await desk.bring('deals', list, '--create', 'clients')
    expect(done.rejects).toEqual([])
    const amounts = desk.look(TITLES).map(({ title, amount }) => [title, Number(amount) / 100])
    expect(Object.fromEntries(amounts)).toEqual({ a: 900, b: 1000, c: 1000, d: 1000, e: 700 })
  })
})

describe('words of a column of outcomes', () => {
  it('may be those of a status, which are stages elsewhere', async () => {
    const desk = await importsInside()
    const list = [
      'Client,Title,Sales stage,Status,Lost reason',
      'Pier,a,Proposal,Quotation,',
      'Pier,b,Proposal,Converted,',
      'Pier,d,Proposal,Closed,',
      'Pier,e,Proposal,Replied,',
    ]
    const done = await desk.bring('deals', list, '--create', 'all')
    const status = desk.look('SELECT title, status FROM deals ORDER BY id')
    expect(status.map(({ title, status: is }) => [title, is].join(' '))).toEqual([
      'a open',
      'b won',
      'e open',
    ])
    expect(done.rejects[0]?.reason).toContain('nothing says whether it was won or lost')
  })

  it('may stand in the column of stages: closed is no stage there, and needs an outcome', async () => {
    const desk = await importsInside()
    const list = [
      'Party,Opportunity Amount,Status,Lost Reasons,Won date',
      'Nord,100,Closed,Price,',
      'Pier,200,Closed,,',
      'West,300,Geschlossen,,2026-03-01',
      'East,400,Proposal,,',
      'South,500,Quotation,,',
    ]
    const done = await desk.bring('deals', list, '--create', 'all')
    const status = desk.look(
      `SELECT d.title, d.status, s.name AS stage FROM deals d LEFT JOIN stages s ON s.id = d.stage_id
       ORDER BY d.id`,
    )
    expect(status.map(({ title, status: is }) => [title, is].join(' '))).toEqual([
      'Nord lost',
      'West won',
      'East open',
      'South open',
    ])
    expect(status.filter(({ stage }) => stage === 'Closed')).toEqual([])
    expect(done.rejects).toEqual([
      {
        row: 3,
        reason:
          'it is closed, but nothing says whether it was won or lost; ' +
          'if its stage does, say which: --won "Closed" or --lost "Closed"',
      },
    ])
  })

  it('is a stage where the process has one of that name', async () => {
    const desk = await importsInside()
    const list = ['Client,Title,Stage,Outcome', 'Pier,a,Closed,open', 'Pier,b,Proposal,open']
    const refused = await desk.bring('deals', list, '--create', 'clients')
    expect(refused.rejects).toEqual([
      { row: 2, reason: 'the stage “Closed” says closed, another column open' },
    ])
    await desk.ok('process', 'add', 'Doors', '--stages', 'Proposal, Closed')
    const taken = await desk.bring('deals', list, '--process', 'Doors')
    expect(taken.rejects).toEqual([])
    expect(
      desk.look(`SELECT s.name FROM deals d JOIN stages s ON s.id = d.stage_id WHERE title = 'a'`),
    ).toEqual([{ name: 'Closed' }])
  })
})

describe('a row that names a person and no client', () => {
  it('is a deal of that person; elsewhere the person is kept', async () => {
    const desk = await importsInside()
    const list = [
      'Deal - Title,Deal - Organization,Deal - Contact person,Deal - Value,Deal - Status',
      'Boiler,,Anna Berg,100,Open',
      'Pump,Nord,Bo Lund,200,Won',
      'Lift,Nord,,300,Open',
      ',,Cy Moe,400,Open',
      'Hoist,,,500,Open',
    ]
    const done = await desk.bring('deals', list, '--create', 'all')
    expect(
      desk.look(
        'SELECT d.title, c.name FROM deals d JOIN clients c ON c.id = d.client_id ORDER BY d.id',
      ),
    ).toEqual([
      { title: 'Boiler', name: 'Anna Berg' },
      { title: 'Pump', name: 'Nord' },
      { title: 'Lift', name: 'Nord' },
      { title: 'Cy Moe', name: 'Cy Moe' },
    ])
    expect(await desk.json('deal', 'show', '2')).toMatchObject({ contact: 'Bo Lund' })
    expect(done.notes).toContain(
      '2 deals name no client but a person, who is the client (rows 2, 5)',
    )
    expect(done.rejects).toEqual([{ row: 6, reason: 'the row names no client' }])
    expect(await desk.bring('deals', list)).toMatchObject({ created: 0, unchanged: 4 })
    const [headers] = (await desk.ok('export', 'deals')).split('\r\n')
    expect(headers?.split(',').filter((header) => /contact/i.test(header))).toEqual(['contact'])
  })
})
