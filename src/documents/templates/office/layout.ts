import type { DocumentKind } from '../../../book/schema/documents.ts'
import type { Block } from '../../../domain/documents.ts'
import type { Words } from '../../words/words.ts'
import { blocksFor } from '../blocks.ts'

/** How a paragraph looks. */
export const STYLES = {
  logo: { size: 10, align: 'right', after: 6 },
  sender: { size: 7.5, gray: true, after: 1 },
  recipient: { size: 10, after: 8 },
  title: { size: 17, bold: true, tint: true, before: 6, after: 2 },
  heading: { size: 12, bold: true, tint: true, before: 5, after: 2 },
  subject: { size: 10, bold: true, after: 3 },
  text: { size: 10, before: 2, after: 2 },
  cell: { size: 9.5 },
  number: { size: 9.5, align: 'right' },
  head: { size: 9, bold: true, tint: true },
  headNumber: { size: 9, bold: true, tint: true, align: 'right' },
  label: { size: 9.5, gray: true },
  details: { size: 8.5, gray: true },
  signature: { size: 8, before: 16, rule: true },
  footer: { size: 7.5, gray: true },
} as const satisfies Record<string, Style>

export interface Style {
  /** In points. */
  size: number
  bold?: boolean
  gray?: boolean
  /** In the colour of the book. */
  tint?: boolean
  align?: 'right'
  /** Room above and below, in mm. */
  before?: number
  after?: number
  /** A line above it. */
  rule?: boolean
}

export type StyleName = keyof typeof STYLES

/** Text with tags in it; bold or not. */
interface Run {
  text: string
  bold?: boolean
}

export interface Paragraph {
  style: StyleName
  runs: readonly Run[]
  /** The value without which it is left out. */
  only?: string
}

/** A table: widths of its columns in mm, and rows of cells with paragraphs. */
export interface Table {
  widths: readonly number[]
  /** How far from the left, in mm. */
  indent: number
  rows: readonly { cells: readonly (readonly Paragraph[])[]; isHead: boolean }[]
  /** Are its rows ruled? */
  ruled: boolean
}

export type Part = Paragraph | Table

export const isTable = (part: Part): part is Table => 'rows' in part

const WIDTH = 165

const p = (style: StyleName, text: string, only?: string): Paragraph => ({
  style,
  runs: [{ text }],
  ...(only === undefined ? {} : { only }),
})

/** Cells of a row that is repeated: the tags stand in the first and the last one. */
function repeated(list: string, cells: (readonly [StyleName, string])[]): Paragraph[][] {
  return cells.map(([style, text], at) => {
    const before = at === 0 ? `{#${list}}` : ''
    const after = at === cells.length - 1 ? `{/${list}}` : ''
    return [p(style, `${before}${text}${after}`)]
  })
}

/** A label and a value in each row, for each fact. */
function factTable(list: string, widths: readonly number[], indent: number): Table {
  const cells = repeated(list, [
    ['label', '{label}'],
    ['cell', '{value}'],
  ])
  return { widths, indent, ruled: false, rows: [{ cells, isHead: false }] }
}

function linesTable(list: 'lines' | 'options', { labels }: Words): Table {
  const heads = [
    labels.position,
    labels.description,
    labels.quantity,
    labels.price,
    labels.discount,
    '{labels.tax}',
    labels.net,
  ]
  const condition = `has_${list}`
  const head = repeated(
    condition,
    heads.map((text, at) => [at < 2 ? 'head' : 'headNumber', text]),
  )
  const row = repeated(list, [
    ['cell', '{position}'],
    ['cell', '{name}'],
    ['number', '{amount}'],
    ['number', '{price}'],
    ['number', '{discount}'],
    ['number', '{tax}'],
    ['number', '{net}'],
  ])
  row[1] = [...(row[1] ?? []), p('details', '{details}', 'details'), p('details', '{note}', 'note')]
  return {
    widths: [11, 60, 22, 22, 15, 13, 22],
    indent: 0,
    ruled: true,
    rows: [
      { cells: head, isHead: true },
      { cells: row, isHead: false },
    ],
  }
}

function lateTable({ labels }: Words): Table {
  const heads = [labels.invoice, labels.issued, labels.due, labels.days_late, labels.open]
  const head = heads.map((text, at) => [p(at < 4 ? 'head' : 'headNumber', text)])
  const row = repeated('late', [
    ['cell', '{number}'],
    ['cell', '{issued}'],
    ['cell', '{due}'],
    ['cell', '{days}'],
    ['number', '{open}'],
  ])
  return {
    widths: [38, 35, 35, 30, 27],
    indent: 0,
    ruled: true,
    rows: [
      { cells: head, isHead: true },
      { cells: row, isHead: false },
    ],
  }
}

/** Sums, those that the reader looks for in bold. */
function sumsTable(): Table {
  const either = (style: StyleName, tag: string, before: string, after: string): Paragraph => ({
    style,
    runs: [
      { text: `${before}{#strong}` },
      { text: tag, bold: true },
      { text: `{/strong}{#plain}${tag}{/plain}${after}` },
    ],
  })
  const cells = [
    [either('cell', '{label}', '{#sums}', '')],
    [either('number', '{value}', '', '{/sums}')],
  ]
  return { widths: [82, 28], indent: WIDTH - 110, ruled: true, rows: [{ cells, isHead: false }] }
}

function blockParts(block: Block, kind: DocumentKind, words: Words): Part[] {
  const blocks: Record<Block, Part[]> = {
    logo: [p('logo', '{logo}')],
    sender: [p('sender', '{seller.line}')],
    recipient: [p('recipient', '{client.envelope}')],
    facts: [factTable('facts', [42, 48], WIDTH - 90)],
    title: [p('title', '{title}'), p('subject', '{subject}', 'subject')],
    intro: [
      p('text', '{intro}', 'intro'),
      ...(kind === 'letter' ? [p('text', '{body}', 'body')] : []),
    ],
    lines: [kind === 'reminder' ? lateTable(words) : linesTable('lines', words)],
    sums: [sumsTable()],
    options: [p('heading', words.labels.options, 'has_options'), linesTable('options', words)],
    note: [p('text', '{note}', 'note')],
    closing: [p('text', '{closing}', 'closing')],
    payment: [p('text', '{terms_text}', 'terms_text'), factTable('account_facts', [42, 90], 0)],
    acceptance: [p('text', '{acceptance}', 'acceptance'), p('signature', words.labels.signature)],
    footer: [],
  }
  return blocks[block]
}

/** The parts of a kind of document, in their order. */
export function layout(kind: DocumentKind, words: Words, blocks: readonly Block[]): Part[] {
  const parts = blocksFor(kind, blocks).flatMap((block) => blockParts(block, kind, words))
  // Two tables in a row would become one.
  return parts.flatMap((part, at): Part[] => {
    const before = parts[at - 1]
    const isJoined = before !== undefined && isTable(before) && isTable(part)
    return isJoined ? [p('details', ''), part] : [part]
  })
}
