import type { Cell, Column, ColumnType, Row } from '../domain/table.ts'
import { type Currency, formatMoney, groupDigits } from '../domain/money.ts'
import { tidyText } from '../domain/name.ts'
import { maxOf } from '../domain/lists.ts'

/** What is shown for an unknown value. */
const UNKNOWN = '–'

function percent(value: number, decimal: string): string {
  return `${(value * 100).toFixed(1).replace(/\.0$/, '').replace('.', decimal)}%`
}

/** A difference of shares in percentage points: `+3.1`, `-17.0`. */
function points(value: number): string {
  const text = (value * 100).toFixed(1)
  return value > 0 && text !== '0.0' ? `+${text}` : text === '-0.0' ? '0.0' : text
}

const SPARKS = '▁▂▃▄▅▆▇█'

/** Counts as small columns: `0 2 4` is `▁▄█`. */
function sparkline(counts: string): string {
  const values = trendOf(counts)
  const largest = maxOf(values, 1)
  return values.map((value) => SPARKS[Math.ceil((value / largest) * 7)] ?? '').join('')
}

/** The counts of a trend. */
export function trendOf(counts: string): number[] {
  return counts === '' ? [] : counts.split(' ').map(Number)
}

/** The texts of a cell that holds several. */
export function namesOf(cell: Cell | undefined): string[] {
  return typeof cell === 'string' ? (JSON.parse(cell) as string[]) : []
}

/** Several texts in one. */
export function joinedNames(names: readonly string[]): string {
  return names.join('; ')
}

/** True where an amount of the column has cents, so that all of it is shown with them. */
function hasFraction(rows: readonly Row[], key: string, currency: Currency): boolean {
  const unit = 10 ** currency.digits
  return rows.some((row) => typeof row[key] === 'number' && row[key] % unit !== 0)
}

/** Turns one column's values into text for people, of one line unless it `keepsLines`. */
export function formatter(
  column: Pick<Column, 'key' | 'type' | 'rough' | 'digits' | 'signed' | 'none'>,
  rows: readonly Row[],
  currency: Currency | null,
  keepsLines = false,
): (value: Cell | undefined) => string {
  const money: Currency = currency ?? { code: '', digits: 0 }
  const exact = column.type === 'money' && !column.rough
  const decimals = exact && hasFraction(rows, column.key, money)
  return (value) => {
    if (value === null || value === undefined) return column.none ?? UNKNOWN
    if (typeof value === 'boolean') return value ? 'yes' : 'no'
    if (column.type === 'trend' && typeof value === 'string') return sparkline(value)
    if (typeof value === 'string') {
      const several = column.type === 'names'
      const text = tidyText(several ? joinedNames(namesOf(value)) : value)
      return keepsLines ? text : text.replaceAll('\n', ' ')
    }
    const sign = column.signed && value > 0 ? '+' : ''
    const mark = money.marks?.decimal ?? '.'
    if (column.type === 'money') return sign + formatMoney(value, money, decimals)
    if (column.type === 'share') return percent(value, mark)
    if (column.type === 'points') return points(value).replace('.', mark)
    if (column.type === 'number') {
      const [whole = '', fraction] = value.toFixed(column.digits ?? 1).split('.')
      const grouped = groupDigits(whole, money.marks)
      return `${sign}${grouped}${fraction === undefined ? '' : mark + fraction}`
    }
    return sign + String(value)
  }
}

const NUMERIC = new Set<ColumnType>(['count', 'money', 'share', 'points', 'number', 'days'])

/** Numbers are right-aligned. */
export function isNumeric(type: ColumnType): boolean {
  return NUMERIC.has(type)
}
