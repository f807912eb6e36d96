function choose(n: number, k: number): bigint {
  let ways = 1n
  for (let i = 0; i < k; i += 1) ways = (ways * BigInt(n - i)) / BigInt(i + 1)
  return ways
}

/** Fisher's exact test by every table with the same margins, in whole numbers of any length. */
export function fisherByCounting(a: number, b: number, c: number, d: number): number {
  const ways = (x: number): bigint => choose(a + b, x) * choose(c + d, a + c - x)
  const seen = ways(a)
  let unlikely = 0n
  let all = 0n
  for (let x = 0; x <= a + c; x += 1) {
    if (x > a + b || a + c - x > c + d) continue
    all += ways(x)
    if (ways(x) <= seen) unlikely += ways(x)
  }
  return Number((unlikely * 10n ** 18n) / all) / 1e18
}
