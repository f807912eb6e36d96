import type { Database } from 'better-sqlite3'
import type { Day } from '../../domain/day.ts'
import { isLoss, isOddClose } from '../../domain/odd-deal.ts'
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

/** Open deals that have client and title of another one, where a deal from a number on is among them. */
const TWINS = `SELECT coalesce(sum(deals), 0) FROM (
  SELECT count(*) AS deals FROM deals
  WHERE closed_on IS NULL AND client_id IN (SELECT client_id FROM deals WHERE id > ?)
  GROUP BY client_id, title_key HAVING count(*) > 1 AND max(id) > ?)`

/** Gathers what is odd about the deals that a file brings, to be said when all are read. */
export function dealRemarks(raw: Database, today: Day) {
  const last = raw.prepare('SELECT coalesce(max(id), 0) FROM deals').pluck().get() as number
  const losses: number[] = []
  const oddCloses: number[] = []
  const byReason: number[] = []
  const byContact: number[] = []
  const against = { rows: [] as number[], example: '' }
  return {
    /** Looks at a deal that was taken. */
    see(draft: DealDraft, row: number): void {
      if (draft.byContact) byContact.push(row)
      if (draft.byReason) byReason.push(row)
      if (isLoss(draft.amount, draft.cost)) losses.push(row)
      if (draft.status === 'open' && isOddClose(draft.expectedClose, today)) oddCloses.push(row)
      if (draft.against !== null) {
        against.rows.push(row)
        against.example ||= draft.against
      }
    },
    notes(): string[] {
      const twins = raw.prepare(TWINS).pluck().get(last, last) as number
      return [
        ...(byContact.length === 0
          ? []
          : [
              `${dealsText(byContact, 'names', 'name')} no client but a person, who is the client ` +
                `(${rowsText(byContact)})`,
            ]),
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
        ...(losses.length === 0
          ? []
          : [
              `${dealsText(losses, 'costs', 'cost')} more than ${losses.length === 1 ? 'it brings' : 'they bring'} (${rowsText(losses)})`,
            ]),
        ...(oddCloses.length === 0
          ? []
          : [
              `${dealsText(oddCloses, 'is', 'are')} expected to close over a year ago or over five years ` +
                `ahead (${rowsText(oddCloses)})`,
            ]),
        ...(twins === 0
          ? []
          : [
              `${twins} open deals have client and title of another open one: the same deal twice?`,
            ]),
      ]
    },
  }
}
