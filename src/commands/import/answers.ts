import type { Context } from '../../cli/context.ts'
import { type Profile, toProfile } from '../../import/map/profile.ts'
import { type Proposal, describeTarget } from '../../import/map/propose.ts'
import type { ImportPlan } from '../../import/plan.ts'
import type { Prepared } from '../../import/prepare.ts'
import { keepAnswers } from '../../import/profiles.ts'
import { confirmColumns } from './confirm.ts'

function isSame(one: readonly Proposal[], other: readonly Proposal[]): boolean {
  const texts = (columns: readonly Proposal[]): string =>
    JSON.stringify(columns.map(({ target }) => describeTarget(target)))
  return texts(one) === texts(other)
}

/** Keeps what the person said of the columns, in an operation of its own. */
async function keep(
  context: Context,
  { kind, name }: ImportPlan,
  columns: readonly Proposal[],
  base: Profile | undefined,
): Promise<void> {
  const book = await context.book()
  const { today, recordedAt } = await context.moment()
  const called = `last answers for ${name} (${kind})`
  const { operate } = await import('../../book/operation.ts')
  const info = { command: context.commandLine, at: recordedAt }
  await operate(book, info, async (db) => {
    const profile = toProfile(called, kind, columns, base?.options ?? {})
    await keepAnswers(db, { ...profile, answered: today })
    return { summary: `kept how the columns of ${name} are read` }
  })
  context.say(`The columns are kept as you answered (profile “${called}”).`)
}

/**
 * Has the person agree to the columns. What they change is kept for the next file with these headers,
 * whatever becomes of the import.
 * @param base the profile that the proposal came from.
 */
export async function answeredColumns(
  context: Context,
  plan: ImportPlan,
  prepared: Prepared,
  base: Profile | undefined,
): Promise<Proposal[]> {
  let answered: Proposal[] = prepared.columns
  const onAnswer = (columns: Proposal[]): void => {
    answered = columns
  }
  try {
    return await confirmColumns(context, plan, prepared, onAnswer)
  } finally {
    if (!isSame(answered, prepared.columns)) await keep(context, plan, answered, base)
  }
}
