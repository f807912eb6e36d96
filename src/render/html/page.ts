import type { Currency } from '../../domain/money.ts'
import type { Column, Report, Row, Section } from '../../domain/table.ts'
import { seenSections } from '../bands.ts'
import { explainedName, explanations } from '../explained.ts'
import { gridOf, visibleColumns } from '../grid.ts'
import { isNumeric, trendOf } from '../text.ts'
import { totalsOf } from '../totals.ts'
import { chartHtml, sparkHtml } from './charts.ts'
import { escapeHtml, unbroken } from './escape.ts'
import { STYLE } from './style.ts'
import { addAll } from '../../domain/lists.ts'

/** The most columns next to one another; more groups go into further tables. */
const MOST_COLUMNS = 9

/** Columns that belong together: a value, what it was before, and the change. */
function values(columns: readonly Column[]): Column[][] {
  const found: Column[][] = []
  for (const column of columns) {
    const last = found.at(-1)
    if (last?.[0] && column.key.startsWith(`${last[0].key}_`)) last.push(column)
    else found.push([column])
  }
  return found
}

/** A group whose columns do not fit a sheet of paper by themselves, in pieces that do. */
function pieces(columns: readonly Column[]): Column[][] {
  if (columns.length < MOST_COLUMNS) return [[...columns]]
  const found: Column[][] = []
  for (const value of values(columns)) {
    const last = found.at(-1)
    if (last && last.length + value.length < MOST_COLUMNS) addAll(last, value)
    else found.push([...value])
  }
  return found
}

/** Splits a table of groups so that every part fits a sheet of paper; groups stay whole where they can. */
function parts(section: Section): Section[] {
  const [name, ...columns] = visibleColumns(section)
  if (!name || columns.every(({ band }) => band === undefined)) return [section]
  const tables: Column[][] = []
  const bands = new Set(columns.map((column) => column.band))
  if (bands.delete(undefined)) bands.add(undefined)
  for (const band of bands) {
    for (const own of pieces(columns.filter((column) => column.band === band))) {
      const last = tables.at(-1)
      if (last && last.length + own.length < MOST_COLUMNS) addAll(last, own)
      else tables.push([...own])
    }
  }
  return tables.map((some) => ({ ...section, columns: [name, ...some] }))
}

/** Text in which no day is broken between two lines. */
function prose(text: string): string {
  return unbroken(escapeHtml(text))
}

/** The name of a column, for a row that is folded into lines of name and value. */
function labelOf({ band, label }: Column): string {
  return escapeHtml(band === undefined ? label : `${band}: ${label}`)
}

function cell(tag: 'td' | 'th', column: Column, content: string): string {
  const scope = tag === 'th' ? ' scope="col"' : ` data-label="${labelOf(column)}"`
  const look = isNumeric(column.type)
    ? ' class="number"'
    : column.type === 'day'
      ? ' class="day"'
      : ''
  return `<${tag}${scope}${look}>${content}</${tag}>`
}

function bandRow(columns: readonly Column[]): string {
  if (columns.every(({ band }) => band === undefined)) return ''
  const cells: { band: string; span: number }[] = []
  for (const { band = '' } of columns) {
    const last = cells.at(-1)
    if (last && last.band === band) last.span += 1
    else cells.push({ band, span: 1 })
  }
  const row = cells.map(({ band, span }) =>
    band === ''
      ? '<td></td>'
      : `<th scope="colgroup" class="band" colspan="${span}">${escapeHtml(band)}</th>`,
  )
  return `<tr>${row.join('')}</tr>`
}

/** How many letters fit on a line of a phone, without the space between columns. */
const TELEPHONE = 34

/** Is a table too wide for a phone, so that its rows are folded there? */
function isWide(lines: readonly (readonly string[])[]): boolean {
  const widths = (lines[0] ?? []).map((_, at) =>
    lines.reduce((widest, line) => Math.max(widest, line[at]?.length ?? 0), 0),
  )
  return widths.reduce((sum, width) => sum + width + 2, 0) > TELEPHONE
}

