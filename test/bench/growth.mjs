// How each cost grows with the number of deals, as the table and chart of docs/PERFORMANCE.md.
import asciichart from 'asciichart'
import { bookOf } from './books.mjs'
import { FUNNEL, median, node, time } from './measure.mjs'
import { deals } from './rows.mjs'

const SIZES = [1000, 3000, 10_000, 30_000, 100_000, 300_000, 1_000_000]
const ROUNDS = 3
const COSTS = [
  ['report', 'open'],
  ['report', 'closed', '--period', '2026-Q2'],
  ['report', 'closed', '--period', 'all'],
  ['forecast'],
]

/** Prints the table and the chart (both scales logarithmic), as Markdown. */
export async function growth(folder) {
  const rows = SIZES.map((size) => {
    const file = bookOf(folder, deals(size))
    return COSTS.map((args) =>
      median(Array.from({ length: ROUNDS }, () => time(node(FUNNEL, '--book', file, ...args)))),
    )
  })
  const names = COSTS.map((args) => args.join(' '))
  console.log(`| deals | ${names.join(' | ')} |`)
  console.log(`|${'---:|'.repeat(names.length + 1)}`)
  rows.forEach((cells, index) => {
    const figures = cells.map((value) => `${value.toFixed(0)} ms`)
    console.log(`| ${SIZES[index].toLocaleString('en')} | ${figures.join(' | ')} |`)
  })
  console.log('\nMilliseconds as powers of ten, from 1,000 to 1,000,000 deals:\n\n```')
  const wide = (values) => values.flatMap((value) => Array(8).fill(Math.log10(value)))
  const series = COSTS.map((_, index) => wide(rows.map((cells) => cells[index])))
  console.log(asciichart.plot(series, { height: 12, min: 1, max: 4.5 }))
  console.log('```')
}
