import type { Currency } from '../domain/money.ts'
import type { Formula, Report, Row } from '../domain/table.ts'
import { formatter } from './text.ts'

/** One column explained: `Step`, `Passed / Reached`, `5 / 7 = 71.4%`. */
export interface Explanation {
  column: string
  formula: string
  example: string
}

const KEY = /\{(\w+)\}/g

function explain(
  { column, formula }: Formula,
  all: ReadonlyMap<string, Formula['column']>,
  row: Row,
  currency: Currency | null,
): Explanation {
  const value = (key: string): string => {
    const named = all.get(key) ?? { key, label: key, type: 'count' as const }
    return formatter(named, [row], currency)(row[key])
  }
  const own = value(column.key)
  const numbers = formula.replaceAll(KEY, (_, key: string) => value(key))
  return {
    column: column.label,
    formula: formula.replaceAll(KEY, (_, key: string) => all.get(key)?.label ?? key),
    example: formula.includes('{') ? `${numbers} = ${own}` : own,
  }
}

/** How each column comes about, with the numbers of one row. */
export function explanations({
  explained,
  currency,
  sections,
  totalColumns,
}: Report): Explanation[] {
  if (!explained) return []
  const columns = [...totalColumns, ...sections.flatMap((section) => section.columns)]
  const all = new Map(columns.map((column) => [column.key, column]))
  for (const { column } of explained.formulas) all.set(column.key, column)
  return explained.formulas.map((formula) => explain(formula, all, explained.row, currency))
}
