import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import {
  addDays,
  addMonths,
  type Day,
  dayOf,
  daysBetween,
  isDay,
  isoWeekStart,
  monthEnd,
  parseDay,
  weekday,
} from '../../src/domain/day.ts'

const day = (text: string): Day => text as Day

const anyDay = fc
  .date({ min: new Date('0100-01-01'), max: new Date('9990-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10) as Day)

describe('a day', () => {
  test('is a real date in ISO form', () => {
    expect(isDay('2024-02-29')).toBe(true)
    expect(isDay('2023-02-29')).toBe(false)
    expect(isDay('2026-2-3')).toBe(false)
    expect(isDay('2026-13-01')).toBe(false)
    expect(isDay('0000-01-01')).toBe(false)
  })

  it('is moved by days and comes back', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: -3000, max: 3000 }), (start, count) => {
        const moved = addDays(start, count)
        expect(daysBetween(start, moved)).toBe(count)
        expect(addDays(moved, -count)).toBe(start)
        expect(isDay(moved)).toBe(true)
      }),
    )
  })

  it('keeps to the month’s end where the next month is shorter', () => {
    expect(addMonths(day('2024-01-31'), 1)).toBe('2024-02-29')
    expect(addMonths(day('2023-01-31'), 1)).toBe('2023-02-28')
    expect(addMonths(day('2024-12-15'), 1)).toBe('2025-01-15')
    expect(addMonths(day('2024-03-31'), -1)).toBe('2024-02-29')
    expect(addMonths(day('2024-02-29'), -12)).toBe('2023-02-28')
  })

  it('agrees with the calendar of JavaScript', () => {
    fc.assert(
      fc.property(anyDay, (date) => {
        const real = new Date(`${date}T00:00:00Z`)
        expect(weekday(date)).toBe(real.getUTCDay() || 7)
        const end = new Date(Date.UTC(2000, real.getUTCMonth() + 1, 0))
        end.setUTCFullYear(real.getUTCFullYear(), real.getUTCMonth() + 1, 0)
        expect(monthEnd(date)).toBe(end.toISOString().slice(0, 10))
      }),
    )
  })

  it('finds the Monday of an ISO week', () => {
    // ISO 8601: week 1 holds the year's first Thursday.
    expect(isoWeekStart(2026, 1)).toBe('2025-12-29')
    expect(isoWeekStart(2026, 53)).toBe('2026-12-28')
    expect(isoWeekStart(2024, 1)).toBe('2024-01-01')
    expect(isoWeekStart(2021, 1)).toBe('2021-01-04')
  })

  it('is typed as a date or relative to today', () => {
    const today = day('2026-03-01')
    expect(parseDay('today', today)).toBe('2026-03-01')
    expect(parseDay('Yesterday', today)).toBe('2026-02-28')
    expect(parseDay('-3d', today)).toBe('2026-02-26')
    expect(parseDay('+2w', today)).toBe('2026-03-15')
    expect(parseDay(' 2026-01-31 ', today)).toBe('2026-01-31')
    expect(() => parseDay('31.02.2026', today)).toThrow('is not a day')
    expect(() => parseDay('2026-02-30', today)).toThrow('is not a day')
  })

  it('rolls months and days over', () => {
    expect(dayOf(2026, 13, 1)).toBe('2027-01-01')
    expect(dayOf(2026, 3, 0)).toBe('2026-02-28')
  })
})
