import { defineCommand } from '../../cli/command.ts'
import { dueMomentOption } from '../../cli/options.ts'
import { Fault } from '../../domain/fault.ts'
import { editTask, findTask } from '../../records/tasks.ts'
import { momentText, requireClock } from '../shared/appointment.ts'

export default defineCommand({
  description:
    'A repeating task keeps its rhythm: only this occurrence moves. A task keeps its time of day if ' +
    '--to gives none.',
  arguments: [{ syntax: '<task>', help: 'its number, or part of its text' }],
  options: { to: dueMomentOption('--to <day>', 'the new day: friday, "friday 14:30", +3d, 1 Dec') },
  examples: ['task postpone 3 --to monday', 'task postpone "price list" --to "+3d 9:00"'],
  async run(context, [text = ''], { to }) {
    if (to === undefined) throw new Fault('usage', 'to which day?', 'give it: --to friday')
    await context.change({}, async (db) => {
      const task = await findTask(db, text)
      const time = to.time ?? task.time
      if (time !== null) await requireClock(context, to.day, time)
      await editTask(db, task, { due: to.day, time })
      const from = task.due === null ? '' : ` from ${momentText(task.due, task.time)}`
      return {
        summary: `moved task ${task.id} (${task.text})${from} to ${momentText(to.day, time)}`,
        result: { task: task.id, due: to.day, time },
      }
    })
  },
})
