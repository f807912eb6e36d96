import { type RawBuilder, sql, type SqlBool } from 'kysely'
import type { Db } from '../book/store/db.ts'
import { choice, defineCommand, flag, option } from '../cli/command.ts'
import type { Context } from '../cli/context.ts'
import { readCount } from '../cli/options.ts'
import type { Day } from '../domain/day.ts'
import { toFile } from '../cli/write-out.ts'
import { keepDocument } from '../documents/keep.ts'
import { REMINDER_FORMATS, type ReminderFormat } from '../domain/documents.ts'
import { Fault } from '../domain/fault.ts'
import { addAll, maxOf } from '../domain/lists.ts'
import { type Column, listReport, type Report, type Row } from '../domain/table.ts'
import { toDecimal } from '../domain/money.ts'
import { counted } from '../domain/text.ts'
import { wholeNumber } from '../domain/whole-number.ts'
import { parseMailbox } from '../mail/addresses.ts'
import { addressCommand, mailAddresses } from '../money/letters/address.ts'
import { dueReminders } from '../money/reminders/due.ts'
import { letterSubject, reminderLetters } from '../money/reminders/letters.ts'
import { recordReminders } from '../money/reminders/record.ts'
import { find } from '../records/lookup.ts'
import { currencyOf, moneyText } from './shared/own-money.ts'
import { reminderFiles, worded, type WordedReminder } from './shared/reminder-files.ts'
import { changeByMail, letterFolder, letterPage } from './shared/mail/letters.ts'
import { sendOutbox } from './shared/mail/deliver.ts'
import { MAIL_HELP, mailOptions } from './shared/mail/options.ts'

const COLUMNS: Column[] = [
  { key: 'client', label: 'Client', type: 'text' },
  { key: 'client_id', label: 'Client no.', type: 'count', hidden: true },
  { key: 'level', label: 'Level', type: 'count' },
  { key: 'invoices', label: 'Invoices', type: 'text', wrap: true },
  { key: 'late', label: 'Late', type: 'days' },
  { key: 'open_text', label: 'Open', type: 'text', spoken: true, lasting: true, whole: true },
  { key: 'open', label: 'Open', type: 'number', hidden: true },
  {
    key: 'interest_text',
    label: 'Interest',
    type: 'text',
    optional: true,
    spoken: true,
    whole: true,
  },
  { key: 'interest', label: 'Interest', type: 'number', hidden: true },
  { key: 'currency', label: 'Currency', type: 'text', hidden: true },
  { key: 'to', label: 'To', type: 'text', none: 'no address' },
  { key: 'subject', label: 'Subject', type: 'text', hidden: true },
  { key: 'text', label: 'Text', type: 'text', hidden: true },
]

/** Letters that can go, and those whose client has no address. */
interface Batch {
  letters: WordedReminder[]
  without: WordedReminder[]
  /** How many wait for the next run, as `--limit` says. */
  left: number
}

interface Wish {
  level?: number | undefined
  limit?: number | undefined
  client?: string | undefined
}

/** Can mail go to an address? A book takes more than mail does, and one bad address must not stop the others. */
function isMailable(address: string): boolean {
  try {
    parseMailbox(address)
    return true
  } catch {
    return false
  }
}

/** The letters that are due. @param needsAddress leave out clients without one: they can get no mail. */
async function batchOf(
  context: Context,
  db: Db,
  { level, limit, client }: Wish,
  needsAddress: boolean,
): Promise<Batch> {
  const { settings } = await context.book()
  const today = await context.today()
  const tests: RawBuilder<SqlBool>[] = []
  if (client !== undefined) {
    tests.push(sql<SqlBool>`i.client_id = ${(await find(db, 'client', client)).id}`)
  }
  const due = await dueReminders(db, settings, today, { level, tests })
  const all = await reminderLetters(db, due)
  const addresses = await mailAddresses(db, [...new Set(all.map(({ clientId }) => clientId))])
  const addressed: WordedReminder[] = []
  for (const letter of all) {
    const address = addresses.get(letter.clientId)
    const to = address !== undefined && isMailable(address) ? address : null
    addressed.push(await worded(context, db, { ...letter, to }))
  }
  const ready = addressed.filter(({ to }) => !needsAddress || to !== null)
  const letters = limit === undefined ? ready : ready.slice(0, limit)
  return {
    letters,
    without: addressed.filter(({ to }) => to === null),
    left: ready.length - letters.length,
  }
}

