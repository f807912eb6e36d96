import { authorOf } from '../../cli/author.ts'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { copiesOf } from '../../book/erase/copies.ts'
import { type Mention, stillNamed } from '../../book/erase/mentioned.ts'
import { mayHold } from '../../book/erase/held.ts'
import { eraseClient } from '../../book/erase/index.ts'
import { defineCommand } from '../../cli/command.ts'
import { type Context, shortPath } from '../../cli/context.ts'
import { pastInterrupt } from '../../cli/interrupt.ts'
import type { Db } from '../../book/store/db.ts'
import { Fault } from '../../domain/fault.ts'
import { counted } from '../../domain/text.ts'
import { CLIENT_TEXTS, namesOf } from '../../domain/text-fields.ts'
import { openOutbox } from '../../mail/outbox.ts'
import { mailsTo } from '../../money/letters/kept.ts'
import { find, type Named } from '../../records/lookup.ts'

async function confirm(context: Context, { id, name }: Named): Promise<void> {
  if (context.globals.yes) return
  const what = `client ${id} (${name})`
  if (!context.interactive) {
    const message = `erasing ${what} can never be undone, so it needs a yes`
    throw new Fault('usage', message, `if you mean it: funnel client erase ${id} --yes`)
  }
  const { confirm: ask } = await context.ask()
  if (await ask(`Erase ${what} for good? This can never be undone.`, false)) return
  throw new Fault('failed', 'nothing was erased')
}

/** What tax law has kept of it. */
async function keptLines(db: Db, client: number): Promise<string[]> {
  const countOf = async (table: 'invoices' | 'payments'): Promise<number> => {
    const { n } = await db
      .selectFrom(table)
      .select(({ fn }) => fn.countAll<number>().as('n'))
      .where('client_id', '=', client)
      .executeTakeFirstOrThrow()
    return n
  }
  const [invoices, payments] = [await countOf('invoices'), await countOf('payments')]
  if (invoices + payments === 0) return []
  const what = [
    ...(invoices > 0 ? [counted(invoices, 'invoice')] : []),
    ...(payments > 0 ? [counted(payments, 'payment')] : []),
  ]
  return [`kept, as tax law asks: ${what.join(' and ')}, with the buyer as they were issued to`]
}

/** This many places are listed; if there are more, they are counted. */
const LISTED = 50

function line({ kind, id, client }: Mention): string {
  if (kind === 'imported file') return `still in the name of a file that was imported: ${id}`
  if (kind === 'operation') return `still named in the history: operation ${id}`
  const which = typeof id === 'string' ? `“${id}”` : String(id)
  return `still named in ${kind} ${which}${client === null ? '' : ` (${client})`}`
}

/**
 * Does the file that a client came from still name it? Unknown if it is no longer in this folder or
 * next to the book.
 */
function stillHolds(context: Context, file: string, known: readonly string[]): boolean {
  const folders = [context.io.cwd, path.dirname(context.bookPath())]
  const there = folders.map((folder) => path.join(folder, file)).filter((one) => existsSync(one))
  return there.length === 0 || there.some((one) => mayHold(one, known))
}

export default defineCommand({
  description:
    'Removes a person’s data for good: names, people, addresses, bank accounts, properties, categories, notes ' +
    'and the texts of deals, interactions and tasks, in the journal and the search index as ' +
    'well. What the figures need stays, under “erased client N”: deals with amounts, stages, ' +
    'events and days, when and how you spoke, owner, source, invoices as they were issued, payments and bookings, ' +
    `${namesOf(CLIENT_TEXTS, 'word').join(', ')}. This can never be undone, and neither can ` +
    'earlier commands that touched the client. Known copies of the book are listed.',
  arguments: [{ syntax: '<client>', help: 'its number, or part of its name' }],
  options: {},
  examples: ['client erase harbour --yes'],
  async run(context, [text = '']) {
    const book = await context.book()
    const client = await find(book.db, 'client', text)
    await confirm(context, client)
    const { recordedAt, today } = await context.moment()
    const done = await eraseClient(book, client.id, {
      at: recordedAt,
      today,
      author: authorOf(context.io),
    })
    pastInterrupt()
    const outbox = openOutbox(book.path, false)
    try {
      outbox?.forget({ addresses: done.names, ids: await mailsTo(book.db, client.id) })
    } finally {
      outbox?.close()
    }
    const copies = copiesOf(book)
      .filter((file) => mayHold(file, done.names))
      .map((file) => shortPath(context.io, file))
    const files = done.files.filter((file) => stillHolds(context, file, done.names))
    const left = stillNamed(book.store, client.id, done.names)
    const lines = [
      `erased client ${client.id} for good; this cannot be undone`,
      ...(await keptLines(book.db, client.id)),
      ...copies.map((file) => `still in a copy of the book: ${file} (delete it)`),
      ...files.map((file) => `it came from the file: ${file}`),
      ...left.slice(0, LISTED).map(line),
      ...(left.length > LISTED ? [`and in ${left.length - LISTED} more places`] : []),
    ]
    await context.tell(lines.join('\n'), {
      operation: done.operation,
      client: client.id,
      copies,
      files,
      mentions: left.map(({ kind, id }) => `${kind} ${id}`),
    })
  },
})
