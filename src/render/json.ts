import { jsonText } from '../domain/json-text.ts'
import type { Cell, Column, Report, Row } from '../domain/table.ts'
import { type Currency, toDecimal } from '../domain/money.ts'
import { explanations } from './explained.ts'
import { namesOf, trendOf } from './text.ts'

function value(cell: Cell | undefined, column: Column, currency: Currency | null): unknown {
  if (column.type === 'names') return namesOf(cell)
  if (cell === undefined) return null
  if (column.type === 'pairs' && typeof cell === 'string') return JSON.parse(cell)
  if (column.type === 'trend' && typeof cell === 'string') return trendOf(cell)
  if (column.type === 'money' && typeof cell === 'number' && currency) {
    return toDecimal(cell, currency)
  }
  return cell
}

/** A row as JSON has it, by the keys of its columns. */
export function jsonObject(row: Row, columns: Column[], currency: Currency | null) {
  return Object.fromEntries(
    columns
      .filter(({ spoken }) => !spoken)
      .map((column) => [column.key, value(row[column.key], column, currency)]),
  )
}

/** The groups, each with its key, its rows under the name that the main rows have, its totals. */
function groupsOf({ groups, sections, totalColumns, currency }: Report) {
  if (!groups) return {}
  const main = sections.find(({ hidden }) => !hidden) ?? sections[0]
  if (!main) return {}
  return {
    groups: groups.groups.map(({ key, rows, totals }) => ({
      key,
      [main.key]: rows.map((row) => jsonObject(row, main.columns, currency)),
      totals: totals && jsonObject(totals, totalColumns, currency),
    })),
  }
}

/** A report as JSON: its head, its currency, the rows of each section, totals, notes. */
export function toJson(report: Report): string {
  const { currency, lead = [] } = report
  const notes = [...lead, ...report.notes]
  const shown = report.sections.filter(({ spoken }) => !spoken)
  const sections = shown.map(({ key, columns, rows }) => [
    key,
    rows.map((row) => jsonObject(row, columns, currency)),
  ])
  return `${jsonText(
    {
      ...report.head,
      ...(currency ? { currency: currency.code } : {}),
      ...Object.fromEntries(sections),
      ...groupsOf(report),
      ...(report.totals
        ? { totals: jsonObject(report.totals, report.totalColumns, currency) }
        : {}),
      ...(notes.length > 0 ? { notes } : {}),
      ...(report.explained ? { explain: explanations(report) } : {}),
    },
    2,
  )}\n`
}
