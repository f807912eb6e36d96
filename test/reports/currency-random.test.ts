import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { desk } from '../support/funnel.ts'

const CURRENCIES = { EUR: 2, USD: 2, JPY: 0, KWD: 3 } as const
type Code = keyof typeof CURRENCIES

/** Digits of a rate, in millionths: above zero, and not so small that amounts leave the range. */
const rates = fc.integer({ min: 1000, max: 500_000_000 })

const decimal = (value: number, digits: number): string => {
  const text = String(value).padStart(digits + 1, '0')
  return digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`
}

/** Minor units of the book, by plain arithmetic: halves up. */
function inBook(minor: number, millionths: number, from: number, to: number): number {
  const of = BigInt(minor) * 1_000_000n * 10n ** BigInt(to)
  const by = BigInt(millionths) * 10n ** BigInt(from)
  return Number((2n * of + by) / (2n * by))
}

const lives = fc.record({
  currency: fc.constantFrom<Code>('USD', 'JPY', 'KWD', 'EUR'),
  amount: fc.integer({ min: 1, max: 50_000_000 }),
  outcome: fc.constantFrom('win', 'lose', 'open'),
  day: fc.integer({ min: 1, max: 9 }),
})

const books = fc.record({
  book: fc.constantFrom<Code>('EUR', 'JPY', 'KWD'),
  deals: fc.array(lives, { minLength: 1, maxLength: 6 }),
  first: fc.record({ USD: rates, JPY: rates, KWD: rates, EUR: rates }),
  later: fc.record({ USD: rates, JPY: rates, KWD: rates, EUR: rates }),
})

describe('any book with deals in several currencies', () => {
  it('sums what each comes to, exactly, and closed ones never move', () => {
    fc.assert(
      fc.property(books, ({ book, deals, first, later }) => {
        const made = desk()
        made.ok('settings', 'set', 'currency', book)
        made.ok('client', 'add', 'Harbour')
        const foreign = (Object.keys(CURRENCIES) as Code[]).filter((code) => code !== book)
        const rate = (rates_: typeof first, on: string): void => {
          for (const code of foreign) {
            made.ok('rate', 'add', code, decimal(rates_[code], 6), '--on', on)
          }
        }
        rate(first, '2026-11-01')
        const sums = { open: 0, won: 0, lost: 0 }
        const digits = CURRENCIES[book]
        deals.forEach(({ currency, amount, outcome, day }, index) => {
          const money = `${decimal(amount, CURRENCIES[currency])} ${currency}`
          const title = `Deal ${index}`
          const more = ['--process', 'plain', '--on', '2026-11-01']
          // With four decimals after the point nobody can take it for thousands.
          made.ok(
            'deal',
            'add',
            'harbour',
            title,
            '--amount',
            money.replace(/^(\S+)\.(\d{3}) /, '$1.$20 '),
            ...more,
          )
          const millionths = (outcome === 'open' ? later : first)[currency]
          const value =
            currency === book ? amount : inBook(amount, millionths, CURRENCIES[currency], digits)
          if (outcome === 'open') sums.open += value
          else {
            made.ok(outcome, title, '--on', `2026-11-0${Math.min(day, 7)}`)
            sums[outcome === 'win' ? 'won' : 'lost'] += value
          }
        })
        const unit = 10 ** digits
        const closed = made.json<{ totals: Record<string, number> }>('report', 'closed').totals
        expect(Math.round((closed.amount_won ?? 0) * unit)).toBe(sums.won)
        expect(Math.round((closed.amount_lost ?? 0) * unit)).toBe(sums.lost)
        rate(later, '2026-11-20')
        rate(later, '2026-11-01')
        made.ok('rate', 'apply')
        expect(made.json('report', 'closed')).toMatchObject({ totals: closed })
        const { totals } = made.json<{ totals: { amount: number } }>('report', 'open')
        expect(Math.round(totals.amount * unit)).toBe(sums.open)
        expect(made.run('doctor')).toMatchObject({ code: 0 })
      }),
      { numRuns: 15 },
    )
  })
})
