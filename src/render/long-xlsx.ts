import type { CellObject } from 'xlsx'
import { daysBetween, type Day } from '../domain/day.ts'
import { Fault } from '../domain/fault.ts'
import { escapeFormula } from '../domain/csv-injection.ts'
import { type Currency, toDecimal } from '../domain/money.ts'
import type { Cell, Column, LongTable } from '../domain/table.ts'

/** Day 0 of a workbook's calendar. */
const EPOCH = '1899-12-30' as Day
const LONGEST_TEXT = 32_767
const MOST_ROWS = 1_048_576
const WIDEST = 50
const NARROWEST = 8

const HINT = 'export it as CSV: --format csv'

function textCell(text: string): CellObject {
  if (text.length > LONGEST_TEXT) {
    throw new Fault('failed', 'a text is longer than a cell of a workbook may be', HINT)
  }
  // A cell of text is never a formula; only a mark that the import would take off needs another.
  return { t: 's', v: text.startsWith("'") ? escapeFormula(text) : text }
}

function cellOf(value: Cell | undefined, column: Column, currency: Currency | null): CellObject {
  if (value === null || value === undefined) return { t: 'z' }
  if (typeof value === 'boolean') return { t: 'b', v: value }
  if (typeof value === 'string') {
    if (column.type !== 'day') return textCell(value)
    return { t: 'n', v: daysBetween(EPOCH, value as Day), z: 'yyyy-mm-dd' }
  }
  if (column.type === 'share') return { t: 'n', v: value, z: '0.0%' }
  if (column.type !== 'money' || !currency) return { t: 'n', v: value }
  const decimals = currency.digits === 0 ? '' : `.${'0'.repeat(currency.digits)}`
  return { t: 'n', v: toDecimal(value, currency), z: `#,##0${decimals}` }
}

function widthOf(cell: CellObject): number {
  if (cell.t === 'z') return 0
  return cell.z === undefined ? (String(cell.v).split('\n', 1)[0]?.length ?? 0) : 11
}

/** The parts of a workbook that the library does not write: the first row stays in sight. */
const FROZEN =
  '<sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView>'

/**
 * A table as a workbook: typed cells, the header frozen, columns as wide as what they hold.
 * @throws Fault `failed` where a text or the table is longer than a workbook can hold.
 */
export async function* longXlsx({
  name,
  columns,
  currency,
  rows,
}: LongTable): AsyncGenerator<Buffer> {
  const { CFB, utils, write } = await import('xlsx')
  const lines: CellObject[][] = [columns.map(({ key }) => textCell(key))]
  for await (const cells of rows) {
    lines.push(columns.map((column, index) => cellOf(cells[index], column, currency)))
    if (lines.length > MOST_ROWS) {
      throw new Fault('failed', 'there are more rows than a workbook can hold', HINT)
    }
  }
  const sheet = utils.aoa_to_sheet(lines, { dense: true })
  sheet['!cols'] = columns.map((_, index) => {
    const widest = lines.reduce(
      (most, line) => Math.max(most, widthOf(line[index] as CellObject)),
      0,
    )
    return { wch: Math.min(WIDEST, Math.max(NARROWEST, widest + 2)) }
  })
  // Workbooks keep this one name for themselves.
  const book = utils.book_new(sheet, name === 'history' ? 'deal history' : name)
  const bytes = write(book, { type: 'buffer', bookType: 'xlsx', bookSST: true }) as Buffer
  const zip = CFB.read(bytes, { type: 'buffer' })
  const part = CFB.find(zip, '/xl/worksheets/sheet1.xml')
  if (!part) throw new Error('the workbook has no sheet')
  const xml = Buffer.from(part.content as Uint8Array).toString()
  part.content = Buffer.from(xml.replace(/<sheetView workbookViewId="0"[^>]*\/>/, FROZEN))
  yield Buffer.from(
    CFB.write(zip, { type: 'buffer', fileType: 'zip', compression: true }) as Buffer,
  )
}
