import { describe, expect, it } from 'vitest'
import type { ForecastJson } from '../forecast/books.ts'
import { importsInside } from '../support/imports.ts'

const EARLY = 'Too early for a rate of new deals: no opening day of a deal is known.'

/** A number as some people write it, one way after another. */
const phone = (at: number): string => {
  const own = String(at).padStart(3, '0')
  const ways = [`030 5550${own}`, `+49 30 5550${own}`, `0049305550${own}`, `(030) 5550-${own}`]
  return ways[at % ways.length] ?? ''
}

const name = (at: number): string => `Werft ${String(at).padStart(2, '0')} GmbH`

/** Forty rows: 36 clients, and the first four again in other spellings. */
const CLIENTS = [
  'Company;Phone;E-Mail',
  ...Array.from(
    { length: 36 },
    (_, at) => `${name(at + 1)};${phone(at + 1)};info@w${at + 1}.example`,
  ),
  '  WERFT 01 GMBH ;;INFO@w1.example',
  'werft 02 gmbh;+49305550002;',
  'Werft  03  GmbH;;',
  'Werft 04 GmbH;030 5550004;info@w4.example',
]

/** Twenty deals of 1,000 to 20,000 without any day: 210,000 together. */
const DEALS = [
  'Company;Title;Amount',
  ...Array.from({ length: 20 }, (_, at) => `${name(at + 1)};Winde ${at + 1};${at + 1}000`),
]

describe('the first day with a book', () => {
  it('says what is true, and of the rest that it is too early', async () => {
    const made = await importsInside()
    await made.ok('settings', 'set', 'country', 'DE')
    const clients = await made.bring('clients', CLIENTS)
    expect(clients).toMatchObject({ read: 40, created: 36, rejected: 0 })
    const deals = await made.bring('deals', DEALS, '--create', 'all')
    expect(deals).toMatchObject({ read: 20, created: 20, rejected: 0 })

    const forecast = await made.json<ForecastJson>('forecast')
    // All stand in Qualification, won in the end with the template's 10 %. None of 20 was decided in
    // their 20 days so far: (0 + 1) / (20 + 60), 1 in 80 a day. By 23 February are 92 days:
    // 210,000 × 0.1 × (1 − (79/80)^92) = 14,398.9; by 30 November 7 days: 1,770.3.
    const within = (days: number) => 21_000 * (1 - (79 / 80) ** days)
    expect(within(92)).toBeCloseTo(14_398.9, 0)
    expect(forecast.total.mean).toBeCloseTo(within(92), 1)
    expect(forecast.periods[0]?.mean).toBeCloseTo(within(7), 1)
    expect(forecast.parts).toEqual({ open: forecast.total.mean, new: null })
    expect(forecast.history).toEqual({ closed: 0, won: 0 })
    expect(forecast).toMatchObject({ won_so_far: 0, backtest: null, method: 'template' })
    expect(forecast.notes).toContain(EARLY)
    expect(forecast.notes).toContain('Not counted as new deals: 20 deals without an opening day.')

    // 20 × 0.1 × (1 − (79/80)^38) = 0.76 wins come by 31 December; (5 − 0.76) / 0.1 = 42.4 leads.
    const plan = await made.json<{ notes: string[] }>('plan', '--wins', '5')
    expect(plan).toMatchObject({ method: 'template', win_rate: null, leads: { expected: 43 } })
    expect(plan).toMatchObject({ open_brings: { expected: 0.76, sure: 0 } })
    expect(plan.notes.join(' ')).toContain('an assumption: no deal was closed yet; 10 closed deals')
    expect(plan.notes).toContain('How long a deal takes is an assumption.')

    const page = await made.json<{ notes: string[]; expected: { mean: number }[] }>(
      'snapshot',
      '--period',
      'this-week',
    )
    expect(page).toMatchObject({ totals: { won: 0, lost: 0, open: 20, open_amount: 210_000 } })
    expect(page).toMatchObject({ totals: { opened: 0, win_rate: null, stuck: 0, overdue: 0 } })
    expect(page.expected.map(({ mean }) => mean)).toEqual([
      0,
      forecast.periods[0]?.mean,
      forecast.periods[0]?.mean,
    ])
    expect(page.notes).toContain(`Expected money: ${EARLY}`)

    const { overdue = [] } = await made.json<{ overdue?: unknown[] }>('today')
    expect(overdue).toEqual([])
  })
})
