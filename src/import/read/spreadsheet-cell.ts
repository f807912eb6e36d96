import { type CellObject, SSF } from 'xlsx'
import type { TypedValue } from './source.ts'

/** A cell as text, and what is known of it beyond that. */
export interface ReadCell {
  text: string
  typed?: TypedValue
}

// Day 0 of the two calendars of spreadsheets, before the leap day that 1900 never had is left out.
const EPOCHS = { 1900: Date.UTC(1899, 11, 30), 1904: Date.UTC(1904, 0, 1) }
const LAST_SERIAL = 2_958_466
// Numbers without a date format are read as days only within these years, if at all.
const LIKELY_DAYS = /^(?:19(?:5[4-9]|[6-9]\d)|20(?:[0-5]\d|6[0-4]))-/

/** The day, with the time if there is one, of a spreadsheet's day number; it has no time zone. */
function dateText(serial: number, year: 1900 | 1904): string | undefined {
  // Until March 1900 Excel's days are one off, since it takes 1900 for a leap year.
  const shift = year === 1900 && serial < 60 ? 1 : 0
  if (serial < 0 || serial >= LAST_SERIAL) return undefined
  const seconds = Math.round((serial + shift) * 86_400)
  const iso = new Date(EPOCHS[year] + seconds * 1000).toISOString()
  return iso.slice(11, 19) === '00:00:00' ? iso.slice(0, 10) : iso.slice(0, 19)
}

/** The 15 digits of a number that are exact in spreadsheets: 0.3, not 0.30000000000000004. */
function sureDigits(value: number): number {
  return Number.isSafeInteger(value) ? value : Number(value.toPrecision(15))
}

/** A number in decimals, never as 1.2E+12. */
function plainNumber(value: number): string {
  const text = String(sureDigits(value))
  const [, sign, whole = '', fraction = '', power] =
    /^(-?)(\d)(?:\.(\d+))?e([-+]\d+)$/.exec(text) ?? []
  if (power === undefined) return text
  const digits = whole + fraction
  const places = Number(power)
  if (places > 0) return sign + digits.padEnd(places + 1, '0')
  return `${sign}0.${'0'.repeat(-places - 1)}${digits}`
}

/** No spreadsheet program has a longer number format; reading a long one takes long. */
const LONGEST_FORMAT = 255

/** A number as a number format shows it. */
type FormatKind = 'general' | 'date' | 'time' | 'shown'

function kindOfFormat(format: string): FormatKind {
  if (format.length > LONGEST_FORMAT) return 'general'
  if (/^general$|^@$/i.test(format)) return 'general'
  if (/\[(?:h+|m+|s+)\]/i.test(format)) return 'time'
  const signs = format.replaceAll(/"[^"]*"|\\.|\[[^\]]*\]|_./g, '')
  if (!SSF.is_date(format)) return /E[+-]/i.test(signs) ? 'general' : 'shown'
  return /[yde]|m(?!.*[hs])(?<![hs].*m)/i.test(signs) ? 'date' : 'time'
}

// For a number without a unit, the number itself says more than what a program showed.
const BARE = /^[-\d.,\s'’]*(?:E[+-]?\d+)?$/i

/**
 * Reads the cells of a workbook; formats are looked at once each.
 * @param year the calendar that the workbook counts its days in.
 * @param bringsTexts true if cells come with the text that was shown for them (OpenDocument).
 */
export function cellReader(
  year: 1900 | 1904,
  bringsTexts: boolean,
): (cell: CellObject) => ReadCell {
  const kinds = new Map<string, FormatKind>()
  const kindOf = (format: string): FormatKind => {
    let kind = kinds.get(format)
    if (kind === undefined) kinds.set(format, (kind = kindOfFormat(format)))
    return kind
  }
  // Lists have few different days.
  const days = new Map<number, string>()
  const dayOf = (serial: number): string | undefined => {
    let day = days.get(serial)
    if (day !== undefined) return day
    day = dateText(serial, year)
    if (day !== undefined && Number.isInteger(serial)) days.set(serial, day)
    return day
  }
  const shown = (format: string, value: number): string => {
    try {
      return SSF.format(format, value, { date1904: year === 1904 }).trim()
    } catch {
      return plainNumber(value)
    }
  }
  const numberCell = (value: number, format: string, brought = ''): ReadCell => {
    // An invalid or empty day or number: what was shown for it is all there is.
    if (!Number.isFinite(value)) return brought ? { text: brought.trim() } : errorCell('#NUM!')
    const kind = kindOf(format)
    if (kind === 'time' && value >= 0) return { text: shown(format, value) }
    const day = kind === 'date' ? dayOf(value) : undefined
    if (day !== undefined) return { text: day, typed: { kind: 'date', value: day } }
    const hasUnit = bringsTexts && !BARE.test(brought)
    const own = kind === 'shown' ? shown(format, value) : plainNumber(value)
    const text = hasUnit ? brought.trim() : own
    const typed = { kind: 'number', value: sureDigits(value) } as const
    if (!Number.isInteger(value) || kind !== 'general') return { text, typed }
    const likely = dayOf(value)
    return { text, typed: likely && LIKELY_DAYS.test(likely) ? { ...typed, day: likely } : typed }
  }
  return (cell) => {
    if (cell.t === 's') {
      const text = String(cell.v ?? '')
      return bringsTexts && SHOWN_ERROR.test(text) ? errorCell(text) : { text }
    }
    if (cell.t === 'n') return numberCell(Number(cell.v), String(cell.z ?? 'General'), cell.w)
    if (cell.t === 'b') return { text: cell.v ? 'TRUE' : 'FALSE' }
    if (cell.t === 'e') return errorCell(ERRORS[Number(cell.v)] ?? '#ERROR!')
    return { text: cell.t === 'z' ? '' : String(cell.v ?? '') }
  }
}

// An OpenDocument file gives for an error only what was shown for it.
const SHOWN_ERROR = /^(?:#(?:NULL|DIV\/0|VALUE|REF|NUM)!|#NAME\?|#N\/A|Err:\d{3})$/

/** A cell that holds an error: it is empty, and counted. */
export function errorCell(value: string): ReadCell {
  return { text: '', typed: { kind: 'error', value } }
}

const ERRORS: Record<number, string> = {
  0x00: '#NULL!',
  0x07: '#DIV/0!',
  0x0f: '#VALUE!',
  0x17: '#REF!',
  0x1d: '#NAME?',
  0x24: '#NUM!',
  0x2a: '#N/A',
  0x2b: '#GETTING_DATA',
}
