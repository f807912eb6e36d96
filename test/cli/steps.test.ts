import { describe, expect, it } from 'vitest'
import { desk, type Desk } from '../support/funnel.ts'

/** A book with one deal in the guided process, opened on 1 October, in Meeting preparation since the 10th. */
function oneDeal(): Desk {
  const made = desk()
  made.ok('client', 'add', 'Acme')
  made.ok('deal', 'add', 'acme', 'Phase 7', '--amount', '900', '--on', '2026-10-01')
  made.ok('advance', '1', '--on', '2026-10-10')
  return made
}

describe('a deal of a guided process', () => {
  it('goes stage by stage, and back', () => {
    const { run, ok } = oneDeal()
    const skip = run('move', '1', 'decision')
    expect(skip).toMatchObject({ code: 1, out: '' })
    expect(skip.err).toBe(
      'funnel: the process typical is guided: after Meeting preparation comes Presentation, not ' +
        'Decision\n  take it one stage on: funnel advance 1\n',
    )
    expect(ok('move', '1', 'qualification')).toBe(
      'moved deal 1 (Phase 7) from Meeting preparation to Qualification\n',
    )
    expect(run('move', '1', 'qualification').err).toContain('is in Qualification already')
  })

  it('takes a step in between only where it fits', () => {
    const { run, ok, json } = oneDeal()
    ok('advance', '1', '--on', '2026-10-20')
    expect(run('move', '1', 'decision', '--on', '2026-10-05').err).toContain(
      'after Qualification comes',
    )
    expect(run('move', '1', 'qualification', '--on', '2026-10-05').err).toContain(
      'was on 2026-10-05 in Qualification already',
    )
    expect(ok('move', '1', 'qualification', '--on', '2026-10-12')).toBe(
      'moved deal 1 (Phase 7) from Meeting preparation to Qualification on 2026-10-12; it stands in ' +
        'Presentation\n',
    )
    expect(json('deal', 'show', '1')).toMatchObject({
      stage: 'Presentation',
      stage_since: '2026-10-20',
    })
    expect(
      json<{ events: { at: string }[] }>('deal', 'show', '1').events.map(({ at }) => at),
    ).toEqual(['2026-10-01', '2026-10-10', '2026-10-12', '2026-10-20'])
  })

  it('does not come into one stage twice, where a step is entered again with an earlier day', () => {
    const { run, ok } = oneDeal()
    ok('advance', '1', '--on', '2026-10-20')
    const again = run('move', '1', 'presentation', '--on', '2026-10-15')
    expect(again).toMatchObject({
      code: 1,
      err: expect.stringContaining('came into Presentation on 2026-10-20'),
    })
  })

  it('cannot close or advance before its last step, nor before it was opened', () => {
    const { run } = oneDeal()
    for (const verb of ['win', 'lose', 'advance']) {
      const { code, err } = run(verb, '1', '--on', '2026-10-05')
      expect(code).toBe(1)
      expect(err).toContain('took its last step on 2026-10-10, after 2026-10-05')
    }
    expect(run('win', '1', '--on', '2026-09-01').err).toContain(
      'was opened on 2026-10-01, after 2026-09-01',
    )
  })

  it('ends at the last stage', () => {
    const { run, ok } = oneDeal()
    for (let step = 0; step < 7; step += 1) ok('advance', '1')
    expect(run('advance', '1').err).toContain(
      'is in Completion, the last stage\n  close it: funnel win 1, or funnel lose 1',
    )
  })

  it('leaves a stage that its process no longer has', () => {
    const { run, ok } = oneDeal()
    ok('process', 'edit', 'typical', '--stages', 'Qualification=10%, Payment=90%')
    expect(run('advance', '1').err).toContain('which the process typical no longer has')
    expect(ok('report', 'open')).toMatch(/Meeting preparation +1 /)
    ok('move', '1', 'payment')
    expect(ok('doctor')).toContain('is sound')
  })
})

describe('a stage taken out of its process', () => {
  it('keeps its place in the funnels of what went through it', () => {
    const { ok, json } = oneDeal()
    ok('advance', '1')
    ok('advance', '1')
    ok('lose', '1', '--reason', 'expensive')
    ok('deal', 'add', 'acme', 'Door')
    for (let stage = 0; stage < 7; stage += 1) ok('advance', '2')
    ok('win', '2')
    const closed = () => {
      const { stages } = json<{ stages: { stage: string; reached: number }[] }>('report', 'closed')
      return stages.map(({ stage, reached }) => `${stage} ${reached}`).slice(-6)
    }
    const before = closed()
    const left = 'Qualification, Meeting preparation, Presentation, Decision, Contract, Payment'
    ok('process', 'edit', 'typical', '--stages', `${left}, Delivery, Completion`)
    expect(closed()).toEqual(before)
    ok('process', 'edit', 'typical', '--stages', 'Completion, Qualification')
    expect(ok('process', 'show', 'typical')).toContain('Completion')
    expect(ok('doctor')).toContain('is sound')
  })
})

describe('stages that are given as they are', () => {
  it('are nothing to change, and undo goes on with what came before', () => {
    const { ok, json } = desk()
    ok('process', 'add', 'short', '--kind', 'free', '--stages', 'Qualification, Proposal')
    const same = ['process', 'edit', 'short', '--stages', 'Qualification, Proposal']
    expect(ok(...same)).toBe('nothing to change\n')
    expect(json(...same)).toMatchObject({ operation: null })
    expect(ok('undo')).toContain('process 4 (short)')
  })
})

