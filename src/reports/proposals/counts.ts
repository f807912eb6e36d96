import { sql, type SqlBool } from 'kysely'
import type { Db } from '../../book/store/db.ts'
import { valuesOf } from '../../book/store/sql.ts'
import type { Day } from '../../domain/day.ts'
import { proposalStatus, type VersionDays } from '../../domain/proposals/status.ts'
import { dealsAsOf, openDealsAsOf } from '../deals-as-of.ts'
import { type Scope, within } from '../scope.ts'

interface Version extends VersionDays {
  number_key: string
  deal_id: number
}

/** The versions made by the day of a scope, by their numbers. */
async function versionsBy(db: Db, on: Day): Promise<Version[][]> {
  const { rows } = await sql<Version>`
    SELECT number_key, version, deal_id, made_on, valid_until, sent_on, decided_on, decision
    FROM proposals WHERE made_on <= ${on} ORDER BY id`.execute(db)
  const numbers = new Map<string, Version[]>()
  for (const row of rows) {
    const known = numbers.get(row.number_key)
    if (known) known.push(row)
    else numbers.set(row.number_key, [row])
  }
  return [...numbers.values()]
}

/** Those of some numbers whose deals the scope reaches; with `isOpen`, whose deals are open on its day. */
async function reached(
  db: Db,
  scope: Scope,
  numbers: readonly Version[][],
  isOpen: boolean,
): Promise<Version[][]> {
  if (numbers.length === 0) return []
  const { asOf } = scope
  const deals = isOpen ? (await openDealsAsOf(db, asOf, scope)).deals : await dealsAsOf(db, asOf)
  const ids = [...new Set(numbers.flatMap(([first]) => first?.deal_id ?? []))]
  const rows = await within(deals, scope)
    .select('d.id')
    .where(sql<SqlBool>`d.id IN ${valuesOf(ids)}`)
    .execute()
  const known = new Set(rows.map(({ id }) => id))
  return numbers.filter(([first]) => first !== undefined && known.has(first.deal_id))
}

/**
 * Proposals of open deals by the end of the day of a scope: those that can still be accepted, and those whose last day
 * has gone by without an answer. Each number counts once, whatever its versions.
 */
export async function proposalsWaiting(
  db: Db,
  scope: Scope,
): Promise<{ open: number; expired: number }> {
  const { asOf } = scope
  const numbers = await reached(db, scope, await versionsBy(db, asOf), true)
  const counts = { open: 0, expired: 0 }
  for (const versions of numbers) {
    const statuses = versions.map((one) => proposalStatus(one, versions, asOf))
    if (statuses.some((status) => status === 'draft' || status === 'sent')) counts.open += 1
    else if (statuses.includes('expired')) counts.expired += 1
  }
  return counts
}

/** How many proposals were sent first, and accepted, within some days. */
export async function proposalsWithin(
  db: Db,
  scope: Scope,
  { from, to }: { from: Day; to: Day },
): Promise<{ sent: number; accepted: number }> {
  const numbers = await reached(db, scope, await versionsBy(db, scope.asOf), false)
  const isInside = (day: Day | null | undefined): boolean => day != null && day >= from && day <= to
  const firstSent = (versions: readonly Version[]): Day | undefined =>
    versions.flatMap(({ sent_on: day }) => day ?? []).toSorted()[0]
  return {
    sent: numbers.filter((versions) => isInside(firstSent(versions))).length,
    accepted: numbers.filter((versions) =>
      versions.some(({ decision, decided_on: on }) => decision === 'accepted' && isInside(on)),
    ).length,
  }
}