async function rowOf(context: Context, letter: WordedReminder): Promise<Row> {
  const book = (await context.book()).settings.currency
  const own = currencyOf(letter.currency === book.code ? null : letter.currency, book)
  const { subject, text } = letter
  return {
    client: letter.client,
    client_id: letter.clientId,
    level: letter.level,
    invoices: letter.reminders.map(({ number }) => number).join(', '),
    late: maxOf(letter.reminders.map(({ late }) => late)),
    open: toDecimal(letter.open, own),
    open_text: moneyText(letter.open, own),
    interest: toDecimal(letter.interest, own),
    interest_text: letter.interest === 0 ? null : moneyText(letter.interest, own),
    currency: letter.currency,
    to: letter.to,
    subject,
    text,
  }
}

/** Clients that cannot be mailed to, a line each, with what to type. */
function withoutLines(without: readonly WordedReminder[]): string[] {
  const clients = new Map(without.map(({ clientId, client }) => [clientId, client]))
  return [...clients].map(
    ([id, name]) =>
      `${name} has no e-mail address that mail can go to: ${addressCommand(id)}, or remind --out DIR`,
  )
}

const leftLine = (left: number): string[] =>
  left === 0 ? [] : [`${counted(left, 'letter')} more: run it again without --limit`]

async function preview(context: Context, batch: Batch, today: Day): Promise<void> {
  const { letters, without, left } = batch
  const rows = await Promise.all(letters.map((letter) => rowOf(context, letter)))
  const report: Report = {
    ...listReport(
      'reminders',
      `Reminders due on ${today} (${counted(rows.length, 'letter')})`,
      { key: 'reminders', columns: COLUMNS, rows },
      { empty: 'No reminder is due.' },
    ),
    notes: [...withoutLines(without), ...leftLine(left)],
  }
  await context.print(report)
  const [only, second] = letters
  const { json, csv } = context.globals
  if (!only || second || json || csv) return
  const page = letterPage(only, only.to)
  context.io.stdout.write(`\n${page}`)
}

/** `sent 3 reminders to 2 clients`. */
function summaryOf(letters: readonly WordedReminder[], how: string): string {
  const invoices = letters.reduce((sum, { reminders }) => sum + reminders.length, 0)
  const clients = new Set(letters.map(({ clientId }) => clientId)).size
  return `${how} ${counted(letters.length, 'letter')} to ${counted(clients, 'client')} about ${counted(invoices, 'invoice')}`
}

const NOTHING = 'no reminder is due'

function resultOf(letters: readonly WordedReminder[], without: readonly WordedReminder[]) {
  return {
    letters: letters.map(({ clientId, client, level, reminders, to }) => ({
      client_id: clientId,
      client,
      level,
      invoices: reminders.map(({ number }) => number),
      to,
    })),
    without_address: [...new Set(without.map(({ client }) => client))],
  }
}

async function toFolder(
  context: Context,
  folder: string,
  wish: Wish,
  format: ReminderFormat,
): Promise<void> {
  letterFolder(context, folder)
  await context.change({}, async (db, moment) => {
    const { letters, left } = await batchOf(context, db, wish, false)
    const fileOf = await reminderFiles(context, db, format)
    const warnings: string[] = []
    for (const letter of letters) {
      const { file, notes } = await fileOf(letter)
      const place = `${folder}/${file.name}`
      await recordReminders(db, letter, { to: `as ${place}`, mail: null }, moment)
      await toFile(context, place, [file.bytes])
      await keepDocument(db, file, moment)
      addAll(warnings, notes)
    }
    const summary = letters.length === 0 ? NOTHING : `${summaryOf(letters, 'wrote')}, in ${folder}`
    return {
      summary,
      text: [summary, ...warnings, ...leftLine(left)].join('\n'),
      result: { ...resultOf(letters, []), folder },
    }
  })
}

