import { currencyDigits } from './money.ts'
import { parseCountry } from './country.ts'
import { impossibleSettings, isPossible } from './stored-settings.ts'
import { parseCurrency, parseLocale, parseTimezone, type SettingKey } from './settings.ts'

function isKnown(parse: (text: string) => unknown, text: string): boolean {
  try {
    parse(text)
    return true
  } catch {
    return false
  }
}

/** Checks that need the system's own lists of currencies, zones and countries. */
const KNOWN: [key: SettingKey, name: string, parse: (text: string) => unknown, what: string][] = [
  ['currency', 'currency', parseCurrency, 'a currency'],
  ['timezone', 'timezone', parseTimezone, 'a time zone'],
  ['country', 'country', parseCountry, 'a country'],
]

/** Are the decimals right for the currency? All amounts are stored in its minor units. */
function digitsFinding(values: ReadonlyMap<string, string>): string[] {
  const code = values.get('currency') ?? ''
  const digits = values.get('currency_digits') ?? '2'
  if (!isKnown(parseCurrency, code) || !isPossible('currency_digits', digits)) return []
  const right = currencyDigits(code)
  return digits === String(right)
    ? []
    : [`${code} has ${right} decimals, and the book counts ${digits}`]
}

function localeFinding(values: ReadonlyMap<string, string>): string[] {
  const kept = values.get('locale')
  if (kept === undefined || !isPossible('locale', kept)) return []
  const { tag } = JSON.parse(kept) as { tag: string }
  return isKnown(parseLocale, tag) ? [] : [`the locale “${tag}” is not known`]
}

/** Settings that are missing, or that no command would have accepted. */
export function settingFindings(values: ReadonlyMap<string, string>): string[] {
  const missing = (['currency', 'timezone'] as const).filter((key) => !values.has(key))
  const unknown = KNOWN.flatMap(([key, name, parse, what]) => {
    const value = values.get(key)
    if (value === undefined || !isPossible(key, value) || isKnown(parse, value)) return []
    return [
      `the book's ${name} “${value}” is not ${what}; set it with: funnel settings set ${name} …`,
    ]
  })
  return [
    ...impossibleSettings(values),
    ...missing.map((key) => `the book has no ${key}; set it with: funnel settings set ${key} …`),
    ...unknown,
    ...digitsFinding(values),
    ...localeFinding(values),
  ]
}
