import { describe, expect, it } from 'vitest'
import { importDesk } from '../support/imports.ts'

describe('importing deals', () => {
  it('reads days by the whole column, and asks where they can be two', () => {
    const { attempt, bring, json } = importDesk()
    const header = 'client,title,status,opened,closed'
    const unclear = [header, 'A,x,won,03/04/2026,05/04/2026']
    const refused = attempt('deals', unclear, '--create', 'clients')
    expect(refused).toMatchObject({ code: 2, out: '' })
    expect(refused.err).toContain('the column “opened” can be read in two ways: “03/04/2026”')
    expect(refused.err).toContain('--date-format dmy or --date-format mdy')
    bring('deals', unclear, '--create', 'clients', '--date-format', 'mdy')
    expect(json('deal', 'show', 'x')).toMatchObject({
      opened_on: '2026-03-04',
      closed_on: '2026-05-04',
    })
    const settled = [header, 'A,y,won,03/04/2026,', 'A,z,won,25/04/2026,26/04/2026']
    bring('deals', settled)
    expect(json('deal', 'show', 'y')).toMatchObject({ opened_on: '2026-04-03' })
    const done = bring('deals', [
      header,
      'A,mixed,open,25/04/2026,',
      'A,us,open,04/25/2026,',
      'A,late,won,2026-05-01,2026-04-01',
      'A,future,open,2027-05-01,',
      'A,never,won,2026-05-01,2027-04-01',
      'A,expected,open,2026-05-01,2027-04-01',
      'A,nonsense,open,soon,',
      'A,either,open,03/04/2026,',
    ])
    expect(done.rejects.map(({ row }) => row)).toEqual([5, 6, 8, 9])
    expect(done.notes).toEqual(
      expect.arrayContaining([
        expect.stringContaining('dates of the column “opened” are not all written alike'),
        '1 deal closed before the day given as opening: its opening day counts as not known',
      ]),
    )
    expect(json('deal', 'show', 'late')).toMatchObject({ opened_on: null, status: 'won' })
    expect(json('deal', 'show', 'expected')).toMatchObject({
      status: 'open',
      closed_on: null,
      expected_close: '2027-04-01',
    })
  })

  it('reads amounts by the whole column, and never a hundred times too large', () => {
    const { bring, json } = importDesk()
    const amounts = (lines: string[], ...args: string[]): Record<string, number | null> => {
      const done = bring('deals', ['client;title;amount', ...lines], '--create', 'clients', ...args)
      expect(done.rejects).toEqual([])
      const { deals } = json<{ deals: { title: string; amount: number | null }[] }>(
        'deal',
        'list',
        '--status',
        'all',
      )
      json('undo')
      return Object.fromEntries(deals.map(({ title, amount }) => [title, amount]))
    }
    expect(amounts(['A;x;1.234'], '--decimal', ',')).toEqual({ x: 1234 })
    expect(amounts(['A;x;1.234'])).toEqual({ x: 1234 })
    expect(amounts(['A;x;1.234,56', 'A;y;1.234', 'A;z;€ 3.500,00', 'A;n;1 234,5'])).toEqual({
      x: 1234.56,
      y: 1234,
      z: 3500,
      n: 1234.5,
    })
    expect(amounts(['A;x;€1,234.56', 'A;y;1,234', "A;z;12'000.10", 'A;n;n/a'])).toEqual({
      x: 1234.56,
      y: 1234,
      z: 12000.1,
      n: null,
    })
    const done = bring(
      'deals',
      ['client;title;amount', 'A;x;(1,200.00)', 'A;y;1.234', 'A;z;a lot', 'A;ok;5.00'],
      '--create',
      'clients',
      '--decimal',
      '.',
    )
    expect(done.rejects.map(({ row }) => row)).toEqual([2, 3, 4])
    expect(done.rejects[0]?.reason).toBe('“(1,200.00)” is below zero')
    expect(done.rejects[1]?.reason).toContain('too fine')
  })
})
