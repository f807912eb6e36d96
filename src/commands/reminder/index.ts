import { readFileSync } from 'node:fs'
import path from 'node:path'
import { defineCommand, flag, option } from '../../cli/command.ts'
import { Fault } from '../../domain/fault.ts'
import {
  parseReminderText,
  REMINDER_WORDS,
  usualText,
} from '../../domain/invoices/reminder-texts.ts'
import { toDecimal } from '../../domain/money.ts'
import { type Column, listReport } from '../../domain/table.ts'
import { counted } from '../../domain/text.ts'
import { wholeNumber } from '../../domain/whole-number.ts'
import { findIssued } from '../../money/invoices/find.ts'
import { listReminders } from '../../money/reminders/list.ts'
import { tongueOf } from '../../documents/words/index.ts'
import { find } from '../../records/lookup.ts'
import { setReminderText } from '../../records/settings.ts'
import { currencyOf, moneyText } from '../shared/own-money.ts'

const COLUMNS: Column[] = [
  { key: 'at', label: 'Day', type: 'day' },
  { key: 'number', label: 'Invoice', type: 'text', whole: true },
  { key: 'client', label: 'Client', type: 'text' },
  { key: 'client_id', label: 'Client no.', type: 'count', hidden: true },
  { key: 'level', label: 'Level', type: 'count' },
  { key: 'due_on', label: 'Due', type: 'day' },
  { key: 'open_text', label: 'Late then', type: 'text', spoken: true, lasting: true, whole: true },
  { key: 'open', label: 'Late then', type: 'number', hidden: true },
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
  { key: 'by', label: 'By', type: 'text' },
]

export const list = defineCommand({
  asOf: true,
  options: {
    client: option('--client <client>', 'only those to this client'),
    invoice: option('--invoice <invoice>', 'only those of this invoice'),
  },
  examples: ['reminder list', 'reminder list --client harbour --json'],
  async run(context, _args, { client, invoice }) {
    const { db, settings } = await context.book()
    const book = settings.currency
    const all = await listReminders(db, {
      clientId: client === undefined ? undefined : (await find(db, 'client', client)).id,
      invoiceId: invoice === undefined ? undefined : (await findIssued(db, invoice)).id,
      on: await context.asOf(),
    })
    const rows = all.map(({ message_id: mail, ...row }) => {
      const own = currencyOf(row.currency === book.code ? null : row.currency, book)
      return {
        ...row,
        open: toDecimal(row.open, own),
        open_text: moneyText(row.open, own),
        interest: toDecimal(row.interest, own),
        interest_text: row.interest === 0 ? null : moneyText(row.interest, own),
        by: mail === null ? 'file' : 'mail',
      }
    })
    const section = { key: 'reminders', columns: COLUMNS, rows }
    const empty = 'No reminder was sent; funnel remind --dry-run shows what is due.'
    await context.print(
      listReport('sent-reminders', `Reminders (${rows.length})`, section, { empty }),
    )
  },
})

const WORDS = Object.entries(REMINDER_WORDS)
  .map(([name, about]) => `{${name}} (${about})`)
  .join(', ')

/** A text from a file. @throws Fault `usage` if it cannot be read. */
function readText(folder: string, name: string): string {
  try {
    return readFileSync(path.resolve(folder, name), 'utf8')
  } catch (error) {
    throw new Fault('usage', `${name} cannot be read`, 'name a text file', error)
  }
}

export const text = defineCommand({
  description:
    'Prints what a reminder of a level says, for you to change: save it to a file, edit it, and hand it back with ' +
    `--file. The first line is the subject. Words in braces are filled in: ${WORDS}. A paragraph of which nothing is ` +
    'left is left out.',
  arguments: [{ syntax: '<level>', help: '1, 2 …' }],
  options: {
    file: option('--file <file>', 'take the text from this file'),
    reset: flag('--reset', 'go back to the text that comes with funnel'),
  },
  examples: ['reminder text 1', 'reminder text 1 --reset'],
  async run(context, [typed = ''], { file, reset }) {
    const { settings } = await context.book()
    const levels = settings.reminders.days.length
    const level = wholeNumber(typed, {
      what: `a level of reminders`,
      hint: `there are ${counted(levels, 'level')}: funnel settings get reminder-days`,
      most: levels,
    })
    if (file !== undefined && reset) {
      throw new Fault('usage', '--file and --reset cannot be used together', 'give one of them')
    }
    if (file === undefined && !reset) {
      const { words } = tongueOf(settings.documentLanguage)
      const usual = usualText(level, levels, words.reminders)
      const now = settings.reminderTexts[level] ?? usual
      await context.tell(now, { level, text: now, own: now !== usual })
      return
    }
    const given = file === undefined ? null : parseReminderText(readText(context.io.cwd, file))
    await context.change({}, async () => {
      await setReminderText(await context.book(), level, given)
      const what = given === null ? 'is the usual one again' : `is that of ${file}`
      return { summary: `the text of reminders of level ${level} ${what}`, result: { level } }
    })
  },
})
