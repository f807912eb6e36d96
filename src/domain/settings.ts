import { type Currency, currencyDigits } from './money.ts'
import { type DocumentSettings, USUAL_DOCUMENTS } from './documents.ts'
import { Fault } from './fault.ts'
import { E_FORMATS, type EFormat } from './einvoice/formats.ts'
import { USUAL_PATTERN, USUAL_PROPOSAL_PATTERN } from './invoices/number.ts'
import type { Accounts } from './journal/accounts.ts'
import { type ReminderPlan, USUAL_REMINDERS } from './invoices/reminders.ts'
import type { Portion } from './lines/scaled.ts'
import type { Locale } from './locale.ts'
import { hoursText, USUAL_HOURS, type WorkingHours } from './working-hours.ts'

/** What is fixed for a whole book. */
export interface Settings extends DocumentSettings {
  currency: Currency
  /** IANA name of the zone whose days the book counts. */
  timezone: string
  /** 1 Monday … 7 Sunday. */
  firstWeekday: number
  /** ISO 3166 code of the country whose phone numbers need no prefix; null if not set. */
  country: string | null
  /** Profit as a share of the amount if a deal has no cost; null if not set. */
  margin: number | null
  /** When appointments are made on a working day. */
  workingHours: WorkingHours
  /** The weekdays that are worked on, in order: 1 Monday … 7 Sunday. */
  workingDays: readonly number[]
  /** How invoices are numbered: `{yyyy}-{nnnn}`. */
  invoiceNumber: string
  /** How proposals are numbered: `P-{yyyy}-{nnnn}`. */
  proposalNumber: string
  /** The format that invoices to companies must be ready for; null is by the client. */
  eInvoice: EFormat | 'off' | null
  /** How journals name accounts, where they are not the usual ones. */
  accounts: Accounts
  /** When reminders of late invoices fall due. */
  reminders: ReminderPlan
  /** Texts of reminders by their level, in place of those that come with the program. */
  reminderTexts: Readonly<Record<string, string>>
  /** A year’s interest on what is late; null is none. */
  lateInterest: Portion | null
  /** How numbers and days are written for people; null is with commas, a point and ISO days. */
  locale: Locale | null
}

const USUAL_DAYS = '12345'

/** What is typed for the usual: UBL for clients that have an address for e-invoices, else nothing. */
export const BY_CLIENT = 'by-client'

/**
 * Null is by the client.
 * @throws Fault `usage` if the text is not a format of e-invoices, `off` or `by-client`.
 */
export function parseEInvoice(text: string): Settings['eInvoice'] {
  const asked = text.trim().toLowerCase()
  if (asked === BY_CLIENT) return null
  const found = [...E_FORMATS, 'off' as const].find((one) => one === asked)
  if (found) return found
  throw new Fault(
    'usage',
    `“${text}” is not a format of e-invoices`,
    `give one of ${E_FORMATS.join(', ')}, off or ${BY_CLIENT}`,
  )
}

/** The defaults of a new book. */
export const NO_EXTRAS = {
  country: null,
  margin: null,
  workingHours: USUAL_HOURS,
  workingDays: [1, 2, 3, 4, 5],
  invoiceNumber: USUAL_PATTERN,
  proposalNumber: USUAL_PROPOSAL_PATTERN,
  eInvoice: null,
  accounts: {},
  reminders: USUAL_REMINDERS,
  reminderTexts: {},
  lateInterest: null,
  locale: null,
  ...USUAL_DOCUMENTS,
} as const satisfies Partial<Settings>

/** @throws Fault `usage` if the code is not an ISO 4217 currency known to this system. */
export function parseCurrency(text: string): Currency {
  const code = text.trim().toUpperCase()
  if (!/^[A-Z]{3}$/.test(code) || !Intl.supportedValuesOf('currency').includes(code)) {
    throw new Fault('usage', `“${text}” is not a currency`, 'give its ISO code, such as EUR or THB')
  }
  return { code, digits: currencyDigits(code) }
}

/** @throws Fault `usage` if the name is not a time zone known to this system. */
export function parseTimezone(text: string): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text.trim() }).resolvedOptions().timeZone
  } catch (cause) {
    const hint = 'give its IANA name, such as Europe/Berlin or Asia/Bangkok'
    throw new Fault('usage', `“${text}” is not a time zone`, hint, cause)
  }
}

type Part = Intl.DateTimeFormatPart | Intl.NumberFormatPart

const DAY_LETTERS: Record<string, string> = { year: 'yyyy', month: 'mm', day: 'dd' }

/**
 * Reads a locale: what `de` or `en-GB` writes between thousands, before decimals and in a day.
 * @throws Fault `usage` if it is not a language tag known to this system.
 */
export function parseLocale(text: string): Locale {
  const hint = 'give a language tag, such as de, en-GB or ru'
  try {
    const [tag] = Intl.NumberFormat.supportedLocalesOf(text.trim())
    if (tag === undefined) throw new RangeError('unknown')
    const plain = `${tag}-u-nu-latn-ca-gregory`
    const numbers: Part[] = new Intl.NumberFormat(plain).formatToParts(1_234_567.5)
    const days: Part[] = new Intl.DateTimeFormat(plain, {
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    }).formatToParts(0)
    const sign = (type: string): string => numbers.find((part) => part.type === type)?.value ?? ''
    const day = days.map(({ type, value }) => DAY_LETTERS[type] ?? value).join('')
    return { tag, group: sign('group'), decimal: sign('decimal'), day }
  } catch (cause) {
    throw new Fault('usage', `“${text}” is not a locale`, hint, cause)
  }
}

export const WEEKDAYS = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
]

