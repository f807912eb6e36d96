import type { Selectable } from 'kysely'
import type { Db } from '../../book/store/db.ts'
import type { DealLinesTable } from '../../book/schema/products.ts'
import { Fault } from '../../domain/fault.ts'
import { nameKey } from '../../domain/name.ts'
import { numberIn } from '../lookup/places.ts'

/** A line of a deal, with the name and code of its product. */
export interface DealLine extends Selectable<DealLinesTable> {
  product: string | null
  code: string | null
}

/** The lines of a deal in their order. */
export async function loadLines(db: Db, dealId: number): Promise<DealLine[]> {
  return db
    .selectFrom('deal_lines as l')
    .leftJoin('products as p', 'p.id', 'l.product_id')
    .selectAll('l')
    .select(['p.name as product', 'p.code as code'])
    .where('l.deal_id', '=', dealId)
    .orderBy('l.position')
    .execute()
}

/** What a line is called: `2 (Cold room)`. */
export function lineName({ position, product, text }: DealLine): string {
  return `${position} (${product ?? text?.split('\n')[0] ?? ''})`
}

/**
 * The line that a text names: by its number in the deal, or by the code or a part of the name of its product,
 * or a part of its text.
 * @throws Fault `not-found` if none or several fit; the message lists the candidates.
 */
export function lineNamed(lines: readonly DealLine[], dealId: number, text: string): DealLine {
  const key = nameKey(text)
  const number = numberIn(key)
  const byNumber = lines.find(({ position }) => String(position) === number)
  if (byNumber) return byNumber
  const named = (line: DealLine, fits: (part: string) => boolean): boolean =>
    [line.code, line.product, line.text].some((part) => part !== null && fits(nameKey(part)))
  const whole = lines.filter((line) => named(line, (part) => part === key))
  const part = lines.filter((line) => named(line, (words) => key !== '' && words.includes(key)))
  const found = whole.length > 0 ? whole : part
  const [only] = found
  if (only && found.length === 1) return only
  const see = `see: funnel deal line list ${dealId}`
  if (found.length === 0) {
    throw new Fault('not-found', `deal ${dealId} has no line “${text}”`, see)
  }
  const names = found.map((line) => `\n  ${lineName(line)}`).join('')
  const message = `“${text}” fits more than one line of deal ${dealId}:${names}`
  throw new Fault('not-found', message, 'give its number')
}
