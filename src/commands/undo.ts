import { authorOf } from '../cli/author.ts'
import { undo } from '../book/undo.ts'
import { defineCommand } from '../cli/command.ts'
import { onInterrupt, pastInterrupt } from '../cli/interrupt.ts'
import { readCount } from '../cli/options.ts'
import { mailRecall } from './shared/mail/recall.ts'

export default defineCommand({
  description:
    'Rows that the command added are removed, and changed rows get their earlier values back. ' +
    'If a row has changed since, nothing is undone and the later command is named. Undoing an ' +
    'undo does the command again, but not an import whose file has been imported again since. ' +
    'Without a number, what others ran stays (see funnel history --help).',
  arguments: [
    { syntax: '[operation]', help: 'its number in funnel history; default: your last one' },
  ],
  options: {},
  examples: ['undo', 'undo 3'],
  async run(context, [text]) {
    const book = await context.book()
    const { recordedAt } = await context.moment()
    const author = authorOf(context.io)
    const mails = mailRecall(book.path)
    const { recall } = mails
    const info = { command: context.commandLine, at: recordedAt, author, recall }
    const calm = onInterrupt()
    try {
      const done = await undo(book, info, text === undefined ? undefined : readCount(text))
      pastInterrupt()
      mails.done()
      const { summary, operation, undone, notes } = done
      await context.tell(summary, { operation, undone, notes })
      for (const note of notes) context.say(`note: ${note}`)
    } finally {
      mails.end()
      calm()
    }
  },
})
