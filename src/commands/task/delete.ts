import { defineCommand } from '../../cli/command.ts'
import { deleteTask } from '../../records/tasks.ts'
import { changeTasks } from '../shared/several-tasks.ts'

export default defineCommand({
  description:
    'For a task that was added by mistake, done or not; funnel task drop is for one that need ' +
    'not be done any more. funnel undo brings it back.',
  arguments: [{ syntax: '<task...>', help: 'its number, or part of its text; several numbers' }],
  options: {},
  examples: ['task delete "price list"'],
  run: (context, texts) =>
    changeTasks(context, texts, { wanted: 'any', done: 'deleted', key: 'task' }, deleteTask),
})
