import { tidyName } from '../domain/name.ts'
import type { Currency } from '../domain/money.ts'
import type { Column, Report, Section } from '../domain/table.ts'
import { seenSections } from './bands.ts'
import { explainedName, explanations } from './explained.ts'
import { gridOf, visibleColumns } from './grid.ts'
import { isNumeric } from './text.ts'
import { totalsOf, totalText } from './totals.ts'

/** Text that Markdown shows as it is: none of it is read as markup. */
function escape(text: string): string {
  return tidyName(text).replaceAll(/[\\`*_[\]<>|#~&]/g, String.raw`\$&`)
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`
}

function rule({ type }: Column): string {
  return isNumeric(type) ? '---:' : '---'
}

/** A section as a table; columns that belong together have the name of what they belong to. */
function table(section: Section, currency: Currency | null): string {
  const grid = gridOf(section, currency, visibleColumns(section))
  const head = grid.columns.map(({ label, band }) => (band ? `${band}: ${label}` : label))
  return [
    line(head.map(escape)),
    line(grid.columns.map(rule)),
    ...grid.body.map((cells) => line(cells.map(escape))),
    ...(grid.foot
      ? [line(grid.foot.map((cell) => (cell === '' ? '' : `**${escape(cell)}**`)))]
      : []),
  ].join('\n')
}

function totalsText(report: Report): string {
  const { totals, sections } = report
  if (!totals || sections.some(({ footer, hidden }) => footer && !hidden)) return ''
  return totalsOf(report)
    .map((total) => `${escape(total.label)} **${escape(totalText(total))}**`)
    .join(' · ')
}

function explained(report: Report): string {
  if (!report.explained) return ''
  const lines = explanations(report).map(
    ({ column, formula, example }) =>
      `- **${escape(column)}** = ${escape(formula)} = ${escape(example)}`,
  )
  return [`### How it comes about: ${escape(explainedName(report))}`, '', ...lines].join('\n')
}

/** A report as Markdown (GitHub's tables), without its pictures. */
export function toMarkdown(report: Report): string {
  const sections = seenSections(report)
  const tables = sections
    .filter(({ rows }) => rows.length > 0)
    .map((section) => {
      const heading = section.title ? `### ${escape(section.title)}\n\n` : ''
      return heading + table(section, report.currency)
    })
  const blocks = [
    `## ${escape(report.title)}`,
    report.subtitle.map(escape).join('\n\n'),
    (report.lead ?? []).map((sentence) => `**${escape(sentence)}**`).join('\n\n'),
    ...(tables.length > 0 ? tables : [escape(report.empty)]),
    totalsText(report),
    explained(report),
    report.notes.map((note) => `> ${escape(note)}`).join('\n>\n'),
  ]
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`
}
