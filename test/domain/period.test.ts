import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, type Day } from '../../src/domain/day.ts'
import {
  describePeriod,
  lengthInDays,
  monthsIn,
  parsePeriod,
  periodBefore,
  yearBefore,
} from '../../src/domain/period.ts'

const TODAY = '2026-11-23' as Day // a Monday

function ends(text: string, firstWeekday = 1): (string | null)[] {
  const { from, to } = parsePeriod(text, TODAY, firstWeekday)
  return [from, to]
}

describe('a period', () => {
  it.each([
    ['2026', '2026-01-01', '2026-12-31'],
    ['2024-02', '2024-02-01', '2024-02-29'],
    ['2026-Q3', '2026-07-01', '2026-09-30'],
    ['2026-q4', '2026-10-01', '2026-12-31'],
    ['2026-W47', '2026-11-16', '2026-11-22'],
    ['2026-W01', '2025-12-29', '2026-01-04'],
    ['2026-W53', '2026-12-28', '2027-01-03'],
    ['this-week', '2026-11-23', '2026-11-29'],
    ['last-week', '2026-11-16', '2026-11-22'],
    ['this-month', '2026-11-01', '2026-11-30'],
    ['last-month', '2026-10-01', '2026-10-31'],
    ['this-quarter', '2026-10-01', '2026-12-31'],
    ['last-quarter', '2026-07-01', '2026-09-30'],
    ['last-year', '2025-01-01', '2025-12-31'],
    ['last-30d', '2026-10-25', '2026-11-23'],
    ['last-1d', '2026-11-23', '2026-11-23'],
    ['2026-07-01..2026-09-30', '2026-07-01', '2026-09-30'],
    ['2026-07-01..', '2026-07-01', null],
    ['..2026-07-01', null, '2026-07-01'],
    ['2026-07-01', '2026-07-01', '2026-07-01'],
    ['today', '2026-11-23', '2026-11-23'],
    ['yesterday', '2026-11-22', '2026-11-22'],
    ['all', null, null],
  ])('%s is %s … %s', (text, from, to) => {
    expect(ends(text)).toEqual([from, to])
  })

  it('starts its weeks on the book’s first weekday', () => {
    expect(ends('this-week', 7)).toEqual(['2026-11-22', '2026-11-28'])
    expect(ends('last-week', 7)).toEqual(['2026-11-15', '2026-11-21'])
  })

  it.each([
    '2026-Q5',
    '2026-13',
    '2025-W53',
    '2026-W00',
    'soon',
    'last-0d',
    '2026-09-30..2026-07-01',
    '2026-02-30..2026-03-01',
    '',
  ])('refuses “%s”', (text) => {
    expect(() => ends(text)).toThrow()
  })

  it('counts both ends', () => {
    expect(lengthInDays('2026-02-01' as Day, '2026-02-28' as Day)).toBe(28)
    expect(parsePeriod('last-30d', TODAY)).toSatisfy(
      ({ from, to }) => lengthInDays(from as Day, to as Day) === 30,
    )
  })

  it('is described with both days', () => {
    expect(describePeriod(parsePeriod('2026-Q3', TODAY))).toBe('2026-07-01 … 2026-09-30')
    expect(describePeriod(parsePeriod('all', TODAY))).toBe('all time')
    expect(describePeriod(parsePeriod('2026-07-01..', TODAY))).toBe('from 2026-07-01')
    expect(describePeriod(parsePeriod('..2026-07-01', TODAY))).toBe('up to 2026-07-01')
    expect(describePeriod(parsePeriod('today', TODAY))).toBe('2026-11-23')
  })

  it('lists the months that it touches', () => {
    expect(monthsIn('2025-12-31' as Day, '2026-02-01' as Day)).toEqual([
      '2025-12-01',
      '2026-01-01',
      '2026-02-01',
    ])
  })
})

describe('the period before', () => {
  const read = (text: string) => parsePeriod(text, TODAY)

  it.each([
    ['2026-03', '2026-02'],
    ['2026-Q1', '2025-Q4'],
    ['2026', '2025'],
    ['2026-02-01..2026-03-31', '2025-12-01..2026-01-31'],
    ['2026-W01', '2025-W52'],
    ['2026-03-05..2026-03-14', '2026-02-23..2026-03-04'],
    ['last-30d', '2026-09-25..2026-10-24'],
    ['2026-11-23', '2026-11-22'],
  ])('%s is %s', (period, before) => {
    expect(periodBefore(read(period))).toEqual(read(before))
  })

  it.each([
    ['2026-03', '2025-03'],
    ['2024-02', '2023-02'],
    ['2025-02', '2024-02'],
    ['2024-02-29', '2023-02-28'],
    ['2026-03-05..2026-03-14', '2025-03-05..2025-03-14'],
    ['2025-W10', '2024-W10'],
    ['2027-W10', '2026-W10'],
    ['2026-W01', '2025-W01'],
    // 2025 has 52 weeks.
    ['2026-W53', '2025-W52'],
    ['2026-W52', '2025-W52'],
    // Seven days that are no week are days.
    ['2026-03-04..2026-03-10', '2025-03-04..2025-03-10'],
  ])('a year before %s is %s', (period, before) => {
    expect(yearBefore(read(period))).toEqual(read(before))
  })

  it('a year before a week that begins on a Sunday is the week of the same number', () => {
    const sunday = { from: '2025-03-02' as Day, to: '2025-03-08' as Day }
    expect(yearBefore(sunday, 7)).toEqual({ from: '2024-03-03', to: '2024-03-09' })
    expect(yearBefore(sunday, 1)).toEqual({ from: '2024-03-02', to: '2024-03-08' })
  })

  it('of all time is refused', () => {
    for (const before of [periodBefore, yearBefore]) {
      expect(() => before(read('all'))).toThrow('has none before it')
    }
  })

  it('ends the day before, and is as long where it is no calendar period', () => {
    const anyDays = fc.tuple(fc.integer({ min: 0, max: 4000 }), fc.integer({ min: 0, max: 400 }))
    fc.assert(
      fc.property(anyDays, ([start, length]) => {
        const from = addDays('2020-01-02' as Day, start)
        const period = { from, to: addDays(from, length) }
        const before = periodBefore(period)
        expect(before.to).toBe(addDays(from, -1))
        if (from.endsWith('-01')) return
        expect(lengthInDays(before.from ?? from, before.to ?? from)).toBe(length + 1)
      }),
    )
  })
})