function tableHtml(section: Section, currency: Currency | null): string {
  const columns = visibleColumns(section)
  const { head, body, foot } = gridOf(section, currency, columns)
  const cells = (line: readonly string[], row?: Row): string =>
    columns
      .map((column, index) => {
        const value = row?.[column.key]
        const isTrend = column.type === 'trend' && typeof value === 'string'
        const text = escapeHtml(line[index] ?? '')
        return cell('td', column, isTrend ? sparkHtml(trendOf(value)) : text)
      })
      .join('')
  const names = columns.map((column, index) => cell('th', column, escapeHtml(head[index] ?? '')))
  const rows = body.map((line, index) => `<tr>${cells(line, section.rows[index])}</tr>`)
  const fold = isWide([head, ...body]) ? ' class="fold"' : ''
  return (
    `<div class="wide"><table${fold}><thead>${bandRow(columns)}<tr>${names.join('')}</tr></thead>` +
    `<tbody>${rows.join('\n')}</tbody>` +
    `${foot ? `<tfoot><tr>${cells(foot)}</tr></tfoot>` : ''}</table></div>`
  )
}

function sectionHtml(section: Section, currency: Currency | null): string {
  const heading = section.title ? `<h2>${escapeHtml(section.title)}</h2>` : ''
  return (
    heading +
    parts(section)
      .map((part) => tableHtml(part, currency))
      .join('\n')
  )
}

function totalsHtml(report: Report): string {
  if (!report.totals) return ''
  const tiles = totalsOf(report).map(({ label, value, more }) => {
    const small = more.map((text) => `<small>${escapeHtml(text)}</small>`)
    return `<div><dt>${escapeHtml(label)}</dt><dd>${[escapeHtml(value), ...small].join('')}</dd></div>`
  })
  return `<dl class="totals">${tiles.join('')}</dl>`
}

function explainedHtml(report: Report): string {
  if (!report.explained) return ''
  const lines = explanations(report).map(
    ({ column, formula, example }) =>
      `<li><strong>${escapeHtml(column)}</strong> = ${escapeHtml(formula)} = ${escapeHtml(example)}</li>`,
  )
  return (
    `<h2>How it comes about: ${escapeHtml(explainedName(report))}</h2>` +
    `<ul class="explained">${lines.join('')}</ul>`
  )
}

/**
 * A report as one page that needs nothing else: no script, no file next to it. Light or dark as the
 * reader has it, from the width of a telephone on, and fit for paper.
 */
export function toHtml(report: Report): string {
  const { currency } = report
  const sections = seenSections(report).filter(({ rows }) => rows.length > 0)
  const charts = report.charts.map((chart) => chartHtml(chart, currency)).filter(Boolean)
  const ofGroups = (report.groups?.groups ?? []).flatMap(({ label, chart }) =>
    chart ? chartHtml({ ...chart, title: `${label}: ${chart.title}` }, currency) : [],
  )
  const pictures = [...charts, ...ofGroups.filter(Boolean)]
  const body = [
    `<h1>${prose(report.title)}</h1>`,
    ...report.subtitle.map((line) => `<p class="what">${prose(line)}</p>`),
    ...(report.lead ?? []).map((line) => `<p class="lead">${prose(line)}</p>`),
    totalsHtml(report),
    pictures.length > 0 ? `<div class="charts">${pictures.join('\n')}</div>` : '',
    ...(sections.length > 0
      ? sections.map((section) => sectionHtml(section, currency))
      : [`<p>${escapeHtml(report.empty)}</p>`]),
    explainedHtml(report),
    report.notes.length > 0
      ? `<div class="notes">${report.notes.map((note) => `<p>${prose(note)}</p>`).join('')}</div>`
      : '',
  ]
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(report.title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
${body.filter((block) => block !== '').join('\n')}
</main>
</body>
</html>
`
}
