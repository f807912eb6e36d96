import { defineCommand } from '../cli/command.ts'
import { namedDeal } from './shared/named-deal.ts'
import { advanceDeal, advanceOptions } from './shared/advance-deal.ts'
import { dealArgument } from './shared/deal-steps.ts'

export default defineCommand({
  description:
    'Closes the stage’s task and opens the next stage’s. On a terminal you are asked for the ' +
    'stage’s requirements (see: funnel process show); in a script, give them with the options ' +
    'below.',
  arguments: [dealArgument],
  options: advanceOptions,
  examples: [
    'advance 1',
    'advance generator --on yesterday --note "they liked it"',
    'advance 1 --chance 60%',
    'advance 1 --amount 9500 --log "meeting: agreed on the price"',
  ],
  async run(context, [text = ''], options) {
    const { id } = await namedDeal(context, text, 'open')
    await advanceDeal(context, id, options)
  },
})
