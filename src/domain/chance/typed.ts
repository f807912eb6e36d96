import { Fault } from '../fault.ts'
import { parsePortion } from '../lines/read.ts'
import type { Share } from '../share.ts'

const MILLION = 1_000_000

const WHAT = 'chance to win'

/**
 * Reads a chance to win as a person types it: `70%`, `7.5%`, `70`. 0 % and 100 % are allowed.
 * @throws Fault `usage` for anything else, also for `0.7`, which can mean 70 % or 0.7 %.
 */
export function parseChance(text: string): Share {
  return (parsePortion(text, WHAT) / MILLION) as Share
}

const FRACTION = /^0?[.,]\d+$/

/**
 * Reads a chance to win in a file, where `0.7` is 70 %: no program writes so small a percentage without its sign.
 * @throws Fault `usage` for anything else than a chance, and for `1`, which can mean 1 % or 100 %.
 */
export function readChance(text: string): Share {
  const cell = text.trim()
  if (FRACTION.test(cell)) {
    return (Math.round(Number(cell.replace(',', '.')) * MILLION) / MILLION) as Share
  }
  if (/^1(?:[.,]0+)?$/.test(cell)) {
    throw new Fault('usage', `“${cell}” can be 1% or 100%`, 'write the sign')
  }
  const isZero = /^0(?:[.,]0+)?$/.test(cell)
  return isZero ? (0 as Share) : parseChance(cell.replace(/([.,]\d{4})\d+(?=\s*%?$)/, '$1'))
}

/** A chance as files have it, with at most four decimals of a percent: `70%`. */
export function writtenChance(chance: number): string {
  return `${Number((chance * 100).toFixed(4))}%`
}
