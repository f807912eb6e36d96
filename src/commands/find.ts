import { defineCommand, option } from '../cli/command.ts'
import { readCount } from '../cli/options.ts'
import { searchWords } from '../domain/trigrams.ts'
import { chooseOptions, readChoice, WHERE_HELP } from './shared/choose-clients.ts'
import { type Column, listReport } from '../domain/table.ts'
import { findRecords } from '../records/find/index.ts'

const USUAL_LIMIT = 20

/** From this many rows on, people are told what they are waiting for. */
const LONG = 20_000

function columns(words: string[]): Column[] {
  return [
    { key: 'kind', label: 'What', type: 'text' },
    { key: 'id', label: 'No.', type: 'count' },
    { key: 'client', label: 'Client', type: 'text', emphasis: words },
    { key: 'text', label: 'Found', type: 'text', emphasis: words },
    { key: 'field', label: 'In', type: 'text' },
    { key: 'day', label: 'Day', type: 'day' },
    { key: 'client_id', label: 'Client no.', type: 'count', hidden: true },
  ]
}

export default defineCommand({
  description:
    'Searches clients, their people, addresses and properties, deals and the products in their ' +
    'lines, products, proposals, numbers of invoices, tasks, interactions and notes for records that contain all the words. Parts of words will do; capitals and ' +
    'accents do not matter. Names come before notes, whole words before parts, new before old. ' +
    'If a text is longer than a million characters, only its beginning is searched. ' +
    WHERE_HELP,
  arguments: [{ syntax: '<words...>', help: 'what to look for' }],
  options: {
    ...chooseOptions,
    limit: option('--limit <count>', `show at most this many; default: ${USUAL_LIMIT}`, readCount),
  },
  examples: ['find harbour', 'find cold store --limit 5', 'find harbour --json'],
  async run(context, typed, options) {
    const book = await context.book()
    const search = await book.store.search()
    const waiting = search.backlog()
    if (waiting > LONG) context.say('reading what is new in the book; this takes a moment, once …')
    if (waiting > 0 && !search.catchUp()) {
      context.say(
        'note: another program is writing, or the book is read-only; what is new is not found yet',
      )
    }
    const limit = options.limit ?? USUAL_LIMIT
    const text = typed.join(' ')
    const choice = await readChoice(context, options)
    const hits = await findRecords(book.db, search, text, limit, choice.test)
    const section = {
      key: 'hits',
      columns: columns(searchWords(text)),
      rows: hits.map((hit) => ({ ...hit })),
    }
    const isShort = searchWords(text).every((word) => Array.from(word).length < 2)
    const empty = isShort
      ? `Nothing is called “${text}”; inside names and notes a single character is not looked for.`
      : `Nothing holds “${text}”.`
    const title = `Found (${hits.length}${hits.length === limit ? ', or more' : ''})`
    await context.print({
      ...listReport('hits', title, section, { empty }),
      subtitle: choice.described,
    })
  },
})
