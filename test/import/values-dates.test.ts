import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Fault } from '../../src/domain/fault.ts'
import {
  dateColumn,
  type DateDecision,
  type DateOrder,
  isBlankWord,
  readDate,
} from '../../src/import/values/dates.ts'

function decide(...texts: string[]): DateDecision {
  const column = dateColumn()
  for (const text of texts) column.see(text)
  return column.decide()
}

describe('a date that needs no order', () => {
  it.each([
    ['2024-03-04', '2024-03-04'],
    ['2024/3/4', '2024-03-04'],
    ['2024.03.04', '2024-03-04'],
    ['20240304', '2024-03-04'],
    ['20240304T100000Z', '2024-03-04'],
    ['2024-03-04T10:00:00.000Z', '2024-03-04'],
    ['2024-03-04 10:00:00+07:00', '2024-03-04'],
    ['2024-02-29', '2024-02-29'],
    ['25/04/2024 2:18 pm', '2024-04-25'],
    ['04/25/2024 14:05', '2024-04-25'],
    ['24.3.2024 14:05 Uhr', '2024-03-24'],
    ['24-3-2024', '2024-03-24'],
    ['02/24/26', '2026-02-24'],
    ['26/02/24', '2024-02-26'],
    ['99/02/24', '1999-02-24'],
    ['31.12.70', '1970-12-31'],
    ['31.12.69', '2069-12-31'],
    ['4/4/2024', '2024-04-04'],
    ['4 March 2024', '2024-03-04'],
    ['Mar 4, 2024', '2024-03-04'],
    ['March 4th, 2024', '2024-03-04'],
    ['04-Mar-24', '2024-03-04'],
    ['2024-Mar-04', '2024-03-04'],
    ['Mon, 04 Mar 2024 10:00:00 +0000', '2024-03-04'],
    ['Mon Mar 04 2024 10:00:00 GMT+0700 (Indochina Time)', '2024-03-04'],
    ['24 August 2024 10:00', '2024-08-24'],
    ['4. März 2024', '2024-03-04'],
    ['Montag, 4. Mrz. 2024', '2024-03-04'],
    ['4 марта 2024 г.', '2024-03-04'],
    ['пн, 4 мар. 2024', '2024-03-04'],
    ['4 мая 2024 года', '2024-05-04'],
    ['пн 24.03.2024 г.', '2024-03-24'],
    ['Сентябрь 4, 2024', '2024-09-04'],
    ['1er février 2024', '2024-02-01'],
    ['4 mars 2024 à 14h05', '2024-03-04'],
    ['mar. 5 août 2024', '2024-08-05'],
    ['5 aout 2024', '2024-08-05'],
    ['4 de marzo de 2024', '2024-03-04'],
    ['mar 5 mar 2024', '2024-03-05'],
    ['4 ม.ค. 2567', '2024-01-04'],
    ['4 มี.ค. 67', '2024-03-04'],
    ['๔ มีนาคม พ.ศ. ๒๕๖๗', '2024-03-04'],
    ['วันจันทร์ที่ 4 มีนาคม 2567 เวลา 10:30 น.', '2024-03-04'],
    ['24/03/2567', '2024-03-24'],
    ['2567-03-04', '2024-03-04'],
    ['2024年3月4日', '2024-03-04'],
    ['2024年3月4日 星期一', '2024-03-04'],
    ['2024年3月4日 下午2:30', '2024-03-04'],
    ['24.03.2024 2 PM', '2024-03-24'],
    ['２０２４年３月４日', '2024-03-04'],
    ['\u200E24.03.2024\u00A0', '2024-03-24'],
  ])('“%s” is %s', (text, day) => {
    expect(readDate(text, null)).toBe(day)
  })
})

