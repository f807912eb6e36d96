import { type Currency, formatMoney } from '../domain/money.ts'
import type { BarPart, Chart, FunnelBar } from '../domain/table.ts'
import type { Screen } from './screen.ts'
import { pad } from './grid.ts'
import type { Style } from './style.ts'
import { type Width, widthFor } from './width.ts'
import { maxOf } from '../domain/lists.ts'

type FunnelChart = Extract<Chart, { kind: 'funnel' }>

/** Signs of different shade, so that parts can be told apart without colour. */
interface Blocks {
  full: string
  half: string
  light: string
  leftHalf: string
  rightHalf: string
}

const UNICODE: Blocks = { full: '█', half: '▒', light: '░', leftHalf: '▐', rightHalf: '▌' }
const ASCII: Blocks = { full: '#', half: '=', light: '.', leftHalf: ' ', rightHalf: ' ' }

interface Look {
  name: string
  shade: 'full' | 'half' | 'light'
  paint: keyof Style
}

const PARTS: Record<BarPart, Look> = {
  won: { name: 'won', shade: 'full', paint: 'won' },
  lost: { name: 'lost', shade: 'half', paint: 'lost' },
  open: { name: 'still open', shade: 'light', paint: 'bar' },
  timely: { name: 'in time', shade: 'full', paint: 'bar' },
  stuck: { name: 'stuck', shade: 'half', paint: 'stuck' },
}

const NARROWEST = 10
/** Wider bars would show nothing more. */
const WIDEST = 120
/** Two funnels are put side by side if each bar has at least this many columns. */
const NARROWEST_SIDE_BY_SIDE = 24
const BETWEEN = 3

/** How a funnel is drawn. */
interface Drawing {
  blocks: Blocks
  style: Style
  measure: Width
  /** Columns of the longest bar. */
  width: number
}

/** A centred bar of one colour, in half columns where the screen has them. */
function plainBar(filled: number, { width, blocks, style }: Drawing): string {
  // Two half columns a column; an even number of them can stand in the middle.
  const halves = Math.round(filled * width) * 2
  const margin = (2 * width - halves) / 2
  const spaces = ' '.repeat(Math.floor(margin / 2))
  if (halves === 0) return ' '.repeat(width)
  if (margin % 2 === 0) return spaces + style.bar(blocks.full.repeat(halves / 2)) + spaces
  const core = blocks.full.repeat(halves / 2 - 1)
  return spaces + style.bar(blocks.leftHalf + core + blocks.rightHalf) + spaces
}

/** A bar of one colour from the left. */
function leftBar(filled: number, { width, blocks, style }: Drawing): string {
  const columns = filled === 0 ? 0 : Math.max(1, Math.round(filled * width))
  return style.bar(blocks.full.repeat(columns)) + ' '.repeat(width - columns)
}

/**
 * A centred bar with its first part as the core and the others around it: down a funnel of closed
 * deals the shell of lost ones gets thinner and the core of won ones stays.
 */
function shellBar(bar: FunnelBar, largest: number, { width, blocks, style }: Drawing): string {
  const columns = bar.value <= 0 ? 0 : Math.max(1, Math.round((bar.value / largest) * width))
  const parts = bar.parts ?? []
  let [value, drawn] = [0, 0]
  const rings = parts.map((part, index) => {
    value += Math.max(0, part.value)
    const isLast = index === parts.length - 1
    const upTo = isLast ? columns : Math.min(columns, Math.round((value / largest) * width))
    const count = Math.max(0, upTo - drawn)
    drawn += count
    return { ...PARTS[part.name], count }
  })
  const paint = ({ shade, paint: name }: Look, count: number): string =>
    count === 0 ? '' : style[name](blocks[shade].repeat(count))
  let text = ''
  rings.forEach((ring, index) => {
    const before = index === 0 ? 0 : Math.floor(ring.count / 2)
    text = paint(ring, before) + text + paint(ring, ring.count - before)
  })
  const left = Math.floor((width - columns) / 2)
  return ' '.repeat(left) + text + ' '.repeat(width - columns - left)
}

