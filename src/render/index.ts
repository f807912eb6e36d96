import type { Chart, Report } from '../domain/table.ts'
import { plainTable } from './grid.ts'
import { sanitiseReport } from './sanitise.ts'
import type { Screen } from './screen.ts'
import { type Style, styleOf } from './style.ts'
import { totalsOf, totalText } from './totals.ts'
import { wrap } from './wrap.ts'
import { addAll } from '../domain/lists.ts'

/** `screen` is text for people: with lines and colours on a terminal, plain in a pipe. */
export type Format = 'screen' | 'json' | 'csv' | 'md' | 'html'

async function drawChart(
  chart: Chart,
  report: Report,
  screen: Screen,
  style: Style,
): Promise<string> {
  if (chart.kind === 'route') {
    const { drawRoute } = await import('./route.ts')
    return drawRoute(chart, screen, style)
  }
  if (chart.kind === 'fan') {
    const { drawFan } = await import('./fan.ts')
    return drawFan(chart, report.currency, screen, style)
  }
  if (chart.kind === 'line') {
    const { drawLine } = await import('./line.ts')
    return drawLine(chart, report.currency, screen, style)
  }
  const { drawFunnels } = await import('./funnel.ts')
  return drawFunnels([chart], report.currency, screen, style)
}

/** The pictures; funnels that follow one another are drawn together. */
async function drawCharts(report: Report, screen: Screen, style: Style): Promise<string[]> {
  const drawn: string[] = []
  for (let at = 0; at < report.charts.length; at += 1) {
    const funnels = report.charts.slice(at).filter((_, index, all) => {
      return all.slice(0, index + 1).every(({ kind }) => kind === 'funnel')
    }) as Extract<Chart, { kind: 'funnel' }>[]
    const [chart] = report.charts.slice(at)
    if (funnels.length > 1) {
      const { drawFunnels } = await import('./funnel.ts')
      drawn.push(await drawFunnels(funnels, report.currency, screen, style))
      at += funnels.length - 1
    } else if (chart) drawn.push(await drawChart(chart, report, screen, style))
  }
  return drawn
}

async function explanationText(report: Report, style: Style, limit: number): Promise<string> {
  if (!report.explained) return ''
  const { explainedName, explanations } = await import('./explained.ts')
  const lines = explanations(report).map(({ column, formula, example }) =>
    wrap(`${column} = ${formula} = ${example}`.split(' '), ' ', limit),
  )
  return [style.bold(`How it comes about: ${explainedName(report)}`), ...lines].join('\n')
}

// For terminals that have no more than ASCII: the signs of our own, not what names are made of.
const SIGNS: Record<string, string> = {
  '–': '-',
  '−': '-',
  '·': '|',
  '→': '->',
  '×': 'x',
  '’': "'",
  '‘': "'",
  '“': '"',
  '”': '"',
  '≥': '>=',
  '≤': '<=',
  '±': '+/-',
  '√': 'sqrt',
  '²': '^2',
  '½': '1/2',
  '′': "'",
}

const SPARKS = '▁▂▃▄▅▆▇█'

/** A drawing for a terminal that has no more than ASCII. */
export function plainSigns(text: string): string {
  return text
    .replaceAll(' … ', ' to ')
    .replaceAll('…', '~')
    .replaceAll(/[▁▂▃▄▅▆▇█]/g, (spark) => String(SPARKS.indexOf(spark)))
    .replaceAll(/[–−·→×’‘“”≥≤±√²½′]/g, (sign) => SIGNS[sign] ?? sign)
}

async function toScreen(report: Report, screen: Screen): Promise<string> {
  const text = await drawScreen(report, screen)
  return screen.unicode ? text : plainSigns(text)
}

async function drawScreen(report: Report, screen: Screen): Promise<string> {
  const style = await styleOf(screen)
  const limit = screen.width ?? Infinity
  const lines = report.subtitle.map((line) => wrap(line.split(' '), ' ', limit))
  const blocks = [
    [style.bold(wrap(report.title.split(' '), ' ', limit)), ...lines.map(style.dim)].join('\n'),
  ]
  const lead = (report.lead ?? []).map((line) => wrap(line.split(' '), ' ', limit))
  blocks.push(lead.map(style.bold).join('\n'))
  const sections = report.groups
    ? (await import('./bands.ts')).seenSections(report)
    : report.sections.filter((section) => !section.hidden)
  for (const section of sections) {
    if (section.rows.length === 0) continue
    const table = screen.terminal
      ? await (
          await import('./terminal-table.ts')
        ).terminalTable(section, report.currency, screen, style)
      : await plainTable(section, report.currency)
    blocks.push(section.title ? `${style.bold(section.title)}\n${table}` : table)
  }
  if (sections.every((section) => section.rows.length === 0)) blocks.push(report.empty)
  addAll(blocks, [
    style.bold(totalsText(report, limit)),
    ...(await drawCharts(report, screen, style)),
    await explanationText(report, style, limit),
  ])
  const notes = report.notes.map((note) => wrap(note.split(' '), ' ', limit))
  if (notes.length > 0) blocks.push(notes.map(style.dim).join('\n'))
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`
}

/** The totals, where no table has them as its last line; broken between them to fit the width. */
function totalsText(report: Report, limit: number): string {
  if (!report.totals || report.sections.some(({ footer, hidden }) => footer && !hidden)) return ''
  const parts = totalsOf(report).map((total) => `${total.label} ${totalText(total)}`)
  return wrap(parts, ' · ', limit)
}

/** Writes a report in a format; all formats are made from the same model. */
export async function render(report: Report, format: Format, screen: Screen): Promise<string> {
  if (format === 'json') return (await import('./json.ts')).toJson(report)
  if (format === 'csv') return (await import('./csv.ts')).toCsv(report)
  if (format === 'md') return (await import('./markdown.ts')).toMarkdown(sanitiseReport(report))
  if (format === 'html') return (await import('./html/page.ts')).toHtml(sanitiseReport(report))
  return toScreen(sanitiseReport(report), screen)
}
