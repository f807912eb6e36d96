import { undo } from '../book/undo.ts'
import { defineCommand } from '../cli/command.ts'
import { onInterrupt, pastInterrupt } from '../cli/interrupt.ts'
import { readCount } from '../cli/options.ts'

export default defineCommand({
  description:
    'Rows that the command added go, changed rows get their earlier values back. Where a row has ' +
    'changed since, nothing is undone and the later command is named. Undoing an undoing does the ' +
    'command again; an import not where the same file was imported since.',
  arguments: [{ syntax: '[operation]', help: 'its number in funnel history; else the last one' }],
  options: {},
  examples: ['undo', 'undo 3'],
  async run(context, [text]) {
    const book = await context.book()
    const { recordedAt } = await context.moment()
    const info = { command: context.commandLine, at: recordedAt }
    const calm = onInterrupt()
    try {
      const done = await undo(book, info, text === undefined ? undefined : readCount(text))
      pastInterrupt()
      const { summary, operation, undone, notes } = done
      await context.tell(summary, { operation, undone, notes })
      for (const note of notes) context.say(`note: ${note}`)
    } finally {
      calm()
    }
  },
})
