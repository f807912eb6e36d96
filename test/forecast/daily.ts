import { type Daily } from '../../src/forecast/model/daily.ts'

/** How many of these days are each: 5, 7 and 7 are one on the fifth and two on the seventh. */
export function dailyOf(days: readonly number[]): Daily {
  const first = days.reduce((least, day) => Math.min(least, day), Infinity)
  const last = days.reduce((most, day) => Math.max(most, day), -Infinity)
  const counts = new Int32Array(days.length === 0 ? 0 : last - first + 1)
  for (const day of days) counts[day - first] = (counts[day - first] ?? 0) + 1
  return { first, counts }
}

/** The days, earliest first, each as often as there were any on it. */
export function daysOf({ first, counts }: Daily): number[] {
  return [...counts].flatMap((count, at) => Array.from({ length: count }, () => first + at))
}
