import ICAL from 'ical.js'
import { describe, expect, it } from 'vitest'
import type { Day } from '../../src/domain/day.ts'
import type { TimeOfDay } from '../../src/domain/time-of-day.ts'
import { parseWorkingHours, USUAL_HOURS } from '../../src/domain/working-hours.ts'
import {
  type Appointment,
  freeTimes,
  lastDay,
  overlaps,
  partOn,
  spanOf,
} from '../../src/reports/calendar/plan.ts'
import { emptyDesk } from '../support/funnel.ts'

function at(time: string, minutes: number | null, ownerId: number | null = null): Appointment {
  return {
    key: time,
    kind: 'task',
    id: 1,
    day: '2026-11-24' as Day,
    time: time as TimeOfDay,
    minutes,
    text: '',
    client: null,
    clientId: null,
    deal: null,
    dealId: null,
    owner: null,
    ownerId,
  }
}

describe('a day by the hour', () => {
  it('is free where nothing is, within the working hours', () => {
    const free = (...all: Appointment[]): number[][] =>
      freeTimes(all.map(spanOf), USUAL_HOURS).map(({ start, end }) => [start / 60, end / 60])
    expect(free()).toEqual([[9, 18]])
    expect(free(at('11:00', 60), at('10:30', 60))).toEqual([
      [9, 10.5],
      [12, 18],
    ])
    // One that lasts beyond another, one before the day, one into the evening, and one without a length.
    expect(free(at('08:00', 90), at('10:00', 180), at('11:00', 30), at('17:00', 120))).toEqual([
      [9.5, 10],
      [13, 17],
    ])
    expect(free(at('09:00', null))).toEqual([[9.5, 18]])
    expect(free(at('07:00', 900))).toEqual([])
  })

  it('names what overlaps: of one owner, and not what only touches', () => {
    const pairs = (...all: Appointment[]): string[][] =>
      overlaps(all).map(([one, other]) => [one.time, other.time])
    expect(pairs(at('10:00', 60), at('11:00', 60))).toEqual([])
    expect(pairs(at('11:00', 60), at('10:00', 90), at('11:15', 15))).toEqual([
      ['10:00', '11:00'],
      ['10:00', '11:15'],
      ['11:00', '11:15'],
    ])
    expect(pairs(at('10:00', 60, 1), at('10:00', 60, 2))).toEqual([])
    // 25 hours go on until 11:00 of the next day.
    const next = (time: string) => ({ ...at(time, 30), day: '2026-11-25' as Day })
    expect(pairs(next('10:30'), at('10:00', 1500), next('11:00'))).toEqual([['10:00', '10:30']])
  })

  it('goes on after midnight', () => {
    const long = at('22:00', 1560)
    const days = ['2026-11-24', '2026-11-25', '2026-11-26'].map((day) => partOn(day as Day, long))
    expect(days).toEqual([{ start: 1320, end: 1440 }, { start: 0, end: 1440 }, null])
    expect(lastDay(long)).toBe('2026-11-25')
    expect(partOn('2026-11-23' as Day, long)).toBe(null)
  })

  it.each([
    ['9-18', { from: '09:00', to: '18:00' }],
    ['8:30–17:00', { from: '08:30', to: '17:00' }],
    ['9am to 5pm', { from: '09:00', to: '17:00' }],
  ])('has hours such as “%s”', (text, hours) => expect(parseWorkingHours(text)).toEqual(hours))

  it.each(['18-9', '9', '9-25', 'mornings'])('has no hours such as “%s”', (text) => {
    expect(() => parseWorkingHours(text)).toThrow('is not the hours of a day')
  })
})

