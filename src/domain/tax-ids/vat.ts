import { CHECK_DIGITS } from './check-digits.ts'

/** What follows the country in a VAT ID, and an example of it. Greece writes EL, Northern Ireland XI. */
const FORMATS: Readonly<Record<string, [RegExp, string]>> = {
  AT: [/^U\d{8}$/, 'ATU13585627'],
  BE: [/^[01]\d{9}$/, 'BE0428759497'],
  BG: [/^\d{9,10}$/, 'BG123456789'],
  CHE: [/^\d{9}(?:MWST|TVA|IVA)?$/, 'CHE107787577MWST'],
  CY: [/^\d{8}[A-Z]$/, 'CY12345678X'],
  CZ: [/^\d{8,10}$/, 'CZ12345678'],
  DE: [/^\d{9}$/, 'DE136695976'],
  DK: [/^\d{8}$/, 'DK13585628'],
  EE: [/^\d{9}$/, 'EE123456789'],
  EL: [/^\d{9}$/, 'EL123456789'],
  ES: [/^[A-Z0-9]\d{7}[A-Z0-9]$/, 'ESB12345678'],
  FI: [/^\d{8}$/, 'FI20774740'],
  FR: [/^[A-HJ-NP-Z0-9]{2}\d{9}$/, 'FR40303265045'],
  GB: [/^(?:\d{9}|\d{12}|(?:GD|HA)\d{3})$/, 'GB123456789'],
  HR: [/^\d{11}$/, 'HR12345678901'],
  HU: [/^\d{8}$/, 'HU12345678'],
  IE: [/^(?:\d{7}[A-W][A-I]?|\d[A-Z+*]\d{5}[A-W])$/, 'IE1234567A'],
  IT: [/^\d{11}$/, 'IT00743110157'],
  LT: [/^(?:\d{9}|\d{12})$/, 'LT123456789'],
  LU: [/^\d{8}$/, 'LU15027442'],
  LV: [/^\d{11}$/, 'LV12345678901'],
  MT: [/^\d{8}$/, 'MT12345678'],
  NL: [/^\d{9}B\d{2}$/, 'NL123456789B01'],
  NO: [/^\d{9}(?:MVA)?$/, 'NO123456789MVA'],
  PL: [/^\d{10}$/, 'PL8567346215'],
  PT: [/^\d{9}$/, 'PT501964843'],
  RO: [/^\d{2,10}$/, 'RO12345678'],
  SE: [/^\d{12}$/, 'SE123456789701'],
  SI: [/^\d{8}$/, 'SI12345678'],
  SK: [/^\d{10}$/, 'SK1234567890'],
  XI: [/^(?:\d{9}|\d{12}|(?:GD|HA)\d{3})$/, 'XI123456789'],
}

/** The country and what follows it, of a text without blanks; undefined if it begins with none that is known. */
function partsOf(text: string): { country: string; rest: string } | undefined {
  const country = text.startsWith('CHE') ? 'CHE' : text.slice(0, 2)
  return country in FORMATS ? { country, rest: text.slice(country.length) } : undefined
}

/**
 * A VAT ID in its one spelling, without blanks, dots and hyphens: `DE136695976` of `de 136 695 976`. What does
 * not begin with a country that has VAT IDs stays as it is.
 */
export function knownVatId(text: string): string {
  const squeezed = text.toUpperCase().replaceAll(/[\s.\-/]/g, '')
  return partsOf(squeezed) ? squeezed : text
}

/**
 * Why a VAT ID may be wrong, in words that follow it: “is not how VAT IDs of DE are written, such as
 * DE136695976”. Null if nothing speaks against it.
 */
export function vatIdDoubt(text: string): string | null {
  const parts = partsOf(text)
  if (!parts) return 'does not begin with a country that has VAT IDs, such as DE'
  const { country, rest } = parts
  const [format, example] = FORMATS[country] ?? [/^/, '']
  if (!format.test(rest)) {
    return `is not how VAT IDs of ${country} are written, such as ${example}`
  }
  const fits = CHECK_DIGITS[country]?.(rest) ?? true
  return fits ? null : 'has a check digit that does not fit: a digit may be mistyped'
}
