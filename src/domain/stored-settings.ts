import {
  isColor,
  parseBlocks,
  REMINDER_FORMATS,
  type ReminderFormat,
  SENT_FORMATS,
  type SentFormat,
  USUAL_DOCUMENTS,
} from './documents.ts'
import { documentLanguage } from './language.ts'
import type { Locale } from './locale.ts'
import { keptAccounts } from './journal/accounts.ts'
import type { Currency } from './money.ts'
import { E_FORMATS, type EFormat } from './einvoice/formats.ts'
import { isPattern, USUAL_PATTERN, USUAL_PROPOSAL_PATTERN } from './invoices/number.ts'
import { parseReminderDays, USUAL_REMINDERS } from './invoices/reminders.ts'
import type { Portion } from './lines/scaled.ts'
import { shortened } from './plain-text.ts'
import { NO_END, type SettingKey, type Settings } from './settings.ts'
import { keptHours, USUAL_HOURS } from './working-hours.ts'

/** ISO 4217's code for no currency at all. */
const NO_CURRENCY = 'XXX'

function isLocale(text: string): boolean {
  try {
    const kept = JSON.parse(text) as Partial<Record<string, unknown>> | null
    return ['tag', 'group', 'decimal', 'day'].every((part) => typeof kept?.[part] === 'string')
  } catch {
    return false
  }
}

function isReminderDays(text: string): boolean {
  try {
    return parseReminderDays(text).join(',') === text
  } catch {
    return false
  }
}

function isTexts(text: string): boolean {
  try {
    const kept = JSON.parse(text) as Record<string, unknown> | null
    const isPlain = kept?.constructor === Object
    return isPlain && Object.values(kept).every((one) => typeof one === 'string')
  } catch {
    return false
  }
}

function isBlocks(text: string): boolean {
  try {
    return parseBlocks(text).join(',') === text
  } catch {
    return false
  }
}

/** The least that a value must look like. Doctor checks what the system has lists of. */
const SHAPES: Record<SettingKey, (text: string) => boolean> = {
  currency: (text) => /^[A-Z]{3}$/.test(text),
  currency_digits: (text) => /^[0-4]$/.test(text),
  timezone: (text) => /^[A-Za-z][\w+/-]{1,63}$/.test(text),
  first_weekday: (text) => /^[1-7]$/.test(text),
  country: (text) => /^[A-Z]{2}$/.test(text),
  margin: (text) => text.trim() !== '' && Number(text) >= 0 && Number(text) <= 1,
  working_days: (text) => /^1?2?3?4?5?6?7?$/.test(text) && text !== '',
  locale: isLocale,
  working_hours: (text) => keptHours(text) !== null,
  invoice_number: isPattern,
  proposal_number: isPattern,
  e_invoice: (text) => text === 'off' || E_FORMATS.some((one) => one === text),
  accounts: (text) => keptAccounts(text) !== null,
  reminder_days: isReminderDays,
  reminder_gap: (text) => /^\d{1,3}$/.test(text),
  reminder_texts: isTexts,
  late_interest: (text) => /^\d{1,7}$/.test(text) && Number(text) <= 1_000_000,
  document_language: (text) => documentLanguage(text) !== undefined,
  document_color: isColor,
  invoice_format: (text) => SENT_FORMATS.some((one) => one === text),
  reminder_format: (text) => REMINDER_FORMATS.some((one) => one === text),
  document_blocks: isBlocks,
  document_texts: isTexts,
  proposal_valid: (text) => text === NO_END || /^[1-9]\d{0,2}$/.test(text),
}

/** Does a value at least look like what it should be? */
export function isPossible(key: SettingKey, value: string): boolean {
  return SHAPES[key](value)
}

/** What is typed to set them, if it is not their own name. */
const NAMES: Partial<Record<string, string>> = {
  currency_digits: 'currency',
  accounts: 'account-sales',
}

/** Settings with impossible values, a line each, with what to type. They count as not set. */
export function impossibleSettings(values: ReadonlyMap<string, string>): string[] {
  return Object.keys(SHAPES).flatMap((key) => {
    const value = values.get(key)
    if (value === undefined || isPossible(key as SettingKey, value)) return []
    const name = NAMES[key] ?? key.replaceAll('_', '-')
    const what = `the book's ${key.replaceAll('_', ' ')} “${shortened(value, 40)}” is not valid`
    return [`${what}; set it with: funnel settings set ${name} …`]
  })
}

/** For how many days proposals are valid; null is without end. */
function readValid(kept: string | undefined): number | null {
  if (kept === undefined) return USUAL_DOCUMENTS.proposalValid
  return kept === NO_END ? null : Number(kept)
}

/** Reads the settings of a book; impossible values count as not set. */
export function readSettings(rows: ReadonlyMap<string, string>): Settings {
  const possible = (key: SettingKey): string | undefined => {
    const value = rows.get(key)
    return value !== undefined && SHAPES[key](value) ? value : undefined
  }
  const number = (key: SettingKey): number | null => {
    const value = possible(key)
    return value === undefined ? null : Number(value)
  }
  const kept = possible('locale')
  const locale = kept === undefined ? null : (JSON.parse(kept) as Locale)
  return {
    currency: {
      code: possible('currency') ?? (rows.has('currency') ? NO_CURRENCY : 'EUR'),
      digits: number('currency_digits') ?? 2,
      ...(locale ? { marks: { group: locale.group, decimal: locale.decimal } } : {}),
    },
    timezone: possible('timezone') ?? 'UTC',
    firstWeekday: number('first_weekday') ?? 1,
    country: possible('country') ?? null,
    margin: number('margin'),
    workingDays: (possible('working_days') ?? '12345').split('').map(Number),
    locale,
    invoiceNumber: possible('invoice_number') ?? USUAL_PATTERN,
    proposalNumber: possible('proposal_number') ?? USUAL_PROPOSAL_PATTERN,
    eInvoice: (possible('e_invoice') as EFormat | 'off' | undefined) ?? null,
    accounts: keptAccounts(possible('accounts') ?? '') ?? {},
    reminders: {
      days: possible('reminder_days')?.split(',').map(Number) ?? USUAL_REMINDERS.days,
      gap: number('reminder_gap') ?? USUAL_REMINDERS.gap,
    },
    reminderTexts: JSON.parse(possible('reminder_texts') ?? '{}') as Record<string, string>,
    lateInterest: number('late_interest') as Portion | null,
    workingHours: keptHours(possible('working_hours') ?? '') ?? USUAL_HOURS,
    documentLanguage: possible('document_language') ?? USUAL_DOCUMENTS.documentLanguage,
    invoiceFormat:
      (possible('invoice_format') as SentFormat | undefined) ?? USUAL_DOCUMENTS.invoiceFormat,
    reminderFormat:
      (possible('reminder_format') as ReminderFormat | undefined) ?? USUAL_DOCUMENTS.reminderFormat,
    documentColor: possible('document_color') ?? USUAL_DOCUMENTS.documentColor,
    documentBlocks: parseBlocks(
      possible('document_blocks') ?? USUAL_DOCUMENTS.documentBlocks.join(','),
    ),
    documentTexts: JSON.parse(possible('document_texts') ?? '{}') as Record<string, string>,
    proposalValid: readValid(possible('proposal_valid')),
  }
}

/** False for a currency that a foreign book may claim. */
export function isCurrency({ code }: Currency): boolean {
  return Intl.supportedValuesOf('currency').includes(code) && code !== NO_CURRENCY
}
