import type { Context } from '../../cli/context.ts'
import { type Doubt, gatherEvidence, refuseDoubt } from '../../import/evidence.ts'
import { requireFields } from '../../import/map/propose.ts'
import type { ImportPlan } from '../../import/plan.ts'
import type { Prepared } from '../../import/prepare.ts'
import type { Settled } from '../../import/run.ts'
import { routeStages } from '../../import/stages/route.ts'
import { stageCollector } from '../../import/stages/seen.ts'
import { Answers } from './answers.ts'
import { askProcess } from './ask-process.ts'
import { describeAnswer } from './confirm.ts'
import type { PreparedFile } from './prepare-file.ts'

/** How the file is read, and the answers about columns that can be read in two ways, by their index. */
interface Decided {
  settled: Settled
  readings: ReadonlyMap<number, string>
}

/** Is the person at the terminal asked about the file? */
export function asksOf({ interactive, globals }: Context): boolean {
  return interactive && !globals.yes
}

/**
 * What the person at the terminal, or the options, decide before anything is written. The person's
 * answers are kept for the next such file, whatever becomes of the import.
 */
export async function settle(
  context: Context,
  { plan, prepared, profile, notes }: PreparedFile,
): Promise<Decided> {
  const answers = new Answers(context, plan, prepared, profile)
  if (!asksOf(context)) return decide(context, plan, prepared, answers, null)
  // Said before the columns are shown, and not repeated at the end.
  if (profile?.answered !== undefined) for (const note of notes.splice(0)) context.say(note)
  try {
    await answers.askColumns()
    return await decide(context, plan, prepared, answers, askProcess(context))
  } finally {
    await answers.keep()
  }
}

async function decide(
  context: Context,
  plan: ImportPlan,
  { table }: Prepared,
  answers: Answers,
  askProcessOf: ReturnType<typeof askProcess> | null,
): Promise<Decided> {
  const { kind, defaults } = plan
  const { columns } = answers
  requireFields(kind, columns, table.headers, defaults)
  const { currency, locale } = (await context.book()).settings
  const stages = stageCollector(kind, columns, defaults, plan.words)
  const doubtful = async (doubt: Doubt): Promise<string> => {
    const answer = answers.known(doubt)
    if (answer === undefined) return askProcessOf ? answers.askDoubt(doubt) : refuseDoubt(doubt)
    if (askProcessOf) context.say(describeAnswer(doubt, answer))
    return answer
  }
  const evidence = await gatherEvidence(
    kind,
    table,
    columns,
    { ...plan.formats, localDay: locale?.day },
    currency,
    doubtful,
    stages?.see,
  )
  const { db } = await context.book()
  const route = await routeStages(db, plan, stages?.groups() ?? [], askProcessOf)
  return { settled: { table, columns, evidence, route }, readings: answers.readings }
}
