import { localClock } from '../../cli/clock.ts'
import type { Book } from '../../book/open.ts'
import type { Context } from '../../cli/context.ts'
import { CANCELLED } from '../../cli/errors.ts'
import { progressBar } from '../../cli/progress.ts'
import { counted } from '../../domain/text.ts'
import { type Addition, type Additions, findAdditions } from '../../import/additions/find.ts'
import type { Creatable } from '../../import/names.ts'
import type { ImportPlan } from '../../import/plan.ts'
import type { Settled } from '../../import/run.ts'
import { askNames } from './ask-values.ts'
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
  products: ['product'],
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

/** Which column a name comes from, and what its owner, source … is called in the book. */
interface NameMeaning {
  field: string
  from: string
  to: string
}

/** What a person agrees to; or which names of the file are others of the book, which is then to be asked again. */
type Agreed = { plan: ImportPlan } | { meanings: NameMeaning[] }

type Answer = 'yes' | 'no' | 'each' | 'stop'

async function choose(
  context: Context,
  message: string,
  choices: { name: string; value: Answer }[],
): Promise<Answer> {
  const questions = await context.ask()
  const answer = await questions.select<Answer>(message, [
    ...choices,
    { name: 'cancel', value: 'stop' },
  ])
  if (answer === 'stop') throw CANCELLED
  return answer
}

/** The names of a kind that the book has, if some of the file's may be among them under another name. */
function others({ store }: Book, { what }: Addition): string[] {
  if (what === 'clients') return []
  return store.prepare(`SELECT name FROM ${what} ORDER BY name_key`).pluck().all() as string[]
}

async function askEach(
  context: Context,
  book: Book,
  lacking: readonly Addition[],
): Promise<NameMeaning[]> {
  const found: NameMeaning[] = []
  for (const addition of lacking) {
    const known = others(book, addition)
    if (known.length === 0) continue
    const [one] = ONE[addition.what]
    const asked = await askNames(context, one, addition.names, known)
    for (const meaning of asked) found.push({ field: one, ...meaning })
  }
  return found
}

/** Asks whether to add what the book lacks. Returns null if not. */
async function askLacking(
  context: Context,
  plan: ImportPlan,
  { lacking, rows }: Additions,
  mayMap: boolean,
): Promise<Agreed | null> {
  if (lacking.length === 0) return { plan }
  const book = await context.book()
  const message = `Add ${lacking.map(described).join(', ')}?`
  const those = rows === 1 ? 'the row that needs them is' : `the ${rows} rows that need them are`
  const hasOthers = mayMap && lacking.some((addition) => others(book, addition).length > 0)
  const answer = await choose(context, message, [
    { name: 'yes, add them', value: 'yes' },
    { name: `no: ${those} rejected`, value: 'no' },
    ...(hasOthers
      ? [{ name: 'say for each whether it is one that the book has', value: 'each' as const }]
      : []),
  ])
  if (answer === 'each') return { meanings: await askEach(context, book, lacking) }
  if (answer === 'no') return null
  const create = new Set([...plan.create, ...lacking.flatMap(createdWith)])
  return { plan: { ...plan, create } }
}

async function askErased(
  context: Context,
  plan: ImportPlan,
  erased: readonly string[],
): Promise<ImportPlan> {
  const were = erased.length === 1 ? 'was' : 'were'
  const clients = `${counted(erased.length, 'client')} of this file (${someOf(erased)})`
  const message = `${clients} ${were} erased from this book. Add ${erased.length === 1 ? 'it' : 'them'} again?`
  const answer = await choose(context, message, [
    { name: 'no: such rows are rejected', value: 'no' },
    { name: 'yes, add them again', value: 'yes' },
  ])
  if (answer === 'no') return plan
  const create = plan.kind === 'clients' ? [] : (['clients'] as const)
  return { ...plan, includeErased: true, create: new Set([...plan.create, ...create]) }
}

/**
 * Asks in one question about all names that the file would add to the book, before anything is
 * written; and in another about clients that were erased. Returns the plan with the answers.
 * @param mayMap may the person say that names are others of the book?
 */
export async function askAdditions(
  context: Context,
  plan: ImportPlan,
  settled: Settled,
  mayMap: boolean,
): Promise<Agreed> {
  const book = await context.book()
  const bar = context.globals.quiet ? undefined : progressBar(context.io)
  const additions = await findAdditions(book, plan, settled, {
    moment: await context.moment(),
    toLocal: localClock(book.settings.timezone),
    ...(bar ? { onProgress: bar.show } : {}),
  }).finally(() => bar?.stop())
  const agreed = await askLacking(context, plan, additions, mayMap)
  if (agreed && 'meanings' in agreed) return agreed
  const isMoot = agreed === null && additions.lacking.some(({ what }) => what === 'clients')
  if (additions.erased.length === 0 || isMoot) return agreed ?? { plan }
  return { plan: await askErased(context, agreed?.plan ?? plan, additions.erased) }
}
