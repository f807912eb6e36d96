import { rmSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Desk, desk, newFolder } from '../support/funnel.ts'
import { importsInside } from '../support/imports.ts'

const GOALS = ['goal', 'list']

/** A book with two owners, on 23 November 2026. */
function office(folder?: string): Desk {
  const made = desk({}, folder)
  made.ok('owner', 'add', 'Ann')
  made.ok('owner', 'add', 'Bo')
  return made
}

describe('goals', () => {
  it('are set, changed, listed and dropped, and undone', () => {
    const { ok, json } = office()
    const none = json(...GOALS)
    expect(
      ok('goal', 'set', 'won-profit', '8,000', '--owner', 'ann', '--period', '2026-12'),
    ).toContain('set goal 1: won-profit of 8,000 EUR, 2026-12-01 … 2026-12-31, for Ann')
    ok('goal', 'set', 'amount', '30000.50', '--every', 'month')
    ok('goal', 'set', 'deals', '12', '--every', 'quarter', '--from', '2026-02')
    // The same owner, measure and time: changed, not doubled.
    expect(ok('goal', 'set', 'won-amount', '31000', '--every', 'month')).toContain('changed goal 2')
    expect(json(...GOALS)).toEqual({
      currency: 'EUR',
      goals: [
        {
          id: 1,
          owner: 'Ann',
          measure: 'won-profit',
          every: null,
          from: '2026-12-01',
          to: '2026-12-31',
          goal: 8000,
        },
        {
          id: 2,
          owner: null,
          measure: 'won-amount',
          every: 'month',
          from: '2026-11-01',
          to: null,
          goal: 31_000,
        },
        {
          id: 3,
          owner: null,
          measure: 'won-deals',
          every: 'quarter',
          from: '2026-01-01',
          to: null,
          goal: 12,
        },
      ],
    })
    ok('goal', 'drop', '1')
    expect(json<{ goals: unknown[] }>(...GOALS, '--owner', 'Ann').goals).toEqual([])
    for (let at = 0; at < 5; at += 1) ok('undo')
    expect(json(...GOALS)).toEqual(none)
  })

  it('are undone row for row, whatever was done to them', async () => {
    const { ok, look } = await importsInside()
    for (const name of ['Ann', 'Bo']) await ok('owner', 'add', name)
    await ok('goal', 'set', 'won-deals', '3', '--every', 'month', '--owner', 'Ann')
    await ok('goal', 'set', 'won-deals', '5', '--every', 'month', '--owner', 'Bo')
    await ok('settings', 'set', 'target-profit', '900')
    await ok('holiday', 'add', '2026-12-24..2026-12-26', 'Christmas')
    const rows = () =>
      ['goals', 'holidays', 'settings', 'owners'].map((table) =>
        look(`SELECT * FROM ${table} ORDER BY id`),
      )
    const before = rows()
    const changes = [
      ['goal', 'set', 'won-amount', '30000', '--period', '2026-12'],
      ['goal', 'set', 'won-deals', '4', '--every', 'month', '--owner', 'Ann'],
      ['goal', 'drop', '2'],
      ['settings', 'set', 'target-profit', 'none'],
      ['settings', 'set', 'target-deals', '6'],
      ['settings', 'set', 'working-days', 'mon-thu'],
      ['holiday', 'drop', '2026-12-25'],
      ['holiday', 'add', '2026-12-31'],
      ['goal', 'set', 'won-deals', '5', '--every', 'year', '--owner', 'Bo'],
      ['owner', 'merge', 'Ann', 'Bo', '--yes'],
    ]
    for (const change of changes) await ok(...change)
    expect(rows()).not.toEqual(before)
    for (const _ of changes) await ok('undo')
    expect(rows()).toEqual(before)
  })

  it('are what the settings of targets set, and take away', () => {
    const { ok, json } = office()
    ok('settings', 'set', 'target-deals', '4')
    expect(json(...GOALS)).toMatchObject({
      goals: [{ owner: null, measure: 'won-deals', every: 'month', from: '2026-11-01', goal: 4 }],
    })
    ok('goal', 'set', 'won-deals', '6', '--period', '2026-11')
    expect(ok('settings', 'get', 'target-deals')).toBe('6\n')
    ok('settings', 'set', 'target-deals', 'none')
    expect(json(...GOALS)).toMatchObject({ goals: [{ every: null, goal: 6 }] })
    ok('undo')
    expect(json<{ goals: unknown[] }>(...GOALS).goals).toHaveLength(2)
  })

  it('of two owners that are merged are those of the one that stays, and its others', () => {
    const { ok, json } = office()
    ok('goal', 'set', 'won-deals', '3', '--every', 'month', '--owner', 'Ann')
    ok('goal', 'set', 'won-deals', '5', '--every', 'month', '--owner', 'Bo')
    ok('goal', 'set', 'won-deals', '9', '--every', 'year', '--owner', 'Bo')
    const before = json(...GOALS)
    expect(ok('owner', 'merge', 'Ann', 'Bo', '--yes')).toContain('1 goal')
    expect(json<{ goals: unknown[] }>(...GOALS).goals).toEqual([
      expect.objectContaining({ owner: 'Ann', every: 'month', goal: 3 }),
      expect.objectContaining({ owner: 'Ann', every: 'year', goal: 9 }),
    ])
    ok('undo')
    expect(json(...GOALS)).toEqual(before)
  })

  it('count on the working days that are set, less holidays', () => {
    const { ok, json } = office()
    expect(ok('settings', 'get', 'working-days')).toBe('mon, tue, wed, thu, fri\n')
    ok('settings', 'set', 'working-days', 'sun-thu')
    expect(ok('settings', 'get', 'working-days')).toBe('mon, tue, wed, thu, sun\n')
    ok('settings', 'set', 'working-days', 'Mon, sat and Fri')
    expect(ok('settings', 'get', 'working-days')).toBe('mon, fri, sat\n')
    ok('holiday', 'add', '2026-12-25', 'Christmas')
    ok('holiday', 'add', '2026-12-30..2027-01-01')
    ok('holiday', 'drop', '2026-12-31')
    // Only one that is named alone gets another name.
    expect(ok('holiday', 'add', '2026-12-25..2026-12-26')).toContain('still called: 2026-12-25')
    ok('holiday', 'drop', '2026-12-26..2026-12-27')
    expect(json('holiday', 'list', '--year', '2026')).toEqual({
      holidays: [
        { day: '2026-12-25', name: 'Christmas' },
        { day: '2026-12-30', name: null },
      ],
    })
  })

  describe('mistakes', () => {
    const folder = newFolder()
    let refusing: Desk
    beforeAll(() => (refusing = office(folder)))
    afterAll(() => rmSync(folder, { recursive: true }))

    const MONTH = ['--every', 'month']
    it.each([
      [['goal', 'set', 'won-profits', '5', ...MONTH], 2, 'did you mean won-profit?'],
      [['goal', 'set', 'colour', '5', ...MONTH], 2, 'there are won-amount, won-profit'],
      [['goal', 'set', 'won-deals', '2.5', ...MONTH], 2, '“2.5” is not a number of deals'],
      [['goal', 'set', 'won-amount', '$5', ...MONTH], 2, '“$5” is not in EUR'],
      [['goal', 'set', 'won-amount', '5'], 2, 'a goal needs its time'],
      [['goal', 'set', 'won-amount', '5', '--period', 'all'], 2, 'a first and a last day'],
      [['goal', 'set', 'won-amount', '5', ...MONTH, '--period', '2026-12'], 2, 'for one period or'],
      [['goal', 'set', 'won-amount', '5', '--every', 'fortnight'], 2, 'month, quarter, year'],
      [
        ['goal', 'set', 'won-amount', '5', '--period', '2026-12', '--from', '2026'],
        2,
        '--from says',
      ],
      [['goal', 'set', 'won-amount', '5', ...MONTH, '--owner', 'Cid'], 3, 'Cid'],
      [['goal', 'drop', '9'], 3, 'see: funnel goal list'],
      [['goal', 'drop', 'Ann'], 2, 'is not the number of a goal'],
      [['goal', 'delete', '1'], 2, 'funnel goal drop'],
      [['holiday', 'drop', '2026-12-26'], 3, 'see: funnel holiday list'],
      [['holiday', 'add', '2026-01-01..2028-01-01'], 2, 'is too long for holidays'],
      [['settings', 'set', 'working-days', 'someday'], 2, '“someday” is not a weekday'],
      [['settings', 'set', 'working-days', 'mon-wed-fri'], 2, 'mon-fri, or mon, tue, sat'],
    ])('%j is refused', (args, code, said) => {
      const refused = refusing.run(...args)
      expect(refused).toMatchObject({ code, out: '' })
      expect(refused.err).toContain(said)
    })
  })
})
