import {
  BY_CLIENT,
  parseCurrency,
  parseEInvoice,
  parseLocale,
  parsePercent,
  parseTimezone,
  parseFirstWeekday,
  parseWeekdays,
  type Settings,
  WEEKDAYS,
} from '../domain/settings.ts'
import {
  parseBlocks,
  parseColor,
  parseDocumentLanguage,
  USUAL_DOCUMENTS,
  parseFormat,
  REMINDER_FORMATS,
  SENT_FORMATS,
} from '../domain/documents.ts'
import { wholeNumber } from '../domain/whole-number.ts'
import { parseCountry } from '../domain/country.ts'
import { parseAccount, type Role, ROLE_NAMES, ROLES } from '../domain/journal/accounts.ts'
import { parsePattern } from '../domain/invoices/number.ts'
import { parseReminderDays } from '../domain/invoices/reminders.ts'
import { parsePortion } from '../domain/lines/read.ts'
import { numberOf, percentText, PORTION_DIGITS } from '../domain/lines/scaled.ts'
import { hoursText, parseWorkingHours } from '../domain/working-hours.ts'

/** How a setting is read and shown. */
interface Kind {
  about: string
  /** Can it be without a value? */
  optional: boolean
  /** The settings with another value. @throws Fault `usage` if the text is not valid. */
  with: (settings: Settings, text: string) => Settings
  without?: (settings: Settings) => Settings
  text: (settings: Settings) => string | null
  bare?: (settings: Settings) => string | null
  value: (settings: Settings) => string | number | null
}

/** Weekdays as `settings set` reads them: `mon, tue, wed`. */
function weekdaysText(days: readonly number[]): string {
  return days.map((day) => (WEEKDAYS[day - 1] ?? '').slice(0, 3)).join(', ')
}

/** How journals name the account for something. */
function accountKind(role: Role): Kind {
  const name = ({ accounts }: Settings): string => accounts[role] ?? ROLES[role].usual
  return {
    about: `in journals: ${ROLES[role].about}`,
    optional: true,
    with: (settings, text) => ({
      ...settings,
      accounts: { ...settings.accounts, [role]: parseAccount(role, text) },
    }),
    without: (settings) => {
      const { [role]: _, ...accounts } = settings.accounts
      return { ...settings, accounts }
    },
    text: name,
    value: name,
  }
}

