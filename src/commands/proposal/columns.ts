import type { Currency } from '../../domain/money.ts'
import { share } from '../../domain/share.ts'
import type { Column, Row, Section } from '../../domain/table.ts'
import { offerTotals, type ProposalLine } from '../../money/proposals/lines.ts'
import type { Context } from '../../cli/context.ts'
import { type ListedProposal, listProposals } from '../../money/proposals/list.ts'
import { mixedAmounts } from '../shared/mixed-amounts.ts'
import { pricedLines } from '../shared/priced-lines.ts'

/** The amounts of a proposal. What was accepted is shown only if it is not what was offered. */
const amountsOf = (differ: boolean) =>
  [
    { key: 'net', label: 'Net', hidden: false },
    { key: 'tax', label: 'Tax', hidden: true },
    { key: 'gross', label: 'With tax', hidden: true },
    { key: 'full_net', label: 'Without discounts', hidden: true },
    { key: 'accepted_net', label: 'Accepted', hidden: !differ },
    { key: 'accepted_tax', label: 'Tax accepted', hidden: true },
    { key: 'accepted_gross', label: 'Accepted with tax', hidden: true },
  ] as const

/** Did the client take other lines than those that counted in the offer? */
export function tookOthers({ net, accepted_net: accepted }: ListedProposal): boolean {
  return accepted !== null && accepted !== net
}

/** What was taken off, as a share: 1 − net / net without discounts. */
export function discountOf({ net, full_net: full }: Pick<ListedProposal, 'net' | 'full_net'>) {
  return share(full - net, full)
}

/** Rows of a list of proposals, its columns, and the currency of its amounts if it is one. */
export function proposalTable(
  proposals: readonly ListedProposal[],
  book: Currency,
): { columns: Column[]; rows: Row[]; currency: Currency } {
  const {
    rows,
    columns: amounts,
    currency,
  } = mixedAmounts(
    proposals.map((proposal) => ({
      ...proposal,
      name: proposal.versions === 1 ? proposal.number : `${proposal.number}/${proposal.version}`,
      discount: discountOf(proposal),
    })),
    amountsOf(proposals.some(tookOthers)),
    book,
  )
  const columns: Column[] = [
    { key: 'name', label: 'Number', type: 'text', spoken: true, whole: true },
    { key: 'number', label: 'Number', type: 'text', hidden: true },
    { key: 'version', label: 'Version', type: 'count', hidden: true },
    { key: 'id', label: 'No.', type: 'count', hidden: true },
    { key: 'client', label: 'Client', type: 'text' },
    { key: 'client_id', label: 'Client no.', type: 'count', hidden: true },
    { key: 'deal', label: 'Deal', type: 'text' },
    { key: 'deal_id', label: 'Deal no.', type: 'count', hidden: true },
    { key: 'status', label: 'Status', type: 'text' },
    { key: 'made_on', label: 'Made', type: 'day' },
    { key: 'sent_on', label: 'Sent', type: 'day', optional: true },
    { key: 'valid_until', label: 'Valid until', type: 'day', optional: true },
    { key: 'decided_on', label: 'Decided', type: 'day', hidden: true },
    ...amounts,
    { key: 'discount', label: 'Discount', type: 'share', hidden: true },
    { key: 'currency', label: 'Currency', type: 'text', hidden: true },
    { key: 'owner', label: 'Owner', type: 'text', hidden: true },
    { key: 'language', label: 'Language', type: 'text', hidden: true },
    { key: 'format', label: 'Format', type: 'text', hidden: true },
    { key: 'versions', label: 'Versions', type: 'count', hidden: true },
    { key: 'note', label: 'Note', type: 'text', hidden: true },
  ]
  return { columns, rows, currency }
}

/** How a line stands among the others, in words. */
function choiceText({ alternative_of: of, optional, counts }: ProposalLine): string | null {
  if (of !== null) return `instead of ${of}${counts === 1 ? ', taken' : ''}`
  if (optional === 1) return counts === 1 ? 'option, taken' : 'option'
  return counts === 0 ? 'replaced' : null
}

/** The lines of a proposal as a table. @param isAccepted do they say what the client took, and not what was offered? */
export function proposalLines(
  lines: readonly ProposalLine[],
  currency: Currency,
  isAccepted: boolean,
): Section {
  const { rows, columns } = pricedLines(lines, currency)
  return {
    key: 'lines',
    title: 'Lines',
    columns: [
      ...columns,
      { key: 'choice', label: 'Choice', type: 'text', optional: true, spoken: true },
      { key: 'optional', label: 'Option', type: 'flag', hidden: true },
      { key: 'alternative_to', label: 'Alternative to', type: 'count', hidden: true },
      { key: 'counts', label: 'In amount', type: 'flag', hidden: true },
      { key: 'taken', label: 'Taken', type: 'flag', hidden: true },
    ],
    rows: lines.map((line, at) => ({
      ...rows[at],
      optional: line.optional === 1,
      alternative_to: line.alternative_of,
      counts: line.counts === 1,
      taken: isAccepted ? line.taken === 1 : null,
      choice: choiceText(isAccepted ? { ...line, counts: line.taken ?? line.counts } : line),
    })),
    footer: { text: isAccepted ? 'Net as offered' : 'Net', net: offerTotals(lines).net },
  }
}

/** The proposals of a client or a deal, as a part of its card. */
export async function proposalSection(
  context: Context,
  of: { clientId: number } | { dealId: number },
): Promise<Section> {
  const { db, settings } = await context.book()
  const found = await listProposals(db, { ...of, all: 'dealId' in of }, await context.asOf())
  const { columns, rows } = proposalTable(found, settings.currency)
  const own = 'dealId' in of ? ['client', 'deal'] : ['client']
  return {
    key: 'proposals',
    title: 'Proposals',
    columns: columns.map((column) =>
      own.includes(column.key) ? { ...column, hidden: true } : column,
    ),
    rows,
  }
}
