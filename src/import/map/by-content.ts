import { nameKey } from '../../domain/name.ts'
import { headerCurrency } from '../values/currency.ts'
import { outcomeWord } from '../values/words.ts'
import { isMoney, isMostly, isNumeric } from './content.ts'
import type { ImportKind } from './fields.ts'
import { headerKey } from './header.ts'

/** Names that the book has, each as `nameKey` makes it, and its currency. */
export interface KnownNames {
  owner?: ReadonlySet<string>
  source?: ReadonlySet<string>
  stage?: ReadonlySet<string>
  /** The code of the book's currency. */
  currency?: string
}

type Named = 'owner' | 'source' | 'stage'

/** Fields whose columns can be recognised by names of the book. */
const NAMED: Record<ImportKind, readonly Named[]> = {
  clients: ['owner', 'source'],
  deals: ['owner', 'source', 'stage'],
  history: [],
  interactions: ['owner'],
  tasks: ['owner'],
  products: [],
  prices: [],
  goals: [],
  invoices: ['owner'],
  payments: [],
  bookings: [],
  lines: [],
}

/** Words of headers whose sums are not what a deal brings. */
const OTHER_SUMS = new Set(
  `discount, tax, vat, fee, commission, deposit, paid, payment, cost, costs, margin, profit, shipping,
  weighted, expected, unit, list, monthly, annual, rabatt, mwst, steuer, provision, anzahlung,
  bezahlt, kosten, marge, gewinn, versand, gewichtet, monatlich, jahrlich, remise, taxe, acompte,
  marge, descuento, impuesto, anticipo, margen, скидка, налог, ндс, аванс, оплачено, маржа, комиссия,
  ส่วนลด, ภาษี, มัดจำ, กำไร, 折扣, 税, 定金, 利润`
    .split(',')
    .map((word) => headerKey(word)),
)

/** True for a word of a header whose sums are not what a deal brings: `discount`. */
export function isOtherSumWord(word: string): boolean {
  return OTHER_SUMS.has(word)
}

interface Column {
  index: number
  header: string
}

const NO_WORDS = { won: [], lost: [] }

type Samples = readonly (readonly string[])[]

/** The one column that passes a test; null if none does, or several do. */
function only(columns: readonly Column[], test: (column: Column) => boolean): number | null {
  const found = columns.filter(test)
  return found.length === 1 ? (found[0]?.index ?? null) : null
}

function holdsNames(field: Named, names: ReadonlySet<string>, samples: Samples) {
  const isName = (cell: string): boolean => names.has(nameKey(cell))
  // A closed deal may have its outcome where others have their stage.
  const mayBe = (cell: string): boolean =>
    isName(cell) || (field === 'stage' && outcomeWord(cell, NO_WORDS) !== null)
  return ({ index }: Column): boolean =>
    isMostly(samples, index, mayBe) && samples.some((row) => isName(row[index] ?? ''))
}

function holdsSums(samples: Samples) {
  return ({ index, header }: Column): boolean => {
    if (header.includes('%')) return false
    const words = headerKey(header).split(' ')
    if (words.some(isOtherSumWord)) return false
    return isMoney(samples, index) || (headerCurrency(header) !== null && isNumeric(samples, index))
  }
}

/**
 * The fields of columns whose headers say nothing, by their content: names of the book's owners,
 * sources and stages, and amounts with their currency. A column is recognised only if it is the
 * only one of its kind.
 */
export function fieldsByContent(
  kind: ImportKind,
  columns: readonly Column[],
  samples: Samples,
  known: KnownNames,
): Map<number, string> {
  const found = new Map<number, string>()
  for (const field of NAMED[kind]) {
    const names = known[field]
    const index = names && only(columns, holdsNames(field, names, samples))
    if (index !== null && index !== undefined) found.set(index, field)
  }
  const sums = kind === 'deals' ? only(columns, holdsSums(samples)) : null
  if (sums !== null) found.set(sums, 'amount')
  return found
}
