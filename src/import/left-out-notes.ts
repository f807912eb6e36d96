import { counted } from '../domain/text.ts'
import { quoted } from '../domain/plain-text.ts'
import type { ColumnCells, Unclaimed } from './left-out.ts'
import type { ImportKind } from './map/fields.ts'
import { columnTitle } from './map/header.ts'
import type { Proposal } from './map/target.ts'
import { chanceColumn } from './stages/chance-header.ts'

const SHOWN = 4

/** The field that keeps the words of any column. */
const KEEPS: Partial<Record<ImportKind, string>> = { interactions: 'text', tasks: 'result' }

function listed(columns: readonly ColumnCells[]): string {
  const named = columns
    .slice(0, SHOWN)
    .map(
      ({ column, cells, sample }) => `“${column}” (${counted(cells, 'cell')}: ${quoted(sample)})`,
    )
  const more = columns.length - named.length
  return `${named.join(', ')}${more > 0 ? ` and ${counted(more, 'more column')}` : ''}`
}

/** What was left out, in one line: nothing in a file is dropped silently. */
function leftOutLine(kind: ImportKind, columns: readonly ColumnCells[]): string[] {
  const [first] = columns
  if (!first) return []
  const field = KEEPS[kind]
  const keep = field === undefined ? '' : `--map "${first.column}=${field}" keeps it, `
  const were = columns.length === 1 ? '1 column was' : `${columns.length} columns were`
  return [
    `${were} left out: ${listed(columns)} (${keep}--ignore "${first.column}" says it is not wanted)`,
  ]
}

/** Says which cells under no header were kept, in one line. */
export function keptLine({ kept: columns }: Unclaimed): string[] {
  if (columns.length === 0) return []
  const sum = columns.reduce((count, { cells }) => count + cells, 0)
  const are = sum === 1 ? '1 cell without a header is' : `${sum} cells without a header are`
  const what = columns.length === 1 ? 'a property' : 'properties'
  return [`${are} kept as ${what}: ${listed(columns)}`]
}

/** Deals without amounts count for nothing in any report, though the file may have the amounts. */
export function amountLine(columns: readonly Proposal[]): string[] {
  const names = columns.map(({ header, index }) => columnTitle(header, index))
  if (names.length === 0) return []
  const shown = names.slice(0, SHOWN).map((name) => `“${name}”`)
  const look = names.length === 1 ? 'looks' : 'look'
  return [
    `deals come in without an amount; ${shown.join(', ')} ${look} like money ` +
      `(--map "${names[0]}=amount")`,
  ]
}

/**
 * Sums that no field took may be the amounts that were meant.
 * @param lacking how many of the first rows give no amount.
 */
export function otherMoneyLine(
  columns: readonly Proposal[],
  lacking: { rows: number; of: number },
): string[] {
  const names = columns.map(({ header, index }) => columnTitle(header, index))
  const [first] = names
  if (first === undefined) return []
  const shown = names.slice(0, SHOWN).map((name) => `“${name}”`)
  const [look, are] =
    names.length === 1 ? ['looks', 'is kept as a property'] : ['look', 'are kept as properties']
  const rows =
    lacking.of === 1 ? 'the only row gives' : `${lacking.rows} of the first ${lacking.of} rows give`
  const without = lacking.rows === 0 ? '' : `, and ${rows} no amount`
  return [
    `${shown.join(', ')} ${look} like money and ${are}${without} ` +
      `(--map "${first}=amount" takes it, --map "${first}=property:${first}" says it is none)`,
  ]
}

/** A chance to win in a list of deals is mostly that of the stage: only a person knows that it was set by hand. */
export function chanceLine(columns: readonly Proposal[]): string[] {
  const found = chanceColumn(columns)
  if (found?.target.to !== 'property' || found.by === 'wish' || found.by === 'profile') return []
  const name = columnTitle(found.header, found.index)
  return [
    `“${name}” is kept as a property, as most programs fill it in by stage ` +
      `(--map "${name}=chance" takes it as set by hand for each deal)`,
  ]
}

/** The rows of a list of deals may be lines: each product is one. */
export function linesLine(columns: readonly string[], file: string): string[] {
  if (columns.length === 0) return []
  const shown = columns.slice(0, SHOWN).map((name) => `“${name}”`)
  return [`${shown.join(', ')} look like lines of deals (funnel import lines ${file} takes them)`]
}

/** What is said about an import even with `--quiet`, one line each. */
export function leftOutNotes(kind: ImportKind, unclaimed: Unclaimed): string[] {
  return [...leftOutLine(kind, unclaimed.leftOut), ...keptLine(unclaimed)]
}
