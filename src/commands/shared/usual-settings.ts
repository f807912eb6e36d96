import type { Io } from '../../cli/io.ts'

/** The currencies of countries outside the euro area where many books are kept. */
const CURRENCIES: Record<string, string> = {
  AE: 'AED',
  AU: 'AUD',
  BR: 'BRL',
  CA: 'CAD',
  CH: 'CHF',
  CN: 'CNY',
  CZ: 'CZK',
  DK: 'DKK',
  GB: 'GBP',
  HU: 'HUF',
  ID: 'IDR',
  IN: 'INR',
  JP: 'JPY',
  KR: 'KRW',
  KZ: 'KZT',
  LI: 'CHF',
  MX: 'MXN',
  MY: 'MYR',
  NO: 'NOK',
  NZ: 'NZD',
  PL: 'PLN',
  RO: 'RON',
  RU: 'RUB',
  SE: 'SEK',
  SG: 'SGD',
  TH: 'THB',
  TR: 'TRY',
  UA: 'UAH',
  US: 'USD',
  VN: 'VND',
  ZA: 'ZAR',
}

/** What a person at this machine is likely to answer to the questions about a new book. */
export interface Usual {
  currency: string
  timezone: string
  /** Empty if nothing points to one. */
  country: string
  locale: string
  owner: string
}

function systemTimezone(): string {
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions()
  // An empty TZ means UTC.
  return timeZone === '' || timeZone === 'Etc/Unknown' ? 'UTC' : timeZone
}

/** `de_DE.UTF-8` as `de-DE`; empty for C, POSIX and anything that is not a language. */
function localeOf(io: Io): string {
  const { LC_ALL, LC_TIME, LC_NUMERIC, LANG } = io.env
  const [text = ''] = (LC_ALL || LC_TIME || LC_NUMERIC || LANG || '').split(/[.@]/, 1)
  const tag = text.replaceAll('_', '-')
  if (!/^[a-z]{2,3}(-[A-Za-z]{4})?(-[A-Z]{2})?$/.test(tag)) return ''
  return Intl.NumberFormat.supportedLocalesOf(tag)[0] ?? ''
}

/** The name of the person: as `--mine` knows it, else that of the account, unless it is the machine's. */
function ownerOf(io: Io): string {
  const { FUNNEL_OWNER, USER, LOGNAME } = io.env
  if (FUNNEL_OWNER) return FUNNEL_OWNER
  const account = USER || LOGNAME || ''
  if (!/^[a-z]{2,}$/i.test(account) || /^(root|admin|user|ubuntu|debian|guest)$/i.test(account))
    return ''
  return account.charAt(0).toUpperCase() + account.slice(1)
}

/** What is proposed at a terminal, from what the environment says about the person. */
export function usualSettings(io: Io): Usual {
  const locale = localeOf(io)
  const country = /-([A-Z]{2})$/.exec(locale)?.[1] ?? ''
  return {
    currency: CURRENCIES[country] ?? 'EUR',
    timezone: systemTimezone(),
    country,
    locale,
    owner: ownerOf(io),
  }
}
