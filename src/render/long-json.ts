import { jsonText } from '../domain/json-text.ts'
import { type Currency, toDecimal } from '../domain/money.ts'
import type { Cell, Column, LongTable } from '../domain/table.ts'

/** A record as JSON has it. */
export type JsonRecord = Record<string, unknown>

function jsonValue(cell: Cell | undefined, { type }: Column, currency: Currency | null): Cell {
  if (type === 'money' && typeof cell === 'number' && currency) return toDecimal(cell, currency)
  return cell ?? null
}

/** The rows of a table as records, by the keys of its columns. */
export async function* tableRecords({
  columns,
  currency,
  rows,
}: LongTable): AsyncGenerator<JsonRecord> {
  for await (const cells of rows) {
    // fromEntries makes own properties even of `__proto__`.
    yield Object.fromEntries(
      columns.map((column, index) => [column.key, jsonValue(cells[index], column, currency)]),
    )
  }
}

/** Records as JSON Lines: one a line. */
export async function* jsonLines(records: AsyncIterable<JsonRecord>): AsyncGenerator<string> {
  for await (const record of records) yield `${jsonText(record)}\n`
}

/** Records as one JSON object, that holds them under the name of what they are. */
export async function* jsonList(
  { name, currency }: Pick<LongTable, 'name' | 'currency'>,
  records: AsyncIterable<JsonRecord>,
): AsyncGenerator<string> {
  const head = currency ? `"currency":${jsonText(currency.code)},\n` : ''
  yield `{${head}${jsonText(name)}:[`
  let separator = '\n'
  for await (const record of records) {
    yield separator + jsonText(record)
    separator = ',\n'
  }
  yield '\n]}\n'
}
