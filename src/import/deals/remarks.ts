import type { Store } from '../../book/store/store.ts'
import type { Day } from '../../domain/day.ts'
import { isLoss, isOddClose } from '../../domain/odd-deal.ts'
import type { DealDraft } from './draft.ts'

/** How many rows a note names. */
const NAMED = 5

/** `rows 2, 5`, naming the first few. */
export function rowsText(rows: readonly number[]): string {
  const shown = rows.slice(0, NAMED).join(', ')
  return `${rows.length === 1 ? 'row' : 'rows'} ${shown}${rows.length > NAMED ? ' …' : ''}`
}

function dealsText(rows: readonly number[], one: string, many: string): string {
  return rows.length === 1 ? `1 deal ${one}` : `${rows.length} deals ${many}`
}

/** Open deals with the same client and title as another, if one of them is among the deals from a number on. */
const TWINS = `SELECT d.id, d.import_row AS row FROM deals d JOIN (
  SELECT client_id, title_key FROM deals
  WHERE closed_on IS NULL AND client_id IN (SELECT client_id FROM deals WHERE id > ?)
  GROUP BY client_id, title_key HAVING count(*) > 1 AND max(id) > ?
) t ON t.client_id = d.client_id AND t.title_key = d.title_key WHERE d.closed_on IS NULL ORDER BY d.id`

interface Twin {
  id: number
  row: number | null
}

/** `(deal 7, rows 2, 3)`: deals of the book by number, those of the file by row. */
function twinsText(twins: readonly Twin[], last: number): string {
  const rows = twins.flatMap(({ id, row }) => (id > last && row !== null ? [row] : []))
  const earlier = twins.filter(({ id }) => id <= last).map(({ id }) => id)
  const shown = earlier.slice(0, NAMED).join(', ')
  const more = earlier.length > NAMED ? ' …' : ''
  const deals =
    earlier.length === 0 ? [] : [`${earlier.length === 1 ? 'deal' : 'deals'} ${shown}${more}`]
  return [...deals, rowsText(rows)].join(', ')
}

/** Gathers what is odd about the deals of a file, to be reported when all are read. */
export function dealRemarks(store: Store, today: Day) {
  const last = store.prepare('SELECT coalesce(max(id), 0) FROM deals').pluck().get() as number
  const losses: number[] = []
  const oddCloses: number[] = []
  const byReason: number[] = []
  const byContact: number[] = []
  const keptReason: number[] = []
  /** Rows of open deals, by what contradicts that they are open. */
  const against = new Map<string, { rows: number[]; example: string }>()
  return {
    /** Looks at a deal that was imported. */
    see(draft: DealDraft, row: number): void {
      if (draft.byContact) byContact.push(row)
      if (draft.byReason) byReason.push(row)
      if (isLoss(draft.amount, draft.cost)) losses.push(row)
      if (draft.status === 'open' && isOddClose(draft.expectedClose, today)) oddCloses.push(row)
      if (draft.keepsReason) keptReason.push(row)
      if (draft.against !== null) {
        const kind = draft.against.replace(/ \(.*/, '')
        const seen = against.get(kind) ?? { rows: [], example: draft.against }
        seen.rows.push(row)
        against.set(kind, seen)
      }
    },
    notes(): string[] {
      const twins = store.prepare(TWINS).all(last, last) as Twin[]
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
        ...[...against.values()].map(
          ({ rows, example }) =>
            `${dealsText(rows, 'is', 'are')} open, as the file says, in spite of ${example} (${rowsText(rows)})`,
        ),
        ...(keptReason.length === 0
          ? []
          : [
              `${dealsText(keptReason, 'was', 'were')} not lost, but ${keptReason.length === 1 ? 'has' : 'have'} ` +
                `a reason, which is kept as the property Reason (${rowsText(keptReason)})`,
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
        ...(twins.length === 0
          ? []
          : [
              `${twins.length} open deals have client and title of another open one: the same deal twice? (${twinsText(twins, last)})`,
            ]),
      ]
    },
  }
}
