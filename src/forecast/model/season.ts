import { minOf } from '../../domain/lists.ts'
import type { Daily } from './daily.ts'

/** How the months differ: twelve factors, January first, each 1 if there is no season. */
export type Season = readonly number[]

export const NO_SEASON: Season = Array.from({ length: 12 }, () => 1)

const MS_PER_DAY = 86_400_000

/** The month of a day, 0…11. */
export function monthOf(day: number): number {
  return new Date(day * MS_PER_DAY).getUTCMonth()
}

/** Months since year 0 of a day. */
export function monthNumber(day: number): number {
  const date = new Date(day * MS_PER_DAY)
  return date.getUTCFullYear() * 12 + date.getUTCMonth()
}

/** The days of a month, given as months since year 0. */
function daysIn(month: number): number {
  return new Date(Date.UTC(Math.floor(month / 12), (month % 12) + 1, 0)).getUTCDate()
}

// 99 % points of F with 11 and 11 (years − 1) degrees of freedom, by years: 2, 3, 4, 5 and more.
const F99 = [4.46, 3.18, 2.84, 2.68]

/**
 * The season of something that happened so many times on each day: each month's ratio to its centred
 * 12-month mean, averaged over the years and drawn to 1 by how little it stands out from the
 * differences between years: 1 − F₀.₉₉ / F, not below 0. So noise gets none at all, and less than
 * two full years of ratios get none either.
 * Only full months count, from the first day on which it happened to `until`.
 */
export function seasonOf({ first: since, counts: onDay }: Daily, until: number): Season {
  const start = onDay.findIndex((count) => count > 0)
  if (start < 0) return NO_SEASON
  const begin = since + start
  const first = monthNumber(begin) + 1
  const months = monthNumber(until + 1) - first
  if (months < 24) return NO_SEASON
  const counts = Array.from({ length: months }, () => 0)
  onDay.forEach((count, day) => {
    const at = monthNumber(since + day) - first
    if (at >= 0 && at < months) counts[at] = (counts[at] as number) + count
  })
  return shrink(
    ratios(
      counts.map((count, at) => count / daysIn(first + at)),
      first,
    ),
  )
}

/** Each month's ratios to the mean of the 12 months around it, by calendar month; counts are per day. */
function ratios(counts: readonly number[], first: number): number[][] {
  const byMonth: number[][] = Array.from({ length: 12 }, () => [])
  counts.forEach((count, at) => {
    // At the ends the nearest 12 months replace the centred ones.
    const start = Math.min(Math.max(0, at - 6), counts.length - 12)
    const centred = start === at - 6 && at + 6 < counts.length
    const window = counts.slice(start, start + 12)
    const around = centred
      ? (window.reduce((sum, value) => sum + value, 0) +
          ((counts[at + 6] as number) - (counts[start] as number)) / 2) /
        12
      : mean(window)
    if (around > 0) byMonth[(first + at) % 12]?.push(count / around)
  })
  return byMonth
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

function shrink(byMonth: readonly number[][]): Season {
  const years = minOf(byMonth.map((values) => values.length))
  if (years < 2) return NO_SEASON
  const means = byMonth.map(mean)
  const level = mean(means)
  const within = mean(
    byMonth.map((values, month) => {
      const squares = values.map((value) => (value - (means[month] as number)) ** 2)
      return squares.reduce((sum, square) => sum + square, 0) / (values.length - 1)
    }),
  )
  const between = (years * means.reduce((sum, at) => sum + (at - level) ** 2, 0)) / 11
  const f99 = F99[Math.min(years, 5) - 2] as number
  const weight = between === 0 ? 0 : Math.max(0, 1 - (f99 * within) / between)
  return means.map((at) => Math.max(0.05, 1 + weight * (at / level - 1)))
}
