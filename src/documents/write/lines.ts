import type { LineFields } from '../fields.ts'
import type { PaperLine } from '../paper.ts'
import type { Pen } from './pen.ts'

/** A line written out. */
export function lineFields(line: PaperLine, pen: Pen): LineFields {
  const [name = '', ...details] = line.text.split('\n')
  return {
    position: String(line.position),
    name: name.trim(),
    details: details.join('\n').trim(),
    quantity: pen.quantity(line.quantity),
    unit: line.unit ?? '',
    price: pen.price(line.price),
    discount: line.discount === 0 ? '' : pen.share(line.discount),
    tax: pen.share(line.tax),
    net: pen.sum(line.net),
    optional: line.optional,
    alternative_of: line.alternativeOf === null ? '' : String(line.alternativeOf),
  }
}
