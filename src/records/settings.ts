import type { Book } from '../book/open.ts'
import type { Db } from '../book/store/db.ts'
import type { Store } from '../book/store/store.ts'
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
  settingValues,
  WEEKDAYS,
} from '../domain/settings.ts'
import { isCurrency } from '../domain/stored-settings.ts'
import { foreignOnly, holdsMoney, settingRowsOf } from '../book/settings.ts'
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
import { Fault } from '../domain/fault.ts'
import { parseAccount, type Role, ROLE_NAMES, ROLES } from '../domain/journal/accounts.ts'
import { parsePattern } from '../domain/invoices/number.ts'
import { parseReminderDays } from '../domain/invoices/reminders.ts'
import { parsePortion } from '../domain/lines/read.ts'
import { numberOf, percentText, PORTION_DIGITS } from '../domain/lines/scaled.ts'
import { hoursText, parseWorkingHours } from '../domain/working-hours.ts'
import type { Day } from '../domain/day.ts'
import { chosenProcess, setDefaultProcess } from './default-process.ts'
import { listStandards, setStandard } from './standards.ts'
import { isTarget, setTarget, TARGET_NAMES, targetLines } from './targets.ts'

/** A setting as it is shown: `text` for people and for `settings set`, `value` for JSON. */
export interface SettingLine {
  name: string
  text: string | null
  /** For scripts: like `text`, but an amount is a bare number. */
  bare: string | null
  value: string | number | null
  about: string
}

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

