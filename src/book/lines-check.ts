import { lineCost, lineNet } from '../domain/lines/line.ts'
import { countedLines } from '../domain/lines/totals.ts'
import { currencyDigits } from '../domain/money.ts'
import type { DealLinesTable } from './schema/products.ts'
import type { Selectable } from 'kysely'
import type { Statements } from './store/store.ts'

type Line = Selectable<DealLinesTable> & { currency: string | null }

/** How many deals to name; more would add nothing. */
const MOST_NAMED = 20

/** Do the figures of a deal's lines, and which of them count, follow from what the lines say? */
function areSound(lines: readonly Line[], digits: number): boolean {
  const choices = lines.map((line) => ({
    id: line.id,
    optional: line.optional === 1,
    alternativeOf: line.alternative_of,
    chosen: line.chosen === 1,
  }))
  const counted = new Set(countedLines(choices).map(({ id }) => id))
  return lines.every(
    (line) =>
      line.net === lineNet(line, digits) &&
      line.cost_total === lineCost(line, digits) &&
      (line.counts === 1) === counted.has(line.id),
  )
}

/** Deals whose amount or cost is not that of the lines that count. */
const SUMS = `
  SELECT l.deal_id FROM deal_lines AS l JOIN deals AS d ON d.id = l.deal_id
  WHERE l.counts = 1 GROUP BY l.deal_id
  HAVING sum(l.net) IS DISTINCT FROM coalesce(d.own_amount, d.amount)
    OR CASE WHEN count(l.cost_total) = count(*) THEN sum(l.cost_total) END IS DISTINCT FROM coalesce(d.own_cost, d.cost)
  ORDER BY l.deal_id LIMIT ${MOST_NAMED}`

/** A line that is written again settles all lines of its deal, and its amount. */
const again = (deal: number): string =>
  ` (enter one again: funnel deal line edit ${deal} LINE --quantity NUMBER)`

/** Compares lines of deals with what they say, and amounts of deals with their lines. @param digits of the book's currency. */
export function wrongLines(store: Statements, digits: number): string[] {
  const all = store
    .prepare(
      `SELECT l.*, d.currency FROM deal_lines AS l LEFT JOIN deals AS d ON d.id = l.deal_id
       ORDER BY l.deal_id, l.position`,
    )
    .iterate() as IterableIterator<Line>
  const wrong: number[] = []
  let own: Line[] = []
  const look = (): void => {
    const [first] = own
    const decimals = first?.currency == null ? digits : currencyDigits(first.currency)
    if (first && wrong.length < MOST_NAMED && !areSound(own, decimals)) wrong.push(first.deal_id)
  }
  for (const line of all) {
    if (own[0] && own[0].deal_id !== line.deal_id) {
      look()
      own = []
    }
    own.push(line)
  }
  look()
  const sums = store.prepare(SUMS).pluck().all() as number[]
  return [
    ...wrong.map(
      (deal) => `deal ${deal}: the figures of its lines do not follow from them${again(deal)}`,
    ),
    ...sums.map((deal) => `deal ${deal}: amount or cost is not the sum of its lines${again(deal)}`),
  ]
}
