import { describe, expect, it } from 'vitest'
import type { Day } from '../../src/domain/day.ts'
import { ibanProblem, ibanText, parseBic, parseIban } from '../../src/domain/firm/iban.ts'
import { readLogo } from '../../src/domain/firm/logo.ts'
import { discountDay, dueDay, type Terms, termsText } from '../../src/domain/firm/terms.ts'
import type { Portion } from '../../src/domain/lines/scaled.ts'

const terms = (more: Partial<Terms>): Terms => ({
  days: 30,
  endOfMonth: false,
  discount: null,
  discountDays: null,
  ...more,
})

const day = (text: string): Day => text as Day

describe('terms of payment', () => {
  it.each([
    [30, false, '2026-01-31', '2026-03-02'],
    [30, true, '2026-01-31', '2026-03-31'],
    [0, false, '2026-02-28', '2026-02-28'],
    [0, true, '2026-02-28', '2026-02-28'],
    [0, true, '2028-02-10', '2028-02-29'],
    [14, false, '2028-02-15', '2028-02-29'],
    [60, true, '2026-11-28', '2027-01-31'],
  ])('%i days, end of month %s, from %s are due on %s', (days, endOfMonth, issued, due) => {
    expect(dueDay(terms({ days, endOfMonth }), day(issued))).toBe(due)
  })

  it('say when a discount ends', () => {
    const early = terms({ discount: 20_000 as Portion, discountDays: 10 })
    expect(discountDay(early, day('2026-11-28'))).toBe('2026-12-08')
    expect(discountDay(terms({}), day('2026-11-28'))).toBeNull()
    expect(termsText(early)).toBe('30 days, 2% within 10 days')
    expect(termsText(terms({ days: 0 }))).toBe('at once')
    expect(termsText(terms({ days: 1, endOfMonth: true }))).toBe('1 day, end of month')
  })
})

describe('an IBAN', () => {
  // Examples of the registry of IBAN formats.
  it.each([
    'DE89370400440532013000',
    'AT611904300234573201',
    'CH9300762011623852957',
    'FR1420041010050500013M02606',
    'GB29NWBK60161331926819',
    'NL91ABNA0417164300',
    'IT60X0542811101000000123456',
    'MT84MALT011000012345MTLCAST001S',
  ])('%s is one, and is not with a digit changed', (iban) => {
    expect(ibanProblem(iban)).toBeNull()
    const at = iban.length - 3
    const other = (Number.parseInt(iban[at] ?? '', 36) + 1) % 10
    expect(ibanProblem(iban.slice(0, at) + String(other) + iban.slice(at + 1))).not.toBeNull()
  })

  it('is typed with blanks and shown in fours', () => {
    expect(parseIban('de89 3704 0044 0532 0130 00')).toBe('DE89370400440532013000')
    expect(ibanText('DE89370400440532013000')).toBe('DE89 3704 0044 0532 0130 00')
    expect(() => parseIban('DE89 3704 0044 0532 0130')).toThrow(/has 20 signs.*DE has 22/)
    expect(() => parseIban('my account')).toThrow(/is not an IBAN/)
    expect(parseBic('cobadeff xxx')).toBe('COBADEFFXXX')
    expect(() => parseBic('COBA')).toThrow(/is not a BIC/)
  })
})

describe('a logo', () => {
  const svg = (inside: string): Buffer =>
    Buffer.from(
      `<?xml version="1.0"?>\n<!-- made by hand -->\n<svg xmlns="http://www.w3.org/2000/svg">${inside}</svg>`,
    )
  const png = Buffer.from('89504e470d0a1a0a0000000d', 'hex')

  it('is known by its content, whatever its name', () => {
    expect(readLogo(png, 'a.jpg').kind).toBe('png')
    expect(readLogo(Buffer.from('ffd8ffe000104a464946', 'hex'), 'a').kind).toBe('jpeg')
    expect(readLogo(svg('<path d="M0 0h9v9z" fill="url(#a)"/>'), 'a.svg').kind).toBe('svg')
    expect(readLogo(svg('<use href="#a"/>'), 'a.svg').kind).toBe('svg')
    expect(() => readLogo(Buffer.from('GIF89a'), 'a.png')).toThrow(/not a picture that can be/)
    expect(() => readLogo(Buffer.from('<html><svg></svg></html>'), 'a.svg')).toThrow(
      /not a picture/,
    )
  })

  it('is no larger than 512 KiB', () => {
    const large = Buffer.concat([png, Buffer.alloc(512 * 1024)])
    expect(() => readLogo(large, 'a.png')).toThrow('a.png has 513 KiB; a logo may have 512')
  })

  it.each([
    '<script>alert(1)</script>',
    '<path onload="x()"/>',
    '<image href="https://evil.example/a.png"/>',
    '<image xlink:href="file:///etc/passwd"/>',
    '<style>@import "a.css"</style>',
    '<rect fill="url(https://evil.example/a)"/>',
    '<foreignObject/>',
    '<a href="javascript:x()"/>',
  ])('holds nothing active: %s', (inside) => {
    expect(() => readLogo(svg(inside), 'a.svg')).toThrow(/holds a program or names other files/)
  })
})
