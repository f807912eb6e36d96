import { type RawBuilder, sql, type SqlBool } from 'kysely'
import type { Period } from '../domain/period.ts'
import type { DealTest } from '../records/choose/deals.ts'
import type { ClientTest } from '../records/choose/index.ts'

/** Which records are exported; all of them by default. */
export interface Wanted {
  /** Those of these days. */
  period?: Period | undefined
  /** Those of clients that pass this test. */
  clients?: ClientTest | undefined
  /** Those of deals that pass this test. */
  deals?: DealTest | undefined
}

/** The condition that the client, `c` in the query, is one of those wanted. */
export function ofClients({ clients }: Wanted): RawBuilder<SqlBool> {
  return clients ? sql`(c.id IS NOT NULL AND ${clients('c')})` : sql`true`
}

/** The condition that the deal, `d` in the query, is one of those wanted, and so is its client. */
export function ofDeals(wanted: Wanted): RawBuilder<SqlBool> {
  const { deals } = wanted
  return deals ? sql`(${ofClients(wanted)} AND ${deals('d')})` : ofClients(wanted)
}
