import type { Column, Report, Row, Section } from '../domain/table.ts'

const BETWEEN = '\u0000'

/** The groups of a report side by side: a row's name, then some columns of each group. */
function sideBySide({ sections: [main], groups }: Report): Section | null {
  const name = main?.columns[0]
  if (!main || !name || !groups || groups.groups.length === 0) return null
  const columns = groups.groups.flatMap(({ label }, at) =>
    groups.bands.map((column): Column => ({
      ...column,
      key: `${at}${BETWEEN}${column.key}`,
      band: label,
    })),
  )
  const names = new Set([
    ...main.rows.map((row) => row[name.key]),
    ...groups.groups.flatMap(({ rows }) => rows.map((row) => row[name.key])),
  ])
  const rows = [...names].map((value): Row => {
    const cells = groups.groups.flatMap(({ rows: own }, at) => {
      const row = own.find((one) => one[name.key] === value)
      return groups.bands.map(({ key }) => [`${at}${BETWEEN}${key}`, row?.[key] ?? null])
    })
    return { [name.key]: value ?? null, ...Object.fromEntries(cells) } as Row
  })
  return { key: 'groups', title: `By ${groups.by}`, columns: [name, ...columns], rows }
}

/** The totals of the groups, one below another. */
function totalsOf({ groups, totalColumns }: Report): Section | null {
  if (!groups || groups.groups.every(({ totals }) => totals === null)) return null
  const name: Column = {
    key: `${BETWEEN}group`,
    label: groups.by.charAt(0).toUpperCase() + groups.by.slice(1),
    type: 'text',
  }
  return {
    key: 'group_totals',
    title: `Totals by ${groups.by}`,
    columns: [name, ...totalColumns],
    rows: groups.groups.map(({ label, totals }) => ({ [name.key]: label, ...totals })),
  }
}

/** What people see of a report: its own tables, then its groups. */
export function seenSections(report: Report): Section[] {
  const own = report.sections.filter((section) => !section.hidden)
  const more = report.groups ? [sideBySide(report), totalsOf(report)] : []
  return [...own, ...more.filter((section) => section !== null)]
}
