import { defineCommand } from '../../cli/command.ts'
import { addressLine } from '../../domain/address.ts'
import { daysBetween } from '../../domain/day.ts'
import { percentText, type Portion } from '../../domain/lines/scaled.ts'
import { toDecimal } from '../../domain/money.ts'
import type { Column } from '../../domain/table.ts'
import type { Buyer } from '../../money/invoices/freeze.ts'
import { findProposal, proposalName } from '../../money/proposals/find.ts'
import { loadProposalLines } from '../../money/proposals/lines.ts'
import { listProposals } from '../../money/proposals/list.ts'
import { currencyOf, moneyText } from '../shared/own-money.ts'
import { discountOf, proposalLines, proposalTable, proposalTaxes } from './columns.ts'
import { proposalArgument, untilText } from './fields.ts'

const EVENTS: Column[] = [
  { key: 'at', label: 'Day', type: 'day' },
  { key: 'kind', label: 'What', type: 'text' },
  { key: 'note', label: 'Note', type: 'text', optional: true, wrap: true },
]

export default defineCommand({
  asOf: true,
  arguments: [proposalArgument],
  options: {},
  examples: ['proposal show 1', 'proposal show P-2026-0001/1 --json'],
  async run(context, [text = '']) {
    const { db, settings } = await context.book()
    const on = await context.asOf()
    const proposal = await findProposal(db, text)
    const versions = await listProposals(db, { dealId: proposal.deal_id, all: true }, on)
    const own = versions.filter(({ number }) => number === proposal.number)
    const listed = own.find(({ id }) => id === proposal.id)
    if (!listed) return
    const book = settings.currency
    const currency = currencyOf(proposal.currency === book.code ? null : proposal.currency, book)
    const lines = await loadProposalLines(db, proposal.id)
    const buyer = JSON.parse(proposal.buyer) as Buyer
    const money = (minor: number): string => moneyText(minor, currency)
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
        discount,
        buyer: { ...buyer },
      },
      sections: [
        proposalLines(lines, currency),
        proposalTaxes(lines),
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
