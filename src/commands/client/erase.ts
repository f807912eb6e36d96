import { copiesOf } from '../../book/erase/copies.ts'
import { eraseClient } from '../../book/erase/index.ts'
import type { Book } from '../../book/open.ts'
import { catchUp } from '../../book/search/catch-up.ts'
import { defineCommand } from '../../cli/command.ts'
import { type Context, shortPath } from '../../cli/context.ts'
import { Fault } from '../../domain/fault.ts'
import { findRecords, type Hit } from '../../records/find/index.ts'
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

const MENTIONS = 5

/** Other records in which the person still stands, found by what the client was known by. */
async function mentions(book: Book, telling: string[]): Promise<Hit[]> {
  catchUp(book)
  const found = new Map<string, Hit>()
  for (const text of telling.filter((known) => known.length > 3).slice(0, 20)) {
    for (const hit of await findRecords(book.db, text, MENTIONS)) {
      if (`${hit.text} ${hit.client}`.toLowerCase().includes(text.toLowerCase())) {
        found.set(`${hit.kind} ${hit.id}`, hit)
      }
    }
  }
  return [...found.values()]
}

export default defineCommand({
  description:
    'Removes a person’s data for good: names, people, addresses, properties, categories, notes and ' +
    'the texts of deals, interactions and tasks, in the journal and the search as well. What figures ' +
    'are made of stays, under “erased client N”: deals with amounts, stages, events and days, when ' +
    'and how you spoke, owner, source, region, size, rating. It can never be undone, nor can ' +
    'earlier commands that touched the client. Copies of the book that are known are named.',
  arguments: [{ syntax: '<client>', help: 'its number, or part of its name' }],
  options: {},
  examples: ['client erase harbour --yes'],
  async run(context, [text = '']) {
    const book = await context.book()
    const client = await find(book.db, 'client', text)
    await confirm(context, client)
    const { recordedAt, today } = await context.moment()
    const done = await eraseClient(book, client.id, { at: recordedAt, today })
    const copies = copiesOf(book).map((file) => shortPath(context.io, file))
    const left = await mentions(book, done.telling)
    const lines = [
      `erased client ${client.id} for good; this cannot be undone`,
      ...copies.map((file) => `still in a copy of the book: ${file} (delete it)`),
      ...done.files.map((file) => `it came from the file: ${file}`),
      ...left.map(({ kind, id, client: of }) =>
        of === null || kind === 'client'
          ? `still named in ${kind} ${id}`
          : `still named in ${kind} ${id} (${of})`,
      ),
    ]
    await context.tell(lines.join('\n'), {
      operation: done.operation,
      client: client.id,
      copies,
      files: done.files,
      mentions: left.map(({ kind, id }) => `${kind} ${id}`),
    })
  },
})
