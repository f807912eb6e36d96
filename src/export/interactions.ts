import type { Db } from '../book/store/db.ts'
import type { Cell, LongTable } from '../domain/table.ts'
import { ownColumns } from './deals.ts'
import { PAGE, paged } from './paged.ts'
import { inPeriod } from './period.ts'
import { clientRefs, dealRefs } from './refs.ts'
import { ofClients, type Wanted } from './wanted.ts'

function nextInteractions(db: Db, after: number, wanted: Wanted) {
  return db
    .selectFrom('interactions as i')
    .innerJoin('clients as c', 'c.id', 'i.client_id')
    .leftJoin('contacts as k', 'k.id', 'i.contact_id')
    .leftJoin('deals as d', 'd.id', 'i.deal_id')
    .leftJoin('owners as o', 'o.id', 'i.owner_id')
    .select([
      'i.id as id',
      'c.id as client_id',
      'c.ref as client_ref',
      'c.name as client',
      'k.name as contact',
      'i.deal_id as deal_id',
      'd.ref as deal_ref',
      'i.kind as kind',
      'i.direction as direction',
      'i.result as result',
      'i.at as at',
      'i.time as time',
      'i.minutes as minutes',
      'o.name as owner',
      'i.text as text',
    ])
    .where('i.id', '>', after)
    .where(inPeriod('i.at', wanted.period))
    .where(ofClients(wanted))
    .orderBy('i.id')
    .limit(PAGE)
    .execute()
}

/** Calls, e-mails, meetings and messages in the order they were entered. */
export function interactionTable(db: Db, wanted: Wanted = {}): LongTable {
  const columns = ownColumns('interactions')
  async function* rows(): AsyncGenerator<Cell[]> {
    const dealRefOf = await dealRefs(db)
    const clientRefOf = await clientRefs(db)
    for await (const row of paged((after) => nextInteractions(db, after, wanted))) {
      const { deal_id: deal } = row
      const cells: Record<string, Cell> = {
        ...row,
        'client-ref': clientRefOf(row.client_id, row.client_ref),
        deal: deal === null ? null : dealRefOf(deal, row.deal_ref),
      }
      yield columns.map(({ key }) => cells[key] ?? null)
    }
  }
  return { name: 'interactions', columns, currency: null, rows: rows() }
}
