import { type RawBuilder, sql, type SqlBool } from 'kysely'
import type { Day } from '../../domain/day.ts'
import type { Period } from '../../domain/period.ts'
import type { Scope } from '../scope.ts'
import type { TaxBy } from './group.ts'

/** When tax counts: as it is invoiced, or as it is paid. */
export const BASES = ['invoice', 'payment'] as const

export type Basis = (typeof BASES)[number]

/** What tax is asked for. */
export interface TaxAsk {
  scope: Scope
  period: Period
  basis: Basis
  by: TaxBy | null
}

/** The test of days that count: in the period, and not after the day of the report. */
export function inDays({ scope, period: { from, to } }: TaxAsk, day: string): RawBuilder<SqlBool> {
  const last = to !== null && to < scope.asOf ? to : scope.asOf
  const since = from === null ? sql`` : sql`${sql.ref(day)} >= ${from} AND `
  return sql`(${since}${sql.ref(day)} <= ${last})`
}

/** The last day that counts. */
export function lastDay({ scope, period: { to } }: TaxAsk): Day {
  return to !== null && to < scope.asOf ? to : scope.asOf
}

/**
 * Which settlements of an invoice `a`, by payments `p`, count, and which way. By payment: money that came in, a fee that
 * a bank held back of it, and credit that was used. By invoice: a discount that was taken makes what was billed less.
 */
export function countsOnInvoice(basis: Basis): { test: RawBuilder<SqlBool>; sign: 1 | -1 } {
  return basis === 'payment'
    ? { test: sql`(a.credit_id IS NOT NULL OR p.kind IN ('in', 'fee'))`, sign: 1 }
    : { test: sql`p.kind = 'discount'`, sign: -1 }
}
