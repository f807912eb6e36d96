import { describe, expect, it } from 'vitest'
import { importDesk, type ImportDesk, type Imported, importsInside } from '../support/imports.ts'
import { runInside } from '../support/inside.ts'

const DEALS = [
  'ref,client,title,status,stage,opened,closed,amount,owner',
  'D1,A,one,won,,2026-01-05,2026-03-01,100.00,Ann',
  'D2,A,two,lost,,2026-01-05,2026-02-20,50.00,Ann',
  'D3,A,three,open,Proposal,2026-01-05,,70.00,Ann',
  'D4,A,four,lost,,2026-01-05,2026-02-20,30.00,Ann',
]

const HISTORY = [
  'Opportunity ID,Stage,Date,Amount,Owner',
  'D1,Qualification,2026-01-05,80.00,Ann',
  'D1,Proposal,2026-01-20,80.00,Ann',
  'D1,Closed Lost,2026-02-01,,',
  'D1,Decision,2026-02-10,90.00,Bob',
  'D1,Closed Won,2026-03-01,,',
  'D2,Presentation,2026-01-06,,',
  'D2,Contract,2026-01-10,,',
  'D2,Presentation,2026-01-15,,',
  'D2,Verworfen,2026-02-20,,',
  'D3,Proposal,2026-01-21,,',
  'D3,Qualification,2026-01-05,,',
  'D9,Proposal,2026-01-05,,',
  'D3,Prposal,2026-01-05,,',
  'D3,Proposal,2027-01-05,,',
  'D3,Proposal,,,',
]

interface Card {
  events: { at: string; kind: string; stage: string | null; amount: number | null }[]
}

interface Funnel {
  stages: { stage: string; reached: number; lost: number }[]
  totals: unknown
  notes: string[]
}

const ARGS = ['--lost', 'Verworfen', '--create', 'owners']

function ready(): ImportDesk {
  const made = importDesk()
  made.bring('deals', DEALS, '--create', 'clients,owners')
  return made
}

