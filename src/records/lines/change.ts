import type { Db } from '../../book/store/db.ts'
import { Fault } from '../../domain/fault.ts'
import { countedLines, dealTotals, type ValuedLine } from '../../domain/lines/totals.ts'
import type { Money } from '../../domain/money.ts'
import { tidyText } from '../../domain/name.ts'
import { ownAmounts } from '../../book/worth.ts'
import { amend } from '../deals.ts'
import type { Moment } from '../moment.ts'
import { lineColumns, lineRow, type LineValues } from '../rows/line.ts'
import { type DealLine, lineName, loadLines } from './load.ts'
import type { Selectable } from 'kysely'
import type { DealLinesTable } from '../../book/schema/products.ts'

/** Where the lines of a deal are changed, and how its currency counts. */
export interface LineChange {
  dealId: number
  /** Decimals of the currency. */
  digits: number
  moment: Moment
}

/** What a change of lines did to the deal. */
export interface LinesSettled {
  before: Money | null
  amount: Money | null
  cost: Money | null
  /** Does the amount follow the lines: does one of them count? */
  follows: boolean
}

function valued(line: DealLine): ValuedLine {
  return {
    id: line.id,
    optional: line.optional === 1,
    alternativeOf: line.alternative_of,
    chosen: line.chosen === 1,
    net: line.net,
    costTotal: line.cost_total,
  }
}

/**
 * Writes down which lines of a deal count, and lets its amount and cost follow them, as an `amended` event on
 * the day given.
 * @throws Fault `failed` if the terms of the deal were amended after that day.
 */
export async function settleLines(db: Db, { dealId, moment }: LineChange): Promise<LinesSettled> {
  const lines = await loadLines(db, dealId)
  const all = lines.map(valued)
  const counted = new Set(countedLines(all).map(({ id }) => id))
  for (const { id, counts } of lines) {
    const now = counted.has(id) ? 1 : 0
    if (now !== counts) {
      await db.updateTable('deal_lines').set({ counts: now }).where('id', '=', id).execute()
    }
  }
  const deal = await db
    .selectFrom('deals')
    .select(['amount', 'cost', 'own_amount', 'own_cost', 'currency'])
    .where('id', '=', dealId)
    .executeTakeFirstOrThrow()
  const { amount: before, cost } = ownAmounts(deal)
  const totals = dealTotals(all)
  if (totals) await amend(db, dealId, totals, moment)
  return { before, amount: before, cost, ...totals, follows: totals !== null }
}

/** Adds a line at the end. Returns its number in the deal. */
export async function addLine(
  db: Db,
  { dealId, digits }: LineChange,
  line: LineValues,
): Promise<number> {
  if (line.productId === null && tidyText(line.text ?? '') === '') {
    const hint = `name a product: funnel deal line add ${dealId} PRODUCT; or say what it is: --text "TEXT"`
    throw new Fault('usage', 'a line needs a product or a text', hint)
  }
  const last = (await loadLines(db, dealId)).at(-1)
  const position = (last?.position ?? 0) + 1
  await db
    .insertInto('deal_lines')
    .values(lineRow(dealId, position, line, digits))
    .execute()
  return position
}

/** The values of a line as they are, for changing some of them. */
export function lineValues(line: Selectable<DealLinesTable>): LineValues {
  return {
    productId: line.product_id,
    text: line.text,
    quantity: line.quantity,
    unit: line.unit,
    price: line.price,
    cost: line.cost,
    discount: line.discount,
    tax: line.tax,
    optional: line.optional === 1,
    alternativeOf: line.alternative_of,
    chosen: line.chosen === 1,
  }
}

/** Writes a line with other values. */
export async function writeLine(
  db: Db,
  { digits }: LineChange,
  id: number,
  line: LineValues,
): Promise<void> {
  await db.updateTable('deal_lines').set(lineColumns(line, digits)).where('id', '=', id).execute()
}

/** The lines that may stand in for each other: one, and its alternatives. */
function groupOf(lines: readonly DealLine[], line: DealLine): DealLine[] {
  const first = line.alternative_of ?? line.id
  return lines.filter(({ id, alternative_of: of }) => id === first || of === first)
}

const isChoice = ({ optional, alternative_of: of }: DealLine): boolean =>
  optional === 1 || of !== null

/**
 * Chooses a line: an option comes into the amount; of a line and its alternatives, this one does and the
 * others go out of it.
 * @throws Fault `usage` if it is neither an option nor has alternatives.
 */
export async function chooseLine(
  db: Db,
  lines: readonly DealLine[],
  line: DealLine,
): Promise<void> {
  const group = groupOf(lines, line)
  if (group.length === 1 && !isChoice(line)) {
    const message = `line ${lineName(line)} is part of the deal already`
    throw new Fault('usage', message, 'only options and alternatives can be chosen')
  }
  for (const one of group) {
    const chosen = one.id === line.id && isChoice(one) ? 1 : 0
    if (one.chosen !== chosen) {
      await db.updateTable('deal_lines').set({ chosen }).where('id', '=', one.id).execute()
    }
  }
}

/** Leaves a chosen option or alternative out again. @throws Fault `usage` if it is neither. */
export async function leaveOutLine(db: Db, line: DealLine): Promise<void> {
  if (!isChoice(line)) {
    const message = `line ${lineName(line)} is neither an option nor an alternative`
    throw new Fault('usage', message, 'make it an option with --optional, or drop it')
  }
  await db.updateTable('deal_lines').set({ chosen: 0 }).where('id', '=', line.id).execute()
}

/**
 * Drops a line. If one of its alternatives was chosen, that takes its place.
 * @throws Fault `usage` if it has alternatives and none was chosen.
 */
export async function dropLine(
  db: Db,
  dealId: number,
  lines: readonly DealLine[],
  line: DealLine,
): Promise<void> {
  const others = lines.filter(({ alternative_of: of }) => of === line.id)
  const heir = others.find(({ chosen }) => chosen === 1)
  if (others.length > 0 && !heir) {
    const numbers = others.map(({ position }) => position).join(', ')
    const [first] = others
    throw new Fault(
      'usage',
      `line ${lineName(line)} has alternatives that were not chosen: ${numbers}`,
      `drop these first, or choose one: funnel deal line edit ${dealId} ${first?.position} --choose`,
    )
  }
  for (const { id } of others) {
    const set =
      id === heir?.id
        ? { alternative_of: null, chosen: 0 as const }
        : { alternative_of: heir?.id ?? null }
    await db.updateTable('deal_lines').set(set).where('id', '=', id).execute()
  }
  await db.deleteFrom('deal_lines').where('id', '=', line.id).execute()
}