describe('what is no date', () => {
  it.each([
    '31.02.2024',
    '2023-02-29',
    '31 April 2024',
    '2024-13-01',
    '2024-25-03',
    '24.03.2024 25:00',
    '24.03.2024 10:60',
    '24.03.2024 13:00 PM',
    '2024-03-04T10:00:00+99:00',
    '4 March',
    'March 2024',
    '4 March April 2024',
    '2024',
    '10:30',
    '1/2/3',
    '24-3/2024',
    '2024.3.2024',
    '10:30 4.3. 24',
    `4 March 2024${' '.repeat(80)}at last`,
    '45355',
    'next week',
    'n/a',
    '',
  ])('“%s” is refused', (text) => {
    for (const order of [null, 'dmy', 'mdy', 'ymd'] as const) {
      expect(() => readDate(text, order)).toThrow(Fault)
    }
  })

  it('is told in words', () => {
    expect(() => readDate('31.02.2024', 'dmy')).toThrow('“31.02.2024” is not a date')
    expect(() => readDate('04/25/2024', 'dmy')).toThrow(
      '“04/25/2024” is not a date with the day first',
    )
    expect(() => readDate('03/04/2024', null)).toThrow(
      '“03/04/2024” can be 2024-04-03 or 2024-03-04',
    )
  })

  it('never fails in another way, whatever the text', () => {
    const part = fc.oneof(
      fc.constantFrom(
        '.',
        '/',
        '-',
        ' ',
        ':',
        'T',
        'Z',
        '+07:00',
        'pm',
        'März',
        'ม.ค.',
        '年',
        'г.',
      ),
      fc.nat({ max: 99_999 }).map(String),
      fc.string({ unit: 'binary', maxLength: 3 }),
    )
    const messy = fc.array(part, { maxLength: 9 }).map((parts) => parts.join(''))
    fc.assert(
      fc.property(
        messy,
        fc.constantFrom<DateOrder | null>('dmy', 'ymd', 'serial', null),
        (text, order) => {
          decide(text)
          try {
            expect(readDate(text, order)).toMatch(/^\d{4}-\d{2}-\d{2}$/)
          } catch (error) {
            expect(error).toBeInstanceOf(Fault)
          }
        },
      ),
      { numRuns: 2000 },
    )
  })
})

describe('a time with an offset', () => {
  const seen = (moment: string): string => `at ${moment.replace('T', ' ')}T12:00`

  it('is a moment, whose day is the book’s', () => {
    expect(readDate('2024-03-04T23:30:00Z', null, seen)).toBe('at 2024-03-04 23:30:00Z')
    expect(readDate('3/24/2024 11:30 PM -0500', null, seen)).toBe('at 2024-03-24 23:30:00-05:00')
    expect(readDate('20240304T233000Z', null, seen)).toBe('at 2024-03-04 23:30:00Z')
    expect(readDate('4 March 2024 12:05 am GMT', null, seen)).toBe('at 2024-03-04 00:05:00Z')
    expect(readDate('20240304T233000+0700', null, seen)).toBe('at 2024-03-04 23:30:00+07:00')
    expect(readDate('2024-03-04 23:30+07', null, seen)).toBe('at 2024-03-04 23:30:00+07:00')
  })

  it('may be a leap second, which ends the day that it is written in', () => {
    expect(readDate('2016-12-31T23:59:60Z', null, seen)).toBe('at 2016-12-31 23:59:59Z')
  })

  it('without an offset is the written day', () => {
    expect(readDate('2024-03-04T23:30:00', null, seen)).toBe('2024-03-04')
  })
})

