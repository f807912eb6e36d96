import { sql } from 'kysely'
import type { Db } from '../../book/store/db.ts'
import type { Context } from '../../cli/context.ts'
import { Fault } from '../../domain/fault.ts'
import { termsOf } from '../../import/lines/terms.ts'
import type { usualPrices } from '../../import/lines/usual-price.ts'
import type { BatchLine } from '../../money/proposals/batch.ts'
import { clientTest } from '../../records/choose/index.ts'
import { conditionAids } from '../shared/condition-aids.ts'
import type { OfferFile, OfferLine } from './offer-lines.ts'

/** Which clients meet the conditions of each line. */
export async function meetings(
  context: Context,
  db: Db,
  { lines }: OfferFile,
): Promise<Map<OfferLine, Set<number> | null>> {
  const known = new Map<string, Set<number> | null>()
  const today = await context.today()
  for (const { row, conditions } of lines) {
    const key = conditions.join(';')
    if (known.has(key)) continue
    try {
      const test = await clientTest(db, conditions, today, conditionAids(context))
      if (!test) known.set(key, null)
      else {
        const { rows } = await sql<{ id: number }>`
          SELECT c.id FROM clients AS c WHERE ${test('c')}`.execute(db)
        known.set(key, new Set(rows.map(({ id }) => id)))
      }
    } catch (error) {
      if (!(error instanceof Fault) || error.code === 'book') throw error
      const hint = error.hint ?? 'write it as --where takes it: region=North'
      throw new Fault('usage', `row ${row}: ${error.message}`, hint, error)
    }
  }
  return new Map(lines.map((line) => [line, known.get(line.conditions.join(';')) ?? null]))
}

/** The lines of a client, with its own prices. @throws Fault `failed` if a price needs a rate that is not there. */
export function linesFor(context: {
  db: Db
  prices: ReturnType<typeof usualPrices>
  digits: number
  code: string
}) {
  const { db: _, prices, digits, code } = context
  return async (client: number, lines: readonly OfferLine[]): Promise<BatchLine[]> => {
    const made: BatchLine[] = []
    for (const { row, cells, draft, product } of lines) {
      const into = prices.into({ code }, row)
      const usual =
        product && draft.price === null
          ? await into.price(product, { client_id: client }, draft)
          : null
      const cost = cells.has('cost')
        ? draft.cost
        : product === null
          ? null
          : await into.cost(product)
      const orOf = <T>(field: string, given: T | null, own: T | null | undefined): T | null =>
        cells.has(field) && given !== null ? given : (own ?? null)
      const taxed = { ...draft, tax: draft.tax ?? product?.tax ?? null }
      made.push({
        number: draft.position,
        insteadOf: draft.alternativeTo,
        values: {
          productId: product?.id ?? null,
          text: draft.text,
          unit: orOf('unit', draft.unit, product?.unit),
          tax: orOf('tax', draft.tax, product?.tax),
          cost,
          ...termsOf(taxed, usual, digits),
          optional: draft.optional ?? false,
          alternativeOf: null,
          chosen: draft.chosen ?? false,
        },
      })
    }
    return made
  }
}
