import { defineCommand, flag, option } from '../../cli/command.ts'
import { shortPath, type Context } from '../../cli/context.ts'
import path from 'node:path'
import { addressLine } from '../../domain/address.ts'
import { daysBetween } from '../../domain/day.ts'
import { DOCUMENT_FORMATS } from '../../domain/documents.ts'
import { percentText, type Portion } from '../../domain/lines/scaled.ts'
import { type Money, toDecimal } from '../../domain/money.ts'
import type { Column } from '../../domain/table.ts'
import type { Buyer } from '../../money/invoices/freeze.ts'
import { findProposal, type Proposal, proposalName } from '../../money/proposals/find.ts'
import { loadProposalLines, offerTotals, type ProposalLine } from '../../money/proposals/lines.ts'
import { type ListedProposal, listProposals } from '../../money/proposals/list.ts'
import { asTaken } from '../../money/proposals/taken.ts'
import { notesOf } from '../shared/made-files.ts'
import { currencyOf, moneyText } from '../shared/own-money.ts'
import { taxSection } from '../shared/priced-lines.ts'
import { discountOf, proposalLines, proposalTable, tookOthers } from './columns.ts'
import { formatAsked } from '../shared/format-of-name.ts'
import { formatOption, proposalArgument, untilText } from './fields.ts'
import { deliverFile, proposalText, proposalWriter, requirePlace, sentFile } from './files.ts'

const EVENTS: Column[] = [
  { key: 'at', label: 'Day', type: 'day' },
  { key: 'kind', label: 'What', type: 'text' },
  { key: 'note', label: 'Note', type: 'text', optional: true, wrap: true },
]

/** The file of a version: as it was sent, else made again. */
async function writeFile(
  context: Context,
  proposal: Proposal,
  out: string,
  wanted: Proposal['format'] | undefined,
): Promise<void> {
  const { db, settings } = await context.book()
  const sent = await sentFile(db, proposal)
  const usual = DOCUMENT_FORMATS.find((one) => one === sent?.format) ?? proposal.format
  const format = formatAsked(context, { out, format: wanted }, DOCUMENT_FORMATS, usual)
  requirePlace(context, out, format ?? usual)
  const isSent = sent !== null && (format === undefined || format === sent.format)
  const write = isSent ? null : await proposalWriter(db, settings)
  const made = write && (await write(proposal, { format }))
  const file = made ?? sent
  if (!file) return
  const place = await deliverFile(context, out, file, proposal)
  for (const line of made ? notesOf(made.name, made) : []) context.say(line)
  if (made && format === undefined && proposal.sha256 !== null && made.sha256 !== proposal.sha256) {
    context.say(
      'it is not the file that was made first: templates, texts or your logo have changed',
    )
  }
  if (place === '-') return
  const how = isSent ? 'as it was sent' : 'made again'
  const short = shortPath(context.io, path.resolve(context.io.cwd, place))
  await context.tell(`wrote ${short}, ${how}`, {
    proposal: proposal.id,
    number: proposal.number,
    version: proposal.version,
    file: place,
    sent: isSent,
  })
}

/** `3,962.47 EUR net, 4,715.34 EUR with tax, with line 2`: what was accepted, and its options; null if it was not. */
function acceptedText(
  listed: ListedProposal,
  lines: readonly ProposalLine[],
  money: (minor: number) => string,
): string | null {
  const { decision, accepted_net: net, accepted_gross: gross } = listed
  if (decision !== 'accepted' || net === null || gross === null) return null
  const took = lines
    .filter(({ optional, alternative_of: of, taken }) => (optional || of !== null) && taken)
    .map(({ position }) => position)
  const options =
    took.length === 0 ? '' : `, with ${took.length === 1 ? 'line' : 'lines'} ${took.join(', ')}`
  return `${money(net)} net, ${money(gross)} with tax${options}`
}

