import { defineCommand } from '../../cli/command.ts'
import { dueMomentOption } from '../../cli/options.ts'
import { shellLine } from '../../cli/shell-word.ts'
import { Fault } from '../../domain/fault.ts'
import { changeTasks } from '../shared/several-tasks.ts'
import type { Context } from '../../cli/context.ts'
import type { Db } from '../../book/store/db.ts'
import type { TypedMoment } from '../../cli/typed-day.ts'
import type { TimeOfDay } from '../../domain/time-of-day.ts'
import { editTask, findTask, type FoundTask } from '../../records/tasks.ts'
import { momentText, requireClock } from '../shared/appointment.ts'

/** Gives a task another day; it keeps its time of day unless that is given. Returns that time. */
async function moveTask(
  context: Context,
  db: Db,
  task: FoundTask,
  to: TypedMoment,
): Promise<TimeOfDay | null> {
  const time = to.time ?? task.time
  if (time !== null) await requireClock(context, to.day, time)
  await editTask(db, task, { due: to.day, time })
  return time
}

export default defineCommand({
  description:
    'A repeating task keeps its rhythm: only this occurrence moves. A task keeps its time of day if ' +
    '--to gives none.',
  arguments: [{ syntax: '<task...>', help: 'its number, or part of its text; several numbers' }],
  options: { to: dueMomentOption('--to <day>', 'the new day: friday, "friday 14:30", +3d, 1 Dec') },
  examples: ['task postpone 3 --to monday', 'task postpone "price list" --to "+3d 9:00"'],
  async run(context, texts, { to }) {
    const [text = ''] = texts
    if (to === undefined) {
      const last = texts.length > 1 ? texts.at(-1) : undefined
      const day = last === undefined || /^#?\d+$/.test(last) ? 'friday' : shellLine([last])
      throw new Fault('usage', 'to which day?', `give it: --to ${day}`)
    }
    if (texts.length > 1) {
      return changeTasks(
        context,
        texts,
        { done: `moved to ${to.day}:`, key: 'task' },
        async (db, task) => {
          await moveTask(context, db, task, to)
        },
      )
    }
    await context.change({}, async (db) => {
      const task = await findTask(db, text)
      const time = await moveTask(context, db, task, to)
      const from = task.due === null ? '' : ` from ${momentText(task.due, task.time)}`
      return {
        summary: `moved task ${task.id} (${task.text})${from} to ${momentText(to.day, time)}`,
        result: { task: task.id, due: to.day, time },
      }
    })
  },
})
