import { daysBetween, type Day } from '../../domain/day.ts'
import { Fault } from '../../domain/fault.ts'
import { escapeFormula } from '../../domain/csv-injection.ts'
import { type Currency, toDecimal } from '../../domain/money.ts'
import type { Cell, Column } from '../../domain/table.ts'
import { type CellStyle, STYLES } from './styles.ts'

/** Day 0 of a workbook's calendar. */
const EPOCH = '1899-12-30' as Day
const LONGEST_TEXT = 32_767

/** What to type where a workbook cannot hold a table. */
export const HINT = 'export it as CSV: --format csv'

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }

/**
 * Text as XML holds it. Control characters are written as `_x000B_`, and what looks like one so that it
 * stays what it is (ECMA-376, ST_Xstring).
 */
function escaped(text: string): string {
  return (
    text
      .replaceAll(/_(?=x[\dA-Fa-f]{4}_)/g, '_x005F_')
      .replaceAll(/[&<>]/g, (sign) => ENTITIES[sign] ?? sign)
      // oxlint-disable-next-line no-control-regex -- these are what XML cannot hold
      .replaceAll(/[\u0000-\u0008\u000B-\u001F\uFFFE\uFFFF]/g, (sign) => {
        return `_x${sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`
      })
  )
}

function textXml(at: string, text: string): string {
  if (text.length > LONGEST_TEXT) {
    throw new Fault('failed', 'a text is longer than a cell of a workbook may be', HINT)
  }
  // A cell of text is never a formula; only a mark that the import would take off needs another.
  const kept = text.startsWith("'") ? escapeFormula(text) : text
  return `<c r="${at}" t="inlineStr"><is><t xml:space="preserve">${escaped(kept)}</t></is></c>`
}

function numberXml(at: string, value: number, style: CellStyle): string {
  return `<c r="${at}" s="${STYLES[style]}"><v>${value}</v></c>`
}

/** A value as the cell of a sheet, typed; nothing for one that is not known. @param at its place: `B7`. */
export function cellXml(
  at: string,
  value: Cell | undefined,
  { type }: Pick<Column, 'type'>,
  currency: Currency | null,
): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'boolean') return `<c r="${at}" t="b"><v>${value ? 1 : 0}</v></c>`
  if (typeof value === 'string') {
    if (type !== 'day') return textXml(at, value)
    return numberXml(at, daysBetween(EPOCH, value as Day), 'day')
  }
  if (type === 'share') return numberXml(at, value, 'share')
  if (type === 'money' && currency) return numberXml(at, toDecimal(value, currency), 'money')
  return numberXml(at, value, 'general')
}

/** How many letters a value takes in a sheet, at least. */
export function widthOf(value: Cell | undefined, { type }: Pick<Column, 'type'>): number {
  if (value === null || value === undefined) return 0
  if (type === 'day' || type === 'share' || type === 'money') return 11
  return String(value).split('\n', 1)[0]?.length ?? 0
}

/** The letters of a column: `A`, `Z`, `AA`. */
export function columnLetters(column: number): string {
  const last = String.fromCodePoint(65 + (column % 26))
  return column < 26 ? last : columnLetters(Math.floor(column / 26) - 1) + last
}
