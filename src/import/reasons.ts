import { counted } from '../domain/text.ts'

interface Rejected {
  row: number
  reason: string
}

/** How many reasons are shown if there are many, and how many rows for each. */
const REASONS_SHOWN = 3
const ROWS_SHOWN = 3

/** What reasons of one kind have in common: their words, without the text of the row's cells. */
function kindOf(reason: string): string {
  return reason.replaceAll(/“[^”]*”|; nearest: [^(]*|\d+/g, '…')
}

function rowsText(rows: readonly number[]): string {
  const shown = rows.slice(0, ROWS_SHOWN).join(', ')
  const more = rows.length > ROWS_SHOWN ? ' …' : ''
  return rows.length === 1 ? `row ${shown}` : `${counted(rows.length, 'row')} (${shown}${more})`
}

/**
 * The first reasons why rows were rejected, each kind once with its rows:
 * `2 rows (3, 8), such as: “soon” is not a date`.
 */
export function firstReasons(rejects: readonly Rejected[]): string[] {
  const kinds = new Map<string, { reason: string; rows: number[]; differs: boolean }>()
  for (const { row, reason } of rejects) {
    const kind = kindOf(reason)
    const sameKind = kinds.get(kind)
    if (!sameKind) kinds.set(kind, { reason, rows: [row], differs: false })
    else {
      sameKind.rows.push(row)
      sameKind.differs ||= sameKind.reason !== reason
    }
  }
  const all = [...kinds.values()]
  const lines = all
    .slice(0, REASONS_SHOWN)
    .map(({ reason, rows, differs }) => `${rowsText(rows)}${differs ? ', such as' : ''}: ${reason}`)
  const more = all.length - lines.length
  return more === 0 ? lines : [...lines, `… and ${counted(more, 'more reason')}`]
}
