import type { Db } from '../../book/store/db.ts'
import { defineCommand } from '../../cli/command.ts'
import { Fault } from '../../domain/fault.ts'
import { decimalOf, percentText, PRICE_DIGITS, QUANTITY_DIGITS } from '../../domain/lines/scaled.ts'
import { type Currency, type Money, toDecimal } from '../../domain/money.ts'
import { lineChanges } from '../../domain/proposals/diff.ts'
import type { Column, Row } from '../../domain/table.ts'
import { findProposal, type Proposal, versionName, versionsOf } from '../../money/proposals/find.ts'
import {
  linesOfDeal,
  loadProposalLines,
  type OfferedLine,
  offerTotals,
} from '../../money/proposals/lines.ts'
import { currencyOf, moneyText } from '../shared/own-money.ts'
import { proposalArgument } from './fields.ts'

/** One side of the comparison. */
interface Side {
  name: string
  currency: string
  lines: readonly OfferedLine[]
}

async function versionSide(db: Db, proposal: Proposal): Promise<Side> {
  const lines = await loadProposalLines(db, proposal.id)
  return { name: versionName(proposal), currency: proposal.currency, lines }
}

async function dealSide(db: Db, { deal_id: id }: Proposal, book: string): Promise<Side> {
  const deal = await db
    .selectFrom('deals')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  const lines = await linesOfDeal(db, deal, book)
  return { name: `deal ${id} now`, currency: deal.currency ?? book, lines }
}

/** A version of the same number, as it is typed. @throws Fault `usage` for anything else. */
async function versionTyped(db: Db, proposal: Proposal, text: string): Promise<Proposal> {
  const versions = await versionsOf(db, proposal.number_key)
  const wanted = /^v?(\d{1,6})$/i.exec(text.trim())?.[1]
  const found = versions.find(({ version }) => String(version) === wanted)
  if (found) return found
  const known = versions.map(({ version }) => version).join(', ')
  throw new Fault('not-found', `${proposal.number} has no version “${text}”`, `it has: ${known}`)
}

type Part = Parameters<typeof partText>[1]

function partText(
  line: OfferedLine,
  part:
    | 'text'
    | 'quantity'
    | 'unit'
    | 'price'
    | 'discount'
    | 'tax'
    | 'optional'
    | 'alternative_of'
    | 'counts'
    | 'net',
  currency: Currency,
): string {
  switch (part) {
    case 'quantity':
      return decimalOf(line.quantity, QUANTITY_DIGITS)
    case 'price':
      return decimalOf(line.price, PRICE_DIGITS)
    case 'discount':
    case 'tax':
      return percentText(line[part])
    case 'net':
      return moneyText(line.net, currency)
    case 'optional':
      return line.optional === 1 ? 'option' : 'part of it'
    case 'counts':
      return line.counts === 1 ? 'in the amount' : 'outside it'
    default:
      return String(line[part] ?? '–')
  }
}

const LABELS: Record<Part, string> = {
  text: 'text',
  quantity: 'quantity',
  unit: 'unit',
  price: 'price',
  discount: 'discount',
  tax: 'tax',
  optional: 'choice',
  alternative_of: 'alternative to',
  counts: 'amount',
  net: 'net',
}

function changeRows(before: Side, after: Side, currency: Currency): Row[] {
  const net = ({ net: own, counts }: OfferedLine): Money => (counts === 1 ? own : (0 as Money))
  return lineChanges(before.lines, after.lines).map((change): Row => {
    if (change.kind === 'changed') {
      const { before: was, after: now, parts } = change
      return {
        change: 'changed',
        line: now.position,
        what: now.text.split('\n')[0] ?? '',
        how: parts
          .map(
            (part) =>
              `${LABELS[part]} ${partText(was, part, currency)} → ${partText(now, part, currency)}`,
          )
          .join('; '),
        difference: net(now) - net(was),
      }
    }
    const { kind, line } = change
    const sign = kind === 'added' ? 1 : -1
    const { quantity, price } = line
    return {
      change: kind,
      line: line.position,
      what: line.text.split('\n')[0] ?? '',
      how: `${decimalOf(quantity, QUANTITY_DIGITS)} at ${decimalOf(price, PRICE_DIGITS)}${line.counts === 1 ? '' : ', outside the amount'}`,
      difference: sign * net(line),
    }
  })
}

const COLUMNS: Column[] = [
  { key: 'change', label: 'Change', type: 'text' },
  { key: 'line', label: 'Line', type: 'count' },
  { key: 'what', label: 'What', type: 'text' },
  { key: 'how', label: 'How', type: 'text', wrap: true },
  { key: 'difference', label: 'Net', type: 'money', signed: true, lasting: true },
]

export default defineCommand({
  description:
    'What was added, dropped and changed from one version to another, line by line, and what that does to the total. ' +
    'With one version, from it to the next; without any, from the latest version to the lines of the deal now.',
  arguments: [
    proposalArgument,
    { syntax: '[from]', help: 'a version: 1' },
    { syntax: '[to]', help: 'another: 2' },
  ],
  options: {},
  examples: ['proposal diff 1', 'proposal diff P-2026-0001 1 2'],
  async run(context, [text = '', fromText, toText]) {
    const { db, settings } = await context.book()
    const book = settings.currency
    const proposal = await findProposal(db, text)
    const first = fromText === undefined ? proposal : await versionTyped(db, proposal, fromText)
    const before = await versionSide(db, first)
    const next =
      fromText === undefined
        ? null
        : await versionTyped(db, proposal, toText ?? String(first.version + 1))
    const after = next ? await versionSide(db, next) : await dealSide(db, proposal, book.code)
    if (before.currency !== after.currency) {
      const message = `${before.name} is in ${before.currency}, and ${after.name} in ${after.currency}`
      throw new Fault('failed', message, 'amounts in two currencies cannot be compared')
    }
    const currency = currencyOf(before.currency === book.code ? null : before.currency, book)
    const rows = changeRows(before, after, currency)
    const [was, now] = [offerTotals(before.lines), offerTotals(after.lines)]
    const decimal = (minor: number): number => toDecimal(minor, currency)
    await context.print({
      name: 'proposal-diff',
      title: `From ${before.name} to ${after.name}`,
      subtitle: [
        `Net: ${moneyText(was.net, currency)} → ${moneyText(now.net, currency)}`,
        `With tax: ${moneyText(was.gross, currency)} → ${moneyText(now.gross, currency)}`,
      ],
      currency,
      head: {
        from: before.name,
        to: after.name,
        before: { net: decimal(was.net), tax: decimal(was.tax), gross: decimal(was.gross) },
        after: { net: decimal(now.net), tax: decimal(now.tax), gross: decimal(now.gross) },
      },
      sections: [
        {
          key: 'changes',
          title: '',
          columns: COLUMNS,
          rows,
          footer: { what: 'Net', difference: now.net - was.net },
        },
      ],
      totals: null,
      totalColumns: [],
      notes: [],
      charts: [],
      empty: 'Nothing has changed.',
    })
  },
})