describe('a process that was retired', () => {
  it('opens no new deals, whoever names it', () => {
    const { ok, run } = oneDeal()
    ok('process', 'edit', 'free', '--retire')
    expect(run('deal', 'add', 'acme', 'Door', '--process', 'free')).toMatchObject({
      code: 2,
      err: expect.stringContaining('funnel process edit "free" --restore'),
    })
    const call = ['log', 'call', 'acme', 'wants a door', '--open-deal', 'Door', '--process', 'free']
    expect(run(...call).code).toBe(2)
    ok('process', 'edit', 'free', '--restore')
    ok(...call)
  })
})

describe('a deal of another process', () => {
  it('goes anywhere where that is free', () => {
    const { ok, run } = desk()
    ok('client', 'add', 'Acme')
    ok('deal', 'add', 'acme', 'Roof', '--process', 'free', '--stage', 'presentation')
    ok('move', '1', 'delivery')
    ok('move', '1', 'qualification')
    ok('advance', '1')
    expect(
      run('deal', 'add', 'acme', 'Door', '--process', 'plain', '--stage', 'delivery').err,
    ).toContain('the process plain has no stages')
  })

  it('has no stages where that is plain', () => {
    const { ok, run, json } = desk()
    ok('client', 'add', 'Acme')
    ok('deal', 'add', 'acme', 'Roof', '--process', 'plain', '--amount', '100')
    expect(run('advance', '1').err).toContain('has no stages\n  close it: funnel win 1')
    expect(run('move', '1', 'delivery').err).toContain('has no stages')
    expect(json('report', 'open')).toMatchObject({
      stages: [{ stage: '(no stages)', deals: 1, amount: 100 }],
    })
    ok('win', '1')
    expect(json('report', 'closed')).toMatchObject({
      stages: [],
      totals: { won: 1, amount_won: 100 },
    })
  })
})

describe('terms', () => {
  it('can be changed at the end, and as of an earlier day are what they were', () => {
    const { ok, run, json } = oneDeal()
    ok('deal', 'edit', '1', '--amount', '1200', '--on', '2026-10-15')
    ok('win', '1', '--amount', '1000', '--cost', '400', '--on', '2026-10-20')
    expect(json('report', 'closed', '--period', '2026-10')).toMatchObject({
      totals: { amount_won: 1000, profit_won: 600 },
    })
    expect(json('report', 'open', '--as-of', '2026-10-15')).toMatchObject({
      totals: { amount: 1200 },
    })
    expect(json('report', 'open', '--as-of', '2026-10-14')).toMatchObject({
      totals: { amount: 900 },
    })
    expect(run('deal', 'edit', '1', '--amount', '1', '--on', '2026-10-12').err).toContain(
      'terms were set on 2026-10-20, after 2026-10-12',
    )
    expect(ok('deal', 'edit', '1', '--amount', '1000')).toBe('nothing to change\n')
    expect(run('deal', 'edit', '1')).toMatchObject({ code: 2 })
  })

  it('count as profit by the book’s margin where the cost is not known', () => {
    const { ok, json } = desk()
    ok('init', '--book', 'm.db', '--margin', '30%')
    ok('client', 'add', 'Acme', '--book', 'm.db')
    ok('deal', 'add', 'acme', 'A', '--amount', '1000', '--book', 'm.db')
    ok('deal', 'add', 'acme', 'B', '--amount', '1000', '--cost', '900', '--book', 'm.db')
    const open = json('report', 'open', '--book', 'm.db')
    expect(open).toMatchObject({ totals: { amount: 2000, profit: 400 } })
    expect(open.notes).toContain(
      'Profit: 1 of 2 deals has no cost; 30% of their amount counts as profit.',
    )
  })
})

describe('what a person may mean otherwise', () => {
  it('is refused: a number that is nobody’s, an earlier day, thousands with a point', () => {
    const { run } = oneDeal()
    expect(run('win', '7')).toMatchObject({ code: 3 })
    expect(run('win', '7').err).toContain('there is no deal “7”')
    expect(run('advance', '1', '--as-of', 'yesterday')).toMatchObject({ code: 2 })
    expect(run('client', 'list', '--as-of', '2026-01-01').err).toContain('--as-of is for reports')
    expect(run('deal', 'edit', '1', '--amount', '12.000').err).toContain(
      '“12.000” can be 12 or 12000',
    )
    expect(run('process', 'edit', 'free', '--stages', 'Payment=0.9').err).toContain(
      'not a percentage',
    )
  })

  it('is said: a second client of the same name, a typo', () => {
    const { run } = oneDeal()
    expect(run('client', 'add', ' ACME ').err).toBe('note: client 1 has the same name\n')
    expect(run('deal', 'show', 'phsae').err).toContain('did you mean “Phase 7”?')
    expect(run('forecast', '--period', '2026').err).not.toContain('did you mean')
  })

  it('is refused: retiring a stage that a process has', () => {
    const { run, ok } = oneDeal()
    expect(run('stage', 'edit', 'decision', '--retire').err).toContain(
      'Decision is a stage of: typical, free',
    )
    ok('stage', 'add', 'Trial')
    ok('stage', 'edit', 'trial', '--retire')
  })
})

describe('one record as CSV', () => {
  it('is one row', () => {
    const { ok } = oneDeal()
    const [head = '', row = ''] = ok('deal', 'show', '1', '--csv').split('\r\n')
    expect(head.split(',').slice(0, 4)).toEqual(['id', 'title', 'client', 'status'])
    expect(row.split(',').slice(0, 4)).toEqual(['1', 'Phase 7', 'Acme', 'open'])
    expect(ok('client', 'add', 'Bo', '--csv')).toBe('operation,client\r\n4,2\r\n')
  })
})
