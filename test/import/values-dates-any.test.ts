import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Fault } from '../../src/domain/fault.ts'
import { dateColumn, type DateDecision, readDate } from '../../src/import/values/dates.ts'

function decide(...texts: string[]): DateDecision {
  const column = dateColumn()
  for (const text of texts) column.see(text)
  return column.decide()
}

const anyDay = fc
  .date({ min: new Date('1970-01-01'), max: new Date('2069-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10))

const pad = (number: number): string => String(number).padStart(2, '0')

/** Every way to write the day in an order. */
function writings(day: string, order: 'dmy' | 'mdy'): string[] {
  const [year = '', month = '', date = ''] = day.split('-')
  const parts = order === 'dmy' ? [date, month] : [month, date]
  const short = parts.map((part) => String(Number(part)))
  const moment = new Date(`${day}T00:00:00Z`)
  const inWords = ['en-US', 'en-GB', 'de', 'ru', 'fr', 'es', 'th', 'zh-CN'].flatMap((locale) =>
    (['full', 'long', 'medium'] as const).map((dateStyle) =>
      new Intl.DateTimeFormat(locale, { dateStyle, timeZone: 'UTC' }).format(moment),
    ),
  )
  const plain = ['/', '.', '-'].flatMap((mark) => [
    [...parts, year].join(mark),
    [...short, year].join(mark),
    [...short, year.slice(2)].join(mark),
    [year, month, date].join(mark),
  ])
  // Intl writes some of these in numbers, in an order of its own.
  const named = inWords.filter((text) => /[\p{L}]{2}|年/u.test(text))
  return [...plain, ...named, `${year}${month}${date}`, `${[...parts, year].join('/')} 02:18 PM`]
}

describe('any date', () => {
  it('written in any supported way is read back', () => {
    fc.assert(
      fc.property(anyDay, fc.constantFrom('dmy' as const, 'mdy' as const), (day, order) => {
        for (const text of writings(day, order))
          expect([text, readDate(text, order)]).toEqual([text, day])
      }),
    )
  })

  it('is read back from a column that decides its order, or says that it cannot', () => {
    const order = fc.constantFrom('dmy' as const, 'mdy' as const)
    const days = fc.array(anyDay, { minLength: 1, maxLength: 12 })
    fc.assert(
      fc.property(days, order, fc.boolean(), (list, written, isShort) => {
        const texts = list.map((day) => {
          const [year = '', month, date] = day.split('-')
          const parts = written === 'dmy' ? [date, month] : [month, date]
          return [...parts, isShort ? year.slice(2) : year].join('/')
        })
        const found = decide(...texts)
        if (found.state === 'clear') {
          expect(texts.map((text) => readDate(text, found.order))).toEqual(list)
        } else {
          expect(found).toMatchObject({
            state: 'undecided',
            orders: expect.arrayContaining([written]),
          })
        }
        if (list.some((day) => Number(day.slice(8)) > 12) && !isShort)
          expect(found.state).toBe('clear')
      }),
      { numRuns: 1000 },
    )
  })

  it('that the calendar does not have is never rolled over', () => {
    const number = (max: number): fc.Arbitrary<number> => fc.integer({ min: 0, max })
    fc.assert(
      fc.property(
        number(40),
        number(20),
        fc.integer({ min: 1990, max: 2060 }),
        (date, month, year) => {
          const text = `${pad(date)}.${pad(month)}.${year}`
          const iso = `${year}-${pad(month)}-${pad(date)}`
          const moment = new Date(`${iso}T00:00:00Z`)
          const isReal = !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(iso)
          if (isReal) expect(readDate(text, 'dmy')).toBe(iso)
          else expect(() => readDate(text, 'dmy')).toThrow(Fault)
        },
      ),
      { numRuns: 1000 },
    )
  })
})
