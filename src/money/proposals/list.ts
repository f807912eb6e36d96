import { type RawBuilder, sql, type SqlBool } from 'kysely'
import type { Db } from '../../book/store/db.ts'
import type { ProposalsTable } from '../../book/schema/documents.ts'
import type { Day } from '../../domain/day.ts'
import type { Money } from '../../domain/money.ts'
import type { Period } from '../../domain/period.ts'
import { type ProposalStatus, proposalStatus } from '../../domain/proposals/status.ts'
import type { ClientTest } from '../../records/choose/index.ts'

/** A version of a proposal, with the names of what it is about and its status on a day. */
export interface ListedProposal {
  id: number
  number: string
  version: number
  /** How many versions its number has by that day. */
  versions: number
  status: ProposalStatus
  client: string
  client_id: number
  deal: string
  deal_id: number
  owner: string | null
  owner_id: number | null
  currency: string
  made_on: Day
  sent_on: Day | null
  valid_until: Day | null
  decided_on: Day | null
  decision: 'accepted' | 'declined' | null
  net: Money
  tax: Money
  gross: Money
  full_net: Money
  /** What was accepted, with the options that the client takes; null unless it was. */
  accepted_net: Money | null
  accepted_tax: Money | null
  accepted_gross: Money | null
  language: string
  format: ProposalsTable['format']
  subject: string | null
  note: string | null
}

export interface ProposalFilter {
  /** `open` is made or sent, and neither decided on, expired nor superseded. */
  status?: ProposalStatus | 'open' | undefined
  clientId?: number | undefined
  dealId?: number | undefined
  /** Null is all; below zero is unassigned. */
  ownerId?: number | null | undefined
  clients?: ClientTest | undefined
  period?: Period | undefined
  /** Earlier versions too, that a later one took the place of? */
  all?: boolean | undefined
}

type Row = Omit<ListedProposal, 'versions' | 'status'> & { number_key: string }

function testsOf({ clientId, dealId, clients }: ProposalFilter): RawBuilder<SqlBool>[] {
  return [
    ...(clientId === undefined ? [] : [sql<SqlBool>`p.client_id = ${clientId}`]),
    ...(dealId === undefined ? [] : [sql<SqlBool>`p.deal_id = ${dealId}`]),
    ...(clients === undefined
      ? []
      : [sql<SqlBool>`p.client_id IN (SELECT c.id FROM clients AS c WHERE ${clients('c')})`]),
  ]
}

/**
 * Does a proposal have the owner and the status asked for? Without a status, all but versions that a later one took the
 * place of. Versions of a number may have different owners, and a status needs all of them.
 */
function fits(
  { status, owner_id: owner }: ListedProposal,
  { status: wanted, ownerId, all }: ProposalFilter,
): boolean {
  if (ownerId != null && owner !== (ownerId < 0 ? null : ownerId)) return false
  if (wanted === undefined) return all === true || status !== 'superseded'
  return wanted === 'open' ? status === 'draft' || status === 'sent' : status === wanted
}

/** Proposals as they were at the end of a day, the latest first. */
export async function listProposals(
  db: Db,
  filter: ProposalFilter,
  on: Day,
): Promise<ListedProposal[]> {
  const tests = [sql<SqlBool>`p.made_on <= ${on}`, ...testsOf(filter)]
  const { rows } = await sql<Row>`
    SELECT p.id, p.number, p.number_key, p.version, c.name AS client, p.client_id, d.title AS deal, p.deal_id,
      o.name AS owner, p.owner_id, p.currency, p.made_on, p.sent_on, p.valid_until, p.decided_on, p.decision,
      p.net, p.tax, p.gross, p.full_net, p.accepted_net, p.accepted_tax, p.accepted_gross, p.language, p.format, p.subject, p.note
    FROM proposals AS p JOIN clients AS c ON c.id = p.client_id JOIN deals AS d ON d.id = p.deal_id
    LEFT JOIN owners AS o ON o.id = p.owner_id
    WHERE ${sql.join(tests, sql` AND `)}
    ORDER BY p.made_on DESC, p.id DESC`.execute(db)
  const numbers = new Map<string, Row[]>()
  for (const row of rows) {
    const known = numbers.get(row.number_key)
    if (known) known.push(row)
    else numbers.set(row.number_key, [row])
  }
  const { period } = filter
  const isInside = (day: Day): boolean =>
    (period?.from == null || day >= period.from) && (period?.to == null || day <= period.to)
  return rows
    .map(({ number_key: key, ...row }): ListedProposal => {
      const versions = numbers.get(key) ?? []
      const happened = (day: Day | null): Day | null => (day !== null && day <= on ? day : null)
      const decided = happened(row.decided_on)
      return {
        ...row,
        sent_on: happened(row.sent_on),
        decided_on: decided,
        ...(decided === null
          ? { decision: null, accepted_net: null, accepted_tax: null, accepted_gross: null }
          : {}),
        versions: versions.length,
        status: proposalStatus(row, versions, on),
      }
    })
    .filter((one) => isInside(one.made_on) && fits(one, filter))
}
