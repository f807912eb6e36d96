import { describe, expect, it } from 'vitest'
import { openBook } from '../../src/book/open.ts'
import { rateFinder } from '../../src/book/rates.ts'
import type { Day } from '../../src/domain/day.ts'
import { contents } from '../support/contents.ts'
import { desk, type Desk } from '../support/funnel.ts'

function rateOn({ file }: Desk, book: string, currency: string, on: string): string | null {
  const opened = openBook(file('funnel.db'))
  const found = rateFinder(opened.store, book)(currency, on as Day)
  opened.close()
  return found && `${found.rate} of ${found.day}`
}

describe('rates', () => {
  it('are added, replaced, listed and dropped, and undone', () => {
    const made = desk()
    const { ok, json } = made
    const before = contents(made)
    expect(ok('rate', 'add', 'usd', '1,10', '--on', '2026-11-20')).toContain(
      '2026-11-20: 1.10 USD for one EUR',
    )
    ok('rate', 'add', 'JPY', '162.5', '--on', '2026-11-18')
    ok('rate', 'add', 'JPY', '163', '--on', '2026-11-19')
    expect(ok('rate', 'add', 'USD', '1.12', '--on', '2026-11-20')).toContain('(instead of 1.10)')
    const rates = json<{ rates: unknown[] }>('rate', 'list').rates
    expect(rates).toEqual([
      { day: '2026-11-20', currency: 'USD', rate: '1.12', per: 'EUR', source: null },
      { day: '2026-11-19', currency: 'JPY', rate: '163', per: 'EUR', source: null },
    ])
    expect(ok('rate', 'drop', 'JPY', '--period', '2026-11')).toContain('dropped 2 rates of JPY')
    for (let at = 0; at < 5; at += 1) ok('undo')
    expect(contents(made)).toEqual(before)
  })

  it('can be given the other way, as what one unit of the currency costs', () => {
    const { ok, json } = desk()
    expect(ok('rate', 'add', 'USD', '0.8', '--inverse', '--on', '2026-11-20')).toContain(
      '2026-11-20: 1.25 USD for one EUR, 0.8 EUR for one USD',
    )
    expect(ok('rate', 'add', 'JPY', '162.5', '--on', '2026-11-20')).toContain(
      '162.5 JPY for one EUR, 0.00615385 EUR for one JPY',
    )
    expect(json('rate', 'list', 'USD')).toMatchObject({ rates: [{ rate: '1.25', per: 'EUR' }] })
  })

  it('are warned of where they look like a slip', () => {
    const made = desk()
    made.ok('rate', 'add', 'JPY', '162.5', '--on', '2026-11-18')
    expect(made.run('rate', 'add', 'JPY', '0.00615', '--on', '2026-11-19')).toMatchObject({
      code: 0,
      err:
        'the rate of 2026-11-18 is 162.5 JPY for one EUR, so this looks like its inverse; ' +
        'to correct 0.00615: funnel rate add JPY 0.00615 --inverse --on 2026-11-19\n',
    })
    expect(made.run('rate', 'add', 'JPY', '120', '--on', '2026-11-17').err).toContain(
      'the rate of 2026-11-18 is 162.5 JPY for one EUR, more than 20% away',
    )
  })

  it('refuse zero, the book’s own currency, and days that there is no rate of', () => {
    const made = desk()
    for (const [args, code, why] of [
      [['add', 'USD', '0'], 2, 'not a rate above zero'],
      [['add', 'USD', '-1.1'], 2, 'not a rate above zero'],
      [['add', 'EUR', '1'], 2, 'EUR is the currency of the book'],
      [['add', 'XYZ', '1'], 2, 'is not a currency'],
      [['add', 'USD', '1.1', '--on', '2026-11-30'], 2, 'is still to come'],
      [['drop', 'USD'], 2, 'say of which day or of which period'],
      [['drop', 'USD', '--on', '2026-11-20'], 3, 'there is no exchange rate for USD then'],
    ] as const) {
      const { code: got, err } = made.run('rate', ...args)
      expect({ args, code: got }).toEqual({ args, code })
      expect(err).toContain(why)
    }
  })

  it('count for seven days', () => {
    const made = desk()
    made.ok('rate', 'add', 'USD', '1.10', '--on', '2026-11-13')
    made.ok('rate', 'add', 'USD', '1.20', '--on', '2026-11-02')
    expect(rateOn(made, 'EUR', 'USD', '2026-11-13')).toBe('1.10 of 2026-11-13')
    expect(rateOn(made, 'EUR', 'USD', '2026-11-20')).toBe('1.10 of 2026-11-13')
    expect(rateOn(made, 'EUR', 'USD', '2026-11-21')).toBe(null)
    expect(rateOn(made, 'EUR', 'USD', '2026-11-12')).toBe(null)
    expect(rateOn(made, 'EUR', 'USD', '2026-11-09')).toBe('1.20 of 2026-11-02')
    expect(rateOn(made, 'EUR', 'JPY', '2026-11-13')).toBe(null)
  })

  it('follow from those of another currency, both of one day', () => {
    const made = desk()
    made.ok('rate', 'add', 'USD', '1.10', '--on', '2026-11-12')
    made.ok('rate', 'add', 'THB', '38.5', '--on', '2026-11-12')
    made.ok('rate', 'add', 'USD', '1.15', '--on', '2026-11-13')
    // On the 13th there is no rate of THB, so that of the 12th counts for both.
    expect(rateOn(made, 'THB', 'USD', '2026-11-13')).toBe('0.0285714285714 of 2026-11-12')
    expect(rateOn(made, 'USD', 'EUR', '2026-11-13')).toBe('0.869565217391 of 2026-11-13')
  })
})
