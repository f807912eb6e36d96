import { stringify } from 'csv-stringify/sync'
import { escapeFormula } from '../domain/csv-injection.ts'
import type { Cell, Column, Report, Row } from '../domain/table.ts'
import { type Currency, toDecimal } from '../domain/money.ts'
import { joinedNames, namesOf } from './text.ts'

/** Lines as CSV (RFC 4180). */
export function csvText(lines: readonly (readonly string[])[], delimiter = ','): string {
  // By itself the library quotes only line ends of the kind that it writes.
  return stringify(lines as string[][], {
    delimiter,
    record_delimiter: 'windows',
    quoted_match: /[\r\n]/,
  })
}

/**
 * A value as it stands in CSV, before quotes.
 * @param protect what marks text that would be a formula.
 */
export function csvCell(
  value: Cell | undefined,
  column: Column,
  currency: Currency | null,
  protect = escapeFormula,
): string {
  if (value === null || value === undefined) return ''
  if (column.type === 'names') return protect(joinedNames(namesOf(value)))
  if (typeof value === 'string') return protect(value)
  if (column.type === 'money' && typeof value === 'number' && currency) {
    return toDecimal(value, currency).toFixed(currency.digits)
  }
  return String(value)
}

/** One record as CSV: a line of names, a line of values. */
export function recordCsv(record: Record<string, unknown>): string {
  const values = Object.values(record).map((value) => {
    if (value === null || value === undefined) return ''
    if (typeof value === 'string') return escapeFormula(value)
    const isNames = Array.isArray(value) && value.every((each) => typeof each === 'string')
    return escapeFormula(isNames ? joinedNames(value) : JSON.stringify(value))
  })
  return csvText([Object.keys(record), values])
}

/**
 * A report's first section as CSV (RFC 4180, UTF-8), its columns named by their keys; of a report by
 * groups the rows of each, with the group before them; a card's head.
 */
export function toCsv(report: Report): string {
  if (report.card) return recordCsv(report.head)
  const [section] = report.sections
  if (!section) return ''
  const { currency, groups } = report
  const columns = section.columns.filter(({ spoken }) => !spoken)
  const line = (row: Row): string[] =>
    columns.map((column) => csvCell(row[column.key], column, currency))
  const names = columns.map((column) => column.key)
  if (!groups) return csvText([names, ...section.rows.map(line)])
  const grouped = groups.groups.flatMap(({ key, rows }) =>
    rows.map((row) => [escapeFormula(key ?? ''), ...line(row)]),
  )
  return csvText([[groups.by, ...names], ...grouped])
}
