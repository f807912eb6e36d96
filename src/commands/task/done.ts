import { defineCommand, type Values } from '../../cli/command.ts'
import type { Context } from '../../cli/context.ts'
import { Fault } from '../../domain/fault.ts'
import { changeTasks } from '../shared/several-tasks.ts'
import { closeTask, dealToAdvance, findTask } from '../../records/tasks.ts'
import { advanceDeal, advanceOptions } from '../shared/advance-deal.ts'
import { nextText, taskResult } from '../shared/deal-steps.ts'

/** Closes tasks that no deal waits for. @throws Fault `usage` if a deal would go on with one. */
function doSeveral(
  context: Context,
  texts: readonly string[],
  { on, note }: Values<typeof advanceOptions>,
): Promise<unknown> {
  return changeTasks(context, texts, { on, done: 'did', key: 'done' }, async (db, task, moment) => {
    if ((await dealToAdvance(db, task)) !== null) {
      throw new Fault(
        'usage',
        `task ${task.id} (${task.text}) takes its deal to the next stage`,
        `do it by itself: funnel task done ${task.id}`,
      )
    }
    const next = await closeTask(db, task.id, 'done', note ?? null, moment)
    return nextText(next)
  })
}

export default defineCommand({
  description:
    'Finishing the stage task of a guided deal moves the deal to its next stage, as funnel ' +
    'advance does. A repeating task comes up again.',
  arguments: [{ syntax: '<task...>', help: 'its number, or part of its text; several numbers' }],
  options: advanceOptions,
  examples: ['task done 3 --note "has budget, decides in May"', 'task done "price list"'],
  async run(context, texts, options) {
    const [text = ''] = texts
    const { db: reader } = await context.book()
    if (texts.length > 1) return doSeveral(context, texts, options)
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
