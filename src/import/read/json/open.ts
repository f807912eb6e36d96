import { escapeFormula } from '../../../domain/csv-injection.ts'
import { counted } from '../../../domain/text.ts'
import { findField, type ImportKind } from '../../map/fields.ts'
import type { Lines, RawRow, TextFile, TypedValue } from '../source.ts'
import { flatRecord, type JsonCell } from './flat.ts'
import { isObject, type JsonObject } from './parse.ts'
import type { RecordDepth } from './split.ts'
import { chooseList, recordsOf, type RecordList, surveyJson } from './survey.ts'

const ROWS_AT_ONCE = 500

/** How deep the records are, by the beginning of the text. */
function depthOf(text: string): RecordDepth {
  const start = text.trimStart()
  if (start === '') return 0
  if (start.startsWith('[')) return 1
  const [line = ''] = start.split('\n', 1)
  let first: unknown
  try {
    first = JSON.parse(line)
  } catch {
    return 2
  }
  if (start.slice(line.length).trim() !== '' || !isObject(first)) return 0
  const holdsList = Object.entries(first).some(
    ([key, value]) => key !== 'contacts' && Array.isArray(value) && value.every(isObject),
  )
  return holdsList ? 2 : 0
}

/** Cells as a row; a text that looks like a marked formula is kept by a mark of its own. */
function rowOf(number: number, cells: readonly JsonCell[]): RawRow {
  const typed: (TypedValue | undefined)[] = []
  const texts = cells.map((cell, index) => {
    if (typeof cell === 'number') typed[index] = { kind: 'number', value: cell }
    return typeof cell === 'string' ? escapeFormula(cell) : String(cell ?? '')
  })
  return typed.length > 0 ? { number, cells: texts, typed } : { number, cells: texts }
}

function reader(list: RecordList): {
  headers: string[]
  rows: (record: JsonObject) => JsonCell[][]
} {
  const { shape, columns } = list
  if (shape) {
    return { headers: shape.columns(columns), rows: (record) => shape.rows(record, columns) }
  }
  const rows = (record: JsonObject): JsonCell[][] => {
    const cells = flatRecord(record, () => undefined)
    return [columns.map((column) => cells.get(column) ?? null)]
  }
  return { headers: columns, rows }
}

function notesOn(list: RecordList, lists: readonly RecordList[]): string[] {
  const others = lists.filter((one) => one !== list && one.records > 0)
  const notes = []
  if (others.length > 0) {
    const names = others.map(({ name }) => `“${name}”`).join(', ')
    notes.push(`only the list “${list.name}” was read; there is also ${names}`)
  }
  if (list.nested.length > 0) {
    const fields = list.nested.map((field) => `“${field}”`).join(', ')
    const what = counted(list.nested.length, 'field holds records', 'fields hold records')
    notes.push(`${what} of their own, kept as text: ${fields}`)
  }
  return notes
}

/**
 * Opens JSON: an export of this program, or a list of records from another one, whose fields
 * are the columns.
 * @throws Fault `usage` if it is not a list of records, or one of another kind.
 */
export async function openJson(
  { name, text, pieces }: TextFile,
  kind: ImportKind,
  wish: string | undefined,
): Promise<Omit<Lines, 'encoding' | 'delimiter'>> {
  const depth = depthOf(text)
  const survey = await surveyJson(pieces(), depth, name, kind)
  const list = chooseList(survey, kind, name, wish)
  const { headers, rows } = reader(list)
  const currency =
    headers.includes('currency') || !findField(kind, 'currency') ? null : survey.currency
  const header = currency === null ? headers : [...headers, 'currency']
  async function* batches(onBytes?: Parameters<Lines['batches']>[0]): AsyncGenerator<RawRow[]> {
    let batch: RawRow[] = [{ number: 0, cells: header.map(escapeFormula) }]
    let number = 0
    for await (const found of recordsOf(pieces(onBytes), depth, name)) {
      if (found.list !== list.name) continue
      number += 1
      for (const cells of rows(found.record)) {
        batch.push(rowOf(number, currency === null ? cells : [...cells, currency]))
      }
      if (batch.length < ROWS_AT_ONCE) continue
      yield batch
      batch = []
    }
    yield batch
  }
  return { sheet: null, notes: notesOn(list, survey.lists), isRecords: true, batches }
}
