import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type ProposalCase, proposalFigures } from '../../src/reports/proposals/figures.ts'
import { type Desk, desk } from '../support/funnel.ts'

const one = (more: Partial<ProposalCase>): ProposalCase => ({
  version: 1,
  status: 'sent',
  wasSent: true,
  days: 0,
  net: 0,
  full: 0,
  taken: 0,
  ...more,
})

interface Report {
  rows: Record<string, unknown>[]
  totals: Record<string, unknown>
  groups?: { key: string; totals: Record<string, unknown> }[]
}

/** Six offers: accepted after 4, 10 and 6 days, the last as its second version; declined; open; expired. */
function shop(): Desk {
  const made = desk()
  made.ok('owner', 'add', 'Ann')
  made.ok('client', 'add', 'Harbour Foods', '--owner', 'Ann')
  made.ok('client', 'add', 'Pier Nine')
  const offer = (deal: number, client: string, price: string, off: string): void => {
    made.ok('deal', 'add', client, `Deal ${deal}`, '--on', '2026-10-01')
    const line = ['--text', 'Work', '--price', price, '--discount', off, '--on', '2026-10-01']
    made.ok('deal', 'line', 'add', String(deal), ...line)
    made.ok('proposal', 'make', String(deal), '--on', '2026-10-01', '--valid', '60d')
  }
  const send = (name: string, on: string): void => {
    made.ok('proposal', 'send', name, '--format', 'html', '--out', '.', '--on', on)
  }
  offer(1, 'harbour', '1000', '5%')
  send('1', '2026-10-01')
  made.ok('proposal', 'accept', '1', '--on', '2026-10-05', '--no-invoice')
  offer(2, 'harbour', '3000', '0%')
  send('2', '2026-10-01')
  made.ok('proposal', 'decline', '2', '--on', '2026-10-11')
  offer(3, 'pier', '500', '0%')
  send('3', '2026-10-01')
  made.ok('deal', 'line', 'edit', '3', '1', '--discount', '10%', '--on', '2026-10-03')
  made.ok('proposal', 'make', '3', '--on', '2026-10-03')
  send('3', '2026-10-03')
  made.ok('proposal', 'accept', '3', '--on', '2026-10-07', '--no-invoice')
  offer(4, 'pier', '100', '0%')
  send('4', '2026-10-03')
  offer(5, 'pier', '50', '0%')
  made.ok('proposal', 'make', '5', '--on', '2026-10-02', '--valid', '3d')
  return made
}

describe('the report of proposals', () => {
  it('counts each number once, by the version that was decided on', () => {
    const { json } = shop()
    const { rows, totals } = json<Report>('report', 'proposals', '--period', '2026-Q4')
    // Nets 950 of 1,000, 3,000, 450 of 500, 100 and 50: 1 − 4,550 / 4,650 = 0.0215. Of 2 of 3 at 95 %: 0.2077…0.9385.
    // Decided after 4, 6 and 10 days, one open after 51: 0.75, 0.5.
    expect(totals).toMatchObject({
      made: 5,
      sent: 4,
      accepted: 2,
      declined: 1,
      open: 1,
      expired: 1,
      share: expect.closeTo(2 / 3, 10),
      share_low: expect.closeTo(0.2077, 4),
      share_high: expect.closeTo(0.9385, 4),
      median_days: 6,
      discount: expect.closeTo(1 - 4550 / 4650, 10),
      net: 4550,
      net_accepted: 1400,
    })
    expect(rows).toMatchObject([
      { version: '1', made: 3, accepted: 1, declined: 1, open: 1 },
      { version: '2', made: 2, accepted: 1, expired: 1 },
    ])
  })

  it('is as it was on an earlier day, by owner, and narrowed', () => {
    const { json } = shop()
    const at = (day: string, ...more: string[]): Report =>
      json<Report>('report', 'proposals', '--period', '2026-Q4', '--as-of', day, ...more)
    expect(at('2026-10-02').totals).toMatchObject({
      made: 5,
      accepted: 0,
      open: 5,
      median_days: null,
    })
    expect(at('2026-10-06').totals).toMatchObject({ accepted: 1, declined: 0, open: 3, expired: 1 })
    const { groups } = at('2026-11-20', '--by', 'owner')
    expect(groups?.map(({ key, totals }) => [key, totals.made])).toEqual([
      ['Ann', 2],
      [null, 3],
    ])
    expect(at('2026-11-20', '--owner', 'Ann').totals).toMatchObject({ made: 2 })
    expect(at('2026-11-20', '--by', 'month').groups).toMatchObject([{ key: '2026-10' }])
    expect(json<Report>('report', 'proposals', '--period', '2026-Q3').totals).toMatchObject({
      made: 0,
    })
  })

  it('is watched by check, and has its line in the snapshot', () => {
    const { ok, run, json } = shop()
    const check = (most: string): number | null =>
      run('--as-of', '2026-10-06', 'check', '--max', most).code
    expect([check('open-proposals=3'), check('open-proposals=2')]).toEqual([0, 1])
    expect([check('expired-proposals=1'), check('expired-proposals=0')]).toEqual([0, 1])
    const { notes } = json<{ notes: string[] }>('snapshot', '--period', '2026-W40')
    expect(notes).toContain('Proposals: 4 sent, 0 accepted; see funnel report proposals.')
    expect(ok('snapshot', '--period', '2026-W45')).not.toContain('Proposals:')
  })

  it('agrees with plain loops on random cases', () => {
    const statuses = ['draft', 'sent', 'accepted', 'declined', 'expired'] as const
    const cases = fc.array(
      fc.record({
        version: fc.integer({ min: 1, max: 5 }),
        status: fc.constantFrom(...statuses),
        wasSent: fc.boolean(),
        days: fc.option(fc.integer({ min: 0, max: 40 })),
        net: fc.integer({ min: 0, max: 9000 }),
        full: fc.integer({ min: 9000, max: 10_000 }),
        taken: fc.integer({ min: 0, max: 9000 }),
      }),
      { maxLength: 40 },
    )
    fc.assert(
      fc.property(cases, (all) => {
        const found = proposalFigures(all)
        let [accepted, decided, net, full] = [0, 0, 0, 0]
        for (const { status, net: own, full: whole } of all) {
          if (status === 'accepted') accepted += 1
          if (status === 'accepted' || status === 'declined') decided += 1
          net += own
          full += whole
        }
        expect(found.share).toBe(decided === 0 ? null : accepted / decided)
        expect(found.discount).toBe(full === 0 ? null : 1 - net / full)
        // The share not decided by each day, day by day.
        let [left, median] = [1, null as number | null]
        for (let day = 0; day <= 40 && median === null; day += 1) {
          const risk = all.filter(({ days }) => days !== null && days >= day).length
          const ended = all.filter(
            ({ days, status }) => days === day && (status === 'accepted' || status === 'declined'),
          ).length
          if (risk > 0) left *= 1 - ended / risk
          if (ended > 0 && left <= 0.5 + 1e-12) median = day
        }
        expect(found.median_days).toBe(median)
        const parts = ['accepted', 'declined', 'open', 'expired'] as const
        expect(parts.reduce((sum, part) => sum + Number(found[part]), 0)).toBe(found.made)
      }),
    )
  })

  it('knows nothing of no proposals', () => {
    expect(proposalFigures([])).toMatchObject({ made: 0, share: null, discount: null })
    expect(proposalFigures([one({ days: 5 })])).toMatchObject({ share: null, median_days: null })
  })
})
