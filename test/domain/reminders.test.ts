import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, type Day, daysBetween } from '../../src/domain/day.ts'
import { promiseStatus } from '../../src/domain/invoices/promise.ts'
import {
  lateInterest,
  levelDue,
  parseReminderDays,
  USUAL_REMINDERS,
} from '../../src/domain/invoices/reminders.ts'
import { fillText, parseReminderText, usualText } from '../../src/domain/invoices/reminder-texts.ts'
import { dueRepeats, everyText, parseEvery, serviceOf } from '../../src/domain/invoices/repeats.ts'
import type { Portion } from '../../src/domain/lines/scaled.ts'
import type { Money } from '../../src/domain/money.ts'
import { day } from '../support/book.ts'

const money = (minor: number): Money => minor as Money
const portion = (millionths: number): Portion => millionths as Portion

describe('late interest', () => {
  it('is the worked example: 9,280.00 at 10.15 % for 28 days', () => {
    expect(lateInterest([{ amount: money(928_000), late: 28 }], portion(101_500))).toBe(7226)
  })

  it('is rounded half up once, over all that is late', () => {
    // 36.50 at 10 % for 5 days are exactly 0.05; 3.65 for 5 days are 0.005, and two of them 0.01.
    const part = { amount: money(365), late: 5 }
    expect(lateInterest([{ amount: money(3650), late: 5 }], portion(100_000))).toBe(5)
    expect(lateInterest([part], portion(100_000))).toBe(1)
    expect(lateInterest([part, part], portion(100_000))).toBe(1)
    expect(lateInterest([{ ...part, late: 4 }], portion(100_000))).toBe(0)
    expect(lateInterest([{ ...part, late: -3 }], portion(100_000))).toBe(0)
  })
})

describe('the level that is due', () => {
  const on = day('2026-11-28')
  const due = (late: number, level = 0, ago: number | null = null): number | null =>
    levelDue(late, { level, lastOn: ago === null ? null : addDays(on, -ago) }, on, USUAL_REMINDERS)

  it('follows the days late, one level after the other', () => {
    expect([due(2), due(3), due(13)]).toEqual([null, 1, 1])
    expect([due(13, 1, 10), due(14, 1, 11), due(28, 2, 14), due(99, 3, 30)]).toEqual([
      null,
      2,
      3,
      null,
    ])
  })

  it('catches up what was missed, a level at a time and a week apart', () => {
    expect(due(40)).toBe(1)
    expect([due(40, 1, 6), due(40, 1, 7)]).toEqual([null, 2])
    // The invoice itself was sent yesterday.
    expect([due(40, 0, 1), due(40, 0, 7)]).toEqual([null, 1])
  })

  it('is never two on a day, even without a gap', () => {
    const plan = { days: [1, 2], gap: 0 }
    expect(levelDue(9, { level: 1, lastOn: on }, on, plan)).toBeNull()
    expect(levelDue(9, { level: 1, lastOn: addDays(on, -1) }, on, plan)).toBe(2)
  })

  it('gives each level once, in order and never too close, whatever days it is run on', () => {
    const plans = fc
      .uniqueArray(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 5 })
      .map((days) => days.toSorted((a, b) => a - b))
    fc.assert(
      fc.property(
        plans,
        fc.integer({ min: 1, max: 20 }),
        fc.array(fc.boolean(), { minLength: 150, maxLength: 150 }),
        (days, gap, runs) => {
          const sent: { level: number; late: number; on: Day }[] = []
          for (const [at, runsThen] of runs.entries()) {
            if (!runsThen) continue
            const today = addDays(on, at)
            // Twice on a day.
            for (let time = 0; time < 2; time += 1) {
              const last = sent.at(-1)
              const reminded = { level: last?.level ?? 0, lastOn: last?.on ?? null }
              const level = levelDue(at, reminded, today, { days, gap })
              if (level !== null) sent.push({ level, late: at, on: today })
            }
          }
          expect(sent.map(({ level }) => level)).toEqual(
            Array.from({ length: sent.length }, (_, index) => index + 1),
          )
          for (const [index, { level, late, on: then }] of sent.entries()) {
            expect(late).toBeGreaterThanOrEqual(days[level - 1] ?? 0)
            const before = sent[index - 1]
            if (before) expect(daysBetween(before.on, then)).toBeGreaterThanOrEqual(gap)
          }
        },
      ),
    )
  })

  it('reads days that grow, and nothing else', () => {
    expect(parseReminderDays(' 3, 14 28')).toEqual([3, 14, 28])
    for (const wrong of ['', '0', '3,3', '14,3', '3,x', '1,2,3,4,5,6,7,8,9,10', '1000']) {
      expect(() => parseReminderDays(wrong)).toThrow()
    }
  })
})

