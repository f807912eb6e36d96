import type { Db } from '../../book/store/db.ts'
import { rowAdder, rowChanger } from '../../book/store/put.ts'
import type { Store } from '../../book/store/store.ts'
import { Fault } from '../../domain/fault.ts'
import type { Money } from '../../domain/money.ts'
import { lineValues, settleLines } from '../../records/lines/change.ts'
import type { Moment } from '../../records/moment.ts'
import { lineColumns, lineRow, type LineValues } from '../../records/rows/line.ts'
import type { leftAlone } from '../left-alone.ts'
import type { LateOutcome, OnDuplicate, Origin } from '../outcome.ts'
import type { KnownProduct } from '../products/find.ts'
import type { Cells } from '../row-cells.ts'
import { type LineDraft, saysDiscount } from './draft.ts'
import { type HeldLine, matchLines } from './match.ts'
import type { DraftTerms } from './terms.ts'

/** A row that was read, and the product that it names. */
export interface ReadLine {
  cells: Cells
  origin: Origin
  row: number
  draft: LineDraft
  product: KnownProduct | null
  /** Adds the product that the row names and the book lacks; null if there is none to add. */
  newProduct: (() => number) | null
}

/** The same with quantity, price and discount. */
export interface ReadyLine extends ReadLine {
  terms: DraftTerms
}

interface Writing {
  db: Db
  store: Store
  /** Decimals of the currency of the deals. */
  digits: number
  onDuplicate: OnDuplicate
  moment: Moment
  left: ReturnType<typeof leftAlone>
}

/** What became of the lines of a deal, and its amount before and after. */
interface Written {
  outcomes: LateOutcome[]
  before: Money | null
  amount: Money | null
}

type Row = ReadyLine & { position: number | null; values: LineValues }

/** What the row says of the line; what it has no column for is the product's. */
function valuesOf({ cells, draft, product, terms }: ReadyLine): LineValues {
  const orOf = <T>(field: string, given: T | null, usual: T | null | undefined): T | null =>
    cells.has(field) ? given : (usual ?? null)
  return {
    productId: product?.id ?? null,
    text: draft.text,
    unit: orOf('unit', draft.unit, product?.unit),
    cost: orOf('cost', draft.cost, product?.cost),
    tax: orOf('tax', draft.tax, product?.tax),
    ...terms,
    optional: draft.optional ?? false,
    alternativeOf: null,
    chosen: draft.chosen ?? false,
  }
}

/** The values of a row that differ from the line's, by the names of their fields. */
function differences(
  line: HeldLine,
  { values, draft }: Row,
): [field: string, set: Partial<HeldLine>, isBlank: boolean][] {
  const given: [string, keyof HeldLine, string | number | null, boolean][] = [
    ['text', 'text', draft.text, line.text === null],
    ['quantity', 'quantity', draft.quantity, false],
    ['unit', 'unit', draft.unit, line.unit === null],
    ['price', 'price', draft.price === null ? null : values.price, false],
    ['discount', 'discount', saysDiscount(draft) ? values.discount : null, false],
    ['tax', 'tax', draft.tax, line.tax === null],
    ['cost', 'cost', draft.cost, line.cost === null],
    ['optional', 'optional', draft.optional === null ? null : Number(draft.optional), false],
    ['chosen', 'chosen', draft.chosen === null ? null : Number(draft.chosen), false],
  ]
  return given
    .filter(([, column, value]) => value !== null && value !== line[column])
    .map(([field, column, value, isBlank]) => [field, { [column]: value }, isBlank])
}

/** The values of a line after a change; a line that is no longer optional is not marked as chosen. */
function changedValues(line: HeldLine): LineValues {
  const isChoice = line.optional === 1 || line.alternative_of !== null
  return lineValues({ ...line, chosen: isChoice ? line.chosen : 0 })
}

/** Why a line cannot be an option, an alternative or chosen as it would be; null if it can. */
function oddChoice(
  { optional, alternative_of: other }: Pick<HeldLine, 'optional' | 'alternative_of'>,
  chosen: boolean | null,
): string | null {
  if (optional === 1 && other !== null) return 'a line is an option or an alternative, and not both'
  if (chosen !== true || optional === 1 || other !== null) return null
  return 'only options and alternatives can be chosen'
}

/** Why a row is rejected. @throws the error if it is not about the row. */
export function reasonOf(error: unknown): string {
  if (error instanceof Fault && error.code !== 'book') return error.message
  throw error
}

/** The number that a new line gets: its own if that is free, else the next. */
function numberer(held: readonly HeldLine[]) {
  const taken = new Set(held.map(({ position }) => position))
  let last = held.at(-1)?.position ?? 0
  return (wanted: number | null): number => {
    const position = wanted === null || taken.has(wanted) ? last + 1 : wanted
    taken.add(position)
    last = Math.max(last, position)
    return position
  }
}

/**
 * Writes the rows of one deal as its lines; the amount and the cost of the deal follow.
 * A row that cannot be written is rejected; if the lines together are too large, all of them are.
 */
