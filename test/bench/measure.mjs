import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

export const FUNNEL = fileURLToPath(new URL('../../bin/funnel.js', import.meta.url))

/** The day that every measured command takes for today. */
export const TODAY = '2026-11-23'

// Told at the end by the measured process itself.
const PEAK =
  "data:text/javascript,process.on('exit',()=>process.stderr.write('peak '+process.resourceUsage().maxRSS))"

/** A command line of this program, or of bare node. */
export function node(...args) {
  return [process.execPath, ...args]
}

/** Runs a command to its end. Returns how long it took in milliseconds; throws where it failed. */
export function time([command, ...args], options = {}) {
  const start = process.hrtime.bigint()
  const done = spawnSync(command, args, {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    stdio: ['ignore', 'ignore', 'pipe'],
    ...options,
    env: { ...process.env, FUNNEL_TODAY: TODAY, ...options.env },
  })
  if (done.error) throw done.error
  if (done.status !== 0) throw new Error(`${command} ${args.join(' ')}: ${done.stderr}`)
  return Number(process.hrtime.bigint() - start) / 1e6
}

/** The most memory that a run of this program held, in MiB. */
export function peakMemory(...args) {
  const { stderr, status } = spawnSync(process.execPath, ['--import', PEAK, FUNNEL, ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, FUNNEL_TODAY: TODAY },
  })
  if (status !== 0) throw new Error(`${args.join(' ')}: ${stderr}`)
  return Number(/peak (\d+)/.exec(stderr)?.[1]) / 1024
}

/** The middle one of some figures. */
export function median(values) {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)]
}

/** Times two commands in turn. Returns the medians in milliseconds, and that of the ratios. */
export function pair(reference, own, rounds, { before } = {}) {
  const times = { reference: [], own: [], ratios: [] }
  for (let round = 0; round < rounds; round += 1) {
    before?.()
    times.reference.push(time(reference))
    before?.()
    times.own.push(time(own))
    times.ratios.push(times.own.at(-1) / times.reference.at(-1))
  }
  return {
    reference: median(times.reference),
    own: median(times.own),
    ratio: median(times.ratios),
  }
}
