import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { localClock } from '../../cli/clock.ts'
import type { Context } from '../../cli/context.ts'
import { Fault } from '../../domain/fault.ts'
import { type LineDraft, draftLine } from '../../import/lines/draft.ts'
import { gatherEvidence, refuseDoubt } from '../../import/evidence.ts'
import { leftAlone } from '../../import/left-alone.ts'
import { type KnownProduct, productFinder } from '../../import/products/find.ts'
import { type Cells, rowReader } from '../../import/row-cells.ts'
import { prepareFile } from '../import/prepare-file.ts'
import type { ImportOptions } from '../import/options.ts'
import type { NamedFile } from '../import/spool.ts'

/** A line of the file: what is offered, and to which clients. */
export interface OfferLine {
  row: number
  cells: Cells
  draft: LineDraft
  product: KnownProduct | null
  /** Conditions that a client must all meet to be offered it; none is for everybody. */
  conditions: readonly string[]
}

/** The lines of a file, and what tells it from other files. */
export interface OfferFile {
  lines: OfferLine[]
  sha256: string
}

/** What the column of conditions is called. */
const IF = /^\s*(?:only\s+)?(?:if|where|condition|wenn|bedingung)\s*$/i

const NAMES = new Set(['product', 'code', 'text'])

/** How many bad rows are named. */
const MOST_NAMED = 5

/** @throws Fault `usage` naming the rows that cannot be read. */
function requireReadable(name: string, bad: readonly string[]): void {
  if (bad.length === 0) return
  const shown = bad.slice(0, MOST_NAMED).map((line) => `\n  ${line}`)
  const more = bad.length > MOST_NAMED ? `\n  and ${bad.length - MOST_NAMED} more` : ''
  throw new Fault(
    'usage',
    `${name} has rows that cannot be read:${shown.join('')}${more}`,
    'mend them; nothing was made',
  )
}

/**
 * Reads the lines of an offer to many: columns as in `import lines`, but without a deal, and with a column `if`.
 * @throws Fault `usage` if it is not a spreadsheet, has no lines, or a row cannot be read or names an unknown product.
 */
export async function readOffer(context: Context, source: NamedFile): Promise<OfferFile> {
  const { store, settings } = await context.book()
  const { currency } = settings
  const { plan, prepared } = await prepareFile(context, 'lines', source, {
    profile: 'none',
  } as ImportOptions)
  const { table } = prepared
  const at = table.headers.findIndex((header) => IF.test(header))
  const columns = prepared.columns.filter(({ index }) => index !== at)
  const fields = columns.flatMap(({ target }) => (target.to === 'field' ? [target.field] : []))
  if (!fields.some((field) => NAMES.has(field))) {
    const hint =
      'it needs a column “product”, “code” or “text”; others: quantity, unit, price, discount, tax, optional, if'
    throw new Fault('usage', `${source.name} does not say what is offered`, hint)
  }
  const evidence = await gatherEvidence(
    'lines',
    table,
    columns,
    { ...plan.formats, localDay: settings.locale?.day },
    currency,
    refuseDoubt,
  )
  const { isOwnCurrency, defaults } = plan
  const toLocal = localClock(settings.timezone)
  const read = rowReader(columns, { ...evidence, currency, isOwnCurrency, toLocal }, defaults)
  const find = productFinder(store, leftAlone(store, 'products').called)
  const lines: OfferLine[] = []
  const bad: string[] = []
  for await (const batch of table.batches()) {
    for (const row of batch) {
      try {
        if (row.reject !== undefined) throw new Fault('usage', row.reject)
        const cells = read(row)
        const draft = draftLine(cells, { id: 0, currency: null }, currency.code)
        const product = productOf(find, draft)
        const said = at === -1 ? '' : (row.cells[at] ?? '')
        const conditions = said.split(';').map((part) => part.trim())
        lines.push({
          row: row.number,
          cells,
          draft,
          product,
          conditions: conditions.filter((part) => part !== ''),
        })
      } catch (error) {
        if (!(error instanceof Fault) || error.code === 'book') throw error
        bad.push(`row ${row.number}: ${error.message}`)
      }
    }
  }
  requireReadable(source.name, bad)
  if (lines.length === 0) throw new Fault('usage', `${source.name} has no lines`)
  const sha256 = createHash('sha256').update(readFileSync(source.file)).digest('hex')
  return { lines, sha256 }
}

/** The product that a row names; null if it names none. @throws Fault `usage` if the book does not have it. */
function productOf(
  find: ReturnType<typeof productFinder>,
  { code, product: name, text }: LineDraft,
): KnownProduct | null {
  if (code === null && name === null) return null
  const found = find({ code, name })
  if (found?.retired === 0) return found
  const called = [code, name].filter((part) => part !== null).join(', ')
  if (found) throw new Fault('usage', `the product ${called} is retired`)
  const way = text === null ? '; what is not a product goes into a column “text”' : ''
  throw new Fault('usage', `there is no product ${called}${way}`)
}
