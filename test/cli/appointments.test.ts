import { describe, expect, it } from 'vitest'
import { durationText, parseDuration } from '../../src/domain/duration.ts'
import type { Day } from '../../src/domain/day.ts'
import { parseTime, type TimeOfDay } from '../../src/domain/time-of-day.ts'
import { momentOf, requireShown } from '../../src/domain/zone-time.ts'
import { desk, emptyDesk } from '../support/funnel.ts'

const wall = (day: string, time: string) => ({ day: day as Day, time: time as TimeOfDay })

describe('a time as it is typed', () => {
  it.each([
    ['9:05', '09:05'],
    ['14.30', '14:30'],
    ['14h30', '14:30'],
    ['14 Uhr', '14:00'],
    ['at 2pm', '14:00'],
    ['12:15 a.m.', '00:15'],
    ['14:30:59', '14:30'],
    ['14.30 น.', '14:30'],
  ])('“%s” is %s', (text, time) => expect(parseTime(text)).toBe(time))

  it.each(['25:00', '14:60', '13pm', '0pm', 'half past two', '2', 'friday', ''])(
    '“%s” is none',
    (text) => expect(() => parseTime(text)).toThrow(),
  )

  it.each([
    ['1h', 60, '1h'],
    ['1h30', 90, '1h30'],
    ['1h 5m', 65, '1h05'],
    ['1.5h', 90, '1h30'],
    ['1,5 Std', 90, '1h30'],
    ['90m', 90, '1h30'],
    ['45 min', 45, '45m'],
    ['1:30', 90, '1h30'],
  ])('“%s” is %i minutes', (text, minutes, shown) => {
    expect(parseDuration(text)).toBe(minutes)
    expect(durationText(minutes)).toBe(shown)
  })

  it.each([
    ['90', '“90” has no unit'],
    ['0m', 'under a minute'],
    ['200h', 'over a week'],
    ['an hour', 'is not a length of time'],
    ['1h75', 'is not a length of time'],
  ])('“%s” is not a length', (text, why) => expect(() => parseDuration(text)).toThrow(why))
})

describe('the clock of a zone', () => {
  // Berlin goes from 2:00 to 3:00 on 29 March 2026, and from 3:00 back to 2:00 on 25 October.
  it('knows the moment of every time, before, on and after the days on which clocks change', () => {
    const inUtc = (day: string, time: string): string =>
      new Date(momentOf(wall(day, time), 'Europe/Berlin')).toISOString().slice(0, 16)
    expect(inUtc('2026-03-28', '14:30')).toBe('2026-03-28T13:30')
    expect(inUtc('2026-03-29', '01:59')).toBe('2026-03-29T00:59')
    expect(inUtc('2026-03-29', '02:30')).toBe('2026-03-29T01:30')
    expect(inUtc('2026-03-29', '03:00')).toBe('2026-03-29T01:00')
    expect(inUtc('2026-10-25', '02:30')).toBe('2026-10-25T00:30')
    expect(inUtc('2026-10-25', '03:00')).toBe('2026-10-25T02:00')
    expect(requireShown(wall('2026-03-29', '03:00'), 'Europe/Berlin')).toBeNull()
    // Samoa had no 30 December 2011 at all.
    expect(() => requireShown(wall('2011-12-30', '12:00'), 'Pacific/Apia')).toThrow('there is no')
  })
})

