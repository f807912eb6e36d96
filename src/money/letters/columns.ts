import { maxOf } from '../../domain/lists.ts'

/** How wide lines of a letter are, so that mail programs do not break them. */
const WIDTH = 72

const widthOf = (text: string): number => Array.from(text).length

/** `Consulting            180.00`: a text to the left and an amount to the right; a long text takes lines of its own. */
export function ledgerLine(text: string, amount: string): string {
  const lines = text.split('\n')
  const last = lines.pop() ?? ''
  const room = WIDTH - widthOf(last) - widthOf(amount)
  const tail = room < 2 ? [last, amount.padStart(WIDTH)] : [`${last}${' '.repeat(room)}${amount}`]
  return [...lines, ...tail].join('\n')
}

/** Lines of a label and a value, the values below one another; those without a value are left out. */
export function labelled(
  pairs: readonly (readonly [label: string, value: string | null])[],
): string {
  const known = pairs.filter((pair): pair is [string, string] => pair[1] !== null && pair[1] !== '')
  const wide = maxOf(
    known.map(([label]) => widthOf(label)),
    0,
  )
  return known
    .map(([label, value]) => `${label}:${' '.repeat(wide - widthOf(label) + 1)}${value}`)
    .join('\n')
}
