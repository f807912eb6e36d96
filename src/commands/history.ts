import { history } from '../book/undo.ts'
import { localTimes } from '../cli/clock.ts'
import { defineCommand, option } from '../cli/command.ts'
import { readCount } from '../cli/options.ts'
import { type Column, listReport } from '../domain/table.ts'

const COLUMNS: Column[] = [
  { key: 'id', label: 'No.', type: 'count' },
  { key: 'when', label: 'When', type: 'text', worded: true },
  { key: 'at', label: 'Moment (UTC)', type: 'text', hidden: true },
  { key: 'summary', label: 'What', type: 'text', wrap: true, worded: true },
  { key: 'undone_by', label: 'Undone by', type: 'count', optional: true },
  { key: 'command', label: 'Command', type: 'text', hidden: true },
  { key: 'undoes', label: 'Undoes', type: 'count', hidden: true },
]

const USUAL_LIMIT = 20

export default defineCommand({
  options: { limit: option('--limit <count>', `how many; default: ${USUAL_LIMIT}`, readCount) },
  examples: ['history', 'history --limit 100 --json'],
  async run(context, _args, { limit }) {
    const book = await context.book()
    const lines = await history(book, limit ?? USUAL_LIMIT)
    const local = localTimes(book.settings.timezone)
    const rows = lines.map((line) => ({ ...line, when: local(line.at) }))
    const section = { key: 'operations', columns: COLUMNS, rows }
    await context.print(
      listReport('operations', 'History, newest first', section, {
        empty: 'Nothing was done to this book yet.',
      }),
    )
  },
})
