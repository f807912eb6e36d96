import type { Day } from '../../domain/day.ts'
import type { DealDraft } from './draft.ts'

/** How many rows a note names. */
const NAMED = 5

function rowsText(rows: readonly number[]): string {
  const shown = rows.slice(0, NAMED).join(', ')
  return `${rows.length === 1 ? 'row' : 'rows'} ${shown}${rows.length > NAMED ? ' …' : ''}`
}

function dealsText(rows: readonly number[], one: string, many: string): string {
  return rows.length === 1 ? `1 deal ${one}` : `${rows.length} deals ${many}`
}

/** Gathers what is odd about the deals that a file brings, to be said when all are read. */
export function dealRemarks(_today: Day) {
  const byReason: number[] = []
  const against = { rows: [] as number[], example: '' }
  return {
    /** Looks at a deal that was taken. */
    see(draft: DealDraft, row: number): void {
      if (draft.byReason) byReason.push(row)
      if (draft.against !== null) {
        against.rows.push(row)
        against.example ||= draft.against
      }
    },
    notes(): string[] {
      return [
        ...(byReason.length === 0
          ? []
          : [
              `${dealsText(byReason, 'counts', 'count')} as lost for a reason alone: nothing else ` +
                `says how ${byReason.length === 1 ? 'it' : 'they'} ended (${rowsText(byReason)})`,
            ]),
        ...(against.rows.length === 0
          ? []
          : [
              `${dealsText(against.rows, 'is', 'are')} open, as the file says, in spite of ` +
                `${against.example} (${rowsText(against.rows)})`,
            ]),
      ]
    },
  }
}
