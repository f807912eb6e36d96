import type { Context } from '../../cli/context.ts'
import { counted } from '../../domain/text.ts'
import { columnTitle } from '../../import/map/header.ts'
import { nearestFirst } from '../../import/names.ts'
import type { Proposal } from '../../import/map/propose.ts'
import type { ImportPlan } from '../../import/plan.ts'
import type { Table } from '../../import/recognise/table.ts'
import { type UnknownValue, unknownWords } from '../../import/value-map/unknown.ts'
import { short } from './short.ts'

/** What a person is offered for a value; more than fit on a screen can be scrolled. */
const OFFERED = 50

interface Choice {
  name: string
  value: string | null
}

async function ask(context: Context, message: string, choices: Choice[]): Promise<string | null> {
  const questions = await context.ask()
  return questions.select<string | null>(message, choices)
}

const named = (names: readonly string[]): Choice[] =>
  names.slice(0, OFFERED).map((name) => ({ name: short(name), value: name }))

/** Asks what an unknown word of a column stands for; null if it is to stay as it is. */
async function askWord(
  context: Context,
  { column, value, rows, vocabulary }: UnknownValue,
): Promise<string | null> {
  const title = short(columnTitle(column.header, column.index))
  const stays =
    vocabulary.others === 'kept' ? 'keep it as it is' : 'leave it: such rows are rejected'
  return ask(context, `“${short(value)}” in the column “${title}” (${counted(rows, 'row')}) is:`, [
    ...named(vocabulary.offered),
    { name: 'nothing: as if the cell were blank', value: '' },
    { name: stays, value: null },
  ])
}

/** Asks about the words of columns that are not known: which of those that are each one stands for. */
export async function askWords(
  context: Context,
  plan: ImportPlan,
  table: Table,
  columns: readonly Proposal[],
): Promise<{ column: Proposal; from: string; to: string }[]> {
  const { store } = await context.book()
  const found: { column: Proposal; from: string; to: string }[] = []
  for (const unknown of await unknownWords(store, plan, table, columns)) {
    const to = await askWord(context, unknown)
    if (to !== null) found.push({ column: unknown.column, from: unknown.value, to })
  }
  return found
}

/**
 * Asks which stage each of a file's is.
 * @param otherwise what becomes of one that is none of them.
 */
export async function askStages(
  context: Context,
  stages: readonly string[],
  offered: readonly string[],
  otherwise: string,
): Promise<{ from: string; to: string }[]> {
  const found: { from: string; to: string }[] = []
  for (const from of stages) {
    const to = await ask(context, `The stage “${short(from)}” is:`, [
      ...named(offered),
      { name: 'won', value: 'won' },
      { name: 'lost', value: 'lost' },
      { name: otherwise, value: null },
    ])
    if (to !== null) found.push({ from, to })
  }
  return found
}

/** Asks which name of the book each of a file's is; null for one that the book lacks. */
export async function askNames(
  context: Context,
  one: string,
  names: readonly string[],
  known: readonly string[],
): Promise<{ from: string; to: string }[]> {
  const found: { from: string; to: string }[] = []
  for (const from of names) {
    const to = await ask(context, `The ${one} “${short(from)}” is:`, [
      { name: 'another one, which the book does not have', value: null },
      ...named(nearestFirst(known, from)),
    ])
    if (to !== null) found.push({ from, to })
  }
  return found
}
