import { maxOf } from '../domain/lists.ts'
import { breakLines, type Measure } from './breaks.ts'
import type { DocumentFields, LineFields, PaymentCode } from './fields.ts'
import { qrText } from './qr.ts'

/** What a preview is written for. */
export interface Terminal {
  /** How many columns it has. */
  width: number
  /** How many columns a text takes. */
  measure: Measure
}

/** Narrower terminals would leave no room for words. */
const LEAST_WIDTH = 30
/** A description that is narrower stands above its figures instead of next to them. */
const LEAST_TEXT = 20
const GAP = 2

/** Control characters, and what turns the direction of a text around. */
const UNSAFE = /[\p{Cc}\p{Cs}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu

const safe = (text: string): string =>
  text
    .split('\n')
    .map((line) => line.replaceAll(UNSAFE, ''))
    .join('\n')

/** Writes texts in columns of a terminal. */
function writer({ width: columns, measure }: Terminal) {
  const width = Math.max(LEAST_WIDTH, columns)
  const fill = (text: string, room: number): string => ' '.repeat(Math.max(0, room - measure(text)))
  const lines = (text: string, room = width): string[] =>
    text === '' ? [] : breakLines(safe(text), room, measure)
  const right = (text: string, room: number): string => fill(text, room) + text
  const left = (text: string, room: number): string => text + fill(text, room)

  /** Labels and values below each other. */
  function pairs(all: readonly { label: string; value: string }[]): string[] {
    const most = maxOf(
      all.map(({ label }) => measure(safe(label))),
      0,
    )
    const column = Math.min(most, Math.floor(width / 2))
    return all.flatMap(({ label, value }) => {
      const names = lines(label, column)
      const values = lines(value, width - column - GAP)
      return rows([names, values], [column, width - column - GAP], [left, left])
    })
  }

  /** Cells of several lines next to each other. */
  function rows(
    cells: readonly (readonly string[])[],
    widths: readonly number[],
    aligns: readonly ((text: string, room: number) => string)[],
  ): string[] {
    const high = maxOf(
      cells.map((cell) => cell.length),
      1,
    )
    return Array.from({ length: high }, (_, row) =>
      cells
        .map((cell, at) => aligns[at]?.(cell[row] ?? '', widths[at] ?? 0) ?? '')
        .join(' '.repeat(GAP))
        .trimEnd(),
    )
  }

  return { width, lines, right, left, pairs, rows, rule: '─'.repeat(width) }
}

type Writer = ReturnType<typeof writer>

/** The figures of a line, by the names of their columns. */
const FIGURES = [
  ['quantity', ({ quantity, unit }) => `${quantity} ${unit}`.trim()],
  ['price', ({ price }) => price],
  ['discount', ({ discount }) => discount],
  ['tax', ({ tax }) => tax],
  ['net', ({ net }) => net],
] as const satisfies [string, (line: LineFields) => string][]

/** Lines as a table; where the terminal is too narrow for one, figures below their texts. */
function table(
  { width, lines, left, right, rows, rule }: Writer,
  measure: Measure,
  all: readonly LineFields[],
  labels: DocumentFields['labels'],
): string[] {
  if (all.length === 0) return []
  const kept = FIGURES.filter(([, of]) => all.some((line) => of(line) !== ''))
  const figures = kept.map(([name, of]) => {
    const texts = [labels[name] ?? name, ...all.map(of)].map(safe)
    return { head: texts[0] ?? '', of, room: maxOf(texts.map(measure)) }
  })
  const position = maxOf(
    all.map((line) => measure(line.position)),
    1,
  )
  const taken = figures.reduce((sum, { room }) => sum + room + GAP, position + GAP)
  const words = ({ name, details, alternative_of: of }: LineFields): string =>
    [name, details, of === '' ? '' : `${labels.alternative_to} ${of}`]
      .filter((part) => part !== '')
      .join('\n')
  const room = width - taken
  if (room < LEAST_TEXT) {
    return all.flatMap((line) => [
      ...lines(`${line.position}  ${words(line)}`),
      right(
        figures
          .map(({ of }) => safe(of(line)))
          .filter(Boolean)
          .join('  '),
        width,
      ),
    ])
  }
  const widths = [position, room, ...figures.map((figure) => figure.room)]
  const aligns = [right, left, ...figures.map(() => right)]
  const head = ['', labels.description ?? '', ...figures.map((figure) => figure.head)]
  return [
    ...rows(
      head.map((text) => [safe(text)]),
      widths,
      aligns,
    ),
    rule,
    ...all.flatMap((line) =>
      rows(
        [[line.position], lines(words(line), room), ...figures.map(({ of }) => [safe(of(line))])],
        widths,
        aligns,
      ),
    ),
  ]
}

/** The late invoices of a reminder. */
function lateTable({ width, left, right, rows }: Writer, { late }: DocumentFields): string[] {
  const each = Math.floor((width - GAP * 4) / 5)
  const widths = [each, each, each, each, each]
  return late.flatMap(({ number, issued, due, days, open }) =>
    rows(
      [number, issued, due, days, open].map((text) => [safe(text)]),
      widths,
      [left, left, left, right, right],
    ),
  )
}

/**
 * A document as plain text for a terminal, with its payment code in half blocks if that fits. Nothing in it controls the
 * terminal.
 */
export function previewText(fields: DocumentFields, code: PaymentCode, terminal: Terminal): string {
  const writing = writer(terminal)
  const { width, lines, right, pairs, rule } = writing
  const { seller, client, labels } = fields
  const sums = fields.sums.flatMap(({ label, value, strong }) => {
    const text = `${safe(label)}${' '.repeat(GAP)}${safe(value).padStart(14)}`
    return strong
      ? [right('─'.repeat(Math.min(width, terminal.measure(text))), width), right(text, width)]
      : [right(text, width)]
  })
  const options = table(writing, terminal.measure, fields.options, labels)
  const qr = code === null ? [] : qrText(code.payload)
  const blocks: string[][] = [
    [seller.name, ...seller.address].map((line) => right(safe(line), width)),
    [client.name, client.contact, ...client.address].flatMap((line) => lines(line)),
    pairs(fields.facts),
    [...lines(fields.title), ...lines(fields.subject)],
    lines(fields.intro),
    lines(fields.body),
    table(writing, terminal.measure, fields.lines, labels),
    lateTable(writing, fields),
    sums,
    options.length === 0 ? [] : [...lines(labels.options ?? ''), ...options],
    lines(fields.note),
    lines(fields.closing),
    fields.payment.terms.flatMap((line) => lines(line)),
    pairs(fields.payment.facts),
    terminal.measure(qr[0] ?? '') <= width ? qr : [],
    lines(fields.acceptance),
    fields.footer.length === 0 ? [] : [rule, ...fields.footer.flatMap((line) => lines(line))],
  ]
  return blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join('\n'))
    .join('\n\n')
}
