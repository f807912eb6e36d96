import { sql, type SqlBool } from 'kysely'
import { ratesOn } from '../../book/rates.ts'
import type { Db } from '../../book/store/db.ts'
import { valuesOf } from '../../book/store/sql.ts'
import { type Day, daysBetween } from '../../domain/day.ts'
import type { Money } from '../../domain/money.ts'
import type { Period } from '../../domain/period.ts'
import { proposalStatus, type VersionDays } from '../../domain/proposals/status.ts'
import { dealsAsOf } from '../deals-as-of.ts'
import type { By } from '../family/declare.ts'
import { grouped, type GroupValue } from '../family/group.ts'
import { quarterOf } from '../family/trend.ts'
import { worthIn } from '../receivables/worth.ts'
import { type Scope, within } from '../scope.ts'
import type { ProposalCase } from './figures.ts'

interface Version extends VersionDays {
  number_key: string
  deal_id: number
  currency: string
  net: Money
  full_net: Money
  accepted_net: Money | null
}

/** The versions made by a day, by their numbers. */
async function numbersBy(db: Db, on: Day): Promise<Map<string, Version[]>> {
  const { rows } = await sql<Version>`
    SELECT number_key, version, deal_id, currency, net, full_net, accepted_net, made_on, valid_until, sent_on, decided_on, decision
    FROM proposals WHERE made_on <= ${on} ORDER BY id`.execute(db)
  const numbers = new Map<string, Version[]>()
  for (const row of rows) {
    const known = numbers.get(row.number_key)
    if (known) known.push(row)
    else numbers.set(row.number_key, [row])
  }
  return numbers
}

/** The groups that some deals are in; those outside the scope are not in the map. */
async function groupsOf(
  db: Db,
  scope: Scope,
  by: By | null,
  ids: readonly number[],
): Promise<Map<number, GroupValue[]>> {
  const deals = await dealsAsOf(db, scope.asOf)
  const isTime = by === 'month' || by === 'quarter' || by === 'year'
  const query = grouped(within(deals, scope), isTime ? null : by, 'd.opened_on')
  const rows = await query
    .select('d.id')
    .where(sql<SqlBool>`d.id IN ${valuesOf(ids)}`)
    .groupBy('d.id')
    .execute()
  const groups = new Map<number, GroupValue[]>()
  for (const { id, groupValue } of rows) groups.set(id, [...(groups.get(id) ?? []), groupValue])
  return groups
}

function timeOf(day: Day, by: By | null): string | null {
  if (by === 'year') return day.slice(0, 4)
  if (by === 'month') return day.slice(0, 7)
  return by === 'quarter' ? quarterOf(day) : null
}

/** The version that stands for its number: that which was decided on, else the last that went out, else the last. */
function standing(versions: readonly Version[], on: Day): Version | undefined {
  const decided = versions.findLast(({ decided_on: day }) => day !== null && day <= on)
  const sent = versions.findLast(({ sent_on: day }) => day !== null && day <= on)
  const accepted = versions.find(
    ({ decision, decided_on: day }) => decision === 'accepted' && day !== null && day <= on,
  )
  if (accepted) return accepted
  // What was declined gives way to what was sent after it.
  if (decided && (!sent || decided.version >= sent.version)) return decided
  return sent ?? versions.at(-1)
}

/** Proposals first made in a period, as they stood at the end of the day of the scope. */
export async function loadCases(
  db: Db,
  scope: Scope,
  { from, to }: Period,
  by: By | null,
): Promise<{ cases: (ProposalCase & { groupValue: GroupValue })[]; unrated: number; all: number }> {
  const { asOf, settings } = scope
  const numbers = [...(await numbersBy(db, asOf)).values()].filter(([first]) => {
    const made = first?.made_on
    return made !== undefined && (from === null || made >= from) && (to === null || made <= to)
  })
  const deals = numbers.map((versions) => standing(versions, asOf)?.deal_id ?? 0)
  const groups = await groupsOf(db, scope, by, [...new Set(deals)])
  const rates = await ratesOn(db, asOf)
  const cases: (ProposalCase & { groupValue: GroupValue })[] = []
  let [unrated, all] = [0, 0]
  for (const versions of numbers) {
    const [first] = versions
    const one = standing(versions, asOf)
    const inGroups = one && groups.get(one.deal_id)
    if (!first || !one || !inGroups) continue
    const sentOn = versions
      .flatMap(({ sent_on: day }) => (day !== null && day <= asOf ? [day] : []))
      .toSorted()[0]
    const status = proposalStatus(one, [one], asOf)
    const isDecided = status === 'accepted' || status === 'declined'
    const until = isDecided ? one.decided_on : asOf
    const begun = sentOn ?? (isDecided ? one.made_on : null)
    const rate = rates(one.currency)?.rate ?? null
    const worth = (minor: Money): Money | null =>
      worthIn(settings.currency, minor, one.currency, rate)
    const net = worth(one.net)
    if (net === null) unrated += 1
    all += 1
    for (const groupValue of inGroups) {
      cases.push({
        groupValue: timeOf(first.made_on, by) ?? groupValue,
        version: one.version,
        status: status === 'superseded' ? 'sent' : status,
        wasSent: sentOn !== undefined,
        days: begun === null || until === null ? null : Math.max(0, daysBetween(begun, until)),
        net,
        full: worth(one.full_net),
        taken: status === 'accepted' ? worth(one.accepted_net ?? one.net) : 0,
      })
    }
  }
  return { cases, unrated, all }
}
