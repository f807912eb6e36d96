import { labelled, ledgerLine } from '../../money/letters/columns.ts'
import type { DocumentFields, LineFields } from '../fields.ts'

const pairs = (facts: DocumentFields['facts']): string =>
  labelled(facts.map(({ label, value }) => [label, value] as const))

/** `1. Consulting` and below it how much of it, at what price. */
function lineText(line: LineFields, labels: DocumentFields['labels']): string {
  const count = [line.quantity, line.unit].filter((part) => part !== '').join(' ')
  const less = line.discount === '' ? '' : `, ${labels.discount} ${line.discount}`
  const text = [`${line.position}. ${line.name}`, ...line.details.split('\n').filter(Boolean)]
  return ledgerLine(`${text.join('\n   ')}\n   ${count} × ${line.price}${less}`, line.net)
}

/** A document as plain text, for mail. */
export function plainText(fields: DocumentFields): string {
  const { client, labels, payment } = fields
  const options = fields.options.map((line) => lineText(line, labels))
  const late = fields.late.map(({ number, due, days, open }) =>
    ledgerLine(`${number}, ${labels.due} ${due}, ${labels.days_late} ${days}`, open),
  )
  const paragraphs = [
    [client.name, ...client.address].join('\n'),
    fields.title,
    pairs(fields.facts),
    fields.subject,
    fields.intro,
    fields.body,
    fields.lines.map((line) => lineText(line, labels)).join('\n'),
    late.join('\n'),
    fields.sums.map(({ label, value }) => ledgerLine(label, value)).join('\n'),
    options.length === 0 ? '' : [`${labels.options}:`, ...options].join('\n'),
    fields.note,
    payment.terms.join('\n'),
    pairs(payment.facts),
    fields.closing,
    fields.footer.join('\n'),
  ]
  return `${paragraphs.filter((part) => part !== '').join('\n\n')}\n`
}
