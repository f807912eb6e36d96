import type { Db } from '../../book/store/db.ts'
import { currencyDigits } from '../../domain/money.ts'
import { mailAddresses } from '../../money/letters/address.ts'
import type { Buyer, Seller } from '../../money/invoices/freeze.ts'
import type { Proposal } from '../../money/proposals/find.ts'
import { loadProposalLines, offerTotals, type ProposalLine } from '../../money/proposals/lines.ts'
import type { Paper, PaperLine } from '../paper.ts'

function paperLine(line: ProposalLine): PaperLine {
  const { position, text, quantity, unit, price, discount, tax, category, reason, net } = line
  const own = { position, text, quantity, unit, price, discount, tax, category, reason, net }
  return {
    ...own,
    counts: line.counts === 1,
    optional: line.optional === 1,
    alternativeOf: line.alternative_of,
  }
}

/** The contact of the deal: who at the client is written to; null if nobody is named. */
async function contactOf(db: Db, dealId: number): Promise<string | null> {
  const found = await db
    .selectFrom('deals as d')
    .innerJoin('contacts as k', 'k.id', 'd.contact_id')
    .select('k.name')
    .where('d.id', '=', dealId)
    .executeTakeFirst()
  return found?.name ?? null
}

/** A proposal as a paper: lines, buyer, seller and language as they were when it was made. */
export async function proposalPaper(db: Db, proposal: Proposal): Promise<Paper> {
  const lines = await loadProposalLines(db, proposal.id)
  const totals = offerTotals(lines)
  const addresses = await mailAddresses(db, [proposal.client_id])
  return {
    kind: 'proposal',
    language: proposal.language,
    number: proposal.number,
    version: proposal.version,
    on: proposal.made_on,
    validUntil: proposal.valid_until,
    currency: { code: proposal.currency, digits: currencyDigits(proposal.currency) },
    seller: JSON.parse(proposal.seller) as Seller,
    buyer: JSON.parse(proposal.buyer) as Buyer,
    contact: await contactOf(db, proposal.deal_id),
    email: addresses.get(proposal.client_id) ?? null,
    subject: proposal.subject,
    note: proposal.note,
    lines: lines.map(paperLine),
    totals,
    part: null,
    deductions: [],
    corrects: null,
    orderRef: null,
    buyerRef: null,
    service: { from: null, to: null },
    dueOn: null,
    parts: [],
    early: null,
    open: totals.gross,
    reference: null,
    reminder: null,
    body: null,
  }
}
