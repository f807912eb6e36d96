/** How many of something there were on each day: on day d `counts[d − first]`, and none on other days. */
export interface Daily {
  first: number
  counts: Int32Array
}

/** How many there were from a day to a day, both included. */
export function countIn({ first, counts }: Daily, from: number, to: number): number {
  let all = 0
  const end = Math.min(to - first + 1, counts.length)
  for (let at = Math.max(0, from - first); at < end; at += 1) all += counts[at] as number
  return all
}
