import { maxOf } from '../domain/lists.ts'
import type { Currency } from '../domain/money.ts'
import type { Column, Report, Row, Section } from '../domain/table.ts'
import { csvCell, csvText } from './csv.ts'
import { alignCells, trimLines, visibleColumns } from './grid.ts'
import { render, plainSigns } from './index.ts'
import { jsonObject, toJson } from './json.ts'
import { sanitiseReport } from './sanitise.ts'
import type { Screen } from './screen.ts'
import { formatter } from './text.ts'
import { widthFor } from './width.ts'
import { jsonText } from '../domain/json-text.ts'

/** The rows of a list, some at a time, from the first on whenever they are asked for. */
export type Parts = () => AsyncIterable<readonly Row[]>

/** A list with its columns, and nothing in its only section. */
type List = Report & { sections: [Section] }

/** Stands where the table goes. */
const TABLE = '\uE000'

/** A list as JSON, the same text as `render` makes of it when all its rows are in memory. */
async function* jsonParts(list: List, parts: Parts): AsyncGenerator<string> {
  const [{ key, columns }] = list.sections
  const [head = '', tail = ''] = toJson(list).split(`${jsonText(key)}: []`)
  yield `${head}${jsonText(key)}: [`
  let separator = '\n'
  for await (const rows of parts()) {
    for (const row of rows) {
      const text = jsonText(jsonObject(row, columns, list.currency), 2)
      yield `${separator}    ${text.replaceAll('\n', '\n    ')}`
      separator = ',\n'
    }
  }
  yield `\n  ]${tail}`
}

async function* csvParts(list: List, parts: Parts): AsyncGenerator<string> {
  const columns = list.sections[0].columns.filter(({ spoken }) => !spoken)
  yield csvText([columns.map(({ key }) => key)])
  for await (const rows of parts()) {
    yield csvText(
      rows.map((row) => columns.map((column) => csvCell(row[column.key], column, list.currency))),
    )
  }
}

/** The width of each column, and how its values are written; found by going through all rows. */
async function measured(columns: readonly Column[], currency: Currency | null, parts: Parts) {
  // Amounts are all shown with cents where one has some; both are measured, as that one may be the last.
  const forms = columns.map((column) => {
    const whole = formatter(column, [], currency)
    const exact = formatter(column, [{ [column.key]: 1 }], currency)
    return { key: column.key, whole, exact, inCents: false, widths: [0, 0] as [number, number] }
  })
  const labels = columns.map(({ label }) => label)
  const inLabels = await widthFor(labels)
  const unit = 10 ** (currency?.digits ?? 0)
  for await (const rows of parts()) {
    for (const form of forms) {
      const values = rows.map((row) => row[form.key])
      form.inCents ||= values.some((value) => typeof value === 'number' && value % unit !== 0)
      for (const [place, write] of [form.whole, form.exact].entries()) {
        const texts = values.map(write)
        const width = await widthFor(texts)
        form.widths[place as 0 | 1] = maxOf(texts.map(width), form.widths[place])
      }
    }
  }
  return forms.map(({ whole, exact, inCents, widths }, index) => ({
    write: inCents ? exact : whole,
    width: Math.max(inLabels(labels[index] ?? ''), widths[inCents ? 1 : 0]),
  }))
}

async function* tableParts(
  columns: readonly Column[],
  currency: Currency | null,
  parts: Parts,
): AsyncGenerator<string> {
  const forms = await measured(columns, currency, parts)
  const widths = forms.map(({ width }) => width)
  const aligned = async (lines: string[][]): Promise<string> => {
    return trimLines(alignCells(lines, columns, widths, await widthFor(lines.flat())))
  }
  yield await aligned([columns.map(({ label }) => label)])
  for await (const rows of parts()) {
    if (rows.length === 0) continue
    const lines = rows.map((row) =>
      columns.map(({ key }, index) => forms[index]?.write(row[key]) ?? ''),
    )
    yield `\n${await aligned(lines)}`
  }
}

async function* screenParts(list: List, parts: Parts, screen: Screen): AsyncGenerator<string> {
  const [section = list.sections[0]] = sanitiseReport(list).sections
  const columns = visibleColumns(section)
  const frame = await render({ ...list, empty: TABLE }, 'screen', screen)
  const [head = '', tail = ''] = frame.split(TABLE)
  yield head
  for await (const text of tableParts(columns, list.currency, parts))
    yield screen.unicode ? text : plainSigns(text)
  yield tail
}

/**
 * Writes a list of any length for a pipe or a file, piece by piece, as `render` would write it.
 * @param parts its rows: gone through twice for people, since columns are as wide as their widest value.
 */
export function renderParts(
  list: List,
  parts: Parts,
  format: 'screen' | 'json' | 'csv',
  screen: Screen,
): AsyncIterable<string> {
  if (format === 'json') return jsonParts(list, parts)
  if (format === 'csv') return csvParts(list, parts)
  return screenParts(list, parts, screen)
}
