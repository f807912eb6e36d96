import { defineCommand } from '../cli/command.ts'
import { giveAnswers } from '../records/stage-requirements.ts'
import { find } from '../records/lookup.ts'
import { namedDeal } from './shared/named-deal.ts'
import { move } from '../records/steps.ts'
import { type Exchanged, withExchanged } from './shared/exchanged.ts'
import { answersFor, movingOptions, readAnswers } from './shared/stage-answers.ts'
import { dealArgument, stepDone, stepOptions } from './shared/deal-steps.ts'

export default defineCommand({
  description:
    'Moving back is always allowed. Going forward, a deal in a guided process moves one stage ' +
    'at a time. If --on is before the deal’s last step, the move is put among the earlier ' +
    'steps.',
  arguments: [dealArgument, { syntax: '<stage>', help: 'a stage of its process' }],
  options: { ...stepOptions, ...movingOptions },
  examples: [
    'move 1 qualification',
    'move generator proposal --chance 60%',
    'move generator "meeting preparation" --on -3d',
  ],
  async run(context, [text = '', stageText = ''], { on, note, ...options }) {
    const { db: reader } = await context.book()
    const { id } = await namedDeal(context, text, 'open')
    const stage = await find(reader, 'stage', stageText)
    const answers = readAnswers(options)
    await context.change({ on }, async (db, moment) => {
      const converted: Exchanged[] = []
      const to = { on: moment.on, converted }
      await giveAnswers(db, id, await answersFor(context, db, id, answers, to), moment)
      const step = await move(db, id, stage.id, moment, note)
      const done = stepDone(id, step, 'moved')
      const between = step.to === step.now ? '' : ` on ${moment.on}; it stands in ${step.now}`
      const summary = `${done.summary} from ${step.from} to ${step.to}${between}`
      return withExchanged({ ...done, summary }, converted)
    })
  },
})