const KINDS: Record<string, Kind> = {
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
    about: 'in which clients are written to that have no language of their own',
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
    about: 'what documents have, in its order; none is all of it',
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

/** The names of the settings, as the help lists them. */
export const SETTING_NAMES = [...Object.keys(KINDS), ...TARGET_NAMES, 'process', 'standard:RATING']

const STANDARD = /^standard:(.+)$/i

/** Every setting of a book, the contact standards and the goals of this month among them. */
export async function listSettings({ db, settings }: Book, today: Day): Promise<SettingLine[]> {
  const own = Object.entries(KINDS).map(([name, kind]) => ({
    name,
    text: kind.text(settings),
    bare: (kind.bare ?? kind.text)(settings),
    value: kind.value(settings),
    about: kind.about,
  }))
  const standards = (await listStandards(db)).map(({ rating, days }) => ({
    name: `standard:${rating}`,
    text: String(days),
    bare: String(days),
    value: days,
    about: `the most days between two contacts with clients rated ${rating}`,
  }))
  const process = (await chosenProcess(db))?.name ?? null
  const about = 'in which deals are opened where none is named; else the first'
  return [
    ...own,
    ...(await targetLines(db, settings.currency, today)),
    { name: 'process', text: process, bare: process, value: process, about },
    ...standards,
  ]
}

function unknown(name: string): Fault {
  return new Fault(
    'not-found',
    `there is no setting “${name}”`,
    `there are ${SETTING_NAMES.join(', ')}`,
  )
}

/** @throws Fault `not-found` if no setting has that name. */
export async function getSetting(book: Book, name: string, today: Day): Promise<SettingLine> {
  const wanted = name.trim().toLowerCase()
  const found = (await listSettings(book, today)).find((line) => line.name.toLowerCase() === wanted)
  if (found) return found
  // Ratings without a standard are not listed.
  if (STANDARD.test(wanted)) return { name, text: null, bare: null, value: null, about: '' }
  throw unknown(name)
}

/** Exchange rates that were there before the currency of the book changed: how many, and what they are for one of. */
interface KeptRates {
  count: number
  per: string[]
}

async function keptRates(db: Db): Promise<KeptRates | null> {
  const rows = await db
    .selectFrom('rates')
    .select(['per', ({ fn }) => fn.countAll<number>().as('count')])
    .groupBy('per')
    .orderBy('per')
    .execute()
  if (rows.length === 0) return null
  return { count: rows.reduce((sum, { count }) => sum + count, 0), per: rows.map(({ per }) => per) }
}

/** The refusal of another currency for a book that holds amounts. */
function currencyStays(store: Store, code: string, wanted: string): Fault {
  const others = foreignOnly(store)
  const what =
    others === null
      ? `the book has amounts in ${code}`
      : `the book has deals or products in ${others.join(', ')}, which count in ${code}`
  const hint =
    `make another book: funnel init --book FILE --currency ${wanted}; ` +
    'funnel export and funnel import take records along'
  return new Fault('failed', `${what}, so its currency stays`, hint)
}

/** Compares with the rows themselves: an invalid row stands for another value until it is set. */
async function write({ db, store, settings }: Book, named: string, after: Settings): Promise<void> {
  const [rows, old] = [settingRowsOf(store), settingValues(settings)]
  const isNamed = (key: string): boolean => key === named || key === `${named}_digits`
  for (const [key, value] of Object.entries(settingValues(after))) {
    const isOld = value === old[key as keyof typeof old] && !isNamed(key)
    if (isOld || value === (rows.get(key) ?? null)) continue
    if (value === null) await db.deleteFrom('settings').where('key', '=', key).execute()
    else {
      await db
        .insertInto('settings')
        .values({ key, value })
        .onConflict((conflict) => conflict.column('key').doUpdateSet({ value }))
        .execute()
    }
  }
}

/**
 * Changes a setting; `none` takes its value away. Another country reads the phone numbers of the book
 * again. Returns how many of them are recognised by another number since, and the rates that another currency of the
 * book leaves as they are.
 * @throws Fault `not-found` if there is no such setting; `usage` if it cannot be that; `failed` if it is the
 *   currency and the book has amounts.
 */
export async function changeSetting(
  book: Book,
  name: string,
  text: string,
  today: Day,
): Promise<{ phones: number; rates?: KeptRates | null }> {
  const { db, store, settings } = book
  const clears = text.trim().toLowerCase() === 'none'
  const rating = STANDARD.exec(name.trim())?.[1]
  if (rating !== undefined) {
    await setStandard(
      db,
      rating,
      clears
        ? null
        : wholeNumber(text, {
            what: 'a number of days',
            hint: 'write a whole number, such as 14',
            most: 99_999,
          }),
    )
    return { phones: 0 }
  }
  if (name.trim().toLowerCase() === 'process') {
    await setDefaultProcess(db, clears ? null : text)
    return { phones: 0 }
  }
  const wanted = name.trim().toLowerCase()
  if (isTarget(wanted)) {
    await setTarget(book, wanted, clears ? null : text, today)
    return { phones: 0 }
  }
  const kind = KINDS[wanted]
  if (!kind) throw unknown(name)
  if (clears && !kind.without) {
    throw new Fault('usage', `${name} cannot be none`, `see: funnel settings get ${name}`)
  }
  const after = clears ? kind.without?.(settings) : kind.with(settings, text)
  if (!after) return { phones: 0 }
  const isOther = after.currency.code !== settings.currency.code && isCurrency(settings.currency)
  if ((isOther || after.currency.digits !== settings.currency.digits) && holdsMoney(store)) {
    throw currencyStays(store, settings.currency.code, after.currency.code)
  }
  const row = wanted.startsWith('account-') ? 'accounts' : wanted.replaceAll('-', '_')
  await write(book, row, after)
  const rates = isOther ? await keptRates(db) : null
  if (after.country === settings.country) return { phones: 0, rates }
  const { readPhonesAgain } = await import('./read-phones.ts')
  return { phones: readPhonesAgain(store, after.country), rates }
}

/** Changes the text of a level of reminders; null is the one that comes with the program. */
export async function setReminderText(
  book: Book,
  level: number,
  text: string | null,
): Promise<void> {
  const { [level]: _, ...others } = book.settings.reminderTexts as Record<number, string>
  const reminderTexts = text === null ? others : { ...others, [level]: text }
  await write(book, 'reminder_texts', { ...book.settings, reminderTexts })
}

/** Changes a text of documents by its language and name, `de/proposal.intro`; null is the one that comes with the program. */
export async function setDocumentText(book: Book, key: string, text: string | null): Promise<void> {
  const { [key]: _, ...others } = book.settings.documentTexts as Record<string, string>
  const documentTexts = text === null ? others : { ...others, [key]: text }
  await write(book, 'document_texts', { ...book.settings, documentTexts })
}
