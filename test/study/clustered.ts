import { sum } from '../../src/forecast/model/deals-on-day.ts'

/** A share over books, Σ parts ÷ Σ wholes, and its standard error. */
export interface Clustered {
  share: number
  error: number
}

/**
 * A ratio of sums over books that are independent of each other, whatever is alike within one: its
 * error is √(n / (n − 1) · Σ (part − share · whole)²) ÷ Σ whole (Cochran, Sampling Techniques, 1977,
 * § 6.3).
 */
export function clustered(books: readonly { part: number; whole: number }[]): Clustered {
  const whole = sum(books.map((book) => book.whole))
  const share = sum(books.map((book) => book.part)) / whole
  const squares = sum(books.map((book) => (book.part - share * book.whole) ** 2))
  const spread = Math.sqrt((books.length / (books.length - 1)) * squares)
  return { share, error: spread / whole }
}
