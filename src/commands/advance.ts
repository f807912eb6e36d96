import { defineCommand } from '../cli/command.ts'
import { namedDeal } from './shared/named-deal.ts'
import { advanceDeal, advanceOptions } from './shared/advance-deal.ts'
import { dealArgument } from './shared/deal-steps.ts'

export default defineCommand({
  description:
    'Closes the task of the stage and opens that of the next. What the stage demands before it is ' +
    'left (funnel process show) is asked for on a terminal, or given with the options below.',
  arguments: [dealArgument],
  options: advanceOptions,
  examples: [
    'advance 1',
    'advance generator --on yesterday --note "they liked it"',
    'advance 1 --amount 9500 --log "meeting: agreed on the price"',
  ],
  async run(context, [text = ''], options) {
    const { id } = await namedDeal(context, text, 'open')
    await advanceDeal(context, id, options)
  },
})
