import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Fault } from '../../src/domain/fault.ts'
import { decimalToMinor } from '../../src/domain/money.ts'
import {
  type DecimalMark,
  numberColumn,
  type NumberDecision,
  readNumber,
} from '../../src/import/values/numbers.ts'

function decide(...texts: string[]): NumberDecision {
  const column = numberColumn()
  for (const text of texts) column.see(text)
  return column.decide()
}

describe('a number that can be read one way', () => {
  it.each([
    ['0', '0'],
    ['-0', '0'],
    ['007', '7'],
    ['1 234,56', '1234.56'],
    ['1\u00A0234,56', '1234.56'],
    ['1\u202F234\u202F567', '1234567'],
    ['1\u2009234.50', '1234.5'],
    ['1.234.567,89', '1234567.89'],
    ['1,234.56', '1234.56'],
    ["1'234.56", '1234.56'],
    ['1’234’567', '1234567'],
    ['12,34,567.89', '1234567.89'],
    ['₹1,00,000', '100000'],
    ['€ 3.500,00', '3500'],
    ['3 500 €', '3500'],
    ['USD 1,000,000', '1000000'],
    ['1200.5 THB', '1200.5'],
    ['฿1,200.50', '1200.5'],
    ['1 200,50 руб.', '1200.5'],
    ['1200 р.', '1200'],
    ['US$ 5', '5'],
    ['R$ 1.234,50', '1234.5'],
    ['CHF 100.–', '100'],
    ['100,- €', '100'],
    ['(1,200.00)', '-1200'],
    ['$(1,200.00)', '-1200'],
    ['1200-', '-1200'],
    ['−5', '-5'],
    ['-€5', '-5'],
    ['€ -5.5', '-5.5'],
    ['+5', '5'],
    ['12%', '0.12'],
    ['12,5 %', '0.125'],
    ['๑,๒๓๔.๕๐', '1234.5'],
    ['¥５００', '500'],
    ['1.2E+5', '120000'],
    ['1,2e-3', '0.0012'],
    ['1.234E+5', '123400'],
    ['1.5', '1.5'],
    ['1,50', '1.5'],
    ['0,125', '0.125'],
    ['1234,567', '1234.567'],
    ['.5', '0.5'],
  ])('“%s” is %s', (text, value) => {
    expect(readNumber(text, null)).toBe(value)
  })
})

describe('a number that can be read two ways', () => {
  it.each([
    ['1.234', '1.234', '1234'],
    ['1,234', '1234', '1.234'],
    ['3.500 €', '3.5', '3500'],
    ['-12,500', '-12500', '-12.5'],
  ])('“%s” waits for its column', (text, point, comma) => {
    expect(() => readNumber(text, null)).toThrow(`“${text}” can be`)
    expect(readNumber(text, '.')).toBe(point)
    expect(readNumber(text, ',')).toBe(comma)
  })
})

describe('what is no number', () => {
  it.each([
    '',
    '-',
    'abc',
    '1-2',
    '1 23',
    '5.',
    '--5',
    '-(5)',
    '5²',
    '50% €',
    '04.03.2024',
    '1e999',
  ])('“%s” is refused', (text) => {
    for (const mark of [null, '.', ','] as const)
      expect(() => readNumber(text, mark)).toThrow(Fault)
  })

  it.each(['1.5k', '2M', '$3 mln', '3 тыс.', '5 млн руб.', '1,2 Mio', '3万', '2 ล้านบาท'])(
    '“%s” is not guessed',
    (text) => {
      expect(() => readNumber(text, null)).toThrow(`“${text}” is a number cut short`)
    },
  )

  it('is told in words', () => {
    expect(() => readNumber('1.50', ',')).toThrow('“1.50” is not a number with a decimal comma')
    expect(() => readNumber('1,5', '.')).toThrow('“1,5” is not a number with a decimal point')
    expect(() => readNumber('dear', '.')).toThrow('“dear” is not a number')
  })

  it('never fails in another way, whatever the text', () => {
    const part = fc.oneof(
      fc.constantFrom('.', ',', ' ', "'", '-', '(', ')', '%', '€', 'USD', 'E+5', 'руб.', 'k'),
      fc.nat({ max: 9999 }).map(String),
      fc.string({ unit: 'binary', maxLength: 3 }),
    )
    const messy = fc.array(part, { maxLength: 9 }).map((parts) => parts.join(''))
    fc.assert(
      fc.property(messy, fc.constantFrom<DecimalMark | null>('.', ',', null), (text, mark) => {
        decide(text)
        try {
          expect(readNumber(text, mark)).toMatch(/^-?(0|[1-9]\d*)(\.\d*[1-9])?$/)
        } catch (error) {
          expect(error).toBeInstanceOf(Fault)
        }
      }),
      { numRuns: 2000 },
    )
  })
})