describe('an appointment', () => {
  it('is kept with its time and length, shown, moved, repeated and undone', () => {
    const { ok, json, run } = desk()
    ok('client', 'add', 'Harbour Foods')
    ok('deal', 'add', '1', 'Cold store')
    const added = ['task', 'add', 'Show the plans', '--client', '1', '--due', 'friday 14:30']
    expect(ok(...added, '--length', '1h30', '--every', '1w')).toContain(
      'added task 2 (Show the plans), due 2026-11-27 14:30',
    )
    ok('task', 'add', 'Ring', '--client', '1', '--due', 'friday', '--at', '9:00')
    ok('task', 'add', 'Write', '--due', 'friday')
    const tasks = () =>
      json<{ tasks: { text: string; due: string; time: string; minutes: number }[] }>(
        'task',
        'list',
        '--columns',
        'text,due,time,minutes',
      ).tasks
    // By time within the day, those without one last.
    expect(tasks().filter(({ due }) => due === '2026-11-27')).toEqual([
      { text: 'Ring', due: '2026-11-27', time: '09:00', minutes: null },
      { text: 'Show the plans', due: '2026-11-27', time: '14:30', minutes: 90 },
      { text: 'Write', due: '2026-11-27', time: null, minutes: null },
    ])
    const before = json('task', 'list')
    expect(ok('task', 'postpone', 'plans', '--to', 'monday')).toContain(
      'from 2026-11-27 14:30 to 2026-11-30 14:30',
    )
    expect(ok('task', 'postpone', 'plans', '--to', '1 Dec 2pm')).toContain('to 2026-12-01 14:00')
    expect(json('task', 'edit', 'plans', '--at', '16:00', '--length', '45m')).toMatchObject({
      due: '2026-12-01',
      time: '16:00',
    })
    ok('undo')
    ok('undo')
    ok('undo')
    expect(json('task', 'list')).toEqual(before)

    expect(json('task', 'done', 'plans', '--on', '2026-11-23')).toMatchObject({
      due: '2026-12-04',
      time: '14:30',
    })
    expect(tasks()).toContainEqual({
      text: 'Show the plans',
      due: '2026-12-04',
      time: '14:30',
      minutes: 90,
    })
    ok('task', 'edit', 'Ring', '--due', 'none')
    expect(tasks()).toContainEqual({ text: 'Ring', due: null, time: null, minutes: null })
    expect(run('task', 'edit', 'Ring', '--at', '9:00').err).toContain('at 09:00 of which day?')
    expect(run('task', 'edit', 'plans', '--due', 'none').err).toContain('a task that repeats')
    expect(run('task', 'edit', 'Ring').err).toContain('nothing to change')
  })

  it('that was held is in the story in the order of the clock, and as JSON', () => {
    const { ok, json } = desk()
    ok('client', 'add', 'Harbour Foods')
    ok('deal', 'add', '1', 'Cold store')
    ok('log', 'call', '1', 'late', '--on', 'yesterday 16:00', '--deal', '1')
    ok('log', 'note', '1', 'sometime', '--on', 'yesterday')
    expect(
      ok(
        'log',
        'meeting',
        '1',
        'early',
        '--at',
        '2026-11-22 9:30',
        '--length',
        '1h',
        '--deal',
        '1',
      ),
    ).toContain('2026-11-22 09:30')
    const story = json<{ timeline: { text: string; time: string; minutes: number }[] }>(
      'client',
      'show',
      '1',
    ).timeline
    expect(
      story.flatMap(({ text, time, minutes }) => (text ? [[text, time, minutes]] : [])),
    ).toEqual([
      ['sometime', null, null],
      ['late', '16:00', null],
      ['early', '09:30', 60],
    ])
    expect(ok('client', 'show', '1')).toMatch(/2026-11-22 +09:30 +meeting +1h: early/)
    expect(ok('deal', 'show', '1')).toMatch(/2026-11-22 +09:30 +60 +meeting .* early/)
    expect(json('deal', 'show', '1').interactions).toMatchObject([
      { time: '16:00', minutes: null },
      { time: '09:30', minutes: 60 },
    ])
    ok('undo')
    expect(json('deal', 'show', '1').interactions).toHaveLength(1)
    // A follow-up keeps the time that it was given.
    expect(
      json('log', 'call', '1', 'again', '--next', 'Ring', '--due', '14:30 friday'),
    ).toMatchObject({ due: '2026-11-27', time: '14:30' })
  })

  it('refuses what cannot be meant, with what to type', () => {
    const { ok, run } = desk()
    ok('client', 'add', 'Harbour Foods')
    const refused = (...args: string[]): string => {
      const { code, err } = run(...args)
      expect(code).toBe(2)
      return err
    }
    const task = (...args: string[]): string => refused('task', 'add', 'x', ...args)
    expect(task('--due', 'friday', '--at', '25:00')).toContain('a day has the hours 0 to 23')
    expect(task('--due', 'friday', '--at', 'half past two')).toContain('write it as 14:30')
    expect(task('--due', 'friday', '--at', '2')).toContain('can be 02:00 or 14:00')
    expect(task('--due', 'friday', '--at', 'friday')).toContain('“friday” has no time of day')
    expect(task('--due', 'friday night')).toContain('"2026-11-27 14:30"')
    expect(task('--due', 'friday 9:00', '--at', '10:00')).toContain('--due and --at say two things')
    expect(task('--due', 'friday', '--at', 'monday 9:00')).toContain('say two things')
    expect(task('--at', '9:00', '--length', '90')).toContain('write 90m or 90h')
    expect(task('--at', '9:00')).toContain('give it: --due "friday 09:00"')
    expect(refused('log', 'meeting', '1', 'x', '--on', '2026-12-01 14:30')).toContain(
      'funnel task add "…" --client 1 --due "2026-12-01 14:30"',
    )
  })

  it('is refused at an hour that clocks jump over, and said of one that comes twice', () => {
    const { ok, run } = emptyDesk({ env: { FUNNEL_TODAY: '2026-11-23' } })
    ok('init', '--currency', 'EUR', '--timezone', 'Europe/Berlin')
    const gap = run('task', 'add', 'x', '--due', '2027-03-28 2:30')
    expect(gap).toMatchObject({ code: 2 })
    expect(gap.err).toContain('there is no 02:30 on 2027-03-28 in Europe/Berlin')
    expect(gap.err).toContain('write 03:30')
    ok('task', 'add', 'y', '--due', '2027-03-27 2:30')
    expect(run('task', 'postpone', 'y', '--to', '2027-03-28').code).toBe(2)
    const fold = run('task', 'add', 'z', '--due', '2027-10-31 2:30')
    expect(fold.err).toContain('clocks show 02:30 twice on 2027-10-31')
    expect(fold.code).toBe(0)
  })
})