describe('the text of a reminder', () => {
  const words = {
    client: 'Harbour {total}',
    numbers: 'invoice 2026-0001',
    invoices: '2026-0001 … 10.00',
    total: '10.00 EUR',
    interest: '',
    pay: 'IBAN DE89',
    company: 'Ann Lee',
    today: '2026-11-28',
  }

  it('has its words filled in once, without the paragraphs of which nothing is left', () => {
    const { subject, body } = fillText(usualText(1, 3), words)
    expect(subject).toBe('Payment reminder: invoice 2026-0001')
    expect(body).toContain('Dear Harbour {total},')
    expect(body).not.toContain('\n\n\n')
    expect(body).not.toMatch(/\{(?!total)/)
  })

  it('grows firmer: friendly, firm, and a final notice as the last of several', () => {
    const subjects = [1, 2, 3, 4].map((level) => usualText(level, 4).split('\n')[0])
    expect(subjects).toEqual([
      'Payment reminder: {numbers}',
      'Reminder: {numbers} overdue',
      'Reminder: {numbers} overdue',
      'Final notice: {numbers}',
    ])
    expect(usualText(1, 1)).toContain('escaped your notice')
  })

  it('of one’s own needs a subject, the invoices, and words that are known', () => {
    expect(parseReminderText('Hello {client}\r\n\r\n{invoices}\r\n')).toBe(
      'Hello {client}\n\n{invoices}',
    )
    for (const [wrong, why] of [
      ['Hello', 'needs a subject and a text'],
      ['Hello\n\nPay!', 'which invoices are open'],
      ['Hello\n\n{invoices} {clent}', 'is not known'],
    ] as const) {
      expect(() => parseReminderText(wrong)).toThrow(why)
    }
  })
})

describe('a promise', () => {
  const status = (on: string, openByDay: number, openNow: number, replaced = false) =>
    promiseStatus(
      {
        forDay: day('2026-11-27'),
        leaves: money(60_000),
        openByDay: money(openByDay),
        openNow: money(openNow),
        replaced,
      },
      day(on),
    )

  it('is broken the day after its day, unless the money was there', () => {
    expect(status('2026-11-27', 100_000, 100_000)).toBe('open')
    expect(status('2026-11-28', 100_000, 100_000)).toBe('broken')
    expect(status('2026-11-28', 60_001, 60_001)).toBe('broken')
    expect(status('2026-11-26', 60_000, 60_000)).toBe('kept')
    expect(status('2026-11-28', 60_000, 60_000)).toBe('kept')
    expect(status('2026-11-30', 100_000, 60_000)).toBe('late')
    expect(status('2026-11-28', 100_000, 100_000, true)).toBe('replaced')
    expect(status('2026-11-28', 0, 0, true)).toBe('kept')
  })
})

describe('a repeated invoice', () => {
  const repeating = (first: string, every: string, made = 0) => ({
    first: day(first),
    every: parseEvery(every),
    until: null,
    times: null,
    made,
  })

  it('keeps its day of the month, or takes the last one of a shorter month', () => {
    const due = dueRepeats(repeating('2026-01-31', 'month'), day('2026-05-31'))
    expect(due.map(({ day: on }) => on)).toEqual([
      '2026-02-28',
      '2026-03-31',
      '2026-04-30',
      '2026-05-31',
    ])
    const quarters = dueRepeats(repeating('2027-11-30', 'quarter', 1), day('2028-12-31'))
    expect(quarters.map(({ day: on }) => on)).toEqual(['2028-05-30', '2028-08-30', '2028-11-30'])
  })

  it('ends on its last day, or after its times', () => {
    const monthly = repeating('2026-01-15', 'month')
    const days = (more: object) =>
      dueRepeats({ ...monthly, ...more }, day('2027-01-01')).map(({ day: on }) => on)
    expect(days({ until: day('2026-03-15') })).toEqual(['2026-02-15', '2026-03-15'])
    expect(days({ times: 1 })).toEqual(['2026-02-15'])
    expect(days({ times: 2, made: 2 })).toEqual([])
  })

  it('moves the service on, to the end of a month where it ended there', () => {
    const january = { from: day('2026-01-01'), to: day('2026-01-31') }
    const on = day('2026-02-03')
    expect(serviceOf(january, on, parseEvery('month'), 1)).toEqual({
      from: '2026-02-01',
      to: '2026-02-28',
    })
    expect(serviceOf(january, on, parseEvery('quarter'), 1)).toEqual({
      from: '2026-04-01',
      to: '2026-04-30',
    })
    const none = { from: null, to: null }
    expect(serviceOf(none, day('2026-01-31'), parseEvery('month'), 1)).toEqual({
      from: '2026-02-28',
      to: '2026-03-30',
    })
  })

  it('is said in words', () => {
    expect(['month', 'quarter', '2w', '6m', 'Year', '1d'].map(parseEvery).map(everyText)).toEqual([
      'month',
      'quarter',
      '2 weeks',
      '6 months',
      'year',
      'day',
    ])
    expect(everyText(parseEvery('monthly'))).toBe('month')
    expect(() => parseEvery('fortnight')).toThrow('is not an interval')
  })

  it('makes each repetition once, however often it is asked', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 400 }),
        fc.constantFrom('week', 'month', 'quarter', 'year', '3d'),
        fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 30 }),
        (start, every, steps) => {
          let made = 0
          let today = addDays(day('2026-01-01'), start)
          const first = today
          const all: Day[] = []
          for (const step of steps) {
            today = addDays(today, step)
            const due = dueRepeats({ ...repeating(first, every), made }, today)
            made += due.length
            all.push(...due.map(({ day: on }) => on))
          }
          const at = dueRepeats(repeating(first, every), today).map(({ day: on }) => on)
          expect(all).toEqual(at)
        },
      ),
    )
  })
})
