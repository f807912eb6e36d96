import type { Db } from '../book/store/db.ts'
import { hasForeign } from '../book/worth.ts'
import { numberOf, percentText, PRICE_DIGITS, QUANTITY_DIGITS } from '../domain/lines/scaled.ts'
import type { Currency } from '../domain/money.ts'
import type { Cell, LongTable } from '../domain/table.ts'
import { KNOWN_OPENING } from '../records/shown.ts'
import { ownColumns } from './deals.ts'
import { withCurrency } from './own-money.ts'
import { PAGE, pages } from './paged.ts'
import { inPeriod } from './period.ts'
import { clientRefs, dealRefs } from './refs.ts'
import { ofDeals, type Wanted } from './wanted.ts'

function dealsWithLines(db: Db, after: number, wanted: Wanted) {
  return db
    .selectFrom('deals as d')
    .innerJoin('clients as c', 'c.id', 'd.client_id')
    .select([
      'd.id as id',
      'd.ref as ref',
      'd.title as title',
      'c.id as client_id',
      'd.currency as currency',
    ])
    .select(['c.name as client', 'c.ref as client_ref'])
    .where('d.id', '>', after)
    .where((eb) =>
      eb.exists(eb.selectFrom('deal_lines as l').select('l.id').whereRef('l.deal_id', '=', 'd.id')),
    )
    .where(inPeriod(KNOWN_OPENING, wanted.period))
    .where(ofDeals(wanted))
    .orderBy('d.id')
    .limit(PAGE)
    .execute()
}

function linesOf(db: Db, deals: readonly number[]) {
  return db
    .selectFrom('deal_lines as l')
    .leftJoin('products as p', 'p.id', 'l.product_id')
    .leftJoin('deal_lines as o', 'o.id', 'l.alternative_of')
    .selectAll('l')
    .select(['p.name as product', 'p.code as code', 'o.position as alternative_to'])
    .where('l.deal_id', 'in', deals)
    .orderBy('l.deal_id')
    .orderBy('l.position')
    .execute()
}

const yes = (flag: 0 | 1): string | null => (flag === 1 ? 'yes' : null)

/** Lines of deals as a table, deal by deal in their order; with a period, of deals opened in it. */
export async function lineTable(
  db: Db,
  { code: book }: Currency,
  wanted: Wanted = {},
): Promise<LongTable> {
  const own = ownColumns('lines')
  const columns = (await hasForeign(db)) ? withCurrency(own) : own
  async function* rows(): AsyncGenerator<Cell[]> {
    const refOf = await dealRefs(db)
    const clientRefOf = await clientRefs(db)
    for await (const page of pages((after) => dealsWithLines(db, after, wanted))) {
      const deals = new Map(page.map((deal) => [deal.id, deal]))
      for (const line of await linesOf(db, [...deals.keys()])) {
        const deal = deals.get(line.deal_id)
        if (!deal) continue
        const cells: Record<string, Cell> = {
          deal: refOf(deal.id, deal.ref),
          title: deal.title,
          client: deal.client,
          'client-ref': clientRefOf(deal.client_id, deal.client_ref),
          position: line.position,
          code: line.code,
          product: line.product,
          text: line.text,
          quantity: numberOf(line.quantity, QUANTITY_DIGITS),
          unit: line.unit,
          price: numberOf(line.price, PRICE_DIGITS),
          discount: line.discount === 0 ? null : percentText(line.discount),
          tax: line.tax === null ? null : percentText(line.tax),
          cost: line.cost === null ? null : numberOf(line.cost, PRICE_DIGITS),
          optional: yes(line.optional),
          'alternative-to': line.alternative_to,
          chosen: yes(line.chosen),
          currency: deal.currency ?? book,
        }
        yield columns.map(({ key }) => cells[key] ?? null)
      }
    }
  }
  return { name: 'lines', columns, currency: null, rows: rows() }
}
