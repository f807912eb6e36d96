import { type Currency, formatMoney } from '../../domain/money.ts'
import type { BarPart, Chart, FanPoint, FunnelBar } from '../../domain/table.ts'
import { niceAbove } from '../nice.ts'
import { escapeHtml } from './escape.ts'
import { maxOf } from '../../domain/lists.ts'

type Of<Kind extends Chart['kind']> = Extract<Chart, { kind: Kind }>

/** Coordinates of a drawing that is stretched to its place. */
const WIDTH = 1000
const HEIGHT = 100

const NAMES: Record<BarPart, string> = {
  won: 'won',
  lost: 'lost',
  open: 'still open',
  timely: 'in time',
  stuck: 'stuck',
}

function number(value: number): string {
  return String(Math.round(value * 100) / 100)
}

function svg(content: string, label: string, height = HEIGHT): string {
  const box = `viewBox="0 0 ${WIDTH} ${height}" preserveAspectRatio="none"`
  return `<svg ${box} role="img" aria-label="${escapeHtml(label)}">${content}</svg>`
}

function rectangle(kind: string, from: number, width: number): string {
  if (width <= 0) return ''
  return `<rect class="${kind}" x="${number(from)}" y="0" width="${number(width)}" height="${HEIGHT}"/>`
}

/** What the colours of a picture mean; a `curve` is a line, all else an area. */
function legend(entries: readonly { look: string; name: string }[]): string {
  if (entries.length === 0) return ''
  const spans = entries.map(({ look, name }) => {
    const mark =
      look === 'curve'
        ? '<line class="curve" x1="0" x2="1" y1=".5" y2=".5"/>'
        : `<rect class="${look}" width="1" height="1"/>`
    return `<span><svg viewBox="0 0 1 1" aria-hidden="true">${mark}</svg>${escapeHtml(name)}</span>`
  })
  return `<div class="legend">${spans.join('')}</div>`
}

/** A centred bar: the first part is its core, the others lie around it. */
function bar(
  { value, parts }: FunnelBar,
  largest: number,
  label: string,
  aligned: 'left' | undefined,
): string {
  const scale = largest > 0 ? WIDTH / largest : 0
  const centred = (kind: string, amount: number): string =>
    rectangle(kind, aligned ? 0 : (WIDTH - amount * scale) / 2, amount * scale)
  if (!parts) return svg(centred('all', Math.max(0, value)), label)
  let sum = 0
  const rings = parts.map((part) => centred(part.name, (sum += Math.max(0, part.value))))
  return svg(rings.toReversed().join(''), label)
}

function valueText(value: number, unit: 'count' | 'money', currency: Currency | null): string {
  return unit === 'money' && currency ? formatMoney(value, currency) : String(Math.round(value))
}

function figure(title: string, content: string): string {
  return `<figure><figcaption>${escapeHtml(title)}</figcaption>${content}</figure>`
}

function funnel(chart: Of<'funnel'>, currency: Currency | null): string {
  const largest = maxOf(
    chart.bars.map(({ value }) => value),
    0,
  )
  if (largest === 0) return ''
  const lines = chart.bars.map((one) => {
    const value = valueText(one.value, chart.unit, currency)
    const parts = (one.parts ?? []).map(
      (part) => `${NAMES[part.name]} ${valueText(part.value, chart.unit, currency)}`,
    )
    const label = [`${one.label} ${value}`, ...parts].join(', ')
    return (
      `<span class="name">${escapeHtml(one.label)}</span>${bar(one, largest, label, chart.aligned)}` +
      `<span class="value">${escapeHtml(value)}</span>` +
      `<span class="note">${escapeHtml(one.notes.join(' '))}</span>`
    )
  })
  const parts = chart.bars.find((one) => one.parts)?.parts ?? []
  return figure(
    chart.title,
    `<div class="bars">${lines.join('')}</div>` +
      legend(parts.map(({ name }) => ({ look: name, name: NAMES[name] }))),
  )
}

