import type { Context } from '../../cli/context.ts'
import { CANCELLED } from '../../cli/errors.ts'
import { Fault } from '../../domain/fault.ts'
import { tidyName } from '../../domain/name.ts'
import type { Doubt } from '../../import/evidence.ts'
import { fieldsOf, hasProperties, type ImportKind } from '../../import/map/fields.ts'
import { propertyNames } from '../../import/map/header.ts'
import { moneyColumns } from '../../import/map/money-columns.ts'
import { nameColumns } from '../../import/map/name-columns.ts'
import {
  describeTarget,
  type Proposal,
  requireFields,
  type Target,
} from '../../import/map/propose.ts'
import { soleTarget } from '../../import/map/target.ts'
import type { ImportPlan } from '../../import/plan.ts'
import type { Prepared } from '../../import/prepare.ts'
import { describeColumns } from './describe.ts'
import { short } from './short.ts'

/** The columns with one read differently; if only one column can be read so, the other gives it up. */
function withTarget(
  kind: ImportKind,
  columns: readonly Proposal[],
  index: number,
  target: Target,
): Proposal[] {
  const given = target.to === 'property' ? [target.name] : []
  const names = propertyNames(
    columns.map(({ header }) => header),
    given,
  )
  const sole = soleTarget(kind, target)
  const spare = (at: number): Target =>
    hasProperties(kind) ? { to: 'property', name: names[at] ?? '' } : { to: 'nothing' }
  return columns.map((column) => {
    if (column.index === index) return { ...column, target, by: 'wish' }
    const isTaken = sole !== null && soleTarget(kind, column.target) === sole
    return isTaken ? { ...column, target: spare(column.index), by: 'none' } : column
  })
}

async function askTarget(context: Context, kind: ImportKind, column: Proposal): Promise<Target> {
  const questions = await context.ask()
  const fields = fieldsOf(kind).map(({ name, help }) => ({
    name: `${name}: ${help}`,
    value: { to: 'field', field: name } as Target,
  }))
  const property = { name: `a property of the ${kind.slice(0, -1)}`, value: 'property' as const }
  const chosen = await questions.select<Target | 'property'>(`Read “${short(column.header)}” as:`, [
    ...(hasProperties(kind) ? [property] : []),
    { name: 'leave it out', value: { to: 'nothing' } },
    ...fields,
  ])
  if (chosen !== 'property') return chosen
  const validate = (text: string): true | string => tidyName(text) !== '' || 'it needs a name'
  const name = await questions.input('Name of the property:', {
    default: short(column.header),
    validate,
  })
  return { to: 'property', name: tidyName(name) }
}

/** The columns of deals with the one that is their amount; a person may know it better. */
async function withAmount(
  context: Context,
  kind: ImportKind,
  columns: Proposal[],
  samples: string[][],
  defaults: ReadonlyMap<string, string>,
): Promise<Proposal[]> {
  const could = moneyColumns(kind, columns, samples, defaults)
  if (could.length === 0) return columns
  const questions = await context.ask()
  const index = await questions.select('No column is the amount of the deals. Which one is it?', [
    ...could.map((column) => ({ name: withSample(column, samples), value: column.index })),
    { name: 'none of them', value: -1 },
  ])
  return index < 0 ? columns : withTarget(kind, columns, index, { to: 'field', field: 'amount' })
}

function withSample({ header, index }: Proposal, samples: string[][]): string {
  const sample = samples.map((row) => row[index]?.trim()).find(Boolean) ?? ''
  return `${short(header) || `column ${index + 1}`} (${short(sample)})`
}

/** Why the columns will not do yet; undefined if they will. */
function missing(kind: ImportKind, columns: Proposal[], defaults: ReadonlyMap<string, string>) {
  try {
    const headers = columns.map(({ header }) => header)
    requireFields(kind, columns, headers, defaults)
    return undefined
  } catch (error) {
    if (error instanceof Fault) return error.message
    throw error
  }
}

/** What to say if no column is the clients' name. @param could the columns that may be. */
function nameless(could: string[] | null): string | null {
  if (could === null) return null
  const which = could.length > 0 ? `; it could be: ${could.join(', ')}` : ''
  return `No column is the name: clients will be called by their e-mail${which}`
}

/**
 * Shows what the columns are to be read as, and takes changes until the person agrees.
 * @param onAnswer is told the columns after each answer.
 * @throws an error that ends the command as interrupted, if the person says no.
 */
export async function confirmColumns(
  context: Context,
  { kind, name: file, defaults }: ImportPlan,
  { columns: proposed, samples }: Prepared,
  onAnswer: (columns: Proposal[]) => void,
): Promise<Proposal[]> {
  const questions = await context.ask()
  let columns = await withAmount(context, kind, proposed, samples, defaults)
  onAnswer(columns)
  for (;;) {
    context.io.stderr.write(`${await context.draw(describeColumns(file, columns, samples))}\n\n`)
    const lack = missing(kind, columns, defaults)
    const warning = lack ?? nameless(nameColumns(kind, columns, samples, defaults))
    if (warning !== null) context.io.stderr.write(`${tidyName(warning)}\n`)
    const answer = await questions.select<'go' | 'change' | 'stop'>('Import them like this?', [
      ...(lack === undefined ? [{ name: 'yes, import', value: 'go' as const }] : []),
      { name: 'change a column', value: 'change' },
      { name: 'cancel', value: 'stop' },
    ])
    if (answer === 'go') return columns
    if (answer === 'stop') throw CANCELLED
    const column = await questions.select(
      'Which column?',
      columns.map((one) => ({
        name: `${short(one.header) || `(column ${one.index + 1})`}  →  ${describeTarget(one.target)}`,
        value: one,
      })),
    )
    const target = await askTarget(context, kind, column)
    columns = withTarget(kind, columns, column.index, target)
    onAnswer(columns)
  }
}

const READINGS = {
  dmy: 'day, month, year',
  mdy: 'month, day, year',
  ymd: 'year, month, day',
  ',': 'the comma stands before the decimals',
  '.': 'the point stands before the decimals',
}

/** How a column is read, as answered before. */
export function describeAnswer({ header, choices }: Doubt, known: string): string {
  const reading = choices.find((choice) => choice === known)
  return `“${short(header)}”: ${reading ? READINGS[reading] : known}, as you answered before.`
}

/** Asks how to read a column that can be read in two ways. */
export async function askDoubt(context: Context, doubt: Doubt): Promise<string> {
  const questions = await context.ask()
  const example = tidyName(doubt.example)
  const message = `“${example}” in the column “${short(doubt.header)}”: which is it?`
  const choices = doubt.choices.map((value) => ({ name: READINGS[value], value: value as string }))
  return questions.select(message, choices)
}
