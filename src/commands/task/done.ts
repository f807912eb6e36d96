import { defineCommand } from '../../cli/command.ts'
import { closeTask, dealToAdvance, findTask } from '../../records/tasks.ts'
import { advanceDeal, advanceOptions } from '../shared/advance-deal.ts'
import { nextText, taskResult } from '../shared/deal-steps.ts'

export default defineCommand({
  description:
    'Finishing the stage task of a guided deal moves the deal to its next stage, as funnel ' +
    'advance does. A repeating task comes up again.',
  arguments: [{ syntax: '<task>', help: 'its number, or part of its text' }],
  options: advanceOptions,
  examples: ['task done 3 --note "has budget, decides in May"', 'task done "price list"'],
  async run(context, [text = ''], options) {
    const { db: reader } = await context.book()
    const task = await findTask(reader, text)
    const deal = await dealToAdvance(reader, task)
    if (deal !== null) return advanceDeal(context, deal, options)
    const { on, note } = options
    await context.change({ on }, async (db, moment) => {
      const next = await closeTask(db, task.id, 'done', note ?? null, moment)
      return {
        summary: `did task ${task.id} (${task.text})`,
        result: { done: task.id, ...taskResult(next) },
        next: nextText(next),
      }
    })
  },
})
