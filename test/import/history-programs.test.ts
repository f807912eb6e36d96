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
