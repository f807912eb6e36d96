import type { Column, Report, Row } from '../domain/table.ts'
import type { Currency } from '../domain/money.ts'
import { formatter } from './text.ts'

/** One total for people: its name, its value, and what stands next to it in a comparison. */
export interface Total {
  label: string
  value: string
  /** `before 48%`, `change -17.0`. */
  more: string[]
}

function text(column: Column, totals: Row, currency: Currency | null): string {
  return formatter(column, [totals], currency)(totals[column.key])
}

/** The totals as people read them; those under one name are one. */
export function totalsOf({ totals, totalColumns, currency }: Report): Total[] {
  if (!totals) return []
  const found: Total[] = []
  let name: string | undefined
  for (const column of totalColumns.filter(({ hidden }) => !hidden)) {
    const value = text(column, totals, currency)
    const last = found.at(-1)
    if (last && column.band !== undefined && column.band === name) {
      last.more.push(`${column.label} ${value}`)
    } else found.push({ label: column.band ?? column.label, value, more: [] })
    name = column.band
  }
  return found
}

/** `31% (before 48%, change -17.0)`. */
export function totalText({ value, more }: Total): string {
  return more.length === 0 ? value : `${value} (${more.join(', ')})`
}
