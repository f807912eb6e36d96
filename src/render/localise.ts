import { type Locale, localDay, localDays } from '../domain/locale.ts'
import type { Chart, Report, Row, Section } from '../domain/table.ts'

function localRows(
  { columns }: Pick<Section, 'columns'>,
  rows: readonly Row[],
  locale: Locale,
): Row[] {
  const days = columns.filter(({ type, worded }) => type === 'day' || worded)
  return rows.map((row) => {
    const own = days.flatMap(({ key, worded }) => {
      const cell = row[key]
      if (typeof cell !== 'string') return []
      return [[key, worded ? localDays(cell, locale) : localDay(cell, locale)] as const]
    })
    return { ...row, ...Object.fromEntries(own) }
  })
}

/** The groups of a report: their names may be days, their rows have the columns of its first section. */
function localGroups(
  report: Report,
  groups: NonNullable<Report['groups']>,
  locale: Locale,
): NonNullable<Report['groups']> {
  const [section] = report.sections
  return {
    ...groups,
    groups: groups.groups.map((group) => ({
      ...group,
      label: localDays(group.label, locale),
      rows: section ? localRows(section, group.rows, locale) : group.rows,
    })),
  }
}

/** A picture whose title and labels have their days in the locale. */
function localChart(chart: Chart, local: (text: string) => string): Chart {
  const title = local(chart.title)
  switch (chart.kind) {
    case 'line':
      return {
        ...chart,
        title,
        points: chart.points.map((at) => ({ ...at, label: local(at.label) })),
      }
    case 'fan':
      return {
        ...chart,
        title,
        points: chart.points.map((at) => ({ ...at, label: local(at.label) })),
      }
    case 'funnel':
      return {
        ...chart,
        title,
        bars: chart.bars.map((bar) => ({
          ...bar,
          label: local(bar.label),
          notes: bar.notes.map(local),
        })),
      }
    default:
      return { ...chart, title }
  }
}

/** What is explained, with the name of its row in the locale. */
function localExplained(
  explained: NonNullable<Report['explained']>,
  locale: Locale,
): NonNullable<Report['explained']> {
  const [row = explained.row] = localRows({ columns: [explained.name] }, [explained.row], locale)
  return { ...explained, row }
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
    ...(report.explained === undefined
      ? {}
      : { explained: localExplained(report.explained, locale) }),
    charts: report.charts.map((chart) => localChart(chart, local)),
    ...(report.groups === undefined ? {} : { groups: localGroups(report, report.groups, locale) }),
    sections: report.sections.map((section) => ({
      ...section,
      ...(section.footer === undefined
        ? {}
        : { footer: localRows(section, [section.footer], locale)[0] ?? section.footer }),
      rows: localRows(section, section.rows, locale),
      ...(section.title === undefined ? {} : { title: local(section.title) }),
    })),
  }
}
