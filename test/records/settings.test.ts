import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseLocale } from '../../src/domain/settings.ts'
import { localDays } from '../../src/domain/locale.ts'
import { formatMoney } from '../../src/domain/money.ts'
import { desk } from '../support/funnel.ts'

describe('funnel settings', () => {
  it('are changed, read back as they are typed, and taken back', () => {
    const { ok, json, run } = desk()
    ok('settings', 'set', 'target-amount', '25,000.50')
    ok('settings', 'set', 'margin', '12.5')
    ok('settings', 'set', 'first-weekday', 'sun')
    ok('settings', 'set', 'standard:A', '14')
    expect(ok('settings', 'get', 'target-amount')).toBe('25000.50\n')
    expect(json('settings', 'get', 'target-amount')).toEqual({
      setting: 'target-amount',
      value: 25000.5,
    })
    expect(ok('settings', 'get', 'margin')).toBe('12.5%\n')
    expect(ok('settings', 'get', 'standard:a')).toBe('14\n')
    expect(ok('standard', 'list')).toContain('14')
    expect(ok('settings', 'get', 'first-weekday')).toBe('sunday\n')
    ok('undo')
    ok('undo')
    expect(ok('settings', 'get', 'first-weekday')).toBe('monday\n')
    ok('settings', 'set', 'margin', 'none')
    expect(ok('settings', 'get', 'margin')).toBe('')
    expect(run('settings', 'get', 'colour')).toMatchObject({ code: 3 })
    expect(run('settings', 'set', 'timezone', 'none')).toMatchObject({ code: 2 })
  })

  it('write an amount as a bare number for scripts, whatever the locale', () => {
    const { ok } = desk()
    ok('settings', 'set', 'locale', 'de')
    ok('settings', 'set', 'target-profit', '25000')
    const bare = ok('settings', 'get', 'target-profit')
    expect(bare).toBe('25000\n')
    ok('settings', 'set', 'target-amount', bare.trim())
    expect(ok('settings', 'list')).toContain('25.000')
  })

  it('let weeks begin on the days on which they do', () => {
    const { run, ok } = desk()
    for (const day of ['monday', 'sat', 'Sunday']) ok('settings', 'set', 'first-weekday', day)
    const tuesday = run('settings', 'set', 'first-weekday', 'tuesday')
    expect(tuesday).toMatchObject({ code: 2 })
    expect(tuesday.err).toContain('write monday, sunday or saturday')
    const init = ['init', '--currency', 'EUR', '--first-weekday', 'friday']
    expect(run(...init, '--book', 'x.db')).toMatchObject({ code: 2 })
    expect(run('schedule', '--on', 'blursday').err).toContain('thursday, friday')
    expect(run('schedule', '--on', 'friday')).toMatchObject({ code: 0 })
  })

  it('keep the currency once there is money, or money that an undo brings back', () => {
    const { ok, run } = desk()
    ok('settings', 'set', 'currency', 'JPY')
    ok('client', 'add', 'Pier Nine')
    ok('deal', 'add', 'pier', 'Winch', '--amount', '900')
    expect(run('settings', 'set', 'currency', 'EUR').err).toContain('amounts in JPY')
    expect(run('undo', '1').err).toContain('amounts in JPY were entered since')
    ok('undo', '3')
    expect(run('settings', 'set', 'currency', 'EUR').err).toContain('amounts in JPY')
    expect(ok('settings', 'get', 'currency')).toBe('JPY\n')
  })

  it('keep the currency where deals or products are in another one, and change it where there are only rates', () => {
    const { ok, json, run } = desk()
    ok('rate', 'add', 'USD', '1.10')
    expect(ok('settings', 'set', 'currency', 'USD')).toContain(
      '; 1 exchange rate stays as it is, for one EUR',
    )
    ok('client', 'add', 'Pier Nine')
    // 110 EUR are 121 USD, by the rate for one EUR.
    ok('deal', 'add', 'pier', 'Winch', '--amount', '110 EUR')
    expect(json('report', 'open')).toMatchObject({ totals: { amount: 121 } })
    expect(run('settings', 'set', 'currency', 'EUR')).toMatchObject({
      code: 1,
      err: expect.stringContaining('deals or products in EUR, which count in USD') as string,
    })
    for (const product of [
      ['--price', '9'],
      ['--currency', 'THB'],
    ]) {
      const other = desk()
      other.ok('product', 'add', 'Rope', ...product)
      expect(other.run('settings', 'set', 'currency', 'USD')).toMatchObject({ code: 1 })
    }
  })

  it('write numbers and days for people as the locale does, and nothing else', () => {
    const { ok, json } = desk()
    ok('client', 'add', 'Pier Nine')
    ok('deal', 'add', 'pier', 'Winch', '--amount', '1234567.5', '--expected-close', '2026-12-01')
    ok('settings', 'set', 'locale', 'de')
    const screen = ok('report', 'open')
    expect(screen).toContain('Open funnel, as of 23.11.2026')
    expect(screen).toContain('1.234.567,50')
    expect(ok('deal', 'list', '--csv')).toContain('1234567.50')
    expect(json('report', 'open')).toMatchObject({ as_of: '2026-11-23' })
    expect(ok('deal', 'list')).toContain('01.12.2026')
  })

  it('settle what a typed amount means that could be two', () => {
    const { ok, json, run } = desk()
    ok('client', 'add', 'Pier Nine')
    const add = (title: string, amount: string, ...more: string[]): number => {
      const made = json<{ deal: number }>('deal', 'add', 'pier', title, '--amount', amount, ...more)
      return json<{ amount: number }>('deal', 'show', String(made.deal)).amount
    }
    expect(add('Winch', '€ 12.500,00', '--cost', '8 000,50')).toBe(12_500)
    expect(json('deal', 'show', '1')).toMatchObject({ cost: 8000.5 })
    const refused = run('deal', 'edit', '1', '--cost', '1.234')
    expect(refused).toMatchObject({ code: 2, out: '' })
    expect(refused.err).toContain('“1.234” can be 1.234 or 1234\n  write 1234; ')
    expect(ok('deal', 'edit', '1', '--cost', '8 100,50')).toBe(
      'changed deal 1 (Winch): cost 8,100.50 EUR\n',
    )
    ok('settings', 'set', 'locale', 'de')
    expect(add('Crane', '1.234')).toBe(1234)
    expect(add('Rope', '99.5')).toBe(99.5)
    expect(run('deal', 'edit', '1', '--cost', '1,234').err).toContain('for thousands write 1234')
    ok('settings', 'set', 'target-amount', '25.000')
    expect(ok('settings', 'get', 'target-amount')).toBe('25000\n')
    expect(run('check', 'pipeline>=1.000').err).not.toContain('can be')
  })
})

