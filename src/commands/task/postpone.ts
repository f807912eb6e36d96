import { defineCommand } from '../../cli/command.ts'
import { dueOption } from '../../cli/options.ts'
import { Fault } from '../../domain/fault.ts'
import { findTask, postponeTask } from '../../records/tasks.ts'

export default defineCommand({
  description: 'A repeating task keeps its rhythm: only this occurrence moves.',
  arguments: [{ syntax: '<task>', help: 'its number, or part of its text' }],
  options: { to: dueOption('--to <day>', 'the new day: friday, in 2 weeks, +3d, 1 Dec') },
  examples: ['task postpone 3 --to monday', 'task postpone "price list" --to +3d'],
  async run(context, [text = ''], { to }) {
    if (to === undefined) throw new Fault('usage', 'to which day?', 'give it: --to friday')
    await context.change({}, async (db) => {
      const { id, text: what, due } = await findTask(db, text)
      await postponeTask(db, id, to)
      const from = due === null ? '' : ` from ${due}`
      return {
        summary: `moved task ${id} (${what})${from} to ${to}`,
        result: { task: id, due: to },
      }
    })
  },
})