export default defineCommand({
  description:
    'Reminds clients of invoices that are late, of what is open when it is sent. Levels follow one another, each once ' +
    'for an invoice, however often this runs: run it every working day from cron. Invoices on hold and those promised ' +
    'for a day to come (funnel promise) are left alone. The invoices of a client that are due for the same level ' +
    'share a letter. funnel settings set reminder-days, reminder-gap and late-interest say when, and what is asked ' +
    'for; funnel reminder text shows and changes the texts. Letters are in the language of the client, and kept as they ' +
    `were sent. What was sent cannot be undone. ${MAIL_HELP}`,
  options: {
    dryRun: flag('--dry-run', 'show what is due, and the letter if it is one; send nothing'),
    level: option('--level <number>', 'only those of this level', (text) =>
      wholeNumber(text, { what: 'a level of reminders', hint: 'write 1, 2 …', most: 9 }),
    ),
    limit: option('--limit <count>', 'send no more than this many letters', readCount),
    client: option('--client <client>', 'only those of this client'),
    out: option('--out <folder>', 'write letters to this folder instead; they count as sent'),
    format: choice(
      '--format <format>',
      'as text, or with a PDF, if not as the setting reminder-format says',
      REMINDER_FORMATS,
    ),
    sendmail: mailOptions.sendmail,
  },
  examples: [
    'remind --dry-run',
    'remind --dry-run --client harbour',
    'remind --out letters --format pdf',
  ],
  async run(context, _args, { dryRun, out, format, sendmail, ...wish }) {
    const { db, settings } = await context.book()
    const levels = settings.reminders.days.length
    if (wish.level !== undefined && wish.level > levels) {
      const hint = `there are ${counted(levels, 'level')}: funnel settings get reminder-days`
      throw new Fault('usage', `no reminder has level ${wish.level}`, hint)
    }
    if (dryRun) {
      return preview(context, await batchOf(context, db, wish, false), await context.today())
    }
    const as = format ?? settings.reminderFormat
    if (out !== undefined) return toFolder(context, out, wish, as)
    const { letters, without } = await batchOf(context, db, wish, true)
    if (letters.length === 0) {
      // What could not be sent the last time goes now.
      const lines = [NOTHING, ...withoutLines(without)]
      const result = { operation: null, ...resultOf([], without) }
      return sendOutbox(context, sendmail ?? false, false, { lines, result })
    }
    return changeByMail(
      context,
      { sendmail, instead: '--out DIR' },
      async ({ put }, within, moment) => {
        // Another run may have sent some meanwhile.
        const batch = await batchOf(context, within, wish, true)
        const fileOf = await reminderFiles(context, within, as)
        const warnings: string[] = []
        for (const letter of batch.letters) {
          const to = letter.to ?? ''
          const { file, notes } = await fileOf(letter)
          const { name, bytes } = file
          const files = as === 'pdf' ? [{ name, type: 'application/pdf', bytes }] : []
          const mail = await put(within, letter, to, letterSubject(letter), files)
          await recordReminders(within, letter, { to: `to ${to}`, mail }, moment)
          await keepDocument(within, file, moment)
          addAll(warnings, notes)
        }
        const summary = batch.letters.length === 0 ? NOTHING : summaryOf(batch.letters, 'sent')
        return {
          summary,
          said: {
            lines: [...warnings, ...withoutLines(batch.without), ...leftLine(batch.left)],
            once: true,
            result: resultOf(batch.letters, batch.without),
          },
        }
      },
    )
  },
})