describe('importing a history of stages', () => {
  it('rebuilds visits, and counts a deal that was reopened once', () => {
    const { bring, json, look, ok } = ready()
    const report = (): Funnel => json<Funnel>('report', 'closed', '--period', 'all')
    const before = report()
    expect(before.notes.join()).toContain('3 deals came by import with an outcome')
    expect(before.stages.map(({ reached }) => reached)).toEqual([3, 1, 1, 1, 1, 1, 1, 1, 1])

    const done = bring('history', HISTORY, ...ARGS)
    expect(done).toMatchObject({ read: 15, updated: 11, rejected: 4 })
    expect(done.rejects.map(({ row }) => row)).toEqual([13, 14, 15, 16])
    expect(done.rejects[0]?.reason).toMatch(
      /^the book has no deal with the reference or title “D9”; nearest: D\d, D\d, D\d$/,
    )
    expect(done.rejects[1]?.reason).toContain('no stage “Prposal”; it has: Qualification')
    const course = ({ events }: Card) =>
      events.map(({ at, kind, stage, amount }) => [at, kind, stage, amount])
    expect(course(json<Card>('deal', 'show', 'one'))).toEqual([
      ['2026-01-05', 'opened', 'Qualification', 80],
      ['2026-01-20', 'moved', 'Proposal', null],
      ['2026-02-01', 'lost', null, null],
      ['2026-02-10', 'amended', null, 90],
      ['2026-02-10', 'reopened', null, null],
      ['2026-02-10', 'moved', 'Decision', null],
      ['2026-03-01', 'amended', null, 100],
      ['2026-03-01', 'won', null, null],
    ])
    expect(course(json<Card>('deal', 'show', 'three'))).toEqual([
      ['2026-01-05', 'opened', 'Qualification', 70],
      ['2026-01-21', 'moved', 'Proposal', null],
    ])
    expect(
      look(`SELECT d.ref, s.name AS furthest, o.name AS owner FROM deals d
        JOIN stages s ON s.id = d.furthest_stage_id JOIN owners o ON o.id = d.owner_id`),
    ).toMatchObject([
      { ref: 'D1', owner: 'Ann' },
      { ref: 'D2', furthest: 'Contract' },
      { ref: 'D3', furthest: 'Proposal' },
      { ref: 'D4', furthest: 'Qualification' },
    ])
    const after = report()
    // One deal still has no history; the others count where they really came to.
    expect(after.notes.join()).toContain('1 deal came by import with an outcome')
    expect(after.totals).toMatchObject({ deals: 3, won: 1, lost: 2, amount_won: 100 })
    expect(after.stages.map(({ reached }) => reached)).toEqual([3, 2, 2, 2, 2, 2, 1, 1, 1])
    expect(after.stages.map(({ lost }) => lost)).toEqual([1, 0, 0, 0, 0, 1, 0, 0, 0])

    expect(bring('history', HISTORY, ...ARGS)).toMatchObject({ operation: null, unchanged: 11 })
    const last = ['Opportunity ID,Stage,Date', 'D4,Proposal,2026-01-08', 'D4,Lost,2026-02-20']
    bring('history', last)
    expect(report().notes.join()).not.toContain('came by import')
    ok('undo')
    ok('undo')
    expect(report()).toEqual(before)
    expect(ok('doctor')).toContain('is sound')
  })

  it('ends as the deals say where it does not tell the end', () => {
    const { bring, json } = ready()
    bring('history', ['deal,stage,date', 'D4,Proposal,2026-01-08', 'D3,Won,2026-01-08'])
    expect(json<Card>('deal', 'show', 'four').events).toMatchObject([
      { kind: 'opened', at: '2026-01-05', stage: 'Qualification' },
      { kind: 'moved', at: '2026-01-08', stage: 'Proposal' },
      { kind: 'lost', at: '2026-02-20' },
    ])
    expect(json('deal', 'show', 'three')).toMatchObject({ status: 'won', closed_on: '2026-01-08' })
  })

  it('counts the days of stage tasks from when the deal came into the stage', () => {
    const { ok, bring, look } = ready()
    const dues = () => look("SELECT deal_id, due FROM tasks WHERE status = 'open' ORDER BY deal_id")
    const [{ due } = { due: null }] = dues()
    expect(due).toBe('2026-01-19')
    const rows = ['deal,stage,date', 'D3,Qualification,2026-01-05', 'D3,Proposal,2026-03-02']
    bring('history', rows)
    expect(dues()).toEqual([{ deal_id: 3, due: '2026-03-16' }])
    // What a person has put off stays.
    ok('task', 'postpone', 'proposal', '--to', '2026-12-24')
    bring('history', [...rows.slice(0, 2), 'D3,Proposal,2026-03-03'])
    expect(dues()).toEqual([{ deal_id: 3, due: '2026-12-24' }])
  })

  it('keeps the terms of which its events say nothing', () => {
    const { ok, bring, json } = ready()
    bring('history', [
      'deal,stage,at,event',
      'D3,Qualification,2026-01-05,opened',
      'D3,Proposal,2026-01-21,moved',
    ])
    const card = json<{ amount: number; owner: string; stage: string }>('deal', 'show', 'three')
    expect(card).toMatchObject({ amount: 70, owner: 'Ann', stage: 'Proposal' })
    expect(ok('doctor')).toContain('is sound')
  })

  it('leaves alone what was worked on in this book, and deals that were opened in it', () => {
    const { bring, json, ok } = ready()
    ok('advance', 'three')
    ok('deal', 'add', 'A', 'own')
    const done = bring('history', HISTORY, ...ARGS)
    expect(done).toMatchObject({ updated: 9, skipped: 2, rejected: 4 })
    expect(done.notes).toEqual([
      '1 deal skipped: worked on in this book since they were imported',
      'added 1 owner: Bob',
    ])
    expect(json('deal', 'show', 'three')).toMatchObject({ stage: 'Decision' })
    expect(ok('doctor')).toContain('is sound')
  })

  it('comes back to the book that it was exported from, also for deals without a reference', async () => {
    const { bring, json, ok, save, folder } = await importsInside()
    await bring('deals', ['Client,Title,Amount', 'A,Winch,100'], '--create', 'clients')
    await ok('deal', 'add', 'A', 'Crane', '--amount', '5')
    await ok('advance', 'crane')
    await ok('log', 'call', 'A', 'about the crane', '--deal', 'crane')
    const again = async (kind: string, change = (text: string) => text): Promise<Imported> => {
      save('own.csv', change(await ok('export', kind)))
      const { out } = await runInside(folder, ['import', kind, 'own.csv', '--json'])
      return JSON.parse(out) as Imported
    }
    expect(await again('history')).toMatchObject({ operation: null, unchanged: 3, rejected: 0 })
    expect(await again('interactions')).toMatchObject({
      operation: null,
      unchanged: 1,
      rejected: 0,
    })

    const before = await json('deal', 'show', 'crane')
    const others = await again('history', (text) => text.replace(',5.00,', ',6.00,'))
    expect(others).toMatchObject({ unchanged: 1, updated: 0 })
    expect(others.rejects.map(({ reason }) => reason)).toEqual([
      'the book has no deal with the reference or title “deal-2”, and deal 2 has other steps',
      'the book has no deal with the reference or title “deal-2”, and deal 2 has other steps',
    ])
    const stages = await again('history', (text) => text.replace('Meeting preparation', 'Tasting'))
    expect(stages).toMatchObject({ unchanged: 1, rejected: 2 })
    const call = await again('interactions', (text) => text.replace('the crane', 'a barge'))
    expect(call.rejects).toMatchObject([
      {
        reason: 'the book has no deal with the reference or title “deal-2”; nearest: Crane, Winch',
      },
    ])
    expect(await json('deal', 'show', 'crane')).toEqual(before)
  })

  it('asks how days are meant, and says what is missing', () => {
    const { attempt } = ready()
    const refused = attempt('history', ['deal,stage,date', 'D1,Proposal,03/04/2026'])
    expect(refused).toMatchObject({ code: 2 })
    expect(refused.err).toContain('--date-format dmy or --date-format mdy')
    const without = attempt('history', ['deal,date', 'D1,2026-01-01'])
    expect(without).toMatchObject({ code: 2 })
    expect(without.err).toContain('--map')
  })
})
