/** The kinds of arrays that columns are kept in. */
type Numbers = Int32Array | Float64Array | Uint8Array | Uint16Array

/** A column that grows: each number takes its own size; in a list it would take eight bytes. */
export interface Growing<T extends Numbers> {
  push: (value: number) => void
  /** Changes the last number. */
  setLast: (value: number) => void
  last: () => number
  length: () => number
  /** All of them. */
  take: () => T
}

const FIRST_SIZE = 1024

/**
 * An empty column.
 * @param make the array of a length: `(size) => new Int32Array(size)`.
 * @param expected roughly how many numbers will come: a column that never grows leaves no copies behind,
 *   and the part never written to takes no memory.
 */
export function growing<T extends Numbers>(make: (size: number) => T, expected = 0): Growing<T> {
  let values = make(Math.max(FIRST_SIZE, expected))
  let length = 0
  return {
    push(value): void {
      if (length === values.length) {
        const larger = make(length * 2)
        larger.set(values)
        values = larger
      }
      values[length] = value
      length += 1
    },
    setLast(value): void {
      values[length - 1] = value
    },
    last: () => values[length - 1] as number,
    length: () => length,
    take: () => values.subarray(0, length) as T,
  }
}
