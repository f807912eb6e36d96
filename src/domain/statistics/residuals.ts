import { normalTail } from './normal.ts'

/** How far a cell of a table of counts is from what its row and column suggest. */
export interface Residual {
  /** Row total × column total / all. */
  expected: number
  /** Standardised: normal with deviation 1 where row and column are independent. */
  residual: number
  /** Two-sided chance of a residual at least as large. */
  p: number
}

function total(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0)
}

/**
 * Standardised (adjusted Pearson) residuals of a table of counts:
 * `(n − e) / √(e (1 − row/all)(1 − column/all))` with `e = row × column / all`. Beyond ±2 or so the cell
 * has more or fewer cases than chance gives. Women in the Democratic party, Agresti's table: 762 where
 * 703.7 were expected, residual 4.50.
 * (Haberman, Biometrics 29, 1973; Agresti, Categorical Data Analysis.)
 * @returns row by row; null if a row or column is empty or has everything.
 */
export function standardisedResiduals(
  counts: readonly (readonly number[])[],
): (Residual | null)[][] {
  const all = total(counts.map(total))
  return counts.map((row) => {
    const rowTotal = total(row)
    return row.map((count, at) => {
      const columnTotal = total(counts.map((other) => other[at] ?? 0))
      const expected = (rowTotal * columnTotal) / all
      const variance = expected * (1 - rowTotal / all) * (1 - columnTotal / all)
      if (!(variance > 0)) return null
      const residual = (count - expected) / Math.sqrt(variance)
      return { expected, residual, p: 2 * normalTail(Math.abs(residual)) }
    })
  })
}
