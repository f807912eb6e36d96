import { type Column, type Row, type Section } from '../../../domain/table.ts'
import { percentText } from '../../../domain/lines/scaled.ts'
import { taxByRate } from '../../../domain/lines/totals.ts'
import type { Currency, Money } from '../../../domain/money.ts'
import type { DealLine } from '../../../records/lines/load.ts'
import {
  numberColumn,
  percentCell,
  priceCell,
  priceColumn,
  quantityCell,
} from '../../product/columns.ts'

function columns(rows: readonly Row[], currency: Currency): Column[] {
  return [
    { key: 'line', label: 'Line', type: 'count' },
    { key: 'code', label: 'Code', type: 'text', hidden: true },
    { key: 'what', label: 'What', type: 'text', spoken: true },
    { key: 'product', label: 'Product', type: 'text', hidden: true },
    { key: 'text', label: 'Text', type: 'text', hidden: true },
    numberColumn('quantity', 'Quantity', rows),
    { key: 'unit', label: 'Unit', type: 'text', optional: true },
    priceColumn('price', 'Price', rows, currency),
    { ...numberColumn('discount', 'Off %', rows), optional: true },
    { key: 'net', label: 'Net', type: 'money' },
    { ...numberColumn('tax', 'Tax %', rows), optional: true },
    { ...priceColumn('cost', 'Unit cost', rows, currency), hidden: true },
    { key: 'cost_total', label: 'Cost', type: 'money', hidden: true },
    { key: 'optional', label: 'Option', type: 'flag', hidden: true },
    { key: 'alternative_to', label: 'Alternative to', type: 'count', hidden: true },
    { key: 'chosen', label: 'Chosen', type: 'flag', hidden: true },
    { key: 'counts', label: 'In amount', type: 'flag' },
    { key: 'choice', label: 'Choice', type: 'text', optional: true, spoken: true },
  ]
}

/** How a line stands among the others, in words. */
function choiceText(line: Row): string | null {
  if (line.alternative_to !== null) return `instead of ${line.alternative_to}`
  return line.optional === true ? 'option' : null
}

/** The lines of a deal as a table. */
export function lineSection(lines: readonly DealLine[], currency: Currency): Section {
  const positions = new Map(lines.map(({ id, position }) => [id, position]))
  const rows = lines.map((line): Row => {
    const row = {
      line: line.position,
      code: line.code,
      product: line.product,
      text: line.text,
      what: [line.product, line.text].filter((part) => part !== null).join(': '),
      quantity: quantityCell(line.quantity),
      unit: line.unit,
      price: priceCell(line.price),
      discount: line.discount === 0 ? null : percentCell(line.discount),
      net: line.net,
      tax: percentCell(line.tax),
      cost: priceCell(line.cost),
      cost_total: line.cost_total,
      optional: line.optional === 1,
      alternative_to:
        line.alternative_of === null ? null : (positions.get(line.alternative_of) ?? null),
      chosen: line.chosen === 1,
      counts: line.counts === 1,
    }
    return { ...row, choice: choiceText(row) }
  })
  return { key: 'lines', title: 'Lines', columns: columns(rows, currency), rows }
}

/** Net, tax and gross of the lines that count, in minor units; tax is null if no line has a rate. */
export function lineTotals(lines: readonly DealLine[]) {
  const counted = lines.filter(({ counts }) => counts === 1)
  const net = counted.reduce((sum, line) => sum + line.net, 0) as Money
  const taxes = taxByRate(counted)
  const tax = taxes.length === 0 ? null : taxes.reduce((sum, share) => sum + share.tax, 0)
  return { net, taxes, tax, gross: net + (tax ?? 0) }
}

/** The tax of lines by rate, for programs and people; lines without a rate are in a row of their own. */
export function taxSection(lines: readonly DealLine[]): Section {
  const { net: all, taxes, tax: sum, gross } = lineTotals(lines)
  const bare = all - taxes.reduce((total, { net }) => total + net, 0)
  const without = { rate: null, name: 'none', net: bare, tax: null, gross: bare }
  return {
    key: 'taxes',
    title: 'Tax',
    columns: [
      { key: 'rate', label: 'Rate %', type: 'number', hidden: true },
      { key: 'name', label: 'Rate', type: 'text', spoken: true },
      { key: 'net', label: 'Net', type: 'money' },
      { key: 'tax', label: 'Tax', type: 'money' },
      { key: 'gross', label: 'Gross', type: 'money' },
    ],
    rows: [
      ...taxes.map(({ rate, net, tax }) => ({
        rate: percentCell(rate),
        name: percentText(rate),
        net,
        tax,
        gross: net + tax,
      })),
      ...(taxes.length > 0 && bare > 0 ? [without] : []),
    ],
    footer: { name: 'All', net: all, tax: sum, gross },
  }
}