/** @throws Fault `usage` if the text is not a weekday. */
export function parseWeekday(text: string): number {
  const word = text.trim().toLowerCase()
  const index = WEEKDAYS.findIndex((name) => word.length >= 3 && name.startsWith(word))
  if (index < 0) {
    throw new Fault('usage', `“${text}” is not a weekday`, `write one of: ${WEEKDAYS.join(', ')}`)
  }
  return index + 1
}

const FIRST_WEEKDAYS = new Set(['monday', 'sunday', 'saturday'])

/** @throws Fault `usage` if the text is not a weekday on which weeks begin anywhere. */
export function parseFirstWeekday(text: string): number {
  const day = parseWeekday(text)
  if (FIRST_WEEKDAYS.has(WEEKDAYS[day - 1] ?? '')) return day
  throw new Fault('usage', `no week begins on “${text}”`, 'write monday, sunday or saturday')
}

const DAYS_HINT = 'write them as mon-fri, or mon, tue, sat'

/**
 * Reads weekdays: `mon-fri`, `sunday-thursday`, `mon, wed, fri`. Returns their numbers in order, each once.
 * @throws Fault `usage` if the text is none of these.
 */
export function parseWeekdays(text: string): number[] {
  const days = text
    .split(/[\s,]+(?:and\s+)?/)
    .filter(Boolean)
    .flatMap((part) => {
      const [first = '', last = first, more] = part.split(/[-–]/)
      if (more !== undefined) throw new Fault('usage', `“${text}” is not weekdays`, DAYS_HINT)
      const from = parseWeekday(first)
      const count = (parseWeekday(last) - from + 7) % 7
      return Array.from({ length: count + 1 }, (_, at) => ((from + at - 1) % 7) + 1)
    })
  if (days.length === 0) throw new Fault('usage', 'a week needs a working day', DAYS_HINT)
  return [...new Set(days)].toSorted((a, b) => a - b)
}

/** @throws Fault `usage` if the text is not a percentage from 0 to 100. */
export function parsePercent(text: string): number {
  const match = /^(\d{1,3}(?:\.\d+)?)\s*%?$/.exec(text.trim())
  const percent = Number(match?.[1])
  // 0.9 may be meant as 90 % or as 0.9 %.
  const unclear = percent > 0 && percent < 1 && !text.includes('%')
  if (!match || percent > 100 || unclear) {
    throw new Fault('usage', `“${text}” is not a percentage`, 'write it as 30 or 30%')
  }
  return percent / 100
}

/** The names of the rows in the table `settings`. */
export type SettingKey =
  | 'currency'
  | 'currency_digits'
  | 'timezone'
  | 'first_weekday'
  | 'country'
  | 'margin'
  | 'working_days'
  | 'locale'
  | 'working_hours'
  | 'invoice_number'
  | 'proposal_number'
  | 'e_invoice'
  | 'accounts'
  | 'reminder_days'
  | 'reminder_gap'
  | 'reminder_texts'
  | 'late_interest'
  | 'document_language'
  | 'document_color'
  | 'invoice_format'
  | 'reminder_format'
  | 'document_blocks'
  | 'document_texts'
  | 'proposal_valid'

/** How a book keeps that proposals are valid without end. */
export const NO_END = 'none'

/** The book's settings as values of its `settings` table; null if there is no row. */
export function settingValues(settings: Settings): Record<SettingKey, string | null> {
  const text = (value: number | null): string | null => (value === null ? null : String(value))
  const hours = hoursText(settings.workingHours)
  const { currency, locale, accounts } = settings
  const differing = (value: string, usual: string): string | null =>
    value === usual ? null : value
  const days = settings.workingDays.join('')
  return {
    currency: currency.code,
    currency_digits: String(currency.digits),
    timezone: settings.timezone,
    first_weekday: String(settings.firstWeekday),
    country: settings.country,
    margin: text(settings.margin),
    working_days: days === USUAL_DAYS ? null : days,
    locale: locale && JSON.stringify(locale),
    invoice_number: settings.invoiceNumber === USUAL_PATTERN ? null : settings.invoiceNumber,
    proposal_number:
      settings.proposalNumber === USUAL_PROPOSAL_PATTERN ? null : settings.proposalNumber,
    e_invoice: settings.eInvoice,
    accounts: Object.keys(accounts).length === 0 ? null : JSON.stringify(accounts),
    reminder_days: differing(settings.reminders.days.join(','), USUAL_REMINDERS.days.join(',')),
    reminder_gap: differing(String(settings.reminders.gap), String(USUAL_REMINDERS.gap)),
    reminder_texts: differing(JSON.stringify(settings.reminderTexts), '{}'),
    late_interest: text(settings.lateInterest),
    document_language: differing(settings.documentLanguage, USUAL_DOCUMENTS.documentLanguage),
    invoice_format: differing(settings.invoiceFormat, USUAL_DOCUMENTS.invoiceFormat),
    reminder_format: differing(settings.reminderFormat, USUAL_DOCUMENTS.reminderFormat),
    document_color: differing(settings.documentColor, USUAL_DOCUMENTS.documentColor),
    document_blocks: differing(
      settings.documentBlocks.join(','),
      USUAL_DOCUMENTS.documentBlocks.join(','),
    ),
    document_texts: differing(JSON.stringify(settings.documentTexts), '{}'),
    proposal_valid: differing(
      text(settings.proposalValid) ?? NO_END,
      String(USUAL_DOCUMENTS.proposalValid),
    ),
    working_hours: hours === hoursText(USUAL_HOURS) ? null : hours,
  }
}

/** The book's settings as rows of its `settings` table. */
export function settingRows(settings: Settings): { key: string; value: string }[] {
  return Object.entries(settingValues(settings)).flatMap(([key, value]) =>
    value === null ? [] : [{ key, value }],
  )
}
