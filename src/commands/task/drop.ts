import { defineCommand } from '../../cli/command.ts'
import { Fault } from '../../domain/fault.ts'
import { closeTask, findTask } from '../../records/tasks.ts'
import { stepOptions } from '../shared/deal-steps.ts'

export default defineCommand({
  description: 'A repeating task does not come up again.',
  arguments: [{ syntax: '<task>', help: 'its number, or part of its text' }],
  options: stepOptions,
  examples: ['task drop "price list"', 'task drop "price list" --note "they have it"'],
  async run(context, [text = ''], { on, note }) {
    await context.change({ on }, async (db, moment) => {
      const task = await findTask(db, text)
      if (task.stageId !== null) {
        throw new Fault(
          'failed',
          `task ${task.id} (${task.text}) belongs to the stage of deal ${task.dealId}`,
          `take the deal on: funnel advance ${task.dealId}, or funnel lose ${task.dealId}`,
        )
      }
      await closeTask(db, task.id, 'dropped', note ?? null, moment)
      return { summary: `dropped task ${task.id} (${task.text})`, result: { dropped: task.id } }
    })
  },
})
