import { sql, type SqlBool } from 'kysely'
import type { Db } from '../../book/store/db.ts'
import { valuesOf } from '../../book/store/sql.ts'
import { Fault } from '../../domain/fault.ts'
import { currencyDigits, type Money } from '../../domain/money.ts'
import { ownAmounts } from '../../book/worth.ts'
import { amend } from '../../records/deals.ts'
import { chooseLine, type LinesSettled, settleLines } from '../../records/lines/change.ts'
import { loadLines } from '../../records/lines/load.ts'
import type { Moment } from '../../records/moment.ts'
import { lineRow } from '../../records/rows/line.ts'
import { type Proposal, proposalName, versionName } from './find.ts'
import { linesOfDeal, loadProposalLines, type ProposalLine, saySame } from './lines.ts'
import { addProposalEvent } from './make.ts'
import { recordTaken } from './taken.ts'

/** What accepting did to the lines and the amount of the deal. */
export interface Accepted {
  /** Were the lines of the deal others by then, and are those of the proposal again? */
  restored: boolean
  before: Money | null
  amount: Money | null
}

const isChoice = ({ optional, alternative_of: of }: ProposalLine): boolean =>
  optional === 1 || of !== null

/**
 * The lines that a client chose, by their positions.
 * @throws Fault `usage` for one that is not there, or that is neither an option nor an alternative.
 */
export function chosenLines(
  proposal: Proposal,
  lines: readonly ProposalLine[],
  positions: readonly number[],
): ProposalLine[] {
  const choices = lines.filter(isChoice).map(({ position }) => position)
  return positions.map((position) => {
    const line = lines.find((one) => one.position === position)
    if (line && isChoice(line)) return line
    const what = line ? 'is part of it already' : 'is not in it'
    const hint =
      choices.length === 0
        ? `it has no options: funnel proposal show ${versionName(proposal)}`
        : `its options are: ${choices.join(', ')}`
    throw new Fault('usage', `line ${position} ${what}: ${proposalName(proposal)}`, hint)
  })
}

/** Puts the lines of a proposal in the place of those of its deal. Costs are kept where a line is still there. */
async function restoreLines(
  db: Db,
  { deal_id: dealId, currency }: Proposal,
  lines: readonly ProposalLine[],
): Promise<void> {
  const digits = currencyDigits(currency)
  const before = new Map((await loadLines(db, dealId)).map((line) => [line.id, line]))
  const products = await db
    .selectFrom('products')
    .select(['id', 'cost', 'currency'])
    .where(
      sql<SqlBool>`id IN ${valuesOf(lines.flatMap(({ product_id: id }) => (id === null ? [] : [id])))}`,
    )
    .execute()
  await db.deleteFrom('deal_lines').where('deal_id', '=', dealId).execute()
  const ids = new Map<number, number>()
  const firstOf = (line: ProposalLine): number => Number(line.alternative_of !== null)
  for (const line of lines.toSorted((a, b) => firstOf(a) - firstOf(b))) {
    const was = line.deal_line_id === null ? undefined : before.get(line.deal_line_id)
    const same = was?.product_id === line.product_id ? was : undefined
    const product = products.find(({ id }) => id === line.product_id)
    // A cost in another currency would need a rate; what is not known is left out.
    const usual = product?.currency == null ? product?.cost : null
    const [, ...rest] = line.text.split('\n')
    const { id } = await db
      .insertInto('deal_lines')
      .values(
        lineRow(
          dealId,
          line.position,
          {
            productId: line.product_id,
            text: line.product_id === null ? line.text : rest.join('\n'),
            quantity: line.quantity,
            unit: line.unit,
            price: line.price,
            cost: same ? same.cost : (usual ?? null),
            discount: line.discount,
            tax: same?.tax === null && line.tax === 0 ? null : line.tax,
            optional: line.optional === 1,
            alternativeOf:
              line.alternative_of === null ? null : (ids.get(line.alternative_of) ?? null),
            chosen: false,
          },
          digits,
        ),
      )
      .returning('id')
      .executeTakeFirstOrThrow()
    ids.set(line.position, id)
  }
}

/** Chooses exactly the options and alternatives that the client takes: those that counted, and those named. */
async function choose(
  db: Db,
  dealId: number,
  lines: readonly ProposalLine[],
  chosen: readonly ProposalLine[],
): Promise<void> {
  await db.updateTable('deal_lines').set({ chosen: 0 }).where('deal_id', '=', dealId).execute()
  const taken = [...lines.filter((line) => isChoice(line) && line.counts === 1), ...chosen]
  for (const { position } of taken) {
    const now = await loadLines(db, dealId)
    const line = now.find((one) => one.position === position)
    if (line) await chooseLine(db, now, line)
  }
}