/** Every setting that is one value, by its name. */
export const KINDS: Record<string, Kind> = {
  currency: {
    about: 'of all amounts; fixed once there is one',
    optional: false,
    with: (settings, text) => ({ ...settings, currency: parseCurrency(text) }),
    text: ({ currency }) => currency.code,
    value: ({ currency }) => currency.code,
  },
  timezone: {
    about: 'whose days count',
    optional: false,
    with: (settings, text) => ({ ...settings, timezone: parseTimezone(text) }),
    text: ({ timezone }) => timezone,
    value: ({ timezone }) => timezone,
  },
  'first-weekday': {
    about: 'on which a week begins',
    optional: false,
    with: (settings, text) => ({ ...settings, firstWeekday: parseFirstWeekday(text) }),
    text: ({ firstWeekday }) => WEEKDAYS[firstWeekday - 1] ?? null,
    value: ({ firstWeekday }) => WEEKDAYS[firstWeekday - 1] ?? null,
  },
  country: {
    about: 'where phone numbers need no prefix',
    optional: true,
    with: (settings, text) => ({ ...settings, country: parseCountry(text) }),
    without: (settings) => ({ ...settings, country: null }),
    text: ({ country }) => country,
    value: ({ country }) => country,
  },
  margin: {
    about: 'profit as a share of the amount, for deals without cost',
    optional: true,
    with: (settings, text) => ({ ...settings, margin: parsePercent(text) }),
    without: (settings) => ({ ...settings, margin: null }),
    text: ({ margin }) => (margin === null ? null : `${Number((margin * 100).toFixed(6))}%`),
    value: ({ margin }) => margin,
  },
  locale: {
    about: 'how numbers and days are written for people',
    optional: true,
    with: (settings, text) => ({ ...settings, locale: parseLocale(text) }),
    without: (settings) => ({ ...settings, locale: null }),
    text: ({ locale }) => locale?.tag ?? null,
    value: ({ locale }) => locale?.tag ?? null,
  },
  'invoice-number': {
    about: 'how invoices are numbered: {n…} is the number, {yyyy}, {yy}, {mm} the day of issue',
    optional: false,
    with: (settings, text) => ({ ...settings, invoiceNumber: parsePattern(text) }),
    text: ({ invoiceNumber }) => invoiceNumber,
    value: ({ invoiceNumber }) => invoiceNumber,
  },
  'proposal-number': {
    about: 'how proposals are numbered, as invoice-number has it',
    optional: false,
    with: (settings, text) => ({ ...settings, proposalNumber: parsePattern(text) }),
    text: ({ proposalNumber }) => proposalNumber,
    value: ({ proposalNumber }) => proposalNumber,
  },
  'e-invoice': {
    about:
      'what invoices to companies must be ready for when they are issued: ubl, factur-x, off, or by-client',
    optional: false,
    with: (settings, text) => ({ ...settings, eInvoice: parseEInvoice(text) }),
    text: ({ eInvoice }) => eInvoice ?? BY_CLIENT,
    value: ({ eInvoice }) => eInvoice ?? BY_CLIENT,
  },
  'reminder-days': {
    about: 'days late at which the levels of reminders fall due',
    optional: false,
    with: (settings, text) => ({
      ...settings,
      reminders: { ...settings.reminders, days: parseReminderDays(text) },
    }),
    text: ({ reminders }) => reminders.days.join(','),
    value: ({ reminders }) => reminders.days.join(','),
  },
  'reminder-gap': {
    about: 'the least days between two reminders of an invoice',
    optional: false,
    with: (settings, text) => ({
      ...settings,
      reminders: {
        ...settings.reminders,
        gap: wholeNumber(text, { what: 'a number of days', hint: 'write 7', most: 999 }),
      },
    }),
    text: ({ reminders }) => String(reminders.gap),
    value: ({ reminders }) => reminders.gap,
  },
  'late-interest': {
    about: 'a year’s interest that reminders ask for on what is late',
    optional: true,
    with: (settings, text) => ({
      ...settings,
      lateInterest: parsePortion(text, 'rate of interest'),
    }),
    without: (settings) => ({ ...settings, lateInterest: null }),
    text: ({ lateInterest }) => (lateInterest === null ? null : percentText(lateInterest)),
    value: ({ lateInterest }) =>
      lateInterest === null ? null : numberOf(lateInterest, PORTION_DIGITS),
  },
  'document-language': {
    about: 'of documents for clients without a language of their own',
    optional: false,
    with: (settings, text) => ({ ...settings, documentLanguage: parseDocumentLanguage(text) }),
    text: ({ documentLanguage }) => documentLanguage,
    value: ({ documentLanguage }) => documentLanguage,
  },
  'document-color': {
    about: 'of headings and rules in documents',
    optional: false,
    with: (settings, text) => ({ ...settings, documentColor: parseColor(text) }),
    text: ({ documentColor }) => documentColor,
    value: ({ documentColor }) => documentColor,
  },
  'document-blocks': {
    about: 'the blocks of documents, in their order; none is all of them',
    optional: true,
    with: (settings, text) => ({ ...settings, documentBlocks: parseBlocks(text) }),
    without: (settings) => ({ ...settings, documentBlocks: USUAL_DOCUMENTS.documentBlocks }),
    text: ({ documentBlocks }) => documentBlocks.join(','),
    value: ({ documentBlocks }) => documentBlocks.join(','),
  },
  'invoice-format': {
    about: 'as what invoices are sent: pdf, html, factur-x, ubl+pdf or text',
    optional: false,
    with: (settings, text) => ({ ...settings, invoiceFormat: parseFormat(text, SENT_FORMATS) }),
    text: ({ invoiceFormat }) => invoiceFormat,
    value: ({ invoiceFormat }) => invoiceFormat,
  },
  'reminder-format': {
    about: 'as what reminders are sent: text, or pdf with it',
    optional: false,
    with: (settings, text) => ({
      ...settings,
      reminderFormat: parseFormat(text, REMINDER_FORMATS),
    }),
    text: ({ reminderFormat }) => reminderFormat,
    value: ({ reminderFormat }) => reminderFormat,
  },
  'proposal-valid': {
    about: 'for how many days proposals are valid; none is without end',
    optional: true,
    with: (settings, text) => ({
      ...settings,
      proposalValid: wholeNumber(text, {
        what: 'a number of days',
        hint: 'write 30, or none',
        most: 999,
      }),
    }),
    without: (settings) => ({ ...settings, proposalValid: null }),
    text: ({ proposalValid }) => (proposalValid === null ? null : String(proposalValid)),
    value: ({ proposalValid }) => proposalValid,
  },
  'working-hours': {
    about: 'when appointments are made; calendar shows what of it is free',
    optional: false,
    with: (settings, text) => ({ ...settings, workingHours: parseWorkingHours(text) }),
    text: ({ workingHours }) => hoursText(workingHours),
    value: ({ workingHours }) => hoursText(workingHours),
  },
  'working-days': {
    about: 'on which the pace of goals counts; see also funnel holiday',
    optional: false,
    with: (settings, text) => ({ ...settings, workingDays: parseWeekdays(text) }),
    text: ({ workingDays }) => weekdaysText(workingDays),
    value: ({ workingDays }) => weekdaysText(workingDays),
  },
  ...Object.fromEntries(ROLE_NAMES.map((role) => [`account-${role}`, accountKind(role)])),
}
