import { defineCommand, flag, option, type Values } from '../../cli/command.ts'
import type { Context } from '../../cli/context.ts'
import { periodOption } from '../../cli/options.ts'
import { toFile } from '../../cli/write-out.ts'
import type { Book } from '../../book/open.ts'
import { Fault } from '../../domain/fault.ts'
import { accountNamer } from '../../domain/journal/names.ts'
import type { Entry, Posting } from '../../domain/journal/entry.ts'
import { counted } from '../../domain/text.ts'
import { wholeNumber } from '../../domain/whole-number.ts'
import { journalEntries } from '../../export/journal/entries.ts'
import { journalNames } from '../../export/journal/names.ts'
import { journalTable } from '../../export/journal/table.ts'
import { isInPeriod } from '../../export/period.ts'
import {
  accountsBefore,
  accountsWritten,
  batchEntries,
  makeBatch,
  requireBatch,
  type Written,
} from '../../export/journal/batch.ts'
import { exportTo, filePieces, formatOf } from './command.ts'
import { fileOptions, formatOption, TABLES } from './options.ts'

const FORMATS = ['hledger', 'ledger', 'beancount', ...TABLES] as const

const options = {
  period: periodOption('only entries of these days: 2026-Q3, last-month …'),
  sinceLast: flag('--since-last', 'only what no batch had yet, as the next batch; needs --out'),
  batch: option('--batch <number>', 'this batch once more', (text) =>
    wholeNumber(text, { what: 'the number of a batch', hint: 'such as 3', least: 1 }),
  ),
  format: formatOption(FORMATS),
  ...fileOptions,
}

/** What the entries of the whole book are made of. */
async function sourceOf({ db, settings }: Book) {
  const names = await journalNames(db)
  return { names, account: accountNamer(settings.accounts, names) }
}

function contentOf(
  { settings: { currency } }: Book,
  entries: () => AsyncIterable<Entry>,
  names: { client: (id: number) => string; account: (posting: Posting) => string },
  declared: ReadonlySet<string> = new Set(),
) {
  return {
    table: () => journalTable(entries, currency, names),
    journal: { currency, entries, declared, ...names },
  }
}

/** A batch as it was written down. */
async function batchContent(book: Book, batch: number) {
  const { names } = await sourceOf(book)
  const entries = (): AsyncIterable<Entry> => batchEntries(book.db, batch)
  const account = (posting: Posting): string => (posting as Written).account
  return contentOf(book, entries, { ...names, account }, await accountsBefore(book.db, batch))
}

/** Says which invoices and payments are left out. */
function sayUnrated(context: Context, count: number): void {
  if (count === 0) return
  const what = counted(count, 'entry is', 'entries are')
  context.say(
    `warning: ${what} left out, in another currency without an exchange rate on the day; funnel rate apply says which day and fixes that`,
  )
}

async function nextBatch(context: Context, given: Values<typeof options>): Promise<unknown> {
  const { out, period } = given
  if (out === undefined || out === '-') {
    const hint = 'name it with --out FILE; --batch N writes a batch once more'
    throw new Fault('usage', 'a batch goes into a file', hint)
  }
  const format = formatOf(context, given, FORMATS)
  const book = await context.book()
  return context.change({}, async (db, { today }) => {
    const { names } = await sourceOf(book)
    // A client that was renamed stays on its account, else what it owes and what it pays would be on two.
    const account = accountNamer(book.settings.accounts, names, await accountsWritten(db))
    const { entries, unrated } = journalEntries(db, book.settings.currency)
    const isWanted = (day: Entry['day']): boolean => isInPeriod(day, period)
    const batch = await makeBatch(book.store, db, entries(), { isWanted, account, today })
    sayUnrated(context, unrated())
    if (batch === null) {
      const summary = 'nothing new for the journal'
      return { summary, text: summary, result: { batch: null, entries: 0 } }
    }
    const content = await batchContent({ ...book, db }, batch.id)
    await toFile(context, out, await filePieces(content, format, given))
    const { id, entries: count, corrections } = batch
    const back = corrections === 0 ? '' : `, ${corrections} of them to take back earlier ones`
    return {
      summary: `batch ${id} of the journal: ${counted(count, 'entry', 'entries')}${back}`,
      result: { batch: id, entries: count, corrections, file: out },
    }
  })
}

export default defineCommand({
  description:
    'Double-entry bookkeeping of invoices, credit notes and payments, in the currency of the book: what clients ' +
    'owe, sales, tax, money, and differences between exchange rates. Accounts are named by settings: ' +
    'funnel settings set account-sales Income:Sales:{rate}. With --since-last each document goes out once; what ' +
    'changed after it went out is taken back and comes again.',
  options,
  examples: [
    'export journal --format hledger --out sales.journal',
    'export journal --period 2026 --out journal.xlsx',
    'export journal --since-last --out next.beancount',
  ],
  async run(context, _args, given) {
    const { batch, sinceLast, period } = given
    if (sinceLast && batch !== undefined) {
      throw new Fault(
        'usage',
        '--since-last makes a batch, --batch writes an earlier one',
        'give one',
      )
    }
    if (sinceLast) return nextBatch(context, given)
    if (batch !== undefined && period) {
      throw new Fault('usage', '--period does not go with --batch', 'leave it out')
    }
    return exportTo(context, FORMATS, given, async (book) => {
      if (batch !== undefined) {
        await requireBatch(book.db, batch)
        return batchContent(book, batch)
      }
      const { names, account } = await sourceOf(book)
      const { entries, unrated } = journalEntries(book.db, book.settings.currency, period)
      async function* all(): AsyncGenerator<Entry> {
        yield* entries()
        told ||= (sayUnrated(context, unrated()), true)
      }
      let told = false
      return contentOf(book, all, { ...names, account })
    })
  },
})
