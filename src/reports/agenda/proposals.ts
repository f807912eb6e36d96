import { sql } from 'kysely'
import type { Db } from '../../book/store/db.ts'
import { addDays, type Day, daysBetween } from '../../domain/day.ts'
import { counted } from '../../domain/text.ts'
import { type AgendaScope, byDay, type Found, type Item, mine } from './item.ts'

/** How long an answer is waited for, and how long before its last day a proposal is named; in days. */
const PATIENCE = 7

interface Waiting {
  number: string
  version: number
  sent_on: Day
  valid_until: Day | null
  client: string
  client_id: number
  deal: string
  deal_id: number
  owner: string | null
}

/** `P-2026-0001 expires on 2026-12-01`, `P-2026-0001 was sent 8 days ago, without an answer`. */
function textOf({ number, valid_until: until, sent_on: sent }: Waiting, today: Day): string {
  if (until !== null && until <= addDays(today, PATIENCE)) {
    return `${number} ${until === today ? 'expires today' : `expires on ${until}`}`
  }
  return `${number} was sent ${counted(daysBetween(sent, today), 'day')} ago, without an answer`
}

/**
 * Proposals of open deals that wait for an answer: those that expire within a week, and those that were sent a week
 * ago or longer. Of each number the version that was sent last.
 */
export async function findOffered(db: Db, scope: AgendaScope): Promise<Found> {
  const { today, limit } = scope
  const { rows } = await sql<Waiting>`
    SELECT p.number, p.version, p.sent_on, p.valid_until, c.name AS client, p.client_id, d.title AS deal, p.deal_id,
      o.name AS owner
    FROM proposals AS p JOIN clients AS c ON c.id = p.client_id JOIN deals AS d ON d.id = p.deal_id
    LEFT JOIN owners AS o ON o.id = p.owner_id
    WHERE p.decided_on IS NULL AND p.sent_on <= ${today} AND d.closed_on IS NULL
      AND (p.valid_until IS NULL OR p.valid_until >= ${today})
      AND (p.sent_on <= ${addDays(today, -PATIENCE)} OR p.valid_until <= ${addDays(today, PATIENCE)})
      AND NOT EXISTS (SELECT 1 FROM proposals AS l WHERE l.number_key = p.number_key AND (l.decision = 'accepted'
        OR l.version > p.version AND (l.sent_on IS NOT NULL OR l.decided_on IS NOT NULL)))
      ${mine('p', scope)}`.execute(db)
  const items = byDay(
    rows.map((row): Item => {
      const { number, valid_until: until, sent_on: sent } = row
      const soon = until !== null && until <= addDays(today, PATIENCE)
      return {
        cause: 'offered',
        key: `proposal-${number}`,
        by: soon ? until : addDays(sent, PATIENCE),
        text: textOf(row, today),
        client: row.client,
        clientId: row.client_id,
        deal: row.deal,
        dealId: row.deal_id,
        task: null,
        owner: row.owner,
        command: `proposal show ${number}`,
      }
    }),
  )
  return { items: items.slice(0, limit), counts: { offered: items.length } }
}
