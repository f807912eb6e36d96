import { describe, expect, it } from 'vitest'
import { importsInside } from '../support/imports.ts'

const DEALS = [
  'Id,AccountId,Account.Name,Name,StageName,Amount,CloseDate,IsClosed,IsWon,CreatedDate',
  '006A1,001X,Harbour Lights,Quay lamps,Closed Won,42000,02/27/26,TRUE,TRUE,01/14/26 09:12 AM',
  '006A2,001Y,Mill Lane Co,Mill pumps,Proposal,17500,12/30/26,FALSE,FALSE,02/02/26 11:40 AM',
]

const STEPS = `
  SELECT d.ref, e.kind, e.at, s.name AS stage FROM events e JOIN deals d ON d.id = e.deal_id
  LEFT JOIN stages s ON s.id = e.stage_id ORDER BY d.id, e.at, e.id`

describe('the histories of Salesforce', () => {
  it('come in as its stages, with US days and times', async () => {
    const { bring, look } = await importsInside()
    await bring('deals', DEALS, '--create', 'all')
    const done = await bring('history', [
      'Id,OpportunityId,CreatedById,CreatedDate,StageName,Amount,ExpectedRevenue,CloseDate,Probability,ForecastCategory',
      '008A,006A1,005B,01/14/26 09:12 AM,Qualification,40000,4000,03/31/26,10,Pipeline',
      '008B,006A1,005B,02/10/26 04:00 PM,Proposal,42000,31500,02/28/26,75,BestCase',
      '008C,006A1,005B,02/27/26 03:10 PM,Closed Won,42000,42000,02/27/26,100,Closed',
      '008D,006A2,005B,02/02/26 11:40 AM,Proposal,17500,13125,12/30/26,75,BestCase',
    ])
    expect(done).toMatchObject({ updated: 4, rejected: 0 })
    const steps = look(STEPS).filter(({ kind }) => kind !== 'amended')
    expect(steps).toEqual([
      { ref: '006A1', kind: 'opened', at: '2026-01-14', stage: 'Qualification' },
      { ref: '006A1', kind: 'moved', at: '2026-02-10', stage: 'Proposal' },
      { ref: '006A1', kind: 'won', at: '2026-02-27', stage: null },
      { ref: '006A2', kind: 'opened', at: '2026-02-02', stage: 'Proposal' },
    ])
  })

  it('of all fields come in without what is not the stage, and say so', async () => {
    const { bring, look } = await importsInside()
    await bring('deals', DEALS, '--create', 'all')
    const list = [
      'Id,OpportunityId,Field,OldValue,NewValue,CreatedDate',
      '017A,006A1,created,,,01/14/26 09:12 AM',
      '017B,006A1,StageName,Qualification,Proposal,02/10/26 04:00 PM',
      '017C,006A1,Amount,40000,42000,02/10/26 04:00 PM',
      '017D,006A1,CloseDate,03/31/26,02/28/26,02/10/26 04:00 PM',
      '017E,006A1,StageName,Proposal,Closed Won,02/27/26 03:10 PM',
      '017F,006A1,Owner,005B,005C,02/20/26 03:10 PM',
    ]
    const done = await bring('history', list)
    expect(done).toMatchObject({ read: 6, updated: 2, skipped: 4, rejected: 0 })
    expect(done.notes).toContain(
      '4 rows were skipped: about other fields than the stage (created, Amount, CloseDate and 1 more)',
    )
    const steps = look(STEPS).filter(({ ref, kind }) => ref === '006A1' && kind !== 'opened')
    expect(steps.map(({ kind, at, stage }) => [kind, at, stage])).toEqual(
      expect.arrayContaining([['won', '2026-02-27', null]]),
    )
    expect(look("SELECT count(*) AS many FROM stages WHERE name LIKE '4%'")).toEqual([{ many: 0 }])
  })
})

