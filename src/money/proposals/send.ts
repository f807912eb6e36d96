import type { Db } from '../../book/store/db.ts'
import type { Day } from '../../domain/day.ts'
import { Fault } from '../../domain/fault.ts'
import { addInteraction } from '../../records/interactions.ts'
import type { Moment } from '../../records/moment.ts'
import {
  acceptedVersion,
  latestVersion,
  type Proposal,
  proposalName,
  statusOf,
  versionName,
} from './find.ts'
import { addProposalEvent } from './make.ts'

/**
 * Can a proposal be sent?
 * @param again also if it was sent before.
 * @throws Fault `failed` if it was decided on, superseded, expired, or sent before.
 */
export async function requireSendable(
  db: Db,
  proposal: Proposal,
  again: boolean,
  on: Day,
): Promise<void> {
  const name = proposalName(proposal)
  if (on < proposal.made_on) {
    const hint = `give --on ${proposal.made_on} or a later day`
    throw new Fault('usage', `${name} was made on ${proposal.made_on}, after ${on}`, hint)
  }
  const status = await statusOf(db, proposal, on)
  if (status === 'accepted' || status === 'declined') {
    const hint = `for another offer: funnel proposal make ${proposal.deal_id}`
    throw new Fault('failed', `${name} was ${status} on ${proposal.decided_on}`, hint)
  }
  const accepted = await acceptedVersion(db, proposal)
  if (accepted && status === 'superseded') {
    const hint = `for another offer: funnel proposal make ${proposal.deal_id}`
    const message = `${proposalName(accepted)} was accepted on ${accepted.decided_on}`
    throw new Fault('failed', message, hint)
  }
  if (status === 'superseded') {
    const latest = versionName(await latestVersion(db, proposal))
    const hint = `send the latest version: funnel proposal send ${latest}`
    throw new Fault('failed', `${name} was superseded by ${latest}`, hint)
  }
  if (status === 'expired') {
    const message = `${name} was valid until ${proposal.valid_until}`
    throw new Fault('failed', message, `make it again: funnel proposal make ${proposal.deal_id}`)
  }
  if (status === 'draft' || again) return
  const hint = `to send it once more: funnel proposal send ${versionName(proposal)} --again`
  throw new Fault('failed', `${name} was sent on ${proposal.sent_on}`, hint)
}

/**
 * Writes down that a proposal was sent, in its history and in that of its client.
 * @param to where to, in words that follow `sent`: `to ann@example.com`.
 * @param mail the mail in the outbox; null for a file.
 */
export async function recordProposalSent(
  db: Db,
  proposal: Proposal,
  { to, mail }: { to: string; mail: string | null },
  moment: Moment,
): Promise<void> {
  if (proposal.sent_on === null) {
    await db
      .updateTable('proposals')
      .set({ sent_on: moment.on })
      .where('id', '=', proposal.id)
      .execute()
  }
  await addProposalEvent(db, proposal.id, { kind: 'sent', note: to, mail }, moment)
  await addInteraction(
    db,
    {
      kind: 'mailing',
      clientId: proposal.client_id,
      dealId: proposal.deal_id,
      ownerId: proposal.owner_id,
      direction: 'out',
      result: null,
      text: `Sent ${proposalName(proposal)} ${to}`,
    },
    moment,
  )
}
