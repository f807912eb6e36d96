import { type Currency, formatMoney } from '../domain/money.ts'
import type { Chart, FanPoint } from '../domain/table.ts'
import { axisLabels } from './line.ts'
import { niceStep } from './nice.ts'
import type { Screen } from './screen.ts'
import type { Style } from './style.ts'
import { maxOf } from '../domain/lists.ts'

type FanChart = Extract<Chart, { kind: 'fan' }>

const HEIGHT = 10
const WIDEST_STEP = 8
/** `parts` fill a row from below: what is won is never drawn as nothing. */
const INK = { past: '█', band: '░', mean: '━', parts: '▁▂▃▄▅▆▇█' }
const ASCII_INK = { past: '#', band: ':', mean: '=', parts: '_##' }

function highest(point: FanPoint): number {
  return 'value' in point ? point.value : Math.max(point.p90, point.mean)
}

/** What part of a row a bar of some height fills; nothing if it does not reach it. */
function partOf(value: number, low: number, high: number, { parts }: typeof INK): string {
  if (value <= low) return ''
  const filled = Math.ceil(((value - low) / (high - low)) * parts.length)
  return parts[Math.min(filled, parts.length) - 1] ?? ''
}

/** What a point's column shows between two heights. */
function inkAt(point: FanPoint, low: number, high: number, ink: typeof INK): string {
  const middle = (low + high) / 2
  if ('value' in point) return partOf(point.value, low, high, ink) || ' '
  if (point.mean >= low && point.mean < high) return ink.mean
  const won = partOf(point.won ?? 0, low, high, ink)
  if (won) return won
  return point.p90 > middle && point.p10 < middle ? ink.band : ' '
}

/** Past periods as columns, those to come as the band from P10 to P90 with the mean as a line. */
export function drawFan(
  chart: FanChart,
  currency: Currency | null,
  screen: Screen,
  style: Style,
): string {
  const largest = maxOf(chart.points.map(highest), 0)
  if (largest === 0) return ''
  const format = (value: number): string =>
    chart.unit === 'money' && currency ? formatMoney(value, currency) : value.toFixed(1)
  const height = niceStep(largest, HEIGHT)
  const top = height * HEIGHT
  const labelWidth = format(top).length
  const room = Math.min(screen.width ?? 80, 120) - labelWidth - 3
  const shown = chart.points.slice(0, Math.max(2, Math.floor(room / 2)))
  const step = Math.max(2, Math.min(WIDEST_STEP, Math.floor(room / shown.length)))
  const ink = screen.unicode ? INK : ASCII_INK
  const lines = Array.from({ length: HEIGHT }, (_, row) => {
    const low = (HEIGHT - 1 - row) * height
    const high = low + height
    const columns = shown.map((point) => {
      const mark = inkAt(point, low, high, ink).repeat(step - 1)
      return `${'value' in point ? style.won(mark) : style.bar(mark)} `
    })
    const axis = screen.unicode ? '┤' : '|'
    return `${format(high).padStart(labelWidth)} ${axis}${columns.join('')}`.trimEnd()
  })
  const labels = axisLabels(
    shown.map((point) => point.label),
    step,
    room,
  )
  const key = `${ink.past} ${chart.past ?? 'won'}  ${ink.mean} expected  ${ink.band} P10 to P90`
  const indent = ' '.repeat(labelWidth + 2)
  return [
    style.bold(chart.title),
    ...lines,
    `${indent}${style.dim(labels)}`,
    `${indent}${style.dim(key)}`,
  ].join('\n')
}