describe('a locale', () => {
  it('is what this system says of it', () => {
    expect(parseLocale('de')).toEqual({ tag: 'de', group: '.', decimal: ',', day: 'dd.mm.yyyy' })
    expect(parseLocale('en-US').day).toBe('mm/dd/yyyy')
    expect(parseLocale('th')).toMatchObject({ group: ',', day: 'dd/mm/yyyy' })
    expect(() => parseLocale('xx-nonsense-!')).toThrow('is not a locale')
  })

  it('leaves the digits of an amount alone', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -1e12, max: 1e12 }),
        fc.constantFrom('de', 'en', 'ru'),
        (n, tag) => {
          const { group, decimal } = parseLocale(tag)
          const text = formatMoney(n, { code: 'EUR', digits: 2, marks: { group, decimal } }, true)
          const plain = text.replaceAll(group, '').replace(decimal, '.')
          expect(Number(plain)).toBe(n / 100)
        },
      ),
    )
  })

  it('leaves commands, periods that could be typed and what is no day alone', () => {
    const de = parseLocale('de')
    expect(localDays('2026-07-01 … 2026-09-30 (92 days)', de)).toBe(
      '01.07.2026 … 30.09.2026 (92 days)',
    )
    for (const text of [
      'use: funnel today --as-of 2026-07-01',
      '2026-07-01..2026-09-30',
      'A2026-07-01',
      'order 2026-13-45',
    ]) {
      expect(localDays(text, de)).toBe(text)
    }
  })
})