describe('histories that name deals by their titles', () => {
  const LIST = [
    'Opportunity Name,Account Name,Stage,Amount,Created Date,Close Date',
    'Boiler,Nord,Closed Won,450,1/14/2026,2/27/2026',
    'Pump,Sued,Negotiation,900,2/14/2026,12/27/2026',
    'Boiler,Sued,Prospecting,100,3/14/2026,12/27/2026',
  ]
  const COURSE = `
    SELECT d.title, c.name AS client, e.kind, e.at, s.name AS stage FROM events e
    JOIN deals d ON d.id = e.deal_id JOIN clients c ON c.id = d.client_id
    LEFT JOIN stages s ON s.id = e.stage_id WHERE e.kind <> 'amended' ORDER BY d.id, e.at, e.id`

  it('come in by title and client, as the report of Salesforce has them', async () => {
    const { bring, look } = await importsInside()
    await bring('deals', LIST, '--create', 'all')
    const report = [
      'Opportunity Owner,Opportunity Name,Account Name,From Stage,To Stage,Amount,Probability (%),Close Date,Last Modified,Last Modified By',
      'Ann,Boiler,Nord,Prospecting,Proposal,450,50,2/27/2026,1/20/2026,Ann',
      'Ann,BOILER,nord,Proposal,Closed Won,450,100,2/27/2026,2/27/2026,Ann',
      'Ann,Pump,,Prospecting,Negotiation,900,60,12/27/2026,3/1/2026,Ann',
      'Ann,Boiler,,Prospecting,Proposal,100,60,12/27/2026,3/16/2026,Ann',
      'Ann,Pump,Nord,Prospecting,Proposal,900,60,12/27/2026,3/16/2026,Ann',
      'Ann,Boler,,Prospecting,Proposal,100,60,12/27/2026,3/16/2026,Ann',
    ]
    const done = await bring('history', report, '--create', 'all')
    expect(done).toMatchObject({ read: 6, updated: 3, rejected: 3 })
    expect(done.rejects).toMatchObject([
      {
        row: 5,
        reason:
          'the book has several deals “Boiler”: deal 3 of Sued (Prospecting), ' +
          'deal 1 of Nord (won 2026-02-27); the client, or a reference, tells them apart',
      },
      {
        row: 6,
        reason: 'the book has no deal with the title “Pump”, of the client “Nord”; nearest: Boiler',
      },
      { row: 7, reason: 'the book has no deal with the title “Boler”; nearest: Boiler, Pump' },
    ])
    expect(
      look(COURSE).filter(({ title, client }) => title !== 'Boiler' || client !== 'Sued'),
    ).toEqual([
      { title: 'Boiler', client: 'Nord', kind: 'opened', at: '2026-01-14', stage: 'Prospecting' },
      { title: 'Boiler', client: 'Nord', kind: 'moved', at: '2026-01-20', stage: 'Proposal' },
      { title: 'Boiler', client: 'Nord', kind: 'won', at: '2026-02-27', stage: null },
      { title: 'Pump', client: 'Sued', kind: 'opened', at: '2026-02-14', stage: 'Prospecting' },
      { title: 'Pump', client: 'Sued', kind: 'moved', at: '2026-03-01', stage: 'Negotiation' },
    ])
  })

  it('are one with rows that name the deal by its reference, and leave those of another one', async () => {
    const { bring, look } = await importsInside()
    await bring(
      'deals',
      ['Deal ID,Deal,Customer,Stage,Created', 'D1,Mast,Pier,Proposal,2026-01-05'],
      '--create',
      'clients',
    )
    const rows = [
      'Deal ID,Deal name,Stage,Date',
      ',Mast,Proposal,2026-01-20',
      'D1,,Decision,2026-02-01',
    ]
    const done = await bring('history', [...rows, 'D2,Mast,Contract,2026-03-01'])
    expect(done).toMatchObject({ updated: 2, rejected: 1 })
    expect(done.rejects[0]?.reason).toBe(
      'the book has no deal with the reference “D2”, or the title “Mast”',
    )
    expect(look(COURSE).map(({ kind, stage }) => [kind, stage])).toEqual([
      ['opened', 'Qualification'],
      ['moved', 'Proposal'],
      ['moved', 'Decision'],
    ])
  })

  it.each([
    ['Сделка,Этап,Дата', 'Mast,Decision,01.02.2026'],
    ['Название сделки,Новый этап,Дата перехода', 'Mast,Decision,01.02.2026'],
    ['Deal-Name;Kunde;Neue Phase;Geändert am', 'Mast;Pier;Decision;01.02.2026'],
    ["Nom de l'affaire;Client;Nouvelle étape;Modifié le", 'Mast;Pier;Decision;01/02/2026'],
    ['ชื่อดีล,ขั้นตอนใหม่,วันที่เปลี่ยน', 'Mast,Decision,2026-02-01'],
  ])('is what %s is', async (header, row) => {
    const { bring, json } = await importsInside()
    await bring(
      'deals',
      ['Deal ID,Deal,Customer,Stage,Created', 'D1,Mast,Pier,Decision,2026-01-05'],
      '--create',
      'clients',
    )
    expect(await bring('history', [header, row], '--date-format', 'dmy')).toMatchObject({
      updated: 1,
    })
    expect(await json('deal', 'show', 'mast')).toMatchObject({ stage: 'Decision' })
  })
})

describe('calls', () => {
  it('are those of the deal that they name by its title', async () => {
    const { bring, look } = await importsInside()
    await bring(
      'deals',
      ['Deal,Customer', 'Mast,Pier', 'Sail,Pier', 'Sail,Quay'],
      '--create',
      'clients',
    )
    const calls = ['Deal,Client,Date,Type', 'Mast,,2026-02-01,call', 'Sail,Quay,2026-02-02,call']
    const done = await bring('interactions', [...calls, 'Sail,,2026-02-03,call'])
    expect(done).toMatchObject({ created: 2, rejected: 1 })
    expect(done.rejects[0]?.reason).toContain('several deals “Sail”: deal 2 of Pier')
    expect(await bring('interactions', calls)).toMatchObject({ unchanged: 2 })
    expect(look('SELECT deal_id FROM interactions ORDER BY id')).toEqual([
      { deal_id: 1 },
      { deal_id: 3 },
    ])
  })
})
