import { TAX_CATEGORIES, type TaxCategory } from '../../domain/firm/tax-category.ts'
import type { InvoiceTotals } from '../../domain/invoices/taxes.ts'
import {
  percentText,
  type Portion,
  type Quantity,
  type UnitPrice,
} from '../../domain/lines/scaled.ts'
import type { Currency, Money } from '../../domain/money.ts'
import type { Column, Row, Section } from '../../domain/table.ts'
import {
  numberColumn,
  percentCell,
  priceCell,
  priceColumn,
  quantityCell,
} from '../product/columns.ts'

/** A line of an invoice or a proposal; its net is in minor units. */
interface PricedLine {
  position: number
  text: string
  quantity: Quantity
  unit: string | null
  price: UnitPrice
  discount: Portion
  tax: Portion
  category: TaxCategory
  net: Money
}

/** Lines of an invoice or a proposal as cells, and their columns. */
export function pricedLines(
  lines: readonly PricedLine[],
  currency: Currency,
): { rows: Row[]; columns: Column[] } {
  const rows = lines.map((line) => ({
    line: line.position,
    text: line.text,
    quantity: quantityCell(line.quantity),
    unit: line.unit,
    price: priceCell(line.price),
    discount: line.discount === 0 ? null : percentCell(line.discount),
    net: line.net,
    tax: percentCell(line.tax),
    category: line.category,
  }))
  const columns: Column[] = [
    { key: 'line', label: 'Line', type: 'count' },
    { key: 'text', label: 'What', type: 'text', wrap: true },
    numberColumn('quantity', 'Quantity', rows),
    { key: 'unit', label: 'Unit', type: 'text', optional: true },
    priceColumn('price', 'Price', rows, currency),
    { ...numberColumn('discount', 'Off %', rows), optional: true },
    numberColumn('tax', 'Tax %', rows),
    { key: 'net', label: 'Net', type: 'money', lasting: true },
    { key: 'category', label: 'Category', type: 'text', hidden: true },
  ]
  return { rows, columns }
}

/** Net and tax by rate, and what they come to. */
export function taxSection(
  { taxes, net, tax, gross }: InvoiceTotals,
  { key, title }: { key: string; title: string } = { key: 'taxes', title: 'Tax' },
): Section {
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
      { key: 'reason', label: 'Why', type: 'text', optional: true },
    ],
    rows: taxes.map(({ category, rate, reason, base, tax: part }) => ({
      rate: percentCell(rate),
      category,
      name:
        category === 'S' ? percentText(rate) : `${percentText(rate)}, ${TAX_CATEGORIES[category]}`,
      base,
      tax: part,
      gross: base + part,
      reason,
    })),
    footer: { name: 'All', base: net, tax, gross },
  }
}
