import { withoutControls } from '../domain/name.ts'
import type { Day } from '../domain/day.ts'

/** Text as a value of vCard and iCalendar, which hold no control characters: RFC 6350 §3.4, RFC 5545 §3.3.11. */
export function escaped(text: string): string {
  const lines = text.replaceAll(/\r\n|\r/g, '\n')
  return withoutControls(lines)
    .replaceAll(/[\\;,]/g, String.raw`\$&`)
    .replaceAll('\n', String.raw`\n`)
}

const LONGEST = 75

/** A line as both formats want it: no piece longer than 75 bytes, no character cut in two. */
export function folded(line: string): string {
  let text = ''
  let bytes = 0
  for (const character of line) {
    const size = Buffer.byteLength(character)
    if (bytes + size > LONGEST) {
      text += '\r\n '
      bytes = 1
    }
    text += character
    bytes += size
  }
  return `${text}\r\n`
}

/** A day as iCalendar writes it: `20261123`. */
export function compact(day: Day): string {
  return day.replaceAll('-', '')
}

/** A moment in milliseconds since 1970 as iCalendar writes it in UTC: `20261123T133000Z`. */
export function utc(moment: number): string {
  return `${new Date(moment).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`
}
