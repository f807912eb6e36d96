import { type InvoiceTotals, invoiceTotals } from '../../domain/invoices/taxes.ts'
import type { SumFields } from '../fields.ts'
import type { Deduction, Paper } from '../paper.ts'
import type { Pen } from './pen.ts'

const plain = (name: string, label: string, value: string): SumFields => ({
  name,
  label,
  value,
  strong: false,
})

/** One line for each tax: what it is called, on what, and why there is none. */
function taxSums(name: string, { taxes }: Pick<InvoiceTotals, 'taxes'>, paper: Paper, pen: Pen) {
  const { words } = pen
  return taxes.map(({ category, rate, reason, base, tax }) => {
    const label =
      category === 'S'
        ? words.taxed(words.tax(paper.seller.country), pen.share(rate), pen.sum(base))
        : words.untaxed[category]
    const why = reason === null ? '' : ` (${reason})`
    return plain(name, `${label}${why}`, pen.sum(tax))
  })
}

/** What the lines come to before earlier invoices are taken off. */
function wholeOf({ lines, totals, deductions }: Paper): InvoiceTotals {
  if (deductions.length === 0) return totals
  return invoiceTotals(
    lines.filter(({ counts }) => counts).map((line) => ({ ...line, rate: line.tax })),
  )
}

function deductedSum({ number, issuedOn, net, tax, gross }: Deduction, pen: Pen): SumFields {
  const { words } = pen
  const label = words.deducted(
    words.titles.invoice,
    number,
    pen.day(issuedOn),
    pen.sum(net),
    pen.sum(tax),
  )
  return plain('deducted', label, pen.sum(0 - gross))
}

/**
 * The sums below the lines: net, a line for each tax, the total; of a final invoice what it takes off and what is
 * left, with its tax; what was paid already, and what is open.
 */
function linesSums(paper: Paper, pen: Pen): SumFields[] {
  const { labels } = pen.words
  const { totals, deductions, open, number, kind, currency } = paper
  const whole = wholeOf(paper)
  const isFinal = deductions.length > 0
  const withCode = (label: string): string => `${label} ${currency.code}`
  const rest = isFinal
    ? [
        ...deductions.map((one) => deductedSum(one, pen)),
        plain('rest_net', labels.rest_net, pen.sum(totals.net)),
        ...taxSums('rest_tax', totals, paper, pen),
        { ...plain('rest', withCode(labels.rest), pen.sum(totals.gross)), strong: true },
      ]
    : []
  const paid = kind === 'invoice' && number !== null ? totals.gross - open : 0
  const left =
    paid > 0
      ? [
          plain('paid', labels.paid, pen.sum(0 - paid)),
          { ...plain('open', withCode(labels.open), pen.sum(open)), strong: true },
        ]
      : []
  return [
    plain('net', labels.net, pen.sum(whole.net)),
    ...taxSums('tax', whole, paper, pen),
    { ...plain('gross', withCode(labels.gross), pen.sum(whole.gross)), strong: !isFinal },
    ...rest,
    ...left,
  ]
}

/** What is late of several invoices, with interest. */
function lateSums(paper: Paper, pen: Pen): SumFields[] {
  const { labels } = pen.words
  const { invoices, interest } = paper.reminder ?? { invoices: [], interest: 0 }
  const open = invoices.reduce((sum, one) => sum + one.open, 0)
  const parts = [
    plain('open', labels.open, pen.sum(open)),
    plain('interest', labels.interest, pen.sum(interest)),
  ]
  const total = plain('total', `${labels.total} ${paper.currency.code}`, pen.sum(open + interest))
  return [...(interest === 0 ? [] : parts), { ...total, strong: true }]
}

/** The sums of a document. */
export function sumFields(paper: Paper, pen: Pen): SumFields[] {
  if (paper.kind === 'letter') return []
  return paper.kind === 'reminder' ? lateSums(paper, pen) : linesSums(paper, pen)
}

/** What the reader is asked for, or offered: the last sum that stands out. */
export function totalOf(paper: Paper): number {
  const { kind, reminder, totals, open, number } = paper
  if (kind === 'reminder') {
    const late = reminder?.invoices.reduce((sum, one) => sum + one.open, 0) ?? 0
    return late + (reminder?.interest ?? 0)
  }
  return kind === 'invoice' && number !== null ? open : totals.gross
}
