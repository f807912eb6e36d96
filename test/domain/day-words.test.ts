import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addDays,
  addMonths,
  type Day,
  dayOf,
  daysBetween,
  monthEnd,
  parseDay,
  partsOf,
  readDay,
  weekday,
} from '../../src/domain/day.ts'
import { nextRepetition, parseRepeat, repeatText } from '../../src/domain/repeat.ts'
import { parsePeriod } from '../../src/domain/period.ts'

const days = fc.integer({ min: 0, max: 200_000 }).map((count) => addDays(dayOf(1900, 1, 1), count))
const d = (text: string): Day => text as Day

describe('days with dots', () => {
  const today = d('2026-11-23')

  it('are day, month and year, as nobody writes the month first so', () => {
    expect(readDay('30.11.2026', today, 'past')).toBe('2026-11-30')
    expect(readDay('1.2.2027', today, 'past')).toBe('2027-02-01')
    expect(readDay('1. 2. 2027', today, 'past')).toBe('2027-02-01')
    expect(readDay('01.02.26', today, 'past')).toBe('2026-02-01')
    expect(readDay('1.2.98', today, 'past')).toBe('1998-02-01')
    for (const text of ['31.11.2026', '11.30.2026', '1.2', '0.1.2026']) {
      expect([text, readDay(text, today, 'future')]).toEqual([text, undefined])
    }
  })

  it('are the next or the last one without a year, never today', () => {
    expect(readDay('24.12.', today, 'future')).toBe('2026-12-24')
    expect(readDay('24.12.', today, 'past')).toBe('2025-12-24')
    expect(readDay('23.11.', today, 'future')).toBe('2027-11-23')
    expect(readDay('23.11.', today, 'past')).toBe('2025-11-23')
    expect(readDay('1.1.', today, 'future')).toBe('2027-01-01')
    expect(readDay('31.9.', today, 'future')).toBeUndefined()
  })
})

describe('weekdays', () => {
  it('are the next one for what is to be done, the last one for what was, never today', () => {
    // 2026-11-23 is a Monday.
    const today = d('2026-11-23')
    expect(readDay('friday', today, 'future')).toBe('2026-11-27')
    expect(readDay('Fri', today, 'past')).toBe('2026-11-20')
    expect(readDay('monday', today, 'future')).toBe('2026-11-30')
    expect(readDay('monday', today, 'past')).toBe('2026-11-16')
    expect(readDay('sun', today, 'future')).toBe('2026-11-29')
    expect(readDay('fr', today, 'future')).toBeUndefined()
  })

  it('lie one to seven days away, on that weekday', () => {
    const names = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']
    fc.assert(
      fc.property(days, fc.integer({ min: 0, max: 6 }), (today, index) => {
        for (const toward of ['past', 'future'] as const) {
          const read = parseDay(names[index] ?? '', today, toward)
          expect(weekday(read)).toBe(index + 1)
          const away = daysBetween(today, read) * (toward === 'future' ? 1 : -1)
          expect(away).toBeGreaterThanOrEqual(1)
          expect(away).toBeLessThanOrEqual(7)
        }
      }),
    )
  })
})

describe('offsets in months and years', () => {
  it('stop at the end of a shorter month', () => {
    expect(parseDay('+1m', d('2026-01-31'))).toBe('2026-02-28')
    expect(parseDay('+1m', d('2028-01-31'))).toBe('2028-02-29')
    expect(parseDay('-1y', d('2028-02-29'))).toBe('2027-02-28')
    expect(parseDay('+4y', d('2028-02-29'))).toBe('2032-02-29')
  })
})

describe('a week, month or year by its side', () => {
  it('is as far behind as the next one is ahead, whichever way is looked', () => {
    const today = d('2026-03-31')
    for (const toward of ['past', 'future'] as const) {
      expect(readDay('last week', today, toward)).toBe('2026-03-24')
      expect(readDay('Last  Month', today, toward)).toBe('2026-02-28')
      expect(readDay('last year', today, toward)).toBe('2025-03-31')
      expect(readDay('next week', today, toward)).toBe('2026-04-07')
    }
  })
})

