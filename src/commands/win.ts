import type { Db } from '../book/store/db.ts'
import { defineCommand, flag } from '../cli/command.ts'
import type { Change, Context } from '../cli/context.ts'
import { draftName } from '../money/invoices/find.ts'
import type { Moment } from '../records/moment.ts'
import { giveAnswers } from '../records/stage-requirements.ts'
import { namedDeal } from './shared/named-deal.ts'
import { win } from '../records/steps.ts'
import { type Exchanged, withExchanged } from './shared/exchanged.ts'
import { answerOptions, answersFor, askMissing, readAnswers } from './shared/stage-answers.ts'
import { dealArgument, stepDone, stepOptions } from './shared/deal-steps.ts'

/** Makes a draft of a deal that was won, and says so; or says what it is billed by already. */
async function withDraft(
  context: Context,
  db: Db,
  dealId: number,
  done: Change,
  moment: Moment,
): Promise<Change> {
  const { invoicesOfDeal } = await import('../money/invoices/draft.ts')
  const { draftRest } = await import('../money/invoices/rest.ts')
  const { warnOfInvoices } = await import('./invoice/fields.ts')
  const { currency } = (await context.book()).settings
  const isLast = (await invoicesOfDeal(db, dealId)).some(({ part }) => part !== null)
  await warnOfInvoices(context, db, dealId, isLast ? 'final' : null)
  const rest = await draftRest(db, dealId, currency, moment)
  if (rest.id === null) {
    const next = [done.next, rest.billed].filter(Boolean).join('\n')
    return { ...done, result: { ...done.result, invoice: null }, next }
  }
  const { id } = rest
  return {
    summary: `${done.summary}, and made draft ${draftName(id)} of its ${isLast ? 'final ' : ''}invoice`,
    result: { ...done.result, invoice: id },
    next: [done.next, `issue it: funnel invoice issue ${draftName(id)}`].filter(Boolean).join('\n'),
  }
}

export default defineCommand({
  description:
    'On a terminal you are asked for the requirements of its stage; in a script, give them ' +
    'with the options below. --amount and --cost also record what it brought in and cost in ' +
    'the end.',
  arguments: [dealArgument],
  options: {
    ...stepOptions,
    ...answerOptions,
    invoice: flag('--invoice', 'make a draft of its invoice, of the final one if a part is billed'),
  },
  examples: ['win 1', 'win 1 --invoice', 'win generator --on 2026-11-20 --amount 14500'],
  async run(context, [text = ''], { on, note, invoice, ...options }) {
    const { id } = await namedDeal(context, text, 'open')
    const answers = await askMissing(context, id, readAnswers(options))
    await context.change({ on }, async (db, moment) => {
      const converted: Exchanged[] = []
      const to = { on: moment.on, converted }
      await giveAnswers(db, id, await answersFor(context, db, id, answers, to), moment)
      const done = withExchanged(stepDone(id, await win(db, id, moment, note), 'won'), converted)
      return invoice ? withDraft(context, db, id, done, moment) : done
    })
  },
})
