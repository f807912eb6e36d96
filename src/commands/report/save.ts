import { defineCommand } from '../../cli/command.ts'
import type { Io } from '../../cli/io.ts'
import { Fault } from '../../domain/fault.ts'
import { tidyName } from '../../domain/name.ts'
import { addVariant } from '../../records/variants.ts'
import { shellLine } from '../../cli/shell-word.ts'
import { globalWords, requireReport } from './words.ts'

export default defineCommand({
  description:
    'Saves the report and its options as typed after --, so “last-month” is always the month ' +
    'before. The report is run once, to check that it works.',
  arguments: [
    { syntax: '<name>', help: 'its name' },
    { syntax: '<words...>', help: 'after --: the report and its options' },
  ],
  options: {},
  examples: [
    'report save monthly -- closed --period last-month --by owner',
    'report save "North open" -- open --where region=North',
  ],
  async run(context, [name = '', ...words]) {
    requireReport(words)
    if (/^\d+$/.test(name.trim())) {
      throw new Fault(
        'usage',
        'kept reports have numbers of their own: a name cannot be one',
        'name it so',
      )
    }
    const { book } = context.globals
    const silent: Io = { ...context.io, stdout: { write: () => true } }
    const figures = words.filter((word) => word !== '--md')
    const ofBook = globalWords(book === undefined ? {} : { book })
    const code = await context.run(['report', ...figures, '--json', ...ofBook], silent)
    if (code !== 0) {
      const message = 'the report cannot be made like that; nothing was kept'
      throw new Fault('usage', message, `try: funnel report ${shellLine(words)}`)
    }
    await context.change({}, async (db) => {
      const id = await addVariant(db, name, words)
      return {
        summary: `kept report ${id} (${tidyName(name)}): ${shellLine(words)}`,
        result: { report: id },
        next: `it is made by: funnel report run ${shellLine([tidyName(name)])}`,
      }
    })
  },
})