describe('a column of numbers', () => {
  it('is undecided until a row settles it', () => {
    expect(decide('1,234', '950')).toEqual({ state: 'undecided', example: '1,234', cells: 1 })
    expect(decide('1,234', '1.50')).toEqual({ state: 'clear', mark: '.' })
    expect(decide('1,234', '12,5')).toEqual({ state: 'clear', mark: ',' })
    expect(decide('1,234', '1,234,567')).toEqual({ state: 'clear', mark: '.' })
    expect(decide('7,000', '1.234.567', '12.500')).toEqual({
      state: 'undecided',
      example: '7,000',
      cells: 1,
      mark: ',',
    })
    expect(decide('7,000', '1.234.567', '2,50')).toEqual({
      state: 'clear',
      mark: ',',
      small: { cells: 1, example: '7,000' },
    })
    expect(decide('1,234', '0,125')).toEqual({ state: 'clear', mark: ',' })
  })

  it('needs no mark where it has whole numbers only', () => {
    expect(decide('950', '1 234', '')).toEqual({ state: 'clear', mark: '.' })
    expect(decide('-', 'n/a', 'dear')).toEqual({ state: 'empty' })
  })

  it('keeps the mark of nearly all its rows, and none where it is torn', () => {
    const many = Array.from({ length: 10 }, (_, index) => `${index},50`)
    expect(decide(...many, '1.5')).toEqual({
      state: 'mixed',
      mark: ',',
      misfits: 1,
      example: '1.5',
    })
    expect(decide('1,50', '1.5', '1,234')).toMatchObject({ state: 'mixed', mark: null })
  })
})

/** An amount in minor units of 10⁻², and styles that write it. */
const styles: { mark: DecimalMark; write: (whole: string, cents: string) => string }[] = [
  { mark: '.', write: (whole, cents) => `${grouped(whole, ',')}.${cents}` },
  { mark: ',', write: (whole, cents) => `${grouped(whole, '.')},${cents}` },
  { mark: ',', write: (whole, cents) => `${grouped(whole, ' ')},${cents}` },
  { mark: ',', write: (whole, cents) => `${grouped(whole, '\u00A0')},${cents} ₽` },
  { mark: '.', write: (whole, cents) => `CHF ${grouped(whole, '’')}.${cents}` },
  { mark: '.', write: (whole, cents) => `$${whole}.${cents}` },
  { mark: ',', write: (whole, cents) => `€ ${whole},${cents}` },
  { mark: '.', write: (whole, cents) => `₹ ${BigInt(whole).toLocaleString('en-IN')}.${cents}` },
]

function grouped(whole: string, mark: string): string {
  return whole.replaceAll(/\B(?=(?:\d{3})+$)/g, mark)
}

describe('any amount', () => {
  const amount = fc.integer({ min: -(10 ** 15), max: 10 ** 15 })

  it('written in any style is read back exactly', () => {
    fc.assert(
      fc.property(amount, fc.constantFrom(...styles), fc.nat({ max: 3 }), (minor, style, how) => {
        const digits = String(Math.abs(minor)).padStart(3, '0')
        const text = style.write(digits.slice(0, -2), digits.slice(-2))
        const signed = minor < 0 ? [`-${text}`, `(${text})`, `${text}-`, `− ${text}`][how] : text
        expect(decide(signed ?? '')).toEqual({ state: 'clear', mark: style.mark })
        expect(decimalToMinor(readNumber(signed ?? '', style.mark), 2)).toBe(minor)
        expect(decimalToMinor(readNumber(signed ?? '', null), 2)).toBe(minor)
      }),
      { numRuns: 2000 },
    )
  })

  it('that JavaScript writes is read back', () => {
    fc.assert(
      fc.property(
        fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e30, max: 1e30 }),
        (value) => {
          fc.pre(value === 0 || Math.abs(value) > 1e-30)
          expect(Number(readNumber(String(value), '.'))).toBe(value === 0 ? 0 : value)
        },
      ),
      { numRuns: 1000 },
    )
  })
})

describe('minor units', () => {
  it.each([
    ['-1234.5', 2, -123_450],
    ['1.500', 2, 150],
    ['5.00', 0, 5],
    ['0.125', 3, 125],
    ['-0.00', 2, 0],
    ['10000000000000', 2, 1_000_000_000_000_000],
  ])('%s with %d decimals is %d', (text, digits, minor) => {
    expect(decimalToMinor(text, digits)).toBe(minor)
  })

  it('are refused where they are too fine or too many', () => {
    expect(() => decimalToMinor('1.005', 2)).toThrow(
      '“1.005” is too fine: the currency has 2 decimals',
    )
    expect(() => decimalToMinor('1.5', 0)).toThrow('no decimals')
    expect(() => decimalToMinor('10000000000000.01', 2)).toThrow('too large')
    expect(() => decimalToMinor('1,5', 2)).toThrow(Fault)
  })
})
