// Measures the program beside its references, each pair in turn in one run.
//   npm run bench -- [--only TEXT] [--json FILE] [--growth] [--dir FOLDER]
// The books are made once, in FOLDER (else a folder for temporary files); the large one is 1 GB.
import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { growth } from './growth.mjs'
import { median, pair, peakMemory, time } from './measure.mjs'
import { rowsOf } from './rows.mjs'

const { values: options } = parseArgs({
  options: {
    only: { type: 'string' },
    json: { type: 'string' },
    dir: { type: 'string', default: path.join(tmpdir(), 'funnel-bench') },
    growth: { type: 'boolean', default: false },
  },
})

function isInstalled(command) {
  return spawnSync(command, ['--version'], { stdio: 'ignore' }).error === undefined
}

/** The figures of one row; `missing` names the package that its reference comes with. */
async function measure({ what, own, reference, rounds, before, memory, ...bars }) {
  const command = await own()
  const figures = { what, reference: reference?.name ?? null, ...bars, memory_bar: memory ?? null }
  if (memory) {
    before?.()
    figures.memory = peakMemory(...command.slice(2))
  }
  if (reference?.needs && !isInstalled(reference.needs)) {
    return { ...figures, missing: reference.needs }
  }
  if (reference) {
    const other =
      typeof reference.command === 'function' ? await reference.command() : reference.command
    const { own: mine, ...rest } = pair(other, command, rounds, { before })
    return { ...figures, own_ms: mine, reference_ms: rest.reference, measured_ratio: rest.ratio }
  }
  const times = Array.from({ length: rounds }, () => {
    before?.()
    return time(command)
  })
  return { ...figures, own_ms: median(times) }
}

function milliseconds(value) {
  if (value === undefined) return '–'
  return value < 1000 ? `${value.toFixed(0)} ms` : `${(value / 1000).toFixed(2)} s`
}

/** Every bar of a row, and whether it holds. */
function verdicts({ ratio, seconds, memory_bar: memory, ...figures }) {
  const verdict = (bar, unit, value) => ({ text: `≤ ${bar}${unit}`, holds: value <= bar })
  return [
    ratio === undefined ? [] : verdict(ratio, ' ×', figures.measured_ratio),
    seconds === undefined ? [] : verdict(seconds, ' s', figures.own_ms / 1000),
    memory === null ? [] : verdict(memory, ' MiB', figures.memory),
  ].flat()
}

function line(figures) {
  const { what, reference, missing } = figures
  if (missing) return `${what.padEnd(48)} needs ${missing}: apt-get install ${missing}`
  const bars = verdicts(figures)
  return [
    what.padEnd(48),
    milliseconds(figures.own_ms).padStart(8),
    (figures.memory === undefined ? '' : `${figures.memory.toFixed(0)} MiB`).padStart(8),
    (figures.measured_ratio === undefined ? '' : `${figures.measured_ratio.toFixed(2)} ×`).padStart(
      7,
    ),
    (reference === null ? '' : `${reference} ${milliseconds(figures.reference_ms)}`).padEnd(36),
    bars.map(({ text, holds }) => `${text} ${holds ? 'holds' : 'DOES NOT HOLD'}`).join(', '),
  ].join('  ')
}

mkdirSync(options.dir, { recursive: true })
if (options.growth) {
  await growth(options.dir)
} else {
  const all = []
  for (const row of await rowsOf(options.dir)) {
    if (options.only && !row.what.includes(options.only)) continue
    const figures = await measure(row)
    all.push(figures)
    console.log(line(figures))
  }
  if (options.json) writeFileSync(options.json, `${JSON.stringify(all, null, 2)}\n`)
}
