import type { Book } from '../book/open.ts'
import type { Db } from '../book/store/db.ts'
import type { Store } from '../book/store/store.ts'
import { type Settings, settingValues } from '../domain/settings.ts'
import { isCurrency } from '../domain/stored-settings.ts'
import { foreignOnly, holdsMoney, settingRowsOf } from '../book/settings.ts'
import { wholeNumber } from '../domain/whole-number.ts'
import { Fault } from '../domain/fault.ts'
import type { Day } from '../domain/day.ts'
import { chosenProcess, setDefaultProcess } from './default-process.ts'
import { listStandards, setStandard } from './standards.ts'
import { isTarget, setTarget, TARGET_NAMES, targetLines } from './targets.ts'
import { KINDS } from './setting-kinds.ts'

/** A setting as it is shown: `text` for people and for `settings set`, `value` for JSON. */
export interface SettingLine {
  name: string
  text: string | null
  /** For scripts: like `text`, but an amount is a bare number. */
  bare: string | null
  value: string | number | null
  about: string
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