/** A plot in its frame: the highest value above, the first, middle and last label below. */
function plot(
  title: string,
  top: string,
  content: string,
  labels: readonly string[],
  below = '',
): string {
  const middle = labels.length > 2 ? [labels[Math.floor((labels.length - 1) / 2)] ?? ''] : []
  const shown = [labels[0] ?? '', ...middle, ...(labels.length > 1 ? [labels.at(-1) ?? ''] : [])]
  const half = `<line class="grid" x1="0" x2="${WIDTH}" y1="50" y2="50"/><line class="grid" x1="0" x2="${WIDTH}" y1="0" y2="0"/>`
  return figure(
    title,
    `<div class="top">${escapeHtml(top)}</div><div class="plot">${svg(half + content, title)}</div>` +
      `<div class="axis">${shown.map((label) => `<span>${escapeHtml(label)}</span>`).join('')}</div>${below}`,
  )
}

function points(values: readonly number[], top: number): string {
  const step = WIDTH / Math.max(1, values.length - 1)
  return values
    .map((value, at) => `${number(at * step)},${number(HEIGHT - (value / top) * HEIGHT)}`)
    .join(' ')
}

function line(chart: Of<'line'>, currency: Currency | null): string {
  const values = chart.points.map(({ value }) => value)
  const largest = maxOf(values, 0)
  if (largest === 0) return ''
  const top = niceAbove(largest)
  return plot(
    chart.title,
    valueText(top, chart.unit, currency),
    `<polyline class="curve" points="${points(values, top)}"/>`,
    chart.points.map(({ label }) => label),
  )
}

const fanLegend = (past: string): Parameters<typeof legend>[0] => [
  { look: 'won', name: past },
  { look: 'curve', name: 'expected' },
  { look: 'band', name: 'P10 to P90' },
]

function highest(point: FanPoint): number {
  return 'value' in point ? point.value : Math.max(point.p90, point.mean)
}

/** Past periods as columns; those to come as a band with its mean, standing on what is won already. */
function fan(chart: Of<'fan'>, currency: Currency | null): string {
  const largest = maxOf(chart.points.map(highest), 0)
  if (largest === 0) return ''
  const top = niceAbove(largest)
  const step = WIDTH / chart.points.length
  const y = (value: number): number => HEIGHT - (Math.max(0, value) / top) * HEIGHT
  const content = chart.points.map((point, at) => {
    const x = at * step + step * 0.1
    const box = (kind: string, low: number, high: number): string =>
      `<rect class="${kind}" x="${number(x)}" y="${number(y(high))}" width="${number(step * 0.8)}" height="${number(y(low) - y(high))}"/>`
    if ('value' in point) return box('won', 0, point.value)
    const mean = number(y(point.mean))
    const won = point.won ? box('won', 0, point.won) : ''
    return `${won}${box('band', point.p10, point.p90)}<line class="curve" x1="${number(x)}" x2="${number(x + step * 0.8)}" y1="${mean}" y2="${mean}"/>`
  })
  return plot(
    chart.title,
    valueText(top, chart.unit, currency),
    content.join(''),
    chart.points.map(({ label }) => label),
    legend(fanLegend(chart.past ?? 'won')),
  )
}

function route(chart: Of<'route'>): string {
  const stops = chart.stops.map(({ label, facts, requirements }) => {
    const more = [
      ...facts,
      ...(requirements.length > 0 ? [`needs ${requirements.join(', ')}`] : []),
    ]
    return `<li>${escapeHtml([label, ...more].join(' · '))}</li>`
  })
  const list = chart.ordered ? 'ol' : 'ul'
  return figure(chart.title, `<${list}>${stops.join('')}</${list}><p>${escapeHtml(chart.ends)}</p>`)
}

/** A picture as HTML with inline SVG: text stays text, so that it can be read at any width. */
export function chartHtml(chart: Chart, currency: Currency | null): string {
  if (chart.kind === 'funnel') return funnel(chart, currency)
  if (chart.kind === 'line') return line(chart, currency)
  if (chart.kind === 'fan') return fan(chart, currency)
  return route(chart)
}

/** Counts over time as a small line in a cell. */
export function sparkHtml(values: readonly number[]): string {
  const top = maxOf(values, 1)
  const curve = `<polyline class="curve" points="${points(values, top)}"/>`
  return svg(curve, values.join(' ')).replace('<svg ', '<svg class="spark" ')
}
