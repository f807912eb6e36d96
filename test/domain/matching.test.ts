import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Day } from '../../src/domain/day.ts'
import type { Portion } from '../../src/domain/lines/scaled.ts'
import { accountKey } from '../../src/domain/matching/atoms.ts'
import { type Claim, fitOf, type Tolerance } from '../../src/domain/matching/fit.ts'
import { numberIndex } from '../../src/domain/matching/number-index.ts'
import { oneSubset } from '../../src/domain/matching/one-subset.ts'
import { referenceIndex } from '../../src/domain/matching/reference-index.ts'
import type { Money } from '../../src/domain/money.ts'

const SERIES = ['2026-0042', '2026-0051', '2026-1128'].map((number) => ({
  number,
  series: '2026-{nnnn}',
}))
const others = (...numbers: string[]) => numbers.map((number) => ({ number, series: null }))

/** What a text names: `2026-0042`, `2026-0042?` if it is weak, `a/b` if it can be either. */
function named(text: string, all: { number: string; series: string | null }[] = SERIES): string {
  return numberIndex(all)
    .namedIn(text)
    .map(
      ({ all: some, isWeak }) => some.map(({ number }) => number).join('/') + (isWeak ? '?' : ''),
    )
    .join(' ')
}

describe('the number of an invoice in a text', () => {
  it.each([
    ['RG 2026-0042', '2026-0042'],
    ['rg2026-0042 danke', '2026-0042'],
    ['Rechnung Nr. 2026/0042 vom 01.10.', '2026-0042'],
    ['inv.20260042', '2026-0042'],
    ['RE-2026-0042', '2026-0042'],
    ['RG 2026-0042, 2026-0051', '2026-0042 2026-0051'],
    ['RG 2026-0042/2026-0051', '2026-0042 2026-0051'],
    ['RG 2026 0042 2026 0051', '2026-0042 2026-0051'],
    ['2026-0042 2026-0042', '2026-0042'],
    ['счёт 2026-0042 от 01.10', '2026-0042'],
    ['２０２６－００４２', '2026-0042'],
  ])('is found in %j', (text, found) => {
    expect(named(text)).toBe(found)
  })

  it.each([
    ['RG 2026-0042 + 0051', '2026-0042 2026-0051'],
    ['RG 2026-0042/0051', '2026-0042 2026-0051'],
    ['2026-0042 und 0051', '2026-0042 2026-0051'],
    // Digits that follow without a sign may be anything.
    ['2026-0042 0051', '2026-0042 2026-0051?'],
    // Not as many digits as the numbers of the series have, or of no open invoice.
    ['2026-0042 + 51', '2026-0042'],
    ['2026-0042 + 0052', '2026-0042'],
    // An amount, and not a number.
    ['2026-0042 + 0051.50 EUR', '2026-0042'],
  ])('may be followed by short ones: %j', (text, found) => {
    expect(named(text)).toBe(found)
  })

  it.each([
    '12026-0042',
    '2026-00421',
    '12-2026-0042',
    '2026-0042-3',
    '2026-0042.17',
    '030 2026 0042 17',
    '2026-0042A',
    'DE89202600420532013000',
    // A day, and not the number 2026-1128.
    'am 2026-11-28',
    '28.11.2026',
    '2026',
    '',
  ])('is not found in %j', (text) => {
    expect(named(text)).toBe('')
  })

  it('is weak if it may stand there by chance', () => {
    expect(named('42 Stück', others('42'))).toBe('42?')
    expect(named('Miete 11/2026', others('11-2026'))).toBe('11-2026?')
    expect(named('EUR 10000', others('10000'))).toBe('10000?')
    expect(named('R-10000', others('R-10000'))).toBe('R-10000')
    // Broken by the bank, or the number of something else.
    expect(named('RG 2026-00 42')).toBe('2026-0042?')
    expect(named('AN-2026-0042')).toBe('2026-0042?')
  })

  it('can be that of two invoices whose numbers differ by separators', () => {
    expect(named('RG 2026-0042', others('2026-0042', '20260-042', '2026.0042'))).toBe(
      '2026-0042/2026.0042',
    )
  })

  it('is no word', () => {
    expect(named('Miete', others('Miete'))).toBe('')
  })
})

describe('a payment reference', () => {
  const invoices = [
    { number: 'INV-2026-0042', reference: 'RF73INV20260042' },
    { number: '2026-0042', reference: 'RF222026042' },
  ]
  const inText = (text: string): string[] =>
    referenceIndex(invoices, ({ reference }) => reference)
      .in(text)
      .map(({ number }) => number)

  it('is found with blanks and without', () => {
    expect(inText('RF73INV20260042')).toEqual(['INV-2026-0042'])
    expect(inText('SCOR RF73 INV2 0260 042 thanks')).toEqual(['INV-2026-0042'])
    expect(inText('XRF73INV20260042 RF74INV20260042')).toEqual([])
  })

  it('may be that of a Swiss QR bill, which carries the digits of the number', () => {
    const swiss = [{ number: '2026-0042' }, { number: '2026-0043' }]
    const find = (text: string): string[] =>
      referenceIndex(swiss, () => '')
        .in(text)
        .map(({ number }) => number)
    expect(find('000000000000000000202600427')).toEqual(['2026-0042'])
    expect(find('00 00000 00000 00000 02026 00427')).toEqual(['2026-0042'])
    // A wrong check digit.
    expect(find('000000000000000000202600428')).toEqual([])
    // Both numbers have these digits.
    expect(inText('000000000000000000202600427')).toEqual([])
  })
})

it('an account is the same in groups and with leading zeros', () => {
  expect(accountKey('de89 3704 0044')).toBe(accountKey('DE8937040044'))
  expect(accountKey('00532013000')).toBe('532013000')
})

