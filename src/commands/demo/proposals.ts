import type { Db } from '../../book/store/db.ts'
import { addDays } from '../../domain/day.ts'
import type { Money } from '../../domain/money.ts'
import type { Settings } from '../../domain/settings.ts'
import { declineProposal } from '../../money/proposals/accept.ts'
import { makeProposal } from '../../money/proposals/make.ts'
import { recordProposalSent } from '../../money/proposals/send.ts'
import type { Moment } from '../../records/moment.ts'

/** How many deals are offered, and how many days before today at most. */
const OFFERS = 6
const DAYS_BACK = 25

/** Makes proposals of some open deals: most wait for an answer, one was declined, and the last is a draft. */
export async function offerDeals(db: Db, settings: Settings, moment: Moment): Promise<void> {
  const deals = await db
    .selectFrom('deals')
    .select(['id', 'opened_on', 'stage_since'])
    .where('status', '=', 'open')
    .where('amount', '>', 0 as Money)
    .where('stage_since', '>=', addDays(moment.today, -DAYS_BACK))
    .orderBy('stage_since')
    .orderBy('id')
    .limit(OFFERS)
    .execute()
  const offering = { pattern: settings.proposalNumber, book: settings.currency.code }
  for (const [index, { id, stage_since: on }] of deals.entries()) {
    const then = { ...moment, on }
    const offer = {
      dealId: id,
      validUntil: addDays(on, settings.proposalValid ?? DAYS_BACK),
      note: null,
      language: settings.documentLanguage,
      format: 'pdf' as const,
      templateId: null,
      isNew: false,
      batch: null,
    }
    const proposal = await makeProposal(db, offer, offering, then)
    if (index === deals.length - 1) continue
    await recordProposalSent(db, proposal, { to: 'by mail', mail: null }, then)
    if (index === 1) await declineProposal(db, proposal, 'over their budget', moment)
  }
}
