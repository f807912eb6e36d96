import { defineCommand } from '../../cli/command.ts'
import { deleteTask } from '../../records/corrections.ts'
import { findTask } from '../../records/tasks.ts'

export default defineCommand({
  description:
    'For a task that was added by mistake, done or not; funnel task drop is for one that need ' +
    'not be done any more. funnel undo brings it back.',
  arguments: [{ syntax: '<task>', help: 'its number, or part of its text' }],
  options: {},
  examples: ['task delete "price list"'],
  run: (context, [text = '']) =>
    context.change({}, async (db) => {
      const task = await findTask(db, text, 'any')
      await deleteTask(db, task)
      return { summary: `deleted task ${task.id} (${task.text})`, result: { task: task.id } }
    }),
})
