import { tidyName } from '../domain/name.ts'
import type { Report } from '../domain/table.ts'

/** A value with every text in it made one line without control characters. */
function tidied<T>(value: T): T {
  if (typeof value === 'string') return tidyName(value) as T
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(tidied) as T
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, tidied(one)])) as T
}

/** A line made harmless; a line that goes on with the one above it stays indented. */
function tidiedIndented(line: string): string {
  return `${/^ */.exec(line)?.[0]}${tidyName(line)}`
}

/**
 * A report whose titles, notes, labels and charts cannot control a terminal, whatever the names in them
 * contain. The cells of its tables are made safe when they are turned into text.
 */
export function sanitiseReport(report: Report): Report {
  return {
    ...report,
    title: tidied(report.title),
    subtitle: report.subtitle.map(tidiedIndented),
    notes: tidied(report.notes),
    ...(report.lead === undefined ? {} : { lead: tidied(report.lead) }),
    empty: tidied(report.empty),
    charts: tidied(report.charts),
    totalColumns: tidied(report.totalColumns),
    sections: report.sections.map((section) => ({
      ...section,
      ...(section.title === undefined ? {} : { title: tidied(section.title) }),
      columns: section.columns.map((column) => ({
        ...column,
        label: tidied(column.label),
        ...(column.band === undefined ? {} : { band: tidied(column.band) }),
      })),
    })),
  }
}
