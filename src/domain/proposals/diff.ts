/** A line of an offer as far as two are compared, its values in units that differ only where they do. */
export interface ComparedLine {
  position: number
  /** The line of the deal that it was made of; null if none is known. */
  deal_line_id: number | null
  product_id: number | null
  text: string
  quantity: number
  unit: string | null
  price: number
  discount: number
  tax: number
  net: number
  optional: 0 | 1
  alternative_of: number | null
  counts: 0 | 1
}

/** What of a line can be another. */
const COMPARED = [
  'text',
  'quantity',
  'unit',
  'price',
  'discount',
  'tax',
  'optional',
  'alternative_of',
  'counts',
  'net',
] as const satisfies (keyof ComparedLine)[]

type Part = (typeof COMPARED)[number]

/** A line that only one of two offers has, or that both have and is not the same. */
export type LineChange<L extends ComparedLine> =
  | { kind: 'added'; line: L }
  | { kind: 'dropped'; line: L }
  | { kind: 'changed'; before: L; after: L; parts: Part[] }

/**
 * How lines of two offers belong together: by the line of the deal that they were made of, else by product, else by
 * the first line of their text. Each is taken once, in order.
 */
function pairs<L extends ComparedLine>(before: readonly L[], after: readonly L[]): Map<L, L> {
  const found = new Map<L, L>()
  const taken = new Set<L>()
  const keys: ((line: L) => string | number | null)[] = [
    ({ deal_line_id: id }) => id,
    ({ product_id: id }) => id,
    ({ text }) => text.split('\n')[0]?.toLowerCase() ?? null,
  ]
  for (const keyOf of keys) {
    for (const line of before) {
      const key = found.has(line) ? null : keyOf(line)
      if (key === null) continue
      const other = after.find((one) => !taken.has(one) && keyOf(one) === key)
      if (!other) continue
      found.set(line, other)
      taken.add(other)
    }
  }
  return found
}

/** What changed from one offer to another, in the order of the later one; what was dropped comes last. */
export function lineChanges<L extends ComparedLine>(
  before: readonly L[],
  after: readonly L[],
): LineChange<L>[] {
  const paired = pairs(before, after)
  const earlier = new Map([...paired].map(([line, other]) => [other, line]))
  const changes = after.flatMap((line): LineChange<L>[] => {
    const was = earlier.get(line)
    if (!was) return [{ kind: 'added', line }]
    const parts = COMPARED.filter((part) => was[part] !== line[part])
    return parts.length === 0 ? [] : [{ kind: 'changed', before: was, after: line, parts }]
  })
  const dropped = before.filter((line) => !paired.has(line))
  return [...changes, ...dropped.map((line): LineChange<L> => ({ kind: 'dropped', line }))]
}
