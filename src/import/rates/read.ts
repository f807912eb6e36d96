import { readFileSync, statSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import { Fault } from '../../domain/fault.ts'
import { withoutControls } from '../../domain/name.ts'
import { findDelimiter } from '../read/delimiter.ts'
import { kindOf } from '../read/kind.ts'
import { csvOptions } from '../read/records.ts'
import { isBlank } from '../read/source.ts'
import { zippedTable } from '../read/zip.ts'

const MOST_BYTES = 64 << 20
const START = 1 << 16

function textOf(bytes: Buffer): string {
  const isWide = bytes[0] === 0xff && bytes[1] === 0xfe
  return new TextDecoder(isWide ? 'utf-16le' : 'utf-8').decode(bytes)
}

/**
 * The rows of a file of rates, the headers first: delimited text, or a zip archive with one such file in it.
 * @param take is given the number of each row and its cells.
 * @throws Fault `usage` if it is something else.
 */
export function eachRateRow(
  file: string,
  name: string,
  take: (row: number, cells: string[], delimiter: string) => void,
): void {
  if (statSync(file).size > MOST_BYTES) {
    throw new Fault('usage', `${name} is too large for a file of rates`, 'split it by years')
  }
  const bytes = readFileSync(file)
  const kind = kindOf(bytes, name)
  if (kind === 'old') throw new Fault('usage', `${name} is a workbook`, 'save it as .csv')
  const text = textOf(kind === 'zip' ? zippedTable(bytes, name) : bytes)
  const start = text.slice(0, START)
  const delimiter = findDelimiter(start, start.length === text.length)
  const keep = (cells: string[], { lines }: { lines: number }): null => {
    const plain = cells.map((cell) => withoutControls(cell).trim())
    if (!isBlank(plain)) take(lines, plain, delimiter)
    return null
  }
  try {
    parse(text, { ...csvOptions(delimiter, start), bom: true, on_record: keep })
  } catch (error) {
    if (error instanceof Fault) throw error
    throw new Fault('usage', `${name} is not a table`, 'save it as .csv', error)
  }
}
