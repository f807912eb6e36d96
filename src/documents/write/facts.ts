import type { Fact } from '../fields.ts'
import type { Paper } from '../paper.ts'
import type { Label } from '../words/words.ts'
import type { Pen } from './pen.ts'

/** When the service took place: a day, or from one to another. */
function serviceText({ from, to }: Paper['service'], pen: Pen): string {
  const days = [from, to].filter((day) => day !== null)
  const [first, last] = days
  if (first === undefined) return ''
  return last === undefined || last === first
    ? pen.day(first)
    : pen.words.span(pen.day(first), pen.day(last))
}

/** The text `Day, number` of the invoice that is corrected. */
function correctedText({ corrects }: Paper, pen: Pen): string {
  return corrects === null ? '' : `${corrects.number}, ${pen.day(corrects.issuedOn)}`
}

/** What stands at the head of a document, in its order; what is not known is left out. */
export function headFacts(paper: Paper, pen: Pen): Fact[] {
  const isInvoice = paper.kind === 'invoice'
  const day = (known: Parameters<Pen['day']>[0] | null): string =>
    known === null ? '' : pen.day(known)
  const all: [Label, string][] = [
    ['number', paper.number ?? ''],
    ['version', paper.version === null || paper.version < 2 ? '' : String(paper.version)],
    ['date', pen.day(paper.on)],
    ['valid_until', day(paper.validUntil)],
    ['due', isInvoice ? day(paper.dueOn) : ''],
    ['corrects', correctedText(paper, pen)],
    ['service', serviceText(paper.service, pen)],
    ['order_ref', paper.orderRef ?? ''],
    ['buyer_ref', paper.buyerRef ?? ''],
    ['contact', paper.contact ?? ''],
    ['client_vat_id', paper.kind === 'letter' ? '' : (paper.buyer.vat_id ?? '')],
  ]
  return factsOf(all, pen)
}

/** Facts with the labels of a language; those without a value are left out. */
export function factsOf(all: readonly (readonly [Label, string])[], { words }: Pen): Fact[] {
  return all
    .filter(([, value]) => value !== '')
    .map(([name, value]) => ({ name, label: words.labels[name], value }))
}