describe('months in words', () => {
  it('end where they end, and look the way that is asked for', () => {
    const today = d('2026-01-31')
    for (const words of ['1 month', 'in a month', 'next month', 'In  1 month']) {
      expect(readDay(words, today, 'future')).toBe('2026-02-28')
    }
    expect(readDay('in a year', d('2028-02-29'), 'future')).toBe('2029-02-28')
    expect(readDay('2 weeks ago', today, 'future')).toBe('2026-01-17')
    expect(readDay('3 days', today, 'past')).toBe('2026-01-28')
    expect(readDay('in 3 days ago', today, 'future')).toBeUndefined()
  })
})

describe('a task that comes again', () => {
  it('keeps its day of the month, or the last one there is', () => {
    const monthly = parseRepeat('1m')
    const start = d('2026-01-31')
    const months = ['2026-02-28', '2026-03-31', '2026-04-30', '2026-05-31']
    let due = start
    for (const expected of months) {
      due = nextRepetition(start, monthly, due)
      expect(due).toBe(expected)
    }
    expect(nextRepetition(d('2024-02-29'), parseRepeat('1y'), d('2026-06-01'))).toBe('2027-02-28')
    expect(nextRepetition(d('2024-02-29'), parseRepeat('1y'), d('2027-03-01'))).toBe('2028-02-29')
  })

  it('skips what was missed: every week from Monday the 2nd, done on Wednesday the 18th', () => {
    expect(nextRepetition(d('2026-11-02'), parseRepeat('1w'), d('2026-11-18'))).toBe('2026-11-23')
    expect(nextRepetition(d('2026-11-02'), parseRepeat('1w'), d('2026-11-23'))).toBe('2026-11-30')
  })

  it('comes after the day it was done, no more than one interval later, in rhythm', () => {
    const units = fc.constantFrom('d' as const, 'w' as const, 'm' as const, 'y' as const)
    const repeats = fc.record({ count: fc.integer({ min: 1, max: 30 }), unit: units })
    fc.assert(
      fc.property(days, repeats, fc.nat(3000), (from, repeat, later) => {
        const after = addDays(from, later)
        const next = nextRepetition(from, repeat, after)
        expect(next > after).toBe(true)
        if (repeat.unit === 'd' || repeat.unit === 'w') {
          const length = repeat.count * (repeat.unit === 'w' ? 7 : 1)
          expect(daysBetween(from, next) % length).toBe(0)
          expect(daysBetween(after, next)).toBeLessThanOrEqual(length)
        } else {
          const months = repeat.count * (repeat.unit === 'y' ? 12 : 1)
          const { day: wanted } = partsOf(from)
          const { day: got } = partsOf(next)
          expect(got === wanted || (got < wanted && next === monthEnd(next))).toBe(true)
          expect(next <= addMonths(after, months) || next === monthEnd(next)).toBe(true)
        }
        expect(parseRepeat(repeatText(repeat))).toEqual(repeat)
      }),
    )
  })

  it('is refused where it is not an interval', () => {
    for (const text of ['', '0d', 'w', '2x', '-1w', '1.5m']) {
      expect(() => parseRepeat(text)).toThrow('is not an interval')
    }
  })
})

describe('weeks', () => {
  it('have seven days, begin on Monday, and every day is in the week of its Thursday’s year', () => {
    fc.assert(
      fc.property(days, (today) => {
        const thursday = addDays(today, 4 - weekday(today))
        const { year } = partsOf(thursday)
        const week = Math.floor(daysBetween(dayOf(year, 1, 1), thursday) / 7) + 1
        const period = parsePeriod(`${year}-W${String(week).padStart(2, '0')}`, today)
        expect(period.from !== null && period.from <= today && weekday(period.from) === 1).toBe(
          true,
        )
        expect(period.to !== null && period.to >= today && weekday(period.to) === 7).toBe(true)
        expect(parsePeriod('this-week', today)).toEqual(period)
      }),
    )
  })
})
