import { defineCommand } from '../cli/command.ts'
import { giveAnswers } from '../records/stage-requirements.ts'
import { namedDeal } from './shared/named-deal.ts'
import { win } from '../records/steps.ts'
import { type Exchanged, withExchanged } from './shared/exchanged.ts'
import { answerOptions, answersFor, askMissing, readAnswers } from './shared/stage-answers.ts'
import { dealArgument, stepDone, stepOptions } from './shared/deal-steps.ts'

export default defineCommand({
  description:
    'On a terminal you are asked for the requirements of its stage; in a script, give them ' +
    'with the options below. --amount and --cost also record what it brought in and cost in ' +
    'the end.',
  arguments: [dealArgument],
  options: { ...stepOptions, ...answerOptions },
  examples: ['win 1', 'win generator --on 2026-11-20 --amount 14500'],
  async run(context, [text = ''], { on, note, ...options }) {
    const { id } = await namedDeal(context, text, 'open')
    const answers = await askMissing(context, id, readAnswers(options))
    await context.change({ on }, async (db, moment) => {
      const converted: Exchanged[] = []
      const to = { on: moment.on, converted }
      await giveAnswers(db, id, await answersFor(context, db, id, answers, to), moment)
      return withExchanged(stepDone(id, await win(db, id, moment, note), 'won'), converted)
    })
  },
})
