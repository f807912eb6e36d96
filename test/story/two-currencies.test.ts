import { rmSync } from 'node:fs'
import { afterAll, describe, expect, it } from 'vitest'
import { newFolder } from '../support/funnel.ts'
import { runInside } from '../support/inside.ts'

// November 2026 of a boatyard in Brest that keeps its book in EUR, and sells to New York and London.
//
// USD for one EUR: 1.10 on 2 and 9 Nov, 1.20 on 16 Nov, 1.25 on 23 Nov. GBP: 0.80 on 9 Nov, 0.875 on 19 Nov,
// which is entered only on 27 Nov. A hoist costs 220 USD (110 to buy), which is 200 EUR (100) at 1.10.
//
//  deal   opened  amount       course                                        in EUR
//  Winch  2 Nov   11,000 USD   won 16 Nov, cost 2,000 EUR = 2,400 USD        11,000 / 1.20 = 9,166.67
//  Rope   3 Nov   2 hoists     won 23 Nov                                    2 × 200 = 400, cost 200
//  Mast   9 Nov   8,000 GBP    lost 20 Nov, when no rate is new enough       8,000 / 0.875 = 9,142.86, once there is one
//  Deck   10 Nov  6,000 USD    open                                          6,000 / 1.25 = 4,800 on 27 Nov
//
// Open on 12 Nov, at 1.10 and 0.80: 10,000 + 400 + 10,000 + 5,454.55 = 25,854.55.
// Won in November: 9,166.67 + 400 = 9,566.67; profit 7,166.67 + 200 = 7,366.67.
// The dollars of the winch were in fact exchanged at 1.10, which is 10,000 and a cost of 2,181.82: won 10,400.

const FOLDER = newFolder()
afterAll(() => rmSync(FOLDER, { recursive: true, force: true }))

type Row = Record<string, string | number | null>

function on(day: string) {
  const run = (...args: string[]) =>
    runInside(FOLDER, args, { env: { FUNNEL_TODAY: `2026-11-${day}` } })
  const ok = async (...args: string[]): Promise<string> => {
    const { code, out, err } = await run(...args)
    expect({ args, code, err: code === 0 ? '' : err }).toEqual({ args, code: 0, err: '' })
    return out
  }
  const totals = async (...args: string[]): Promise<Row> =>
    (JSON.parse(await ok('report', ...args, '--json')) as { totals: Row }).totals
  return { run, ok, totals }
}

describe('a month in two currencies', { timeout: 300_000 }, () => {
  it('begins with rates, and offers in the currency of each client', async () => {
    const { ok } = on('02')
    await ok('init', '--currency', 'EUR', '--timezone', 'Europe/Paris', '--no-input')
    await ok('client', 'add', 'Hudson')
    await ok('client', 'add', 'Thames')
    await ok('rate', 'add', 'USD', '1.10')
    await ok('product', 'add', 'Hoist', '--price', '220 USD', '--cost', '110')
    await ok('deal', 'add', 'Hudson', 'Winch', '--process', 'plain', '--amount', '11000 USD')
    const third = on('03')
    await third.ok('deal', 'add', 'Thames', 'Rope', '--process', 'plain')
    expect(await third.ok('deal', 'line', 'add', 'Rope', 'Hoist', '--quantity', '2')).toContain(
      'amount 400.00 EUR; price 200 EUR for 220 USD, cost 100 EUR for 110 USD (1 EUR = 1.10 USD on 2026-11-02)',
    )
    const ninth = on('09')
    await ninth.ok('rate', 'add', 'USD', '1.10')
    await ninth.ok('rate', 'add', 'GBP', '0.80')
    await ninth.ok('deal', 'add', 'Thames', 'Mast', '--process', 'plain', '--amount', '8000 GBP')
    await on('10').ok('deal', 'add', 'Hudson', 'Deck', '--process', 'plain', '--amount', '6000 USD')
    expect(await on('12').totals('open')).toMatchObject({ deals: 4, amount: 25_854.55 })
  })

  it('closes deals at the rate of the day', async () => {
    const sixteenth = on('16')
    await sixteenth.ok('rate', 'add', 'USD', '1.20')
    expect(await sixteenth.ok('win', 'Winch', '--cost', '2000 EUR')).toContain(
      'cost 2,400.00 USD for 2,000.00 EUR (1 EUR = 1.20 USD on 2026-11-16)',
    )
    const { code, err } = await on('18').run('report', 'open')
    expect({ code, err }).toEqual({
      code: 1,
      err: expect.stringContaining('funnel rate add GBP RATE --on 2026-11-18') as string,
    })
    const lost = await on('20').run('lose', 'Mast')
    expect(lost).toMatchObject({ code: 0 })
    expect(lost.err).toContain('there is no exchange rate for GBP on 2026-11-20')
    const last = on('23')
    await last.ok('rate', 'add', 'USD', '1.25')
    await last.ok('win', 'Rope')
  })

  it('ends with figures that are those worked out by hand', async () => {
    const { ok, run, totals } = on('27')
    const closed = ['closed', '--period', '2026-11']
    expect(await totals('open')).toMatchObject({ deals: 1, amount: 4800 })
    expect(await totals('open', '--as-of', '2026-11-12')).toMatchObject({ amount: 25_854.55 })
    expect(await totals(...closed)).toMatchObject({ won: 2, amount_won: 9566.67, amount_lost: 0 })
    expect(await totals('products')).toMatchObject({ won: 1, amount_won: 400, profit_won: 200 })
    expect(await totals('owners', '--period', '2026-11')).toMatchObject({ profit: 7366.67 })
    expect((await run('report', ...closed)).out).toContain('Not summed: 1 deal closed')
    await ok('rate', 'add', 'GBP', '0.875', '--on', '2026-11-19')
    await ok('rate', 'apply')
    expect(await totals(...closed)).toMatchObject({ amount_won: 9566.67, amount_lost: 9142.86 })
    await ok('deal', 'edit', 'Winch', '--rate', '1.10')
    expect(await totals(...closed)).toMatchObject({ amount_won: 10_400 })
    expect(await totals(...closed, '--as-of', '2026-11-26')).toMatchObject({ amount_won: 9566.67 })
    await ok('doctor')
  })
})
