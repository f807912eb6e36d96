import type { Money } from '../money.ts'

interface Cut {
  index: number
  share: bigint
  remainder: bigint
}

/**
 * What a payment takes of the parts of an invoice (its net and tax at each rate) that are not paid yet: of each part
 * `part × amount / open`, the minor units that rounding down leaves over going to the largest remainders. What is taken
 * adds up to `sum of parts × amount / open`, rounded half up, and never is more than a part. A payment of all that is
 * open takes all that is left, so that the payments of an invoice together take each part exactly.
 *
 * 100.00 + 19.00 of tax, 50.00 paid: 42.02 and 7.98; the other 69.00: 57.98 and 11.02.
 * @param parts in minor units; of an invoice in another currency, of the book’s.
 * @param amount minor units of the invoice’s currency: what is paid now.
 * @param open minor units of the invoice’s currency: what was open before.
 */
export function takeShares(parts: readonly Money[], amount: Money, open: Money): Money[] {
  const [paid, of] = [BigInt(amount), BigInt(open)]
  const cuts = parts.map((part, index): Cut => {
    const exact = BigInt(part) * paid
    return { index, share: exact / of, remainder: exact % of }
  })
  const sum = parts.reduce((all, part) => all + BigInt(part), 0n)
  const wanted = (2n * sum * paid + of) / (2n * of)
  const left = Number(cuts.reduce((rest, { share }) => rest - share, wanted))
  const largest = cuts.toSorted((a, b) => Number(b.remainder - a.remainder) || a.index - b.index)
  const rounded = new Set(largest.slice(0, left).map(({ index }) => index))
  return cuts.map(({ index, share }) => (Number(share) + (rounded.has(index) ? 1 : 0)) as Money)
}
