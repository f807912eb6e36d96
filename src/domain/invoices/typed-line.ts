/** A line as it is typed in one text, its parts not read yet. */
export interface TypedLine {
  text: string
  quantity?: string
  unit?: string
  price?: string
  discount?: string
  tax?: string
}

/** Words between a quantity and a name that are what it is counted in. */
const UNITS = new Set(
  'h hr hrs hour hours d day days week weeks month months pc pcs piece pieces unit units set sets box boxes kg g t m m2 m² m³ km l ml std stk tag tage stück шт ч час дн мес'.split(
    ' ',
  ),
)

const TAIL = /\s+(?:@\s*(?<price>\S+)|-(?<discount>[\d.,]+%)|\+(?<tax>[\d.,]+%))$/u
const HEAD = /^(?<quantity>\d[\d.,]*)(?:(?<gap>\s*)(?<word>[\p{L}×][\p{L}\d²³]*)\.?(?=\s)|\s)\s*/u

/** Is a word after a quantity what it is counted in? `D` is not: `3D model` is a name. */
const isUnit = (word: string): boolean => UNITS.has(word.toLowerCase()) && !/^\p{Lu}$/u.test(word)

/**
 * Takes a line apart: `2 h Consulting @ 90 -5% +19%` is two hours of Consulting at 90 less 5 %, with 19 % of tax. The
 * quantity comes first, what it is counted in after it if that is a usual word for it, and the price, discount and
 * tax last, in any order; all of them may be left out.
 */
export function takeApart(line: string): TypedLine {
  let rest = line.trim()
  const parts: Record<string, string> = {}
  for (let tail = TAIL.exec(rest); tail; tail = TAIL.exec(rest)) {
    const [name, value] =
      Object.entries(tail.groups ?? {}).find(([, text]) => text !== undefined) ?? []
    if (name === undefined || value === undefined || name in parts) break
    parts[name] = value
    rest = rest.slice(0, tail.index)
  }
  const head = HEAD.exec(rest)
  const { quantity, gap, word } = head?.groups ?? {}
  if (head && quantity !== undefined) {
    const counted = word !== undefined && isUnit(word)
    const isTimes = word === 'x' || word === '×'
    if (counted) parts.unit = word
    if (counted || isTimes || gap !== '') {
      parts.quantity = quantity
      rest = rest.slice(counted || isTimes || word === undefined ? head[0].length : quantity.length)
    }
  }
  return { text: rest.trim(), ...parts }
}