describe('a column of dates', () => {
  it('is undecided until a row settles it', () => {
    expect(decide('03/04/2024', '05/06/2024')).toEqual({
      state: 'undecided',
      orders: ['dmy', 'mdy'],
      example: '03/04/2024',
    })
    expect(decide('03/04/2024', '25/04/2024')).toEqual({ state: 'clear', order: 'dmy' })
    expect(decide('03/04/2024', '04/25/2024')).toEqual({ state: 'clear', order: 'mdy' })
  })

  it('finds where a year of two digits stands', () => {
    expect(decide('02/24/26', '03/04/26')).toEqual({ state: 'clear', order: 'mdy' })
    expect(decide('26/02/24', '03/04/24')).toEqual({ state: 'clear', order: 'dmy' })
    expect(decide('26/02/24', '31/02/24')).toEqual({ state: 'clear', order: 'dmy' })
    expect(() => readDate('31/02/24', null)).toThrow(Fault)
    expect(readDate('31/02/24', 'ymd')).toBe('2031-02-24')
    expect(decide('26/02/24', '98/02/24')).toEqual({ state: 'clear', order: 'ymd' })
  })

  it('sees a year that stands first from numbers that run through the month', () => {
    const texts = Array.from(
      { length: 28 },
      (_, index) => `24/01/${String(index + 1).padStart(2, '0')}`,
    )
    expect(decide(...texts)).toEqual({
      state: 'undecided',
      orders: ['dmy', 'ymd'],
      example: '24/01/01',
    })
  })

  it('is clear where every order reads the same, or none is needed', () => {
    expect(decide('4/4/2024', '12.12.2024').state).toBe('clear')
    expect(decide('2024-03-04', '4 March 2024')).toEqual({ state: 'clear', order: 'ymd' })
  })

  it('takes nothing from blank cells and from texts that are no dates', () => {
    expect(decide('', '-', 'n/a', '0000-00-00', '31.02.2024', 'soon')).toEqual({ state: 'empty' })
    expect(decide('31.02.2024', 'soon', '25.04.2024')).toEqual({ state: 'clear', order: 'dmy' })
  })

  it('keeps the order of nearly all its rows, and none where it is torn', () => {
    const many = Array.from({ length: 12 }, (_, index) => `${index + 13}.04.2024`)
    expect(decide(...many, '04.25.2024')).toEqual({
      state: 'mixed',
      order: 'dmy',
      misfits: 1,
      example: '04.25.2024',
    })
    const american = many.map((text) => text.replace(/^(\d+)\.04/, '04.$1'))
    expect(decide('25.04.2024', ...american)).toEqual({
      state: 'mixed',
      order: 'mdy',
      misfits: 1,
      example: '25.04.2024',
    })
    expect(decide('25/04/2024', '04/25/2024', '03/04/2024')).toMatchObject({
      state: 'mixed',
      order: null,
    })
  })

  it('is a spreadsheet’s count of days only where all of it is', () => {
    expect(decide('45355', '45356.75', '')).toEqual({ state: 'clear', order: 'serial' })
    expect(readDate('45355', 'serial')).toBe('2024-03-04')
    expect(readDate('45356.75', 'serial')).toBe('2024-03-05')
    expect(decide('45355', '12')).toEqual({ state: 'empty' })
    expect(decide('45355', '10115')).toEqual({ state: 'empty' })
    expect(decide('45355', '25.04.2024')).toEqual({ state: 'clear', order: 'dmy' })
  })
})

describe('a blank', () => {
  it.each([
    '',
    ' ',
    '-',
    '—',
    '...',
    'n/a',
    'N/A',
    '#N/A',
    'NULL',
    'k.A.',
    'нет данных',
    'ไม่มี',
    '无',
  ])('is “%s”', (text) => {
    expect(isBlankWord(text)).toBe(true)
  })

  it.each(['0000-00-00', '0000-00-00 00:00:00', '1900-01-00', '01.01.0001 0:00:00', '9999-12-31'])(
    'is “%s”, which programs write for no date',
    (text) => {
      expect(isBlankWord(text)).toBe(true)
    },
  )

  it.each(['0', '1900', '2024-01-01', '1900-01-01', '30.12.2024', '-5', 'no', 'Anna'])(
    'is not “%s”',
    (text) => {
      expect(isBlankWord(text)).toBe(false)
    },
  )
})
