import { Fault } from '../domain/fault.ts'
import type { Currency } from '../domain/money.ts'
import { counted } from '../domain/text.ts'
import { fieldsOf, type ImportKind } from './map/fields.ts'
import type { Proposal } from './map/propose.ts'
import type { Table, TableRow } from './recognise/table.ts'
import {
  type DateColumn,
  dateColumn,
  type DateDecision,
  type DateReading,
  type PartsOrder,
} from './values/dates.ts'
import { type EraColumn, eraColumn } from './values/era.ts'
import {
  type DecimalMark,
  numberColumn,
  type NumberDecision,
  type NumberReading,
  readNumber,
} from './values/numbers.ts'
import { tickColumn } from './values/words.ts'
import { addAll } from '../domain/lists.ts'

/** The orders that a person can name; with `-be`, 67 is the Buddhist year 2567. */
export const DATE_FORMATS = ['dmy', 'mdy', 'ymd', 'dmy-be', 'mdy-be', 'ymd-be'] as const
type DateFormat = (typeof DATE_FORMATS)[number]

/** What the person said about dates and numbers. */
export interface FormatWishes {
  dateFormat?: DateFormat | undefined
  decimal?: DecimalMark | undefined
  /** How the book's locale writes a day: `dd.mm.yyyy`. It settles days written only with points. */
  localDay?: string | undefined
}

/** How the columns of dates and of numbers are written; null: only values that can be read one way. */
export interface Evidence {
  dates: Map<number, DateReading | null>
  numbers: Map<number, NumberReading | null>
  /** What a sign such as `x` means in columns of yes and no; null if it may mean either. */
  ticks: Map<number, boolean | null>
  notes: string[]
}

/** A column that can be read in two ways, and a cell that shows it. */
export type Doubt =
  | { what: 'dates'; index: number; header: string; example: string; choices: PartsOrder[] }
  | { what: 'numbers'; index: number; header: string; example: string; choices: DecimalMark[] }

/** Settles what the file leaves open. */
export type Settle = (doubt: Doubt) => Promise<string>

/** With nobody to ask, the import stops. */
export function refuseDoubt({ what, header, example, choices }: Doubt): Promise<never> {
  const flag = what === 'dates' ? '--date-format' : '--decimal'
  throw new Fault(
    'usage',
    `the ${what} of the column “${header}” can be read in two ways: “${example}”`,
    `say which is meant: ${choices.map((choice) => `${flag} ${choice}`).join(' or ')}`,
  )
}

/** A column by its place and its header. */
type Named = Pick<Proposal, 'index' | 'header'>

function columnsOfType(
  kind: ImportKind,
  columns: readonly Proposal[],
  ...types: string[]
): Proposal[] {
  const fields = new Set(
    fieldsOf(kind)
      .filter((field) => types.includes(field.type))
      .map((field) => field.name),
  )
  return columns.filter(({ target }) => target.to === 'field' && fields.has(target.field))
}

function misfitNote(what: string, { header }: Named, found: { misfits: number; example: string }) {
  return (
    `${what} of the column “${header}” are not all written alike: ` +
    `${counted(found.misfits, 'cell')} such as “${found.example}”`
  )
}

function dateNotes(column: Named, found: DateDecision): string[] {
  return found.state === 'mixed' ? [misfitNote('dates', column, found)] : []
}

function numberNotes(
  column: Proposal,
  found: NumberDecision,
  reading: NumberReading | null,
): string[] {
  if (found.state === 'mixed') return [misfitNote('numbers', column, found)]
  if (found.state === 'clear' && found.small && reading === found.mark) {
    const { cells, example } = found.small
    return [
      `${counted(cells, 'amount')} of the column “${column.header}” read with decimals, as others there: ` +
        `“${example}” is ${readNumber(example, reading)} (mend the cell where thousands are meant)`,
    ]
  }
  if (found.state !== 'undecided' || reading !== 'thousands') return []
  const { example, cells } = found
  const mark = /[.,]/.exec(example)?.[0] ?? '.'
  return [
    `${counted(cells, 'amount')} of the column “${column.header}” read as thousands: ` +
      `“${example}” is ${readNumber(example, reading)} (--decimal ${mark} reads the sign before decimals)`,
  ]
}

/**
 * Reads a table once to see how its dates and numbers are written. Tables without such columns are
 * not read.
 * @param currency of the amounts.
 * @param settle says how to read a column that can be read in two ways.
 * @param seeRow sees every row in the same pass.
 */
