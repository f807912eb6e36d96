import { type Locale, localDay, localDays } from '../domain/locale.ts'
import type { Report, Row, Section } from '../domain/table.ts'

function localRows({ columns }: Section, rows: readonly Row[], locale: Locale): Row[] {
  const days = columns.filter(({ type }) => type === 'day').map(({ key }) => key)
  return rows.map((row) => {
    const own = days.flatMap((key) => {
      const cell = row[key]
      return typeof cell === 'string' ? [[key, localDay(cell, locale)] as const] : []
    })
    return { ...row, ...Object.fromEntries(own) }
  })
}

/** A report for people, with days as the locale writes them; amounts have its marks already. */
export function localised(report: Report, locale: Locale | null): Report {
  if (locale === null) return report
  const local = (text: string): string => localDays(text, locale)
  return {
    ...report,
    title: local(report.title),
    subtitle: report.subtitle.map(local),
    notes: report.notes.map(local),
    ...(report.lead === undefined ? {} : { lead: report.lead.map(local) }),
    sections: report.sections.map((section) => ({
      ...section,
      rows: localRows(section, section.rows, locale),
      ...(section.title === undefined ? {} : { title: local(section.title) }),
    })),
  }
}
