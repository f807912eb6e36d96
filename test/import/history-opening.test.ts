import { describe, expect, it } from 'vitest'
import { importsInside } from '../support/imports.ts'

const EVENTS = `SELECT kind, at, day_known, (SELECT name FROM stages s WHERE s.id = stage_id) AS stage
  FROM events ORDER BY id`
const DEALS = ['ref,client,title,opened,stage', 'D1,Pier,Crane,2026-01-05,Decision']

describe('a history whose first row is a later change', () => {
  it('leaves the opening day of the book, and the stay before it counts', async () => {
    const { bring, look, json, ok } = await importsInside()
    await bring('deals', DEALS, '--create', 'clients')
    const history = ['Deal,Stage,Date', 'D1,Proposal,2026-02-01', 'D1,Decision,2026-02-11']
    expect(await bring('history', history)).toMatchObject({ updated: 2 })
    expect(look(EVENTS)).toMatchObject([
      { kind: 'opened', at: '2026-01-05', day_known: 1, stage: 'Qualification' },
      { kind: 'moved', at: '2026-02-01', stage: 'Proposal' },
      { kind: 'moved', at: '2026-02-11', stage: 'Decision' },
    ])
    // Qualification: 5 January to 1 February.
    const { stages } = await json<{
      stages: { stage: string; left: number; median_days: number }[]
    }>('report', 'velocity', '--period', '2026')
    expect(stages.find(({ stage }) => stage === 'Qualification')).toMatchObject({
      left: 1,
      median_days: 27,
    })
    expect(await bring('history', history)).toMatchObject({ operation: null, unchanged: 2 })
    expect(await ok('doctor')).toContain('is sound')
  })

  it('takes the stage that the row says it came from', async () => {
    const { bring, look } = await importsInside()
    await bring('deals', DEALS, '--create', 'clients')
    const history = ['Deal,From Stage,To Stage,Date', 'D1,Presentation,Decision,2026-02-01']
    await bring('history', history)
    expect(look(EVENTS)).toMatchObject([
      { kind: 'opened', at: '2026-01-05', day_known: 1, stage: 'Presentation' },
      { kind: 'moved', at: '2026-02-01', stage: 'Decision' },
    ])
    expect(await bring('history', history)).toMatchObject({ operation: null, unchanged: 1 })
  })

  it('leaves the opening day unknown where nothing tells it', async () => {
    const { bring, look, json, ok } = await importsInside()
    await bring('deals', ['ref,client,title', 'D1,Pier,Crane'], '--create', 'clients')
    const row = 'D1,Presentation,Decision,2026-02-01'
    await bring('history', ['Deal,Old Stage,New Stage,Date', row])
    expect(look(EVENTS)).toMatchObject([
      { kind: 'opened', at: '2026-02-01', day_known: 0, stage: 'Presentation' },
      { kind: 'moved', at: '2026-02-01', day_known: 1, stage: 'Decision' },
    ])
    const shown = { opened_on: null, stage_since: '2026-02-01' }
    expect(await json('deal', 'show', 'crane')).toMatchObject(shown)
    // A later file has the row of the opening.
    await bring('history', ['Deal,Old Stage,New Stage,Date', 'D1,,Presentation,2026-01-07', row])
    expect(await json('deal', 'show', 'crane')).toMatchObject({ opened_on: '2026-01-07' })
    expect(await ok('doctor')).toContain('is sound')
  })

  it('is said where its steps do not fit together', async () => {
    const { bring } = await importsInside()
    await bring('deals', DEALS, '--create', 'clients')
    const { notes } = await bring('history', [
      'Deal,From Stage,To Stage,Date',
      'D1,Qualification,Presentation,2026-02-01',
      'D1,Proposal,Decision,2026-03-01',
    ])
    expect(notes).toEqual([
      'Row 3 names another stage before than the row above: steps may be missing',
    ])
  })
})

describe('a deal without an opening day', () => {
  it('comes back from the files of funnel export as it was', async () => {
    const one = await importsInside()
    await one.bring('deals', ['ref,client,title', 'D1,Pier,Crane'], '--create', 'clients')
    await one.ok('advance', 'crane')
    const deals = (await one.ok('export', 'deals')).trim().split('\n')
    const history = (await one.ok('export', 'history')).trim().split('\n')
    const two = await importsInside()
    await two.bring('deals', deals, '--create', 'all')
    await two.bring('history', history)
    expect(await two.ok('export', 'deals')).toBe(await one.ok('export', 'deals'))
    expect(await two.ok('export', 'history')).toBe(await one.ok('export', 'history'))
    expect(await two.json('deal', 'show', 'crane')).toMatchObject({ opened_on: null })
  })
})

describe('a history that names no stage before the outcome', () => {
  it('leaves a won deal in none and a lost one where it was, and makes no stay', async () => {
    const { bring, look, json, ok } = await importsInside()
    const deals = [
      'Ref,Client,Title,Stage,Status,Amount,Opened,Closed',
      'D1,A,a,Closed Won,,5,2026-01-13,2026-02-13',
      'D2,B,b,Proposal,lost,5,2026-01-13,2026-02-13',
      'D3,C,c,Closed Won,,5,2026-01-13,2026-02-13',
    ]
    await bring('deals', deals, '--create', 'all')
    const history = [
      'Opportunity ID,Stage,Amount,Date',
      'D1,Closed Won,4,2026-02-13',
      'D2,Closed Lost,5,2026-02-13',
      'D3,Closed Won,5,2026-02-13',
    ]
    await bring('history', history)
    const shown = async () =>
      (await json<{ deals: { stage: string }[] }>('deal', 'list', '--status', 'all')).deals
        .map(({ stage }) => stage)
        .toSorted()
    expect(await shown()).toEqual(['Proposal', null, null])
    const { stages } = await json<{ stages: { left: number }[] }>(
      'report',
      'velocity',
      '--period',
      '2026',
    )
    expect(stages.filter(({ left }) => left > 0)).toEqual([])
    const same = await bring('history', [history[0] ?? '', ...history.slice(2)])
    expect(same).toMatchObject({ operation: null, unchanged: 2 })
    expect(await ok('doctor')).toContain('is sound')
    // What is exported comes back as it was.
    const events = look(EVENTS)
    const files = [await ok('export', 'deals'), await ok('export', 'history')]
    const again = await importsInside()
    await again.bring('deals', [files[0] ?? ''], '--create', 'all')
    await again.bring('history', [files[1] ?? ''], '--create', 'all')
    expect(again.look(EVENTS)).toHaveLength(events.length)
    expect(again.look('SELECT outcome_only FROM deals')).toEqual(
      look('SELECT outcome_only FROM deals'),
    )
    // A later file that names a stage makes a course.
    await bring('history', ['Opportunity ID,Stage,Date', 'D1,Decision,2026-01-20'])
    expect(await shown()).toEqual(['Decision', 'Proposal', null])
  })
})
