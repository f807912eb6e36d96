import type { Values } from '../../cli/command.ts'
import type { Context } from '../../cli/context.ts'
import { giveAnswers } from '../../records/stage-requirements.ts'
import { advance } from '../../records/steps.ts'
import { type Exchanged, withExchanged } from './exchanged.ts'
import { answersFor, askMissing, movingOptions, readAnswers } from './stage-answers.ts'
import { stepDone, stepOptions } from './deal-steps.ts'

/** The options for moving a deal to its next stage. */
export const advanceOptions = { ...stepOptions, ...movingOptions }

/** Moves a deal to its next stage, with what its stage requires, as one operation. */
export async function advanceDeal(
  context: Context,
  id: number,
  { on, note, ...options }: Partial<Values<typeof advanceOptions>>,
): Promise<void> {
  const answers = await askMissing(context, id, readAnswers(options))
  await context.change({ on }, async (db, moment) => {
    const converted: Exchanged[] = []
    const to = { on: moment.on, converted }
    await giveAnswers(db, id, await answersFor(context, db, id, answers, to), moment)
    const step = await advance(db, id, moment, note)
    const done = stepDone(id, step, 'advanced')
    const summary = `${done.summary} from ${step.from} to ${step.to}`
    return withExchanged({ ...done, summary }, converted)
  })
}