/** Brings lines and amount of the deal to what was accepted. */
async function bringBack(
  db: Db,
  proposal: Proposal,
  chosen: readonly ProposalLine[],
  book: string,
  moment: Moment,
): Promise<Accepted> {
  const deal = await db
    .selectFrom('deals')
    .selectAll()
    .where('id', '=', proposal.deal_id)
    .executeTakeFirstOrThrow()
  const currency = deal.currency ?? book
  if (currency !== proposal.currency) {
    const message = `${proposalName(proposal)} is in ${proposal.currency}, and its deal is in ${currency} now`
    const hint = `make it again in ${currency}: funnel proposal make ${deal.id}`
    throw new Fault('failed', message, hint)
  }
  const lines = await loadProposalLines(db, proposal.id)
  const held = await loadLines(db, deal.id)
  const { amount: before } = ownAmounts(deal)
  const [only] = lines
  if (held.length === 0 && lines.length === 1 && only?.deal_line_id === null) {
    const isSame = before === proposal.net
    await recordTaken(db, proposal, lines, () => true)
    if (!isSame) await amend(db, deal.id, { amount: proposal.net }, moment)
    return { restored: !isSame, before, amount: proposal.net }
  }
  const now = held.length === 0 ? [] : await linesOfDeal(db, deal, book)
  const restored = !saySame(now, lines)
  if (restored) await restoreLines(db, proposal, lines)
  await choose(db, deal.id, lines, chosen)
  const change = { dealId: deal.id, digits: currencyDigits(currency), moment }
  const settled: LinesSettled = await settleLines(db, change)
  const chose = await loadLines(db, deal.id)
  await recordTaken(db, proposal, lines, (at) => chose[at]?.counts === 1)
  return { restored, before, amount: settled.amount }
}

/**
 * Writes down that a proposal was accepted: its lines, with the options chosen, are those of the deal from then on, and
 * the deal's amount follows.
 * @param chosen the options and alternatives that the client takes besides what counted already.
 * @param book the code of the book's currency.
 * @throws Fault `failed` if it was decided on before, its deal is lost, or is in another currency by now.
 */
export async function acceptProposal(
  db: Db,
  proposal: Proposal,
  { chosen, note, book }: { chosen: readonly ProposalLine[]; note: string | null; book: string },
  moment: Moment,
): Promise<Accepted> {
  const deal = await db
    .selectFrom('deals')
    .select(['status', 'closed_on', 'title'])
    .where('id', '=', proposal.deal_id)
    .executeTakeFirstOrThrow()
  if (deal.status === 'lost') {
    const message = `deal ${proposal.deal_id} (${deal.title}) was lost on ${deal.closed_on}`
    throw new Fault('failed', message, `to go on with it: funnel reopen ${proposal.deal_id}`)
  }
  await decide(db, proposal, 'accepted', moment)
  const took =
    chosen.length === 0 ? [] : [`with ${chosen.map(({ position }) => position).join(', ')}`]
  const said = [...took, ...(note === null ? [] : [note])].join(': ') || null
  await addProposalEvent(db, proposal.id, { kind: 'accepted', note: said, mail: null }, moment)
  return bringBack(db, proposal, chosen, book, moment)
}

/** Writes down that a proposal was declined; its deal stays open. @throws Fault `failed` if it was decided on before. */
export async function declineProposal(
  db: Db,
  proposal: Proposal,
  note: string | null,
  moment: Moment,
): Promise<void> {
  await decide(db, proposal, 'declined', moment)
  await addProposalEvent(db, proposal.id, { kind: 'declined', note, mail: null }, moment)
}

/** @throws Fault `failed` if it was decided on; `usage` for a day before it was made. */
function requireUndecided(proposal: Proposal, { on }: Moment): void {
  const name = proposalName(proposal)
  const { decision, decided_on: decided, made_on: made, deal_id: deal } = proposal
  if (decision !== null) {
    const hint =
      decision === 'accepted'
        ? 'if that was a mistake: funnel history, then funnel undo N'
        : `make the next version: funnel proposal make ${deal}`
    throw new Fault('failed', `${name} was ${decision} on ${decided}`, hint)
  }
  if (on >= made) return
  throw new Fault('usage', `${name} was made on ${made}, after ${on}`, `give --on ${made} or later`)
}

async function decide(
  db: Db,
  proposal: Proposal,
  decision: 'accepted' | 'declined',
  moment: Moment,
): Promise<void> {
  requireUndecided(proposal, moment)
  await db
    .updateTable('proposals')
    .set({ decision, decided_on: moment.on })
    .where('id', '=', proposal.id)
    .execute()
}
