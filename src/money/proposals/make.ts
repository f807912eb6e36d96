import type { Db } from '../../book/store/db.ts'
import type { ProposalsTable } from '../../book/schema/documents.ts'
import type { Day } from '../../domain/day.ts'
import { Fault } from '../../domain/fault.ts'
import { numberOf, seriesOf } from '../../domain/invoices/number.ts'
import { nameKey, tidyText } from '../../domain/name.ts'
import { type Moment, requirePast } from '../../records/moment.ts'
import { loadBuyer, loadSeller } from '../invoices/freeze.ts'
import { type Proposal, versionsOf } from './find.ts'
import { fullNet, linesOfDeal, offerTotals } from './lines.ts'

/** What is offered, besides what the deal says. */
export interface Offer {
  dealId: number
  /** The last day on which it can be accepted; null is without end. */
  validUntil: Day | null
  note: string | null
  language: string
  format: ProposalsTable['format']
  templateId: number | null
  /** Begin a number of its own, even if the deal has a proposal? */
  isNew: boolean
  /** What sets a run over a segment apart from others. */
  batch: string | null
}

/** How proposals are numbered, and the code of the book's currency. */
export interface Offering {
  pattern: string
  book: string
}

/** The latest version of the latest proposal of a deal. */
export async function latestOfDeal(db: Db, dealId: number): Promise<Proposal | null> {
  const found = await db
    .selectFrom('proposals')
    .selectAll()
    .where('deal_id', '=', dealId)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return found ?? null
}

type Numbered = Pick<Proposal, 'number' | 'number_key' | 'series' | 'serial' | 'version'>

/** The next number of the series of a day. A number that came about otherwise, such as by another pattern, is passed over. */
async function newNumber(db: Db, pattern: string, on: Day): Promise<Numbered> {
  const series = seriesOf(pattern, on)
  const { last } = await db
    .selectFrom('proposals')
    .select(({ fn }) => fn.max('serial').as('last'))
    .where('series', '=', series)
    .executeTakeFirstOrThrow()
  for (let serial = (last ?? 0) + 1; ; serial += 1) {
    const number = numberOf(series, serial)
    const key = nameKey(number)
    if ((await versionsOf(db, key)).length === 0) {
      return { number, number_key: key, series, serial, version: 1 }
    }
  }
}

/** The next version of the deal's proposal; a new number if it has none, or the last one was accepted. */
async function numbered(
  db: Db,
  { dealId, isNew }: Offer,
  { pattern }: Offering,
  on: Day,
): Promise<Numbered> {
  const latest = isNew ? null : await latestOfDeal(db, dealId)
  if (latest === null) return newNumber(db, pattern, on)
  const versions = await versionsOf(db, latest.number_key)
  if (versions.some(({ decision }) => decision === 'accepted')) return newNumber(db, pattern, on)
  const { number, number_key: key, series, serial } = latest
  const version = (versions.at(-1)?.version ?? 0) + 1
  return { number, number_key: key, series, serial, version }
}

/**
 * Makes a proposal of a deal: numbered, with its lines, the client and your company as they are now.
 * @throws Fault `failed` if the deal is closed, or has neither lines nor an amount; `usage` if it would be valid only
 *   until a day before it is made.
 */
export async function makeProposal(
  db: Db,
  offer: Offer,
  offering: Offering,
  moment: Moment,
): Promise<Proposal> {
  requirePast(moment)
  const { on } = moment
  const deal = await db
    .selectFrom('deals')
    .selectAll()
    .where('id', '=', offer.dealId)
    .executeTakeFirstOrThrow()
  if (deal.closed_on !== null) {
    const message = `deal ${deal.id} (${deal.title}) was ${deal.status} on ${deal.closed_on}`
    throw new Fault('failed', message, `to go on with it: funnel reopen ${deal.id}`)
  }
  if (offer.validUntil !== null && offer.validUntil < on) {
    const message = `it would be valid until ${offer.validUntil}, before the day it is made, ${on}`
    throw new Fault('usage', message, 'give a later day, or a number of days: --valid 30d')
  }
  const currency = deal.currency ?? offering.book
  const lines = await linesOfDeal(db, deal, offering.book)
  const { net, tax, gross } = offerTotals(lines)
  const buyer = await loadBuyer(db, deal.client_id)
  const { seller } = await loadSeller(db, { bank_account_id: null, currency })
  const made = await db
    .insertInto('proposals')
    .values({
      ...(await numbered(db, offer, offering, on)),
      deal_id: deal.id,
      client_id: deal.client_id,
      owner_id: deal.owner_id,
      currency,
      made_on: on,
      valid_until: offer.validUntil,
      subject: deal.title,
      note: tidyText(offer.note ?? '') || null,
      language: offer.language,
      template_id: offer.templateId,
      format: offer.format,
      net,
      tax,
      gross,
      full_net: fullNet(lines, currency),
      buyer: JSON.stringify(buyer),
      seller: JSON.stringify(seller),
      batch: offer.batch,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  for (const line of lines) {
    await db
      .insertInto('proposal_lines')
      .values({ proposal_id: made.id, ...line })
      .execute()
  }
  await addProposalEvent(db, made.id, { kind: 'made', note: null, mail: null }, moment)
  return made
}

/** Writes down what happened to a proposal. */
export async function addProposalEvent(
  db: Db,
  proposalId: number,
  event: {
    kind: 'made' | 'sent' | 'accepted' | 'declined'
    note: string | null
    mail: string | null
  },
  { on, recordedAt }: Moment,
): Promise<void> {
  await db
    .insertInto('proposal_events')
    .values({
      proposal_id: proposalId,
      kind: event.kind,
      at: on,
      note: tidyText(event.note ?? '') || null,
      recorded_at: recordedAt,
      message_id: event.mail,
    })
    .execute()
}
