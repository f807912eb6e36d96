import type { Column, Report, Row, Section } from '../domain/table.ts'
import type { Currency } from '../domain/money.ts'
import { visibleColumns } from './grid.ts'
import { unbroken } from './html/escape.ts'
import { formatter } from './text.ts'
import { maxOf } from '../domain/lists.ts'

/** The colours of the page; text on `paper` and `tile` has a contrast of 4.5 or more. */
export const PALETTE = {
  paper: '#ffffff',
  tile: '#eef2f7',
  ink: '#1a202c',
  faint: '#4a5568',
  bar: '#2b6cb0',
  rest: '#e2e8f0',
} as const

const FONT = "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif"
const TABLE = 'role="presentation" cellpadding="0" cellspacing="0" border="0"'
const WIDTH = 640

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}

/** Text of a size and colour; long words break rather than widen a phone's screen. */
function style(size: number, colour: string, more = ''): string {
  return `${FONT};font-size:${size}px;line-height:1.4;color:${colour};${more}`
}

const BREAK = 'word-break:break-word;overflow-wrap:anywhere;'

/**
 * A bar of two cells of a table, which mail programs draw where they drop all else. The figure stands next to
 * it in words, so it is hidden from screen readers.
 */
function bar(part: number): string {
  const filled = Math.round(Math.min(1, Math.max(0, part)) * 100)
  const cell = (width: number, colour: string): string =>
    width === 0
      ? ''
      : `<td width="${width}%" bgcolor="${colour}" style="background:${colour};height:6px;line-height:6px;font-size:1px;">&nbsp;</td>`
  return (
    `<table ${TABLE} width="100%" aria-hidden="true" style="margin-top:4px;"><tr>` +
    `${cell(filled, PALETTE.bar)}${cell(100 - filled, PALETTE.rest)}</tr></table>`
  )
}

/** What a row says first, at the right, and in small letters below. */
interface Places {
  head: Column | undefined
  figure: Column | undefined
  small: Column[]
}

function placesOf(section: Section): Places {
  const shown = visibleColumns(section)
  const [head] = shown
  const figure =
    shown.find(({ type }) => type === 'money') ??
    shown.find(({ type }) => type === 'days' || type === 'count')
  return { head, figure, small: shown.filter((column) => column !== head && column !== figure) }
}

/** Texts that would not be understood without their name. */
const NAMED = new Set(['stage', 'rating'])

/** `Client`-like texts speak for themselves; figures and days need their names. */
function smallText({ label, type, key }: Column, text: string): string {
  if (key === 'phone') {
    const number = text.replaceAll(/[^\d+]/g, '')
    return `<a href="tel:${number}" style="color:${PALETTE.bar};">${escaped(text)}</a>`
  }
  if (type === 'text' && !NAMED.has(key)) return escaped(text)
  const name = /^P\d/.test(label) ? label : label.toLowerCase()
  return `${escaped(name)}&nbsp;${escaped(text)}`
}

function rowHtml(section: Section, row: Row, currency: Currency | null, largest: number): string {
  const { head, figure, small } = placesOf(section)
  const isTotal = row === section.footer
  const all = section.footer ? [...section.rows, section.footer] : section.rows
  const text = (column: Column): string => formatter(column, all, currency)(row[column.key])
  const shown = small.filter((column, index) => {
    const cell = row[column.key]
    if (cell === null || cell === undefined || cell === false) return false
    // Nothing counted and nothing changed can simply be left out.
    return cell !== 0 || index === 0 || (column.type !== 'count' && !column.signed)
  })
  const details = shown.map((column) =>
    column.type === 'flag' ? escaped(column.label.toLowerCase()) : smallText(column, text(column)),
  )
  const value = section.bar === undefined || isTotal ? null : Number(row[section.bar] ?? 0)
  const line = `border-top:${isTotal ? 2 : 1}px solid ${PALETTE.rest};`
  return (
    `<tr><td valign="top" style="${style(15, PALETTE.ink, `padding:8px 8px 8px 0;${line}${BREAK}`)}">` +
    `<span style="font-weight:600;">${head ? escaped(text(head)) : ''}</span>` +
    (details.length === 0
      ? ''
      : `<br><span style="${style(13, PALETTE.faint)}">${details.join(' &middot; ')}</span>`) +
    (value === null || largest <= 0 ? '' : bar(value / largest)) +
    `</td><td valign="top" align="right" nowrap style="${style(15, PALETTE.ink, `padding:8px 0;white-space:nowrap;font-weight:600;${line}`)}">` +
    `${figure ? escaped(text(figure)) : ''}</td></tr>`
  )
}

