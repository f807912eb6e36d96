import { defineCommand } from '../cli/command.ts'
import { namedDeal } from './shared/named-deal.ts'
import { reopen } from '../records/steps.ts'
import { dealArgument, stepDone, stepOptions } from './shared/deal-steps.ts'

export default defineCommand({
  description: 'The deal continues in the stage where it was closed.',
  arguments: [dealArgument],
  options: stepOptions,
  examples: ['reopen 1', 'reopen generator --note "new budget"'],
  async run(context, [text = ''], { on, note }) {
    await context.change({ on }, async (db, moment) => {
      const { id } = await namedDeal(context, text, 'closed')
      return stepDone(id, await reopen(db, id, moment, note), 'reopened')
    })
  },
})
