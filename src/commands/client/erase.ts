import { existsSync } from 'node:fs'
import path from 'node:path'
import { copiesOf } from '../../book/erase/copies.ts'
import { mayHold } from '../../book/erase/held.ts'
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

/** Does a text name somebody, and not only hold the name in a longer word? */
function names(text: string, name: string): boolean {
  const escaped = name.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
  return new RegExp(`(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])`, 'iu').test(text)
}

/** Other records in which the person still stands, found by names and addresses. */
async function mentions(book: Book, known: string[]): Promise<Hit[]> {
  catchUp(book)
  const found = new Map<string, Hit>()
  for (const text of known.filter(({ length }) => length > 3).slice(0, 20)) {
    for (const hit of await findRecords(book.db, text, MENTIONS)) {
      if (names(`${hit.text} ${hit.client ?? ''}`, text)) {
        found.set(`${hit.kind} ${hit.id}`, hit)
      }
    }
  }
  return [...found.values()]
}

/**
 * Does the file from which a client came still tell of it? Where it is not in this folder any more, or
 * beside the book, nobody knows.
 */
function stillHolds(context: Context, file: string, known: readonly string[]): boolean {
  const folders = [context.io.cwd, path.dirname(context.bookPath())]
  const there = folders.map((folder) => path.join(folder, file)).filter((one) => existsSync(one))
  return there.length === 0 || there.some((one) => mayHold(one, known))
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
    const copies = copiesOf(book)
      .filter((file) => mayHold(file, done.names))
      .map((file) => shortPath(context.io, file))
    const files = done.files.filter((file) => stillHolds(context, file, done.names))
    const left = await mentions(book, done.names)
    const lines = [
      `erased client ${client.id} for good; this cannot be undone`,
      ...copies.map((file) => `still in a copy of the book: ${file} (delete it)`),
      ...files.map((file) => `it came from the file: ${file}`),
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
      files,
      mentions: left.map(({ kind, id }) => `${kind} ${id}`),
    })
  },
})
