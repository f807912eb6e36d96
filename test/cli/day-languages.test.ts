import { rmSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { typedDay, typedMoment } from '../../src/cli/typed-day.ts'
import type { Day } from '../../src/domain/day.ts'
import { parseAnyDay } from '../../src/domain/day-words.ts'
import type { Locale } from '../../src/domain/locale.ts'
import { newFolder } from '../support/funnel.ts'
import { type Inside, inside, runInside } from '../support/inside.ts'

// 2026-11-23 is a Monday.
const TODAY = '2026-11-23' as Day
const FOLDER = newFolder()
afterAll(() => rmSync(FOLDER, { recursive: true }))

describe('days in the languages that imports know', () => {
  it.each([
    ['Freitag', '2026-11-27', '2026-11-20'],
    ['am Freitag', '2026-11-27', '2026-11-20'],
    ['Montag', '2026-11-30', '2026-11-16'],
    ['Mo', '2026-11-30', '2026-11-16'],
    ['morgen', '2026-11-24', '2026-11-24'],
    ['Übermorgen', '2026-11-25', '2026-11-25'],
    ['gestern', '2026-11-22', '2026-11-22'],
    ['1. Dez', '2026-12-01', '2025-12-01'],
    ['1.Dezember', '2026-12-01', '2025-12-01'],
    ['1. Dez. 2027', '2027-12-01', '2027-12-01'],
    ['1. Dez 27', '2027-12-01', '2027-12-01'],
    ['23. November', '2026-11-23', '2026-11-23'],
    ['3. März', '2027-03-03', '2026-03-03'],
    ['01.02.26', '2026-02-01', '2026-02-01'],
    ['пятница', '2026-11-27', '2026-11-20'],
    ['в пятницу', '2026-11-27', '2026-11-20'],
    ['завтра', '2026-11-24', '2026-11-24'],
    ['1 декабря', '2026-12-01', '2025-12-01'],
    ['vendredi', '2026-11-27', '2026-11-20'],
    ['demain', '2026-11-24', '2026-11-24'],
    ['après-demain', '2026-11-25', '2026-11-25'],
    ["aujourd'hui", '2026-11-23', '2026-11-23'],
    ['1er décembre', '2026-12-01', '2025-12-01'],
    ['viernes', '2026-11-27', '2026-11-20'],
    ['mañana', '2026-11-24', '2026-11-24'],
    ['pasado mañana', '2026-11-25', '2026-11-25'],
    ['1 de diciembre de 2027', '2027-12-01', '2027-12-01'],
    ['วันศุกร์', '2026-11-27', '2026-11-20'],
    ['พรุ่งนี้', '2026-11-24', '2026-11-24'],
    ['1 ธ.ค. 2569', '2026-12-01', '2026-12-01'],
    ['1 ธันวาคม', '2026-12-01', '2025-12-01'],
    ['星期五', '2026-11-27', '2026-11-20'],
    ['周日', '2026-11-29', '2026-11-22'],
    ['明天', '2026-11-24', '2026-11-24'],
    ['12月1日', '2026-12-01', '2025-12-01'],
    ['1st dec', '2026-12-01', '2025-12-01'],
    ['29 Feb', '2028-02-29', '2024-02-29'],
  ])('“%s” is %s to come and %s gone by', (text, future, past) => {
    expect(parseAnyDay(text, TODAY, 'future')).toBe(future)
    expect(parseAnyDay(text, TODAY, 'past')).toBe(past)
  })

  it.each([
    ['in 2 Wochen', '2026-12-07'],
    ['dans 3 jours', '2026-11-26'],
    ['через 2 недели', '2026-12-07'],
    ['en 2 semanas', '2026-12-07'],
  ])('“%s” is %s', async (text, day) => {
    expect(await typedDay(text, TODAY, 'future', null)).toBe(day)
  })

  it.each(['30. Feb', 'mar', 'bald', 'am', '1. Dez 2. Dez', 'Freitag Montag', '2026'])(
    '“%s” is none in words',
    (text) => {
      expect(() => parseAnyDay(text, TODAY, 'future')).toThrow('is not a day')
    },
  )
})

describe('days with slashes', () => {
  const locale = (day: string): Locale => ({ tag: 'x', group: ',', decimal: '.', day })

  it('are in the order of the locale, or refused where they can be two', async () => {
    const read = (text: string, own: Locale | null): Promise<Day> =>
      typedDay(text, TODAY, 'future', own)
    expect(await read('1/12/2026', locale('dd/mm/yyyy'))).toBe('2026-12-01')
    expect(await read('1/12/2026', locale('mm/dd/yyyy'))).toBe('2026-01-12')
    expect(await read('1/12', locale('dd/mm/yyyy'))).toBe('2026-12-01')
    expect(await read('13/12/26', null)).toBe('2026-12-13')
    expect(await read('12/13/26', null)).toBe('2026-12-13')
    await expect(read('1/12', null)).rejects.toThrow('it can be 2026-12-01 or 2027-01-12')
    await expect(read('31/11/2026', null)).rejects.toThrow('is not a day')
    // Some mean the 27th by it, some the 4th of December.
    await expect(read('nächsten Freitag', null)).rejects.toThrow('2026-11-27 or 2026-12-04')
  })
})

describe('a time of day', () => {
  it.each(['14:30', '2 pm', 'at 10:00', '14 Uhr'])('“%s” alone is not a day', async (text) => {
    await expect(typedDay(text, TODAY, 'future', null)).rejects.toThrow(
      `“${text}” is a time of day, and only a day is asked for`,
    )
  })

  it.each([
    ['friday 14:30', '2026-11-27', '14:30'],
    ['2026-12-01T10:00', '2026-12-01', '10:00'],
    ['1. Dez 14 Uhr', '2026-12-01', '14:00'],
    ['tomorrow at 3pm', '2026-11-24', '15:00'],
    ['01.12.2026 um 9:15', '2026-12-01', '09:15'],
    ['01.12.2026 14.30', '2026-12-01', '14:30'],
    ['morgen 8:00', '2026-11-24', '08:00'],
    ['14:30 friday', '2026-11-27', '14:30'],
    ['2:30 p.m. on friday', '2026-11-27', '14:30'],
    ['friday, 14h30', '2026-11-27', '14:30'],
    ['friday noon', '2026-11-27', '12:00'],
    ['in 2 weeks at 12am', '2026-12-07', '00:00'],
    ['24.11. 9:00', '2026-11-24', '09:00'],
    ['16:45', '2026-11-23', '16:45'],
    ['friday', '2026-11-27', null],
    // A point that may be that of a date is one.
    ['14.10.2027', '2027-10-14', null],
  ])('“%s” is %s at %s', async (text, day, time) => {
    expect(await typedMoment(text, TODAY, 'future', null)).toEqual({ day, time })
  })

  it.each([
    ['25:00', '“25:00” is not a time of day: a day has the hours 0 to 23'],
    ['friday 24:00', '“24:00” is not a time of day: a day has the hours 0 to 23'],
    ['friday 14:75', '“14:75” is not a time of day'],
    ['friday 14.10', '“friday 14.10” does not say the time of day exactly'],
    ['friday 13 pm', '“13 pm” is not a time of day'],
    ['half past two', '“half past two” is not a day'],
    ['friday at 2', '“friday at 2” does not say the time of day exactly'],
    ['friday night', '“friday night” does not say the time of day exactly'],
    ['tonight', '“tonight” does not say the time of day exactly'],
    ['2026-12-01 10:00:00Z', 'has a time in a zone of its own'],
  ])('“%s” is refused', async (text, why) => {
    await expect(typedMoment(text, TODAY, 'future', null)).rejects.toThrow(why)
  })

  let book: Inside
  beforeAll(async () => {
    book = await inside(FOLDER, 'times')
    await book.ok('client', 'add', 'Acme')
    await book.ok('deal', 'add', '1', 'Oven', '--process', 'plain')
    await book.ok('task', 'add', 'Ring')
  })

  it.each([
    [['task', 'list', '--by', 'friday 14:30'], '2026-11-27'],
    [['win', '1', '--on', '2026-11-20T09:00'], '2026-11-20'],
    [['deal', 'edit', '1', '--expected-close', 'friday 9:00'], '2026-11-27'],
  ])('%j is refused, with the day alone as the way out', async (args, day) => {
    const { code, err } = await runInside(book.folder, args)
    expect(code).toBe(2)
    expect(err).toContain('has a time of day, and only a day is asked for')
    expect(err).toContain(`give the day alone: ${day}`)
  })

  it('of a task in a file is kept, but for the midnight of a plain day', async () => {
    book.save(
      'tasks.csv',
      'Task,Due\nRing,2026-12-01 14:30\nWrite,2026-12-02 00:00:00\nVisit,2026-12-03\n',
    )
    await book.ok('import', 'tasks', 'tasks.csv', '--yes')
    const list = JSON.parse(await book.ok('task', 'list', '--columns', 'text,time', '--json'))
    expect(list.tasks).toEqual(
      expect.arrayContaining([
        { text: 'Ring', time: '14:30' },
        { text: 'Write', time: null },
        { text: 'Visit', time: null },
      ]),
    )
  })
})

describe('a weekday of this, the next or the last week', () => {
  // 2026-11-24 is a Tuesday.
  const tuesday = '2026-11-24' as Day
  const typed = (text: string): Promise<Day> => typedDay(text, tuesday, 'future', null)

  it.each([
    ['next Monday', '2026-11-30'],
    ['nächsten Montag', '2026-11-30'],
    ['am kommenden Freitag', '2026-11-27'],
    ['diesen Freitag', '2026-11-27'],
    ['lundi prochain', '2026-11-30'],
    ['el próximo lunes', '2026-11-30'],
    ['el lunes que viene', '2026-11-30'],
    ['в следующий понедельник', '2026-11-30'],
    ['วันจันทร์หน้า', '2026-11-30'],
    ['next Tuesday', '2026-12-01'],
    ['last Friday', '2026-11-20'],
    ['letzten Dienstag', '2026-11-17'],
    // In Chinese the week is named.
    ['下周五', '2026-12-04'],
    ['下个星期一', '2026-11-30'],
    ['这周五', '2026-11-27'],
    ['上周五', '2026-11-20'],
  ])('“%s” is %s', async (text, day) => {
    expect(await typed(text)).toBe(day)
  })

  it.each([
    ['next Friday', '2026-11-27 or 2026-12-04'],
    ['nächsten Freitag', '2026-11-27 or 2026-12-04'],
    ['vendredi prochain', '2026-11-27 or 2026-12-04'],
    ['last Monday', '2026-11-23 or 2026-11-16'],
    ['прошлый понедельник', '2026-11-23 or 2026-11-16'],
  ])('“%s” can be %s', async (text, days) => {
    await expect(typed(text)).rejects.toThrow(`“${text}” can be ${days}`)
  })

  it.each(['next', 'next week Friday', 'Friday Monday', 'next next Friday'])(
    '“%s” is none',
    async (text) => {
      await expect(typed(text)).rejects.toThrow(/is not a day|Friday/)
    },
  )
})