/** The figures next to the bars, in columns of their own: the value, then the notes. */
function figuresOf(chart: FunnelChart, currency: Currency | null, measure: Width): string[] {
  const value = ({ value: amount }: FunnelBar): string =>
    chart.unit === 'money' && currency ? formatMoney(amount, currency) : String(amount)
  const cells = chart.bars.map((bar) => [value(bar), ...bar.notes])
  const count = maxOf(
    cells.map((line) => line.length),
    0,
  )
  const widths = Array.from({ length: count }, (_, index) =>
    maxOf(cells.map((line) => measure(line[index] ?? ''))),
  )
  return cells.map((line) =>
    widths.map((size, index) => pad(line[index] ?? '', size, measure, true)).join('  '),
  )
}

function legendOf(charts: readonly FunnelChart[], { blocks, style }: Drawing): string {
  const parts = charts.find(({ bars }) => bars.some((bar) => bar.parts))?.bars[0]?.parts ?? []
  return parts
    .map(({ name }) => {
      const { shade, paint, name: said } = PARTS[name]
      return `${style[paint](blocks[shade])} ${said}`
    })
    .join('  ')
}

/** The bars of one funnel with their figures, each line as wide as the others. */
function linesOf(chart: FunnelChart, figures: string[], drawing: Drawing): string[] {
  const largest = maxOf(
    chart.bars.map((bar) => bar.value),
    0,
  )
  const split = chart.bars.some((bar) => bar.parts)
  return chart.bars.map((bar, index) => {
    const drawn = chart.aligned
      ? leftBar(Math.max(0, bar.value) / largest, drawing)
      : split
        ? shellBar(bar, largest, drawing)
        : plainBar(Math.max(0, bar.value) / largest, drawing)
    return `${drawn}  ${figures[index]}`
  })
}

/**
 * Funnels of centred bars, stages from top to bottom, with figures next to them; of the same stages,
 * and side by side where there is room, else one above the other.
 */
export async function drawFunnels(
  charts: readonly FunnelChart[],
  currency: Currency | null,
  screen: Screen,
  style: Style,
): Promise<string> {
  const some = charts.filter(
    ({ bars }) =>
      maxOf(
        bars.map((bar) => bar.value),
        0,
      ) > 0,
  )
  const [first] = some
  if (!first) return ''
  const blocks = screen.unicode ? UNICODE : ASCII
  const labels = first.bars.map((bar) => bar.label)
  const measure = await widthFor(
    some.flatMap(({ bars }) => bars.flatMap((bar) => [bar.label, ...bar.notes])),
  )
  const labelWidth = maxOf(labels.map(measure))
  const figures = some.map((chart) => figuresOf(chart, currency, measure))
  const figureWidth = figures.map((lines) => maxOf(lines.map(measure)))
  const screenWidth = screen.width ?? 100
  const fixed = figureWidth.reduce((sum, width) => sum + width + 2, 0) + labelWidth + 2
  const sideBySide = Math.floor((screenWidth - fixed - BETWEEN * (some.length - 1)) / some.length)
  const isSideBySide = some.length > 1 && sideBySide >= NARROWEST_SIDE_BY_SIDE
  const alone = screenWidth - labelWidth - maxOf(figureWidth) - 4
  const width = Math.max(NARROWEST, Math.min(WIDEST, isSideBySide ? sideBySide : alone))
  const drawing: Drawing = { blocks, style, measure, width }
  const indent = ' '.repeat(labelWidth + 2)
  const drawn = some.map((chart, at) => linesOf(chart, figures[at] ?? [], drawing))
  const legend = legendOf(some, drawing)
  const name = (index: number): string => `${pad(labels[index] ?? '', labelWidth, measure)}  `
  const tail = legend === '' ? [] : [indent + legend]
  if (!isSideBySide) {
    return some
      .map((chart, at) => {
        const lines = (drawn[at] ?? []).map((line, index) => (name(index) + line).trimEnd())
        return [style.bold(chart.title), ...lines, ...tail].join('\n')
      })
      .join('\n\n')
  }
  const gap = ' '.repeat(BETWEEN)
  const titles = some.map(({ title }, at) => {
    const room = width + 2 + (figureWidth[at] ?? 0)
    return style.bold(title) + ' '.repeat(Math.max(0, room - measure(title)))
  })
  const lines = labels.map((_, index) =>
    (name(index) + drawn.map((own) => own[index] ?? '').join(gap)).trimEnd(),
  )
  return [(indent + titles.join(gap)).trimEnd(), ...lines, ...tail].join('\n')
}
