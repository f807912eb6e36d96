import { describe, expect, it } from 'vitest'
import { eAddressDoubt, knownEAddress } from '../../src/domain/tax-ids/e-address.ts'
import { mod97 } from '../../src/domain/tax-ids/mod-97.ts'
import { knownVatId, vatIdDoubt } from '../../src/domain/tax-ids/vat.ts'

// Published numbers of companies, and examples of tax offices.
const VALID = [
  'ATU13585627',
  'BE0428759497',
  'CHE107787577',
  'CHE107787577MWST',
  'DE136695976',
  'DK13585628',
  'ESB58378431',
  'FI20774740',
  'FR40303265045',
  'IT00743110157',
  'LU15027442',
  'NL004495445B01',
  'PL8567346215',
  'PT501964843',
  'SE123456789701',
]

describe('VAT IDs', () => {
  it.each(VALID)('%s is as it should be', (id) => {
    expect(vatIdDoubt(id)).toBeNull()
  })

  it.each(VALID.filter((id) => !/^(?:ES|NL)/.test(id)))('%s with a digit mistyped is not', (id) => {
    const at = id.search(/\d(?=\d)/) + 3
    const mistyped = id.slice(0, at) + String((Number(id[at]) + 1) % 10) + id.slice(at + 1)
    expect(vatIdDoubt(mistyped)).toMatch(/check digit/)
  })

  it('are kept without blanks, dots and hyphens', () => {
    expect(knownVatId('de 136 695 976')).toBe('DE136695976')
    expect(knownVatId('CHE-107.787.577 MWST')).toBe('CHE107787577MWST')
    expect(knownVatId('12-3456789')).toBe('12-3456789')
  })

  it('say what is wrong with them', () => {
    expect(vatIdDoubt('DE12')).toBe('is not how VAT IDs of DE are written, such as DE136695976')
    expect(vatIdDoubt('12-3456789')).toMatch(/does not begin with a country/)
  })
})

describe('addresses for e-invoices', () => {
  it('are a scheme and an address, or a Leitweg-ID, whose last digits check it', () => {
    for (const text of ['0088:4012345000009', '9930:DE136695976', '04011000-1234512345-06']) {
      expect(eAddressDoubt(knownEAddress(text))).toBeNull()
    }
    expect(knownEAddress('991-33333test-33')).toBe('991-33333TEST-33')
    expect(eAddressDoubt('04011000-1234512345-07')).toMatch(/do not fit a Leitweg-ID/)
    expect(eAddressDoubt('0088:4012345000008')).toMatch(/does not fit a GLN/)
    expect(eAddressDoubt('their usual one')).toMatch(/is neither SCHEME:ADDRESS/)
    for (const text of ['bills@harbour.example', 'DE136695976']) {
      expect(eAddressDoubt(knownEAddress(text))).toBeNull()
    }
  })
})

it('reckons the remainder by 97 of numbers however long', () => {
  expect(mod97('131')).toBe(34)
  // DE89 3704 0044 0532 0130 00, its first four signs behind the rest.
  expect(mod97('370400440532013000DE89')).toBe(1)
})
