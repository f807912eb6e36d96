import asciichart from 'asciichart'
import { type Currency, formatMoney } from '../domain/money.ts'
import type { Chart } from '../domain/table.ts'
import type { Screen } from './screen.ts'
import { niceAbove } from './nice.ts'
import type { Style } from './style.ts'
import { maxOf } from '../domain/lists.ts'

type LineChart = Extract<Chart, { kind: 'line' }>

const HEIGHT = 10
const WIDEST_STEP = 14

// What asciichart draws with: first value, axis, ends, level, the four corners, upright.
const ASCII = ['+', '|', '-', '-', '-', '`', ',', '.', "'", '|']

/** A line over time by asciichart, each point as wide as the screen allows, labels below. */
export function drawLine(
  chart: LineChart,
  currency: Currency | null,
  screen: Screen,
  style: Style,
): string {
  const values = chart.points.map((point) => point.value)
  const largest = maxOf(values, 0)
  if (largest === 0) return ''
  const format = (value: number): string =>
    chart.unit === 'money' && currency ? formatMoney(value, currency) : String(Math.round(value))
  // A level of a count is a whole number, and each is as far from the next.
  const level = chart.unit === 'count' ? Math.ceil(largest / HEIGHT) : niceAbove(largest) / HEIGHT
  const height = chart.unit === 'count' ? Math.ceil(largest / level) : HEIGHT
  const top = height * level
  // asciichart draws its axis over a label of one letter.
  const labelWidth = Math.max(2, format(top).length)
  const room = (screen.width ?? 100) - labelWidth - 3
  const shown = chart.points.slice(-Math.max(2, room))
  const step = Math.max(1, Math.min(WIDEST_STEP, Math.floor(room / shown.length)))
  const series = shown.flatMap((point) => Array.from({ length: step }, () => point.value))
  const plot = asciichart.plot(series, {
    height,
    min: 0,
    max: top,
    format: (value) => format(value).padStart(labelWidth),
    ...(screen.unicode ? {} : { symbols: ASCII }),
  })
  const axis = axisLabels(
    shown.map((point) => point.label),
    step,
    room,
  )
  const indent = ' '.repeat(labelWidth + 2)
  const drawn = plot.split('\n').map((line) => line.trimEnd())
  return `${style.bold(chart.title)}\n${drawn.join('\n')}\n${indent}${style.dim(axis)}`
}

/** Labels at the points they belong to, as many as fit without touching. */
export function axisLabels(labels: string[], step: number, room: number): string {
  let line = ''
  labels.forEach((label, index) => {
    const at = index * step
    if ((line !== '' && at < line.length + 1) || at + label.length > room) return
    line = line.padEnd(at) + label
  })
  return line
}
