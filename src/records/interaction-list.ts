import { type RawBuilder, sql, type SqlBool } from 'kysely'
import { isAssigned } from '../book/unassigned.ts'
import type { Db } from '../book/store/db.ts'
import type { InteractionKind } from '../book/schema/work.ts'
import type { Period } from '../domain/period.ts'
import type { ClientTest } from './choose/index.ts'

/** Which interactions a list shows. */
export interface InteractionFilter {
  clientId?: number | null
  dealId?: number | null
  ownerId?: number | null
  kind?: InteractionKind | undefined
  period?: Period | undefined
  /** Only those with clients that pass it. */
  clients?: ClientTest | undefined
  limit?: number | undefined
}

function testsOf(filter: InteractionFilter): RawBuilder<SqlBool>[] {
  const { clientId, dealId, ownerId, kind, period, clients } = filter
  const { from = null, to = null } = period ?? {}
  return [
    ...(clientId == null ? [] : [sql<SqlBool>`i.client_id = ${clientId}`]),
    ...(dealId == null ? [] : [sql<SqlBool>`i.deal_id = ${dealId}`]),
    ...(ownerId == null ? [] : [isAssigned('i.owner_id', ownerId)]),
    ...(kind === undefined ? [] : [sql<SqlBool>`i.kind = ${kind}`]),
    ...(from === null ? [] : [sql<SqlBool>`i.at >= ${from}`]),
    ...(to === null ? [] : [sql<SqlBool>`i.at <= ${to}`]),
    ...(clients ? [clients('c')] : []),
  ]
}

/** Calls, e-mails, meetings, messages and notes, the latest first. */
export function listInteractions(db: Db, filter: InteractionFilter) {
  const query = db
    .selectFrom('interactions as i')
    .innerJoin('clients as c', 'c.id', 'i.client_id')
    .leftJoin('contacts as k', 'k.id', 'i.contact_id')
    .leftJoin('deals as d', 'd.id', 'i.deal_id')
    .leftJoin('owners as o', 'o.id', 'i.owner_id')
    .select([
      'i.id',
      'i.at',
      'i.time',
      'i.minutes',
      'i.kind',
      'i.direction',
      'i.result',
      'c.name as client',
      'k.name as contact',
      'd.title as deal',
      'i.text',
      'o.name as owner',
      'i.client_id',
      'i.deal_id',
    ])
  const narrowed = testsOf(filter).reduce((some, test) => some.where(test), query)
  const sorted = narrowed.orderBy('i.at', 'desc').orderBy('i.id', 'desc')
  return (filter.limit === undefined ? sorted : sorted.limit(filter.limit)).execute()
}
