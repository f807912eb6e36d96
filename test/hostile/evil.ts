import { parse } from 'csv-parse/sync'
import { expect } from 'vitest'
import { read, utils } from 'xlsx'
import { CALENDAR_TASK } from '../../src/domain/task-record.ts'

/** What steers a terminal, but line ends and tabs. */
export const STEERING =
  /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/

/** A formula, a way to the terminal's title and colours, markup, a second record and a mail header. */
export const EVIL =
  '=HYPERLINK("http://x.example")\u001B]0;title\u0007\u001B[2J\u009B31m\u202Etxt\u2066\u007F' +
  '<script>alert(1)</script><img src=x onerror=y>"\'&|`[a](javascript:b)' +
  // A text must not end the component of a calendar that it is in.
  `\r\nEND:VCARD\r\nBEGIN:VCARD\r\nEND:${CALENDAR_TASK}\r\nBEGIN:VALARM\r\nBcc: all@x.example\r\n\r\n{{7*7}}`

/** Lines of a calendar or of cards, those that were folded put together. */
function contentLines(text: string): string[] {
  expect(text.replaceAll('\r\n', '')).not.toMatch(STEERING)
  return text.replaceAll('\r\n ', '').trimEnd().split('\r\n')
}

const NAMED_LINE = /^[A-Z-]+(?:;[A-Z]+=[A-Z]+)*:/

function expectLines(text: string, allowed: RegExp): void {
  const lines = contentLines(text)
  for (const line of lines) expect(line).toMatch(NAMED_LINE)
  for (const line of lines) {
    if (/^(?:BEGIN|END):/.test(line)) expect(line).toMatch(allowed)
  }
  expect(text).not.toMatch(/^Bcc:/m)
}

/** What must hold of a file that was made of such texts, by its extension. A new format is a line. */
export const SAFE: Record<string, (bytes: Buffer) => void> = {
  csv: (bytes) => {
    const rows = parse(bytes, { relax_column_count: true })
    expect(rows.length).toBeGreaterThan(1)
    for (const cell of rows.flat()) expect(cell).not.toMatch(/^[=+\-@\t\r](?!\d+(?:\.\d+)?$)/)
  },
  xlsx: (bytes) => {
    const book = read(bytes, { cellFormula: true, cellHTML: false })
    for (const sheet of Object.values(book.Sheets)) {
      const cells = Object.entries(sheet).filter(([place]) => !place.startsWith('!'))
      for (const [place, cell] of cells)
        expect([place, cell.f, cell.l]).toEqual([place, undefined, undefined])
      expect(utils.sheet_to_json(sheet).length).toBeGreaterThan(0)
    }
  },
  json: (bytes) => {
    const text = bytes.toString()
    expect(text).not.toMatch(STEERING)
    expect(JSON.parse(text)).toBeTypeOf('object')
  },
  jsonl: (bytes) => {
    const lines = bytes.toString().trimEnd().split('\n')
    expect(bytes.toString()).not.toMatch(STEERING)
    for (const line of lines) expect(JSON.parse(line)).toBeTypeOf('object')
  },
  vcf: (bytes) => expectLines(bytes.toString(), /^(?:BEGIN|END):VCARD$/),
  // These components are written, and no other may appear.
  ics: (bytes) =>
    expectLines(
      bytes.toString(),
      new RegExp(`^(?:BEGIN|END):(?:VCALENDAR|${CALENDAR_TASK}|VEVENT)$`),
    ),
  html: (bytes) => {
    const text = bytes.toString()
    expect(text.replaceAll(/\r\n/g, '\n')).not.toMatch(STEERING)
    expect(text).not.toMatch(/<script|<img/i)
    expect(text).not.toMatch(/(?:href|src)="javascript:/i)
    for (const [tag] of text.matchAll(/<[^>]*>/g)) {
      expect(tag.replaceAll(/"[^"]*"/g, '""')).not.toMatch(/javascript:|\son\w+\s*=/i)
    }
  },
  md: (bytes) => {
    expect(bytes.toString()).not.toMatch(STEERING)
    expect(bytes.toString()).not.toMatch(/(?<!\\)<(?:script|img)|(?<!\\)\]\(javascript:/i)
  },
  eml: (bytes) => {
    const [head = ''] = bytes.toString().split(/\r?\n\r?\n/, 1)
    expect(head).not.toMatch(/^Bcc:/im)
    for (const line of head.split(/\r?\n/)) expect(line).toMatch(/^[\w-]+:|^[ \t]/)
  },
}
