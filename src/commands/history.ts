import { history } from '../book/undo.ts'
import { authorOf } from '../cli/author.ts'
import { localTimes } from '../cli/clock.ts'
import { defineCommand, option } from '../cli/command.ts'
import { readCount } from '../cli/options.ts'
import { tidyName } from '../domain/name.ts'
import { type Column, listReport } from '../domain/table.ts'

/** @param isBySeveral whether it matters who ran what. */
const columns = (isBySeveral: boolean): Column[] => [
  { key: 'id', label: 'No.', type: 'count' },
  { key: 'when', label: 'When', type: 'text', worded: true },
  { key: 'at', label: 'Moment (UTC)', type: 'text', hidden: true },
  { key: 'author', label: 'Who', type: 'text', hidden: !isBySeveral },
  { key: 'summary', label: 'What', type: 'text', wrap: true, worded: true },
  { key: 'undone_by', label: 'Undone by', type: 'count', optional: true },
  { key: 'command', label: 'Command', type: 'text', hidden: true },
  { key: 'undoes', label: 'Undoes', type: 'count', hidden: true },
]

const USUAL_LIMIT = 20

export default defineCommand({
  description:
    'Who ran a command is kept with it: FUNNEL_USER, else the user of this machine (funnel ' +
    'settings set user NAME), else the account.',
  options: {
    by: option('--by <user>', 'only what this user ran (me: you)', tidyName),
    limit: option('--limit <count>', `how many; default: ${USUAL_LIMIT}`, readCount),
  },
  examples: ['history', 'history --by me', 'history --limit 100 --json'],
  async run(context, _args, { by, limit }) {
    const book = await context.book()
    const author = by === 'me' ? authorOf(context.io) : by
    const lines = await history(book, limit ?? USUAL_LIMIT, author)
    const local = localTimes(book.settings.timezone)
    const rows = lines.map((line) => ({ ...line, when: local(line.at) }))
    const authors = new Set(lines.map((line) => line.author))
    const section = {
      key: 'operations',
      columns: columns(author !== undefined || authors.size > 1),
      rows,
    }
    await context.print(
      listReport('operations', 'History, newest first', section, {
        empty:
          author === undefined
            ? 'Nothing was done to this book yet.'
            : `Nothing in this book was done by ${author}.`,
      }),
    )
  },
})
