import { defineCommand, option } from '../cli/command.ts'
import type { Context } from '../cli/context.ts'
import { listEntries } from '../records/dictionaries.ts'
import { namedDeal } from './shared/named-deal.ts'
import { findActiveId } from '../records/retired.ts'
import { lose } from '../records/steps.ts'
import { dealArgument, stepDone, stepOptions } from './shared/deal-steps.ts'

/** The reason given, or asked for on a terminal; null if there is nobody to ask. */
async function reasonOf(context: Context, text: string | undefined): Promise<number | null> {
  const { db } = await context.book()
  if (text !== undefined) return findActiveId(db, 'reason', text)
  if (!context.interactive) return null
  const reasons = (await listEntries(db, 'reason')).filter(({ retired }) => !retired)
  const choices = reasons.map(({ id, name }) => ({ name, value: id }))
  return (await context.ask()).select('Why was it lost?', choices)
}

const NO_REASON = 'no reason given; to give one: funnel undo, then the same with --reason REASON'

export default defineCommand({
  arguments: [dealArgument],
  options: {
    ...stepOptions,
    reason: option('--reason <reason>', 'why, from the list of reasons; asked for on a terminal'),
  },
  examples: ['lose 1 --reason "too expensive"', 'lose generator --reason competitor --on -1d'],
  async run(context, [text = ''], { on, note, reason }) {
    // Looked up before asking, so that nobody answers for a deal that does not exist.
    const { id } = await namedDeal(context, text, 'open')
    const reasonId = await reasonOf(context, reason)
    await context.change({ on }, async (tx, moment) => {
      const done = stepDone(id, await lose(tx, id, reasonId, moment, note), 'lost')
      if (reasonId !== null) return done
      const next = [done.next, NO_REASON].filter((line) => line !== undefined)
      return { ...done, next: next.join('\n') }
    })
  },
})
