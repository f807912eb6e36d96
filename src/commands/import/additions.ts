import { localClock } from '../../cli/clock.ts'
import type { Context } from '../../cli/context.ts'
import { CANCELLED } from '../../cli/errors.ts'
import { progressBar } from '../../cli/progress.ts'
import { counted } from '../../domain/text.ts'
import { type Addition, type Additions, findAdditions } from '../../import/additions/find.ts'
import type { Creatable } from '../../import/names.ts'
import type { ImportPlan } from '../../import/plan.ts'
import type { Settled } from '../../import/run.ts'
import { short } from './short.ts'

// One question has room for a few names of each kind.
const SHOWN = 3
const LONGEST = 24

const ONE: Record<Addition['what'], [one: string, many?: string]> = {
  clients: ['client'],
  processes: ['process', 'processes'],
  owners: ['owner'],
  sources: ['source'],
  reasons: ['reason'],
}

/** `Messe, Web, …`. */
function someOf(names: readonly string[]): string {
  const shown = names
    .slice(0, SHOWN)
    .map((name) => short(name, LONGEST))
    .join(', ')
  return names.length > SHOWN ? `${shown}, …` : shown
}

function described({ what, names }: Addition): string {
  return `${counted(names.length, ...ONE[what])} (${someOf(names)})`
}

/** What a new process needs is created with it. */
function createdWith({ what }: Addition): Creatable[] {
  return what === 'processes' ? ['processes', 'stages'] : [what]
}

type Answer = 'yes' | 'no' | 'stop'

async function asked(
  context: Context,
  message: string,
  choices: { name: string; value: Answer }[],
): Promise<boolean> {
  const questions = await context.ask()
  const answer = await questions.select<Answer>(message, [
    ...choices,
    { name: 'cancel', value: 'stop' },
  ])
  if (answer === 'stop') throw CANCELLED
  return answer === 'yes'
}

/** Asks whether to add what the book lacks. Returns the plan with the answer. */
async function askLacking(
  context: Context,
  plan: ImportPlan,
  { lacking, rows }: Additions,
): Promise<ImportPlan | null> {
  if (lacking.length === 0) return plan
  const message = `Add ${lacking.map(described).join(', ')}?`
  const those = rows === 1 ? 'the row that needs them is' : `the ${rows} rows that need them are`
  const isYes = await asked(context, message, [
    { name: 'yes, add them', value: 'yes' },
    { name: `no: ${those} rejected`, value: 'no' },
  ])
  if (!isYes) return null
  return { ...plan, create: new Set([...plan.create, ...lacking.flatMap(createdWith)]) }
}

async function askErased(
  context: Context,
  plan: ImportPlan,
  erased: readonly string[],
): Promise<ImportPlan> {
  const were = erased.length === 1 ? 'was' : 'were'
  const clients = `${counted(erased.length, 'client')} of this file (${someOf(erased)})`
  const message = `${clients} ${were} erased from this book. Add ${erased.length === 1 ? 'it' : 'them'} again?`
  const isYes = await asked(context, message, [
    { name: 'no: such rows are rejected', value: 'no' },
    { name: 'yes, add them again', value: 'yes' },
  ])
  if (!isYes) return plan
  const create = plan.kind === 'clients' ? [] : (['clients'] as const)
  return { ...plan, includeErased: true, create: new Set([...plan.create, ...create]) }
}

/**
 * Asks in one question about all names that the file would add to the book, before anything is
 * written; and in another about clients that were erased. Returns the plan with the answers.
 */
export async function askAdditions(
  context: Context,
  plan: ImportPlan,
  settled: Settled,
): Promise<ImportPlan> {
  const book = await context.book()
  const bar = context.globals.quiet ? undefined : progressBar(context.io)
  const additions = await findAdditions(book, plan, settled, {
    moment: await context.moment(),
    toLocal: localClock(book.settings.timezone),
    ...(bar ? { onProgress: bar.show } : {}),
  }).finally(() => bar?.stop())
  const agreed = await askLacking(context, plan, additions)
  const isMoot = agreed === null && additions.lacking.some(({ what }) => what === 'clients')
  if (additions.erased.length === 0 || isMoot) return agreed ?? plan
  return askErased(context, agreed ?? plan, additions.erased)
}
