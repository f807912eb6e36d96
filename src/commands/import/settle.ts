import type { Context } from '../../cli/context.ts'
import { addAll } from '../../domain/lists.ts'
import { type Doubt, gatherEvidence, refuseDoubt } from '../../import/evidence.ts'
import { requireFields } from '../../import/map/propose.ts'
import type { ImportPlan } from '../../import/plan.ts'
import type { Settled } from '../../import/run.ts'
import { lackingStages, routeStages } from '../../import/stages/route.ts'
import { stageCollector, type StageGroup } from '../../import/stages/seen.ts'
import { carryDeals } from '../../import/lines/carried.ts'
import { type MappedTable, mapValues } from '../../import/value-map/table.ts'
import { askAdditions } from './additions.ts'
import { Answers } from './answers.ts'
import { askProcess } from './ask-process.ts'
import { askStages, askWords } from './ask-values.ts'
import { describeAnswer } from './confirm.ts'
import type { PreparedFile } from './prepare-file.ts'

/** How the file is read, what it may add to the book, and what a profile keeps of both. */
interface Decided {
  settled: Settled
  plan: ImportPlan
  /** The answers about columns that can be read in two ways, by their index. */
  readings: ReadonlyMap<number, string>
  /** What values stand for, as they are typed. */
  values: string[]
}

/** Is the person at the terminal asked about the file? */
export function asksOf({ interactive, globals }: Context): boolean {
  return interactive && !globals.yes
}

/**
 * What the person at the terminal, or the options, decide before anything is written. The person's
 * answers are kept for the next such file, whatever becomes of the import.
 */
export async function settle(context: Context, file: PreparedFile): Promise<Decided> {
  const { plan, prepared, profile, notes } = file
  const answers = new Answers(context, plan, prepared, profile)
  if (!asksOf(context)) return decide(context, file, answers)
  // Said before the columns are shown, and not repeated at the end.
  if (profile?.answered !== undefined) for (const note of notes.splice(0)) context.say(note)
  try {
    await answers.askColumns()
    return await decide(context, file, answers)
  } finally {
    await answers.keep()
  }
}

async function decide(
  context: Context,
  { plan, prepared: { table } }: PreparedFile,
  answers: Answers,
): Promise<Decided> {
  const { kind, defaults } = plan
  requireFields(kind, answers.columns, table.headers, defaults)
  await answers.readValues()
  if (asksOf(context)) {
    const mapped = mapValues(table, answers.columns, answers.mappings)
    answers.addWords(await askWords(context, plan, mapped.table, answers.columns))
  }
  const settled = await look(context, plan, table, answers)
  const { process = plan.process, create } = settled.route
  const routed = { ...plan, process, create }
  const agreed = asksOf(context)
    ? await agree(context, routed, table, settled, answers)
    : { plan: routed, settled }
  return { ...agreed, readings: answers.readings, values: answers.values() }
}

/** The table as it is imported: values say what they stand for, and lines name their deal. */
function readTable(plan: ImportPlan, table: Settled['table'], answers: Answers): MappedTable {
  const mapped = mapValues(table, answers.columns, answers.mappings)
  return plan.kind === 'lines' ? carryDeals(mapped, answers.columns, plan.defaults) : mapped
}

/** Reads the file once to see how it is written and which stages it names; again if a person says what these are. */
async function look(
  context: Context,
  plan: ImportPlan,
  table: Settled['table'],
  answers: Answers,
): Promise<Settled> {
  const { kind, defaults } = plan
  const { columns } = answers
  const { db, settings } = await context.book()
  const { currency, locale } = settings
  const asks = asksOf(context)
  const doubtful = async (doubt: Doubt): Promise<string> => {
    const answer = answers.known(doubt)
    if (answer === undefined) return asks ? answers.askDoubt(doubt) : refuseDoubt(doubt)
    if (asks) context.say(describeAnswer(doubt, answer))
    return answer
  }
  const formats = { ...plan.formats, localDay: locale?.day }
  for (let mayMap = asks; ; mayMap = false) {
    const mapped = readTable(plan, table, answers)
    const stages = stageCollector(kind, columns, defaults, plan.words)
    const evidence = await gatherEvidence(
      kind,
      mapped.table,
      columns,
      formats,
      currency,
      doubtful,
      stages?.see,
    )
    const groups = stages?.groups() ?? []
    if (mayMap && answers.addMeanings('stage', await askLacking(context, plan, groups))) continue
    const route = await routeStages(db, plan, groups, asks ? askProcess(context, mayMap) : null)
    if (!route.meanings) return { table: mapped.table, mapped, columns, evidence, route }
    answers.addMeanings('stage', route.meanings)
  }
}

/** Asks about stages that the process which the file or the person names does not have. */
async function askLacking(context: Context, plan: ImportPlan, groups: readonly StageGroup[]) {
  const { db } = await context.book()
  const found: { from: string; to: string }[] = []
  for (const { stages, offered } of await lackingStages(db, plan, groups)) {
    const asked = await askStages(context, stages, offered, 'leave it: such rows are rejected')
    addAll(found, asked)
  }
  return found
}

/** Asks about other names that the book lacks; again if a person says that they are some that it has. */
async function agree(
  context: Context,
  plan: ImportPlan,
  table: Settled['table'],
  settled: Settled,
  answers: Answers,
): Promise<Pick<Decided, 'plan' | 'settled'>> {
  const asked = await askAdditions(context, plan, settled, true)
  if ('plan' in asked) return { plan: asked.plan, settled }
  for (const { field, from, to } of asked.meanings) answers.addMeanings(field, [{ from, to }])
  const mapped = readTable(plan, table, answers)
  const again = { ...settled, table: mapped.table, mapped }
  const rest = await askAdditions(context, plan, again, false)
  return { plan: 'plan' in rest ? rest.plan : plan, settled: again }
}
