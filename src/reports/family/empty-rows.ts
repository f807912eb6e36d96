import type { Cell, Row } from '../../domain/table.ts'
import type { FrameGroup, ReportColumn } from './declare.ts'

/** The key of the column that names the rows: the first one. */
export function namingKey(columns: readonly ReportColumn[]): string {
  return columns[0]?.column.key ?? ''
}

/** An empty row: no cases and no amount, and so no shares. */
export function emptyRow(columns: readonly ReportColumn[], name: Row): Row {
  const cells = columns.map(({ column: { key, type } }): [string, Cell] => [
    key,
    type === 'count' || type === 'money' ? 0 : null,
  ])
  return { ...Object.fromEntries(cells), ...name }
}

/**
 * The groups, with a row for every row of the whole: what does not occur in a group is 0 there, if
 * the group says what an empty row is.
 */
export function filledGroups(
  columns: readonly ReportColumn[],
  rows: readonly Row[],
  groups: readonly FrameGroup[],
): FrameGroup[] {
  const name = namingKey(columns)
  return groups.map((group) => {
    const { blank } = group
    if (!blank) return group
    const own = new Map(group.rows.map((row) => [row[name], row]))
    const filled = rows.map(
      (row) => own.get(row[name]) ?? emptyRow(columns, { ...blank, [name]: row[name] ?? null }),
    )
    return { ...group, rows: filled }
  })
}