export function dealLineWriter({ db, store, digits, onDuplicate, moment, left }: Writing) {
  const ofDeal = store.prepare('SELECT * FROM deal_lines WHERE deal_id = ? ORDER BY position')
  const add = rowAdder(store, 'deal_lines')
  const change = rowChanger(store, 'deal_lines')
  const begin = store.prepare('SAVEPOINT lines')
  const back = store.prepare('ROLLBACK TO lines')
  const end = store.prepare('RELEASE lines')

  const bring = (row: Row, line: HeldLine, of: ReadonlyMap<number, number>): LateOutcome => {
    if (onDuplicate === 'skip') return { row: row.row, outcome: 'skipped' }
    if (onDuplicate === 'error') {
      const reason = `line ${line.position} of deal ${line.deal_id} is this one already`
      return { row: row.row, reason }
    }
    const differing = differences(line, row)
    const taken = differing.filter(([, , isBlank]) => onDuplicate === 'update' || isBlank)
    const next = Object.assign({ ...line }, ...taken.map(([, set]) => set)) as HeldLine
    const reason = oddChoice(next, row.draft.chosen)
    if (reason !== null) return { row: row.row, reason }
    const { alternativeTo } = row.draft
    const first = alternativeTo === null ? undefined : of.get(alternativeTo)
    // Which lines stand in for each other is not changed by a file.
    const moves = first !== undefined && first !== (line.alternative_of ?? line.id)
    left.add(
      row.row,
      line.id,
      [
        ...differing.filter((one) => !taken.includes(one)).map(([field]) => field),
        ...(moves ? ['alternative-to'] : []),
      ],
      row.cells,
    )
    if (taken.length === 0) return { row: row.row, outcome: 'unchanged' }
    row.origin.importId()
    change(line.id, lineColumns(changedValues(next), digits))
    return { row: row.row, outcome: 'updated' }
  }

  /** Adds new rows, alternatives after what they stand in for. */
  const create = (
    dealId: number,
    held: readonly HeldLine[],
    rows: readonly Row[],
    of: Map<number, number>,
  ): LateOutcome[] => {
    const number = numberer(held)
    const ordered = rows.toSorted(
      (a, b) => Number(a.draft.alternativeTo !== null) - Number(b.draft.alternativeTo !== null),
    )
    const positions = new Map(rows.map((row) => [row, number(row.position)]))
    return ordered.map((row): LateOutcome => {
      const { alternativeTo } = row.draft
      const other = alternativeTo === null ? null : of.get(alternativeTo)
      if (other === undefined) {
        const reason = `deal ${dealId} has no line ${alternativeTo} that this one may stand in for`
        return { row: row.row, reason }
      }
      const optional = row.values.optional ? 1 : 0
      const odd = oddChoice({ optional, alternative_of: other }, row.draft.chosen)
      if (odd !== null) return { row: row.row, reason: odd }
      const position = positions.get(row) ?? 0
      try {
        const line = lineRow(dealId, position, { ...row.values, alternativeOf: other }, digits)
        // Only now, as the product of a row that is rejected is not to stay.
        const productId = row.newProduct?.() ?? row.values.productId
        row.origin.importId()
        const id = add({ ...line, product_id: productId })
        of.set(row.position ?? position, other ?? id)
      } catch (error) {
        return { row: row.row, reason: reasonOf(error) }
      }
      return { row: row.row, outcome: 'created' }
    })
  }

  const write = (dealId: number, lines: readonly ReadyLine[]): LateOutcome[] => {
    const held = ofDeal.all(dealId) as HeldLine[]
    const rows = lines.map((line): Row => ({
      ...line,
      position: line.draft.position,
      values: valuesOf(line),
    }))
    const matched = matchLines(
      held,
      rows.filter(({ newProduct }) => newProduct === null),
    )
    /** The first of each group of alternatives, by the number of any of them, as the file or the book has it. */
    const of = new Map(
      held.map(({ position, id, alternative_of: first }) => [position, first ?? id]),
    )
    for (const [row, line] of matched) {
      if (row.position !== null) of.set(row.position, line.alternative_of ?? line.id)
    }
    const known = [...matched].map(([row, line]) => bring(row, line, of))
    const fresh = rows.filter((row) => !matched.has(row))
    return [...known, ...create(dealId, held, fresh, of)]
  }

  const writeAll = async (deal: { id: number }, lines: readonly ReadyLine[]): Promise<Written> => {
    begin.run()
    try {
      const outcomes = write(deal.id, lines)
      const news = outcomes.some(({ outcome }) => outcome === 'created' || outcome === 'updated')
      const settled = news ? await settleLines(db, { dealId: deal.id, digits, moment }) : null
      end.run()
      return { outcomes, before: settled?.before ?? null, amount: settled?.amount ?? null }
    } catch (error) {
      back.run()
      end.run()
      const reason = reasonOf(error)
      const outcomes = lines.map(({ row }) => ({ row, reason }))
      return { outcomes, before: null, amount: null }
    }
  }
  return {
    /** Which lines of the deal some rows are, as far as quantity, price and discount are given. */
    heldBy: (dealId: number, lines: readonly ReadLine[]): Map<ReadLine, HeldLine> => {
      const held = ofDeal.all(dealId) as HeldLine[]
      const rows = lines.flatMap((line) => {
        const { draft, product, newProduct } = line
        if (newProduct) return []
        return [
          { line, position: draft.position, values: { ...draft, productId: product?.id ?? null } },
        ]
      })
      return new Map([...matchLines(held, rows)].map(([{ line }, one]) => [line, one]))
    },
    write: writeAll,
  }
}