export async function gatherEvidence(
  kind: ImportKind,
  table: Table,
  columns: readonly Proposal[],
  wishes: FormatWishes,
  currency: Currency,
  settle: Settle,
  seeRow?: (row: TableRow) => void,
): Promise<Evidence> {
  const dates = columnsOfType(kind, columns, 'date').map((column) => ({
    column,
    seen: dateColumn(),
    era: eraColumn(),
  }))
  const numbers = columnsOfType(kind, columns, 'money', 'number').map((column) => ({
    column,
    seen: numberColumn(),
  }))
  const ticks = columnsOfType(kind, columns, 'yesno').map((column) => ({
    column,
    seen: tickColumn(),
  }))
  const collectors = [
    ...ticks,
    ...dates,
    ...dates.map(({ column, era }) => ({ column, seen: era })),
    ...numbers,
  ]
  if (collectors.length > 0 || seeRow) {
    const see = (row: TableRow): void => {
      if (row.reject !== undefined) return
      seeRow?.(row)
      for (const { column, seen } of collectors) {
        const cell = row.cells[column.index]
        if (cell && row.typed?.[column.index] === undefined) seen.see(cell)
      }
    }
    for await (const batch of table.batches()) batch.forEach(see)
  }
  const evidence: Evidence = {
    dates: new Map(),
    numbers: new Map(),
    ticks: new Map(ticks.map(({ column, seen }) => [column.index, seen.says()])),
    notes: [],
  }
  const isBuddhist = dates.some(({ era }) => era.isBuddhist())
  for (const date of dates) {
    const { reading, notes } = await dateReading({ ...date, isBuddhist }, wishes, settle)
    evidence.dates.set(date.column.index, reading)
    addAll(evidence.notes, notes)
  }
  for (const { column, seen } of numbers) {
    const found = seen.decide()
    const reading = await numberReading(column, found, wishes.decimal, currency, settle)
    evidence.numbers.set(column.index, reading)
    addAll(evidence.notes, numberNotes(column, found, reading))
  }
  return evidence
}

/** A column of dates, and what its cells have shown. */
interface SeenDates {
  column: Named
  seen: DateColumn
  era: EraColumn
  /** Does any column of the file have Buddhist years? */
  isBuddhist: boolean
}

/** How the dates of a column are read, with what a person should know of it. */
export async function dateReading(
  { column, seen, era, isBuddhist }: SeenDates,
  wishes: FormatWishes,
  settle: Settle,
): Promise<{ reading: DateReading | null; notes: string[] }> {
  const found = seen.decide()
  const isFree = wishes.dateFormat === undefined
  const own = isFree ? dottedOrder(found, wishes.localDay) : undefined
  const thai = isFree && isBuddhist ? dayFirst(found) : undefined
  const order = own ?? thai ?? (await dateOrder(column, found, wishes.dateFormat, settle))
  const reading = isBuddhist ? inBuddhistYears(order, era) : order
  const notes = [
    ...dateNotes(column, found),
    ...dottedNotes(column, found, own),
    ...(own === undefined && thai ? [thaiNote(column, found)] : []),
    ...(reading !== order ? [eraNote(column, era)] : []),
  ]
  return { reading, notes }
}

/** In a file with years such as 2567, 67 does not mean 2067. */
function inBuddhistYears(order: DateReading | null, era: EraColumn): DateReading | null {
  const isOrder = order === 'dmy' || order === 'mdy' || order === 'ymd'
  return isOrder && era.short() !== undefined ? `${order}-be` : order
}

function eraNote({ header }: Named, era: EraColumn): string {
  const how = 'short years are read as Buddhist, as the file has years such as 2567 or Thai months'
  return `dates of the column “${header}” such as “${era.short()}”: ${how}`
}

/** People who count years in the Buddhist era never write the month first. */
function dayFirst(found: DateDecision): PartsOrder | undefined {
  return found.state === 'undecided' && found.orders.includes('dmy') ? 'dmy' : undefined
}

function thaiNote({ header }: Named, found: DateDecision): string {
  const example = found.state === 'undecided' ? found.example : ''
  return (
    `dates of the column “${header}” such as “${example}” read with the day first, as the file has ` +
    'years such as 2567 or Thai months (--date-format mdy reads the month first)'
  )
}

/** The order of days with points that can be read in two ways, if the book's locale writes such days. */
function dottedOrder(found: DateDecision, localDay: string | undefined): PartsOrder | undefined {
  if (found.state !== 'undecided' || !/^\d{1,2}\.\s?\d{1,2}\.\s?\d/.test(found.example))
    return undefined
  const own = localDay?.startsWith('dd.mm.') ? 'dmy' : undefined
  return own !== undefined && found.orders.includes(own) ? own : undefined
}

function dottedNotes(
  { header }: Named,
  found: DateDecision,
  order: PartsOrder | undefined,
): string[] {
  if (order === undefined || found.state !== 'undecided') return []
  return [
    `dates of the column “${header}” such as “${found.example}” read with the day first, as the locale ` +
      'of the book writes them (--date-format mdy reads the month first)',
  ]
}

async function dateOrder(
  { index, header }: Named,
  found: DateDecision,
  wish: DateFormat | undefined,
  settle: Settle,
): Promise<DateReading | null> {
  // For a column of a spreadsheet's day numbers there is no order to choose.
  if (found.state === 'clear' && found.order === 'serial') return 'serial'
  if (wish) return wish
  if (found.state === 'empty') return null
  if (found.state !== 'undecided') return found.order
  const doubt = { what: 'dates', index, header, example: found.example } as const
  return (await settle({ ...doubt, choices: found.orders })) as DateReading
}

/** With this many decimals, `1.054` may well be an amount and not a thousand. */
const THREE_DECIMALS = 3

async function numberReading(
  { index, header }: Proposal,
  found: NumberDecision,
  wish: DecimalMark | undefined,
  { digits }: Currency,
  settle: Settle,
): Promise<NumberReading | null> {
  if (wish) return wish
  if (found.state === 'empty') return null
  if (found.state !== 'undecided') return found.mark
  if (digits < THREE_DECIMALS) return 'thousands'
  if (found.mark !== undefined) return found.mark
  const doubt = { what: 'numbers', index, header, example: found.example } as const
  return (await settle({ ...doubt, choices: [',', '.'] })) as DecimalMark
}
