import { describe, expect, it } from 'vitest'
import { importsInside } from '../support/imports.ts'

const DEALS = `SELECT d.title, d.status, r.name AS reason FROM deals d
  LEFT JOIN reasons r ON r.id = d.reason_id ORDER BY d.title`
const PROPERTIES = `SELECT d.title, n.name, p.value FROM deal_properties p
  JOIN deals d ON d.id = p.deal_id JOIN properties n ON n.id = p.property_id ORDER BY d.title, n.name`
const ALL = ['--create', 'all']

describe('how a deal stands', () => {
  it('is found in a stage that says more, which is kept or is the reason', async () => {
    const { bring, look, ok } = await importsInside()
    await ok('reason', 'add', 'Price')
    const done = await bring(
      'deals',
      [
        'Client,Title,Stage,Opened,Closed',
        'A,a,Demo,2026-01-13,',
        'B,b,7. Closed Won,2026-01-13,2026-02-13',
        'C,c,Closed Won (Sales Pipeline),2026-01-13,2026-02-13',
        'D,d,Lost - price,2026-01-13,2026-02-13',
        'E,e,Lost - no fit,2026-01-13,2026-02-13',
        'F,f,Lost contact,2026-01-13,',
      ],
      ...ALL,
    )
    expect(look(DEALS)).toEqual([
      { title: 'a', status: 'open', reason: null },
      { title: 'b', status: 'won', reason: null },
      { title: 'c', status: 'won', reason: null },
      { title: 'd', status: 'lost', reason: 'Price' },
      { title: 'e', status: 'lost', reason: null },
      { title: 'f', status: 'open', reason: null },
    ])
    expect(look(PROPERTIES)).toEqual([
      { title: 'c', name: 'Stage', value: 'Closed Won (Sales Pipeline)' },
      { title: 'e', name: 'Stage', value: 'Lost - no fit' },
    ])
    expect(done.notes).toContain(
      '“Lost contact” is read as a stage, whose deals are open. If it means won, take it back and ' +
        'give --won "Lost contact"; if lost, --lost "Lost contact"',
    )
  })

  it.each([
    ['Is Closed Won', 'Is Closed Lost', 'true', 'false'],
    ['Gewonnen', 'Verloren', 'ja', 'nein'],
    ['Won', 'Lost', 'x', ''],
  ])('is told by “%s” and “%s”', async (won, lost, yes, no) => {
    const { bring, look } = await importsInside()
    const done = await bring(
      'deals',
      [
        `Client,Title,Stage,Opened,${won},${lost}`,
        `A,a,Proposal,2026-01-13,${yes},${no}`,
        `B,b,Proposal,2026-01-13,${no},${yes}`,
        `C,c,Proposal,2026-01-13,${no},${no}`,
        `D,d,Proposal,2026-01-13,${yes},${yes}`,
      ],
      ...ALL,
    )
    expect(look(DEALS).map(({ status }) => status)).toEqual(['won', 'lost', 'open'])
    expect(done.rejects).toEqual([
      { row: 5, reason: 'the row says that it was won and that it was lost' },
    ])
  })

  it('is told by “lost?” alone, which may contradict the stage', async () => {
    const { bring, look } = await importsInside()
    const done = await bring(
      'deals',
      [
        'Kunde;Titel;Phase;Angelegt am;Verloren',
        'A;a;Proposal;13.01.2026;ja',
        'B;b;Proposal;13.01.2026;nein',
        'C;c;Verloren;13.01.2026;nein',
      ],
      ...ALL,
    )
    expect(look(DEALS).map(({ status }) => status)).toEqual(['lost', 'open'])
    expect(done.rejects).toEqual([
      { row: 4, reason: 'the stage “Verloren” says lost, another column not lost' },
    ])
  })

  it('is lost where Odoo has archived it, by labels and by technical names', async () => {
    for (const lines of [
      [
        'Opportunity,Customer,Stage,Expected Revenue,Active,Created on',
        'a,Acme,Proposal,1000,True,2026-01-13',
        'b,Bcme,Proposal,1000,False,2026-01-13',
      ],
      [
        'id,name,partner_id,contact_name,user_id,stage_id,expected_revenue,active,lost_reason_id,create_date',
        '1,a,Acme,Joe,Ann,Proposal,1000,True,,2026-01-13',
        '2,b,Bcme,Joe,Ann,Proposal,1000,False,Too dear,2026-01-13',
      ],
    ]) {
      const { bring, look } = await importsInside()
      await bring('deals', lines, ...ALL)
      expect(look(DEALS).map(({ status }) => status)).toEqual(['open', 'lost'])
      expect(look('SELECT name FROM clients ORDER BY name')).toEqual([
        { name: 'Acme' },
        { name: 'Bcme' },
      ])
    }
  })

  it('keeps the reason of a deal that was not lost, and says what speaks against an open one', async () => {
    const { bring, look } = await importsInside()
    const { notes } = await bring(
      'deals',
      [
        'Client,Title,Status,Opened,Won time,Lost time,Loss reason',
        'A,a,won,2026-01-13,2026-02-13,,Price',
        'B,b,open,2026-01-13,2026-02-13,,',
        'C,c,open,2026-01-13,,2026-02-14,',
        'D,d,open,2026-01-13,,,Price',
      ],
      ...ALL,
    )
    expect(look(PROPERTIES)).toEqual([
      { title: 'a', name: 'Reason', value: 'Price' },
      { title: 'd', name: 'Reason', value: 'Price' },
    ])
    const open = '1 deal is open, as the file says, in spite of'
    expect(notes).toEqual(
      expect.arrayContaining([
        `${open} a day on which it was won (2026-02-13) (row 3)`,
        `${open} a day on which it was lost (2026-02-14) (row 4)`,
        `${open} a reason for a loss (row 5)`,
        '2 deals were not lost, but have a reason, which is kept as the property Reason (rows 2, 5)',
      ]),
    )
  })

  it.each([
    ['Дата закрытия', 'не закрыта', 'Не закрыта'],
    ['Abschlussdatum', 'noch offen', 'offen'],
    ['Close date', 'not yet', 'Pending'],
  ])('is open where “%s” says “%s”', async (header, one, two) => {
    const { bring, look } = await importsInside()
    const lines = [
      `Client,Title,Stage,Opened,${header}`,
      `A,a,Proposal,2026-01-13,${one}`,
      `B,b,Proposal,2026-01-13,${two}`,
      'C,c,Won,2026-01-13,2026-02-20',
    ]
    expect(await bring('deals', lines, ...ALL)).toMatchObject({ created: 3 })
    expect(look('SELECT status, closed_on FROM deals ORDER BY title')).toEqual([
      { status: 'open', closed_on: null },
      { status: 'open', closed_on: null },
      { status: 'won', closed_on: '2026-02-20' },
    ])
  })

  it.each(['Closed reason', 'Close Reason', 'Причина закрытия'])(
    'is not told by “%s”, be it good or bad',
    async (header) => {
      const { bring, look } = await importsInside()
      const { rejects } = await bring(
        'deals',
        [
          `Client,Title,Stage,Opened,Closed at,${header}`,
          'A,a,Proposal,2026-01-13,2026-02-13,Great service',
          'B,b,Lost,2026-01-13,2026-02-13,Too dear',
          'C,c,Won,2026-01-13,2026-02-13,Great service',
        ],
        ...ALL,
      )
      expect(look(DEALS)).toEqual([
        { title: 'b', status: 'lost', reason: expect.stringMatching(/too dear/i) as string },
        { title: 'c', status: 'won', reason: null },
      ])
      expect(rejects).toMatchObject([{ row: 2 }])
      expect(rejects[0]?.reason).toContain('nothing says whether it was won or lost')
      expect(rejects[0]?.reason).toContain(`--map "${header}=reason"`)
    },
  )
})