export default defineCommand({
  asOf: true,
  description:
    'Its lines, its versions and what happened to it. With --out, its file: what was sent comes back byte for byte; what ' +
    'was not is made again.',
  arguments: [proposalArgument],
  options: {
    out: option('--out <file>', 'write its file to this file, or into this folder'),
    format: formatOption,
    preview: flag('--preview', 'show its text'),
  },
  examples: [
    'proposal show 1',
    'proposal show P-2026-0001/1 --json',
    'proposal show 1 --format html --out offer.html',
  ],
  async run(context, [text = ''], { out, format, preview }) {
    const { db, settings } = await context.book()
    const on = await context.asOf()
    const proposal = await findProposal(db, text)
    if (out !== undefined) return writeFile(context, proposal, out, format)
    if (preview) {
      const page = await proposalText(context, db, proposal)
      return context.tell(page.trimEnd(), { proposal: proposal.id, text: page })
    }
    const versions = await listProposals(db, { dealId: proposal.deal_id, all: true }, on)
    const own = versions.filter(({ number }) => number === proposal.number)
    const listed = own.find(({ id }) => id === proposal.id)
    if (!listed) return
    const book = settings.currency
    const currency = currencyOf(proposal.currency === book.code ? null : proposal.currency, book)
    const lines = await loadProposalLines(db, proposal.id)
    const isAccepted = tookOthers(listed)
    const buyer = JSON.parse(proposal.buyer) as Buyer
    const money = (minor: number): string => moneyText(minor, currency)
    const decimal = (minor: Money | null): number | null =>
      minor === null ? null : toDecimal(minor, currency)
    const discount = discountOf(listed)
    const left = listed.valid_until === null ? null : daysBetween(on, listed.valid_until)
    const isOpen = listed.status === 'draft' || listed.status === 'sent'
    const until =
      listed.valid_until === null || left === null
        ? null
        : `${listed.valid_until}${isOpen || listed.status === 'expired' ? ` (${untilText(left)})` : ''}`
    const about: [label: string, value: string | null][] = [
      ['Client', [buyer.name, addressLine(buyer)].filter((part) => part !== null).join(', ')],
      ['Deal', `${listed.deal_id}: ${listed.deal}`],
      ['Status', listed.status],
      ['Made', listed.made_on],
      ['Sent', listed.sent_on],
      ['Decided', listed.decided_on],
      ['Valid until', until],
      ['Net', money(listed.net)],
      ['With tax', money(listed.gross)],
      ['Accepted', acceptedText(listed, lines, money)],
      [
        'Discount',
        discount === null || discount === 0
          ? null
          : percentText((Math.round(discount * 1000) * 1000) as Portion),
      ],
      ['Owner', listed.owner],
      ['Note', listed.note],
    ]
    const { columns, rows } = proposalTable(own, book)
    const events = await db
      .selectFrom('proposal_events')
      .select(['at', 'kind', 'note'])
      .where('proposal_id', '=', proposal.id)
      .where('at', '<=', on)
      .orderBy('id')
      .execute()
    const name = proposalName(proposal)
    await context.print({
      card: true,
      name: 'proposal',
      title: `${name[0]?.toUpperCase()}${name.slice(1)}`,
      subtitle: about.filter(([, value]) => value).map(([label, value]) => `${label}: ${value}`),
      currency,
      head: {
        ...listed,
        net: toDecimal(listed.net, currency),
        tax: toDecimal(listed.tax, currency),
        gross: toDecimal(listed.gross, currency),
        full_net: toDecimal(listed.full_net, currency),
        accepted_net: decimal(listed.accepted_net),
        accepted_tax: decimal(listed.accepted_tax),
        accepted_gross: decimal(listed.accepted_gross),
        discount,
        buyer: { ...buyer },
      },
      sections: [
        proposalLines(lines, currency, isAccepted),
        taxSection(offerTotals(lines), {
          key: 'taxes',
          title: isAccepted ? 'Tax as offered' : 'Tax',
        }),
        ...(isAccepted
          ? [
              taxSection(offerTotals(asTaken(lines)), {
                key: 'accepted_taxes',
                title: 'Tax as accepted',
              }),
            ]
          : []),
        {
          key: 'versions',
          title: 'Versions',
          columns: columns.map((column) =>
            ['client', 'deal'].includes(column.key) ? { ...column, hidden: true } : column,
          ),
          rows: rows.length > 1 ? rows : [],
        },
        { key: 'events', title: 'History', columns: EVENTS, rows: events },
      ],
      totals: null,
      totalColumns: [],
      notes: [],
      charts: [],
      empty: '',
    })
  },
})