describe('funnel calendar', () => {
  it('shows a day and a week with appointments, deadlines, closes and what is free', () => {
    const { ok, json, run } = emptyDesk()
    ok('init', '--currency', 'EUR', '--timezone', 'Europe/Berlin')
    ok('owner', 'add', 'Ann')
    ok('client', 'add', 'Harbour Foods', '--owner', 'Ann')
    ok('process', 'edit', 'free', '--stage', 'qualification', '--limit', '2')
    ok('deal', 'add', '1', 'Cold store', '--process', 'free', '--expected-close', '2026-11-25')
    ok('task', 'add', 'Show plans', '--client', '1', '--due', 'tomorrow 10:30', '--length', '1h')
    ok('task', 'add', 'Ring', '--client', '1', '--due', 'tomorrow 11:15')
    ok('task', 'add', 'Write', '--client', '1', '--due', 'tomorrow')
    ok('log', 'meeting', '1', 'at the fair', '--on', '2026-11-23 8:30', '--length', '45m')
    ok('log', 'email', '1', 'no place in the day', '--on', '2026-11-23 10:00')

    const text = ok('calendar', 'tomorrow')
    const lines = text.split('\n').map((line) => line.replaceAll(/ {2,}/g, ' | ').trim())
    expect(lines).toEqual(
      expect.arrayContaining([
        'Calendar, Tuesday, 2026-11-24',
        '09:00–10:30 | free, 1h30',
        '10:30–11:30 | Harbour Foods: Show plans | Ann',
        '11:15 | Harbour Foods: Ring | Ann',
        '11:45–18:00 | free, 6h15',
        'all day | Harbour Foods: Write | Ann',
      ]),
    )
    expect(text).toContain(
      '10:30 Harbour Foods: Show plans overlaps with 11:15 Harbour Foods: Ring',
    )
    expect(text).toContain('what has no length is taken to last 30 minutes')

    interface Told {
      entries: { day: string; time: string; end: string; kind: string; overlaps: boolean }[]
      free: { day: string; time: string; end: string; minutes: number }[]
    }
    const week = json<Told>('calendar', '--week')
    expect(week).toMatchObject({
      from: '2026-11-23',
      to: '2026-11-29',
      working_hours: { from: '09:00', to: '18:00' },
    })
    expect(week.entries.map(({ day, time, end, kind }) => [day, time, end, kind])).toEqual([
      ['2026-11-23', '08:30', '09:15', 'meeting'],
      ['2026-11-24', '10:30', '11:30', 'task'],
      ['2026-11-24', '11:15', null, 'task'],
      ['2026-11-24', null, null, 'task'],
      ['2026-11-25', null, null, 'deadline'],
      ['2026-11-25', null, null, 'close'],
    ])
    expect(week.entries.map((entry) => entry.overlaps)).toEqual([
      false,
      true,
      true,
      false,
      false,
      false,
    ])
    // Nobody works at the weekend; the day says so on the screen.
    expect(week.free.map(({ day, time, minutes }) => [day, time, minutes])).toEqual([
      ['2026-11-23', '09:15', 525],
      ['2026-11-24', '09:00', 90],
      ['2026-11-24', '11:45', 375],
      ['2026-11-25', '09:00', 540],
      ['2026-11-26', '09:00', 540],
      ['2026-11-27', '09:00', 540],
    ])
    expect(ok('calendar', '--week')).toMatch(/Sat +2026-11-28 .*nothing/)
    expect(ok('calendar', '2026-11-28')).toContain('nothing')
    expect(ok('calendar', '--csv').split('\r\n')[1]).toContain(
      '2026-11-23,08:30,09:15,2026-11-23,45,meeting',
    )
    expect(json<Told>('calendar', 'tomorrow', '--owner', 'none').entries).toEqual([])

    ok('settings', 'set', 'working-hours', '8:00-12:00')
    expect(json<Told>('calendar', '26 Nov').free).toEqual([
      { day: '2026-11-26', time: '08:00', end: '12:00', minutes: 240 },
    ])
    expect(run('settings', 'set', 'working-hours', '18-9')).toMatchObject({ code: 2 })
    expect(run('calendar', 'someday')).toMatchObject({ code: 2 })

    ok('task', 'add', 'Fair', '--due', '2026-12-01 13:00', '--length', '25h')
    ok('task', 'add', 'Tea', '--due', '2026-12-02 13:30')
    const second = ok('calendar', '2026-12-02')
    expect(second).toMatch(/00:00–14:00 +Fair[^]*2026-12-01: 13:00 Fair overlaps with 2026-12-02/)
    expect(second).not.toContain('free')
    expect(ok('calendar', '2026-12-01')).toContain('13:00–24:00')
    expect(json<Told>('calendar', 'next', 'week')).toMatchObject({
      from: '2026-11-30',
      to: '2026-12-06',
      entries: [{ end: '14:00', end_day: '2026-12-02', overlaps: true }, { overlaps: true }],
    })
    expect(ok('calendar', '2026-W49', '--json')).toBe(ok('calendar', 'next', 'week', '--json'))
  })

  it('writes times as moments that another reader puts at the right hour, as today does', () => {
    const { ok } = emptyDesk()
    ok('init', '--currency', 'EUR', '--timezone', 'Europe/Berlin')
    ok('task', 'add', 'Show', '--due', '2026-11-24 14:30', '--length', '1h')
    ok('task', 'add', 'Write', '--due', '2026-11-24')
    for (const words of [
      ['calendar', 'tomorrow'],
      ['today', '--week'],
    ]) {
      const text = ok(...words, '--ics', '-')
      for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThan(76)
      const events = new ICAL.Component(ICAL.parse(text))
        .getAllSubcomponents('vevent')
        .map((component) => new ICAL.Event(component))
      const [show, write] = events
      // 14:30 in Berlin is 13:30 in UTC in winter.
      expect(show?.startDate.toJSDate().toISOString()).toBe('2026-11-24T13:30:00.000Z')
      expect(show?.endDate.toJSDate().toISOString()).toBe('2026-11-24T14:30:00.000Z')
      expect(write?.startDate.isDate).toBe(true)
    }
    const items = ok('today', '--week')
    expect(items).toMatch(/Tuesday +2026-11-24 +14:30 +Show/)
  })
})