describe('the only way to make a sum', () => {
  it('is found if there is one', () => {
    expect(oneSubset([100, 119, 19], 138)).toEqual([1, 2])
    expect(oneSubset([100, 119, 19], 119)).toBeNull()
    expect(oneSubset([100, 119, 19], 120)).toEqual([])
    expect(oneSubset([], 5)).toEqual([])
  })

  it('is what loops over all ways find', () => {
    const amounts = fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 7 })
    fc.assert(
      fc.property(amounts, fc.integer({ min: 1, max: 60 }), (all, sum) => {
        const ways: number[][] = []
        const walk = (at: number, left: number, taken: number[]): void => {
          if (at === all.length) {
            if (left === 0) ways.push(taken)
            return
          }
          walk(at + 1, left, taken)
          walk(at + 1, left - (all[at] ?? 0), [...taken, at])
        }
        walk(0, sum, [])
        expect(oneSubset(all, sum)).toEqual(ways.length > 1 ? null : (ways[0] ?? []))
      }),
    )
  })
})

const claim = (id: number, open: number, discount: number | null = null): Claim => ({
  id,
  number: `2026-${id}`,
  series: null,
  clientId: 1,
  currency: 'EUR',
  gross: open as Money,
  open: open as Money,
  issuedOn: '2026-11-01' as Day,
  discount: discount === null ? null : { portion: discount as Portion, until: '2026-11-08' as Day },
})

/** `exact 1:1190.00`, with what settles the rest. */
function fitText(claims: Claim[], amount: number, on: string, tolerance: Tolerance | null): string {
  const { how, parts, rest } = fitOf(claims, amount as Money, { on: on as Day, tolerance })
  const each = parts.map(
    ({ claim: { id }, amount: part, short }) =>
      `${id}:${part}${short ? `+${short.amount} ${short.kind}` : ''}`,
  )
  return [how, ...each, ...(rest > 0 ? [`rest ${rest}`] : [])].join(' ')
}

describe('how an amount fits invoices', () => {
  const five = { amount: 500 as Money, currency: 'EUR' }
  const two = { portion: 20_000 as Portion }

  it.each([
    [[claim(1, 119_000)], 119_000, null, 'exact 1:119000'],
    [[claim(1, 119_000)], 50_000, null, 'part 1:50000'],
    [[claim(1, 119_000)], 120_000, null, 'over 1:119000 rest 1000'],
    [[claim(1, 928_000), claim(2, 119_000)], 1_047_000, null, 'exact 1:928000 2:119000'],
    [[claim(1, 928_000), claim(2, 119_000)], 1_000_000, null, 'part 1:928000 2:72000'],
    // 2% of 1,190.00 is 23.80.
    [[claim(1, 119_000, 20_000)], 116_620, null, 'short 1:116620+2380 discount'],
    // Rounded the other way by the payer.
    [[claim(1, 119_000, 20_000)], 116_621, null, 'short 1:116621+2379 discount'],
    [[claim(1, 119_000, 20_000)], 116_622, null, 'part 1:116622'],
    [
      [claim(1, 119_000, 20_000), claim(2, 50_000)],
      166_620,
      null,
      'short 1:116620+2380 discount 2:50000',
    ],
    [[claim(1, 119_000)], 118_500, five, 'short 1:118500+500 fee'],
    [[claim(1, 119_000)], 118_499, five, 'part 1:118499'],
    [[claim(1, 119_000)], 118_500, { ...five, currency: 'USD' }, 'part 1:118500'],
    [[claim(1, 119_000)], 116_620, two, 'short 1:116620+2380 fee'],
    [[claim(1, 300), claim(2, 200)], 1, five, 'short 1:1+299 fee 2:0+200 fee'],
  ] as const)('%#: %j', (claims, amount, tolerance, fit) => {
    expect(fitText([...claims], amount, '2026-11-08', tolerance)).toBe(fit)
  })

  it('knows a discount that was taken too late only within the tolerance', () => {
    const claims = [claim(1, 119_000, 20_000)]
    expect(fitText(claims, 116_620, '2026-11-09', null)).toBe('part 1:116620')
    expect(fitText(claims, 116_620, '2026-11-09', two)).toBe('short 1:116620+2380 discount')
  })

  it('takes another difference for a fee, also where there was a discount', () => {
    const claims = [claim(1, 119_000, 20_000)]
    expect(fitText(claims, 118_500, '2026-11-08', five)).toBe('short 1:118500+500 fee')
  })

  it('never gives more than there is, nor more than is open', () => {
    const some = fc.array(
      fc.tuple(fc.integer({ min: 1, max: 2000 }), fc.constantFrom(null, 20_000, 50_000)),
      { minLength: 1, maxLength: 4 },
    )
    const allowed = fc.constantFrom(null, five, two)
    fc.assert(
      fc.property(some, fc.integer({ min: 1, max: 6000 }), allowed, (all, amount, tolerance) => {
        const claims = all.map(([open, discount], at) => claim(at, open, discount))
        const on = '2026-11-08' as Day
        const { how, parts, rest } = fitOf(claims, amount as Money, { on, tolerance })
        expect(parts.reduce((sum, part) => sum + part.amount, 0) + rest).toBe(amount)
        for (const part of parts) {
          const given = part.amount + (part.short?.amount ?? 0)
          expect(given).toBeLessThanOrEqual(part.claim.open)
          expect(Math.min(part.amount, part.short?.amount ?? 0)).toBeGreaterThanOrEqual(0)
          if (how !== 'part') expect(given).toBe(part.claim.open)
        }
      }),
    )
  })
})