function sectionHtml(section: Section, currency: Currency | null): string {
  const { figure } = placesOf(section)
  const largest = maxOf(
    section.rows.map((row) => (section.bar === undefined ? 0 : Number(row[section.bar] ?? 0))),
    0,
  )
  const rows = section.footer ? [...section.rows, section.footer] : section.rows
  return (
    `<tr><td style="padding:24px 0 0;"><table ${TABLE} width="100%"><tr>` +
    `<td><h2 style="${style(17, PALETTE.ink, `margin:0 0 4px;font-weight:700;${BREAK}`)}">${escaped(section.title ?? '')}</h2></td>` +
    `<td align="right" valign="bottom" style="${style(13, PALETTE.faint, 'padding-bottom:5px;')}">${escaped(figure?.label ?? '')}</td></tr>` +
    `${rows.map((row) => rowHtml(section, row, currency, largest)).join('')}</table></td></tr>`
  )
}

const TILES_A_LINE = 3

/** The totals, three next to each other: narrow enough for a phone, and no trick is needed for it. */
function tiles(report: Report): string {
  const { totals } = report
  if (!totals) return ''
  const cell = (column: Column): string => {
    const text = formatter(column, [totals], report.currency)(totals[column.key])
    return (
      `<td width="33%" bgcolor="${PALETTE.tile}" valign="top" style="background:${PALETTE.tile};padding:8px;border:2px solid ${PALETTE.paper};">` +
      `<span style="${style(12, PALETTE.faint)}">${escaped(column.label)}</span><br>` +
      `<span style="${style(17, PALETTE.ink, `font-weight:700;${BREAK}`)}">${escaped(text)}</span></td>`
    )
  }
  const shown = report.totalColumns.filter(({ hidden }) => !hidden)
  const lines: string[] = []
  for (let index = 0; index < shown.length; index += TILES_A_LINE) {
    lines.push(
      `<tr>${shown
        .slice(index, index + TILES_A_LINE)
        .map(cell)
        .join('')}</tr>`,
    )
  }
  return `<tr><td style="padding:16px 0 0;"><table ${TABLE} width="100%">${lines.join('')}</table></td></tr>`
}

function paragraph(text: string, size: number, colour: string, more = ''): string {
  return `<tr><td style="${style(size, colour, `padding:4px 0 0;${BREAK}${more}`)}">${escaped(text)}</td></tr>`
}

/**
 * A report as a page of HTML for mail programs: tables and inline styles, no pictures, no scripts,
 * nothing loaded from anywhere. A row of a table says one thing per line, so that a phone shows all
 * of it.
 */
export function toMailHtml(report: Report): string {
  const [first, ...others] = report.subtitle
  const sections = report.sections.filter(({ hidden, rows }) => !hidden && rows.length > 0)
  const body = [
    `<tr><td><h1 style="${style(22, PALETTE.ink, `margin:0;font-weight:700;${BREAK}`)}">${unbroken(escaped(report.title))}</h1></td></tr>`,
    ...(first === undefined ? [] : [paragraph(first, 16, PALETTE.ink, 'font-weight:600;')]),
    ...others.map((line) => paragraph(line, 14, PALETTE.faint)),
    tiles(report),
    ...sections.map((section) => sectionHtml(section, report.currency)),
    ...(sections.length === 0 ? [paragraph(report.empty, 15, PALETTE.ink)] : []),
    '<tr><td style="padding:16px 0 0;"></td></tr>',
    ...report.notes.map((note) => paragraph(note, 13, PALETTE.faint)),
  ]
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light">
<title>${escaped(report.title)}</title>
</head>
<body bgcolor="${PALETTE.paper}" style="margin:0;padding:0;background:${PALETTE.paper};">
<table ${TABLE} width="100%"><tr><td align="center" style="padding:16px;">
<!--[if mso]><table role="presentation" width="${WIDTH}"><tr><td><![endif]-->
<table ${TABLE} width="100%" style="max-width:${WIDTH}px;text-align:left;">
${body.join('\n')}
</table>
<!--[if mso]></td></tr></table><![endif]-->
</td></tr></table>
</body>
</html>
`
}
