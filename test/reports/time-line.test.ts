import { describe, expect, it } from 'vitest'
import { byWeek } from '../../src/reports/activity/weeks.ts'
import { timeLine, trendText } from '../../src/reports/family/trend.ts'
import { losses } from '../../src/reports/losses/index.ts'
import { day, newBook } from '../support/book.ts'
import { reportOf } from '../support/reports.ts'

const TODAY = day('2026-11-23')

describe('a small picture', () => {
  it('has a point a month, of longer periods a quarter, of the longest a year', () => {
    const since = (from: string) => timeLine({ from: day(from), to: null }, TODAY, [])
    expect(since('2024-12-01')).toMatchObject({ name: 'month' })
    expect(since('2024-12-01').points).toHaveLength(24)
    const quarters = since('2024-11-30')
    expect(quarters).toMatchObject({ name: 'quarter' })
    expect(quarters.points).toEqual(
      ['2024-Q4', '2025-Q1', '2025-Q2', '2025-Q3', '2025-Q4'].concat([
        '2026-Q1',
        '2026-Q2',
        '2026-Q3',
        '2026-Q4',
      ]),
    )
    const years = since('1996-01-01')
    expect(years).toMatchObject({ name: 'year' })
    // Older than there is room for: years are drawn however many they are.
    expect(years.points).toHaveLength(31)
    expect(years.of('2001-07')).toBe('2001')
  })

  it('begins with the first month that has anything, where the period has no beginning', () => {
    const all = { from: null, to: null }
    expect(timeLine(all, TODAY, ['2026-10', '2026-09']).points).toEqual([
      '2026-09',
      '2026-10',
      '2026-11',
    ])
    expect(timeLine(all, TODAY, []).points).toEqual(['2026-11'])
  })

  it('adds up what falls on a point, and is 0 where nothing does', () => {
    const line = timeLine({ from: day('2024-01-01'), to: day('2026-06-30') }, TODAY, [])
    const cells = [
      { month: '2024-02', deals: 3 },
      { month: '2024-03', deals: 2 },
      { month: '2026-06', deals: 1 },
    ]
    expect(line.name).toBe('quarter')
    expect(trendText(line, cells, ({ deals }) => deals)).toBe('5 0 0 0 0 0 0 0 0 1')
  })
})

describe('a book in which nothing was lost', () => {
  it('has no reasons, no trend and no picture, for all time too', async () => {
    const report = await reportOf(newBook(), losses, { asOf: TODAY, charts: true })
    expect(report).toMatchObject({ totals: { deals: 0 }, charts: [], notes: [] })
    expect(report.sections).toMatchObject([{ key: 'rows', rows: [] }])
  })
})

describe('weeks', () => {
  it('come earliest first, whichever contact was found first', () => {
    const call = (at: string, ownerId: number | null) => ({
      ownerId,
      at: day(at),
      kind: 'call' as const,
      count: 1,
    })
    const weeks = byWeek([call('2026-11-23', 1), call('2026-11-15', 1), call('2026-11-09', 1)], 1)
    expect(weeks.map(({ week, contacts }) => [week, contacts.length])).toEqual([
      ['2026-11-09', 2],
      ['2026-11-23', 1],
    ])
  })
})
