import type { Currency } from '../domain/money.ts'
import type { Column, Formula, Report, Row } from '../domain/table.ts'
import { formatter } from './text.ts'

/** One column explained: `Step`, `Passed / Reached`, `5 / 7 = 71.4%`. */
export interface Explanation {
  column: string
  formula: string
  example: string
}

const KEY = /\{(\w+)\}/g

/** The name of a column outside its table, where the heading above it is missing. */
function nameOf({ label, band }: Column): string {
  return band === undefined || band === label ? label : `${band} ${label}`
}

/** The name of the row whose numbers are put in, as people read it. */
export function explainedName({ explained, currency }: Report): string {
  if (!explained) return ''
  const { name, row } = explained
  return formatter(name, [row], currency)(row[name.key])
}

function explain(
  { column, formula, numbers: shown = formula }: Formula,
  all: ReadonlyMap<string, Formula['column']>,
  row: Row,
  currency: Currency | null,
): Explanation {
  const value = (key: string): string => {
    const named = all.get(key) ?? { key, label: key, type: 'count' as const }
    return formatter(named, [row], currency)(row[key])
  }
  const own = value(column.key)
  const numbers = shown.replaceAll(KEY, (_, key: string) => value(key))
  return {
    column: nameOf(column),
    formula: formula.replaceAll(KEY, (_, key: string) => {
      const named = all.get(key)
      return named ? nameOf(named) : key
    }),
    example: shown.includes('{') ? `${numbers} = ${own}` : own,
  }
}

/** How each column is worked out, with the numbers of one row. */
export function explanations({
  explained,
  currency,
  sections,
  totalColumns,
}: Report): Explanation[] {
  if (!explained) return []
  const columns = [...totalColumns, ...sections.flatMap((section) => section.columns)]
  const all = new Map(columns.map((column) => [column.key, column]))
  for (const { column, parts = [] } of explained.formulas) {
    for (const part of parts) if (!all.has(part.key)) all.set(part.key, part)
    all.set(column.key, column)
  }
  return explained.formulas.map((formula) => explain(formula, all, explained.row, currency))
}
