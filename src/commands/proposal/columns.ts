import { percentText } from '../../domain/lines/scaled.ts'
import { TAX_CATEGORIES } from '../../domain/firm/tax-category.ts'
import { type Currency, type Money, toDecimal } from '../../domain/money.ts'
import { share } from '../../domain/share.ts'
import type { Column, Row, Section } from '../../domain/table.ts'
import { offerTotals, type ProposalLine } from '../../money/proposals/lines.ts'
import type { Context } from '../../cli/context.ts'
import { type ListedProposal, listProposals } from '../../money/proposals/list.ts'
import {
  numberColumn,
  percentCell,
  priceCell,
  priceColumn,
  quantityCell,
} from '../product/columns.ts'
import { currencyOf, moneyText } from '../shared/own-money.ts'

/** The amounts of a proposal, by their columns. What was accepted is shown where it is not what was offered. */
const AMOUNTS = [
  ['net', 'Net', 'shown'],
  ['tax', 'Tax', 'hidden'],
  ['gross', 'With tax', 'hidden'],
  ['full_net', 'Without discounts', 'hidden'],
  ['accepted_net', 'Accepted', 'differing'],
  ['accepted_tax', 'Tax accepted', 'hidden'],
  ['accepted_gross', 'Accepted with tax', 'hidden'],
] as const

/** Did the client take other lines than those that counted in the offer? */
export function tookOthers({ net, accepted_net: accepted }: ListedProposal): boolean {
  return accepted !== null && accepted !== net
}

/** What was taken off, as a share: 1 − net / net without discounts. */
export function discountOf({ net, full_net: full }: Pick<ListedProposal, 'net' | 'full_net'>) {
  return share(full - net, full)
}

const orNull = <T>(amount: Money | null, write: (minor: Money) => T): T | null =>
  amount === null ? null : write(amount)

/** Amounts as money if all are in one currency, else as texts that name it. */
function amountColumns(isMixed: boolean, differ: boolean): Column[] {
  return AMOUNTS.flatMap(([key, label, when]): Column[] => {
    const hidden = when === 'hidden' || (when === 'differing' && !differ)
    return isMixed
      ? [
          {
            key: `${key}_text`,
            label,
            type: 'text',
            spoken: true,
            lasting: true,
            whole: true,
            hidden,
          },
          { key, label, type: 'number', hidden: true },
        ]
      : [{ key, label, type: 'money', lasting: true, hidden }]
  })
}

/** Rows of a list of proposals, its columns, and the currency of its amounts if it is one. */
export function proposalTable(
  proposals: readonly ListedProposal[],
  book: Currency,
): { columns: Column[]; rows: Row[]; currency: Currency } {
  const codes = new Set(proposals.map(({ currency }) => currency))
  const isMixed = codes.size > 1
  const [only = book.code] = codes
  const currency = currencyOf(isMixed || only === book.code ? null : only, book)
  const rows = proposals.map((proposal): Row => {
    const own = currencyOf(proposal.currency === book.code ? null : proposal.currency, book)
    const row = {
      ...proposal,
      name: proposal.versions === 1 ? proposal.number : `${proposal.number}/${proposal.version}`,
      discount: discountOf(proposal),
    }
    if (!isMixed) return row
    const amounts = AMOUNTS.flatMap(([key]) => [
      [key, orNull(proposal[key], (minor) => toDecimal(minor, own))],
      [`${key}_text`, orNull(proposal[key], (minor) => moneyText(minor, own))],
    ])
    return { ...row, ...Object.fromEntries(amounts) }
  })
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
    ...amountColumns(isMixed, proposals.some(tookOthers)),
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
  const rows = lines.map((line): Row => ({
    line: line.position,
    text: line.text,
    quantity: quantityCell(line.quantity),
    unit: line.unit,
    price: priceCell(line.price),
    discount: line.discount === 0 ? null : percentCell(line.discount),
    tax: percentCell(line.tax),
    net: line.net,
    category: line.category,
    optional: line.optional === 1,
    alternative_to: line.alternative_of,
    counts: line.counts === 1,
    taken: isAccepted ? line.taken === 1 : null,
    choice: choiceText(isAccepted ? { ...line, counts: line.taken ?? line.counts } : line),
  }))
  return {
    key: 'lines',
    title: 'Lines',
    columns: [
      { key: 'line', label: 'Line', type: 'count' },
      { key: 'text', label: 'What', type: 'text', wrap: true },
      numberColumn('quantity', 'Quantity', rows),
      { key: 'unit', label: 'Unit', type: 'text', optional: true },
      priceColumn('price', 'Price', rows, currency),
      { ...numberColumn('discount', 'Off %', rows), optional: true },
      numberColumn('tax', 'Tax %', rows),
      { key: 'net', label: 'Net', type: 'money', lasting: true },
      { key: 'choice', label: 'Choice', type: 'text', optional: true, spoken: true },
      { key: 'category', label: 'Category', type: 'text', hidden: true },
      { key: 'optional', label: 'Option', type: 'flag', hidden: true },
      { key: 'alternative_to', label: 'Alternative to', type: 'count', hidden: true },
      { key: 'counts', label: 'In amount', type: 'flag', hidden: true },
      { key: 'taken', label: 'Taken', type: 'flag', hidden: true },
    ],
    rows,
    footer: { text: isAccepted ? 'Net as offered' : 'Net', net: offerTotals(lines).net },
  }
}

/** The tax of a proposal by rate. */
export function proposalTaxes(
  lines: readonly ProposalLine[],
  { key, title }: { key: string; title: string },
): Section {
  const { taxes, net, tax, gross } = offerTotals(lines)
  return {
    key,
    title,
    columns: [
      { key: 'rate', label: 'Rate %', type: 'number', hidden: true },
      { key: 'category', label: 'Category', type: 'text', hidden: true },
      { key: 'name', label: 'Rate', type: 'text', spoken: true },
      { key: 'base', label: 'Net', type: 'money' },
      { key: 'tax', label: 'Tax', type: 'money' },
      { key: 'gross', label: 'Gross', type: 'money' },
    ],
    rows: taxes.map(({ category, rate, base, tax: part }) => ({
      rate: percentCell(rate),
      category,
      name:
        category === 'S' ? percentText(rate) : `${percentText(rate)}, ${TAX_CATEGORIES[category]}`,
      base,
      tax: part,
      gross: base + part,
    })),
    footer: { name: 'All', base: net, tax, gross },
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
