import { defineCommand } from '../../cli/command.ts'
import { Fault } from '../../domain/fault.ts'
import { closeTask } from '../../records/tasks.ts'
import { changeTasks } from '../shared/several-tasks.ts'
import { stepOptions } from '../shared/deal-steps.ts'

export default defineCommand({
  description: 'A repeating task does not come up again.',
  arguments: [{ syntax: '<task...>', help: 'its number, or part of its text; several numbers' }],
  options: stepOptions,
  examples: ['task drop "price list"', 'task drop "price list" --note "they have it"'],
  async run(context, texts, { on, note }) {
    await changeTasks(
      context,
      texts,
      { on, done: 'dropped', key: 'dropped' },
      async (db, task, moment) => {
        if (task.stageId !== null) {
          throw new Fault(
            'failed',
            `task ${task.id} (${task.text}) belongs to the stage of deal ${task.dealId}`,
            `take the deal on: funnel advance ${task.dealId}, or funnel lose ${task.dealId}`,
          )
        }
        await closeTask(db, task.id, 'dropped', note ?? null, moment)
      },
    )
  },
})
