import { type Atom, atomsOf, squeezed } from './atoms.ts'
import { isCommonNumber, saysInvoice } from './number-strength.ts'

/** What has a number by which a payment names it. */
export interface Numbered {
  number: string
  /** The numbers that it is counted with: `2026-{nnnn}`; null for one that came with its number. */
  series: string | null
}

/** A number that a text has. */
export interface Named<T> {
  /** Whatever has that number: several if their numbers differ by separators alone. */
  all: T[]
  /** It may stand there by chance: it is short, reads like a day, or is not written as the book writes it. */
  isWeak: boolean
}

/** Finds numbers in texts. */
export interface NumberIndex<T> {
  /** The numbers that a text names as whole words, in its order, each once. */
  namedIn: (text: string) => Named<T>[]
}

/** A number in a text: its runs from `start` to before `end`. */
interface Hit<T> extends Named<T> {
  start: number
  end: number
}

/** What joins digits to a longer number, an amount or a day. */
const JOINT = /^[-./_:,]$/
const BLANKS = /^\s+$/
/** What stands between the numbers of a list. */
const LIST = /^\s*[+,;&/]\s*$/
const LIST_WORDS = new Set(['UND', 'AND', 'U', 'ET', 'Y', 'E', 'И', '和', 'และ'])

/** The lengths of a number's text at which one of its runs ends. */
function endsOf(atoms: readonly Atom[]): Set<number> {
  let length = 0
  return new Set(atoms.map(({ text }) => (length += text.length)))
}

/** How well runs of a text are spelled like a number of the same letters and digits. */
function spelling(number: string, window: readonly Atom[]): 'same' | 'wrapped' | 'other' {
  const ends = endsOf(atomsOf(number))
  let length = 0
  let spelled: 'same' | 'wrapped' = 'same'
  for (const [at, { text }] of window.entries()) {
    length += text.length
    const next = window[at + 1]
    if (!next || ends.has(length)) continue
    // A bank breaks lines within words; anything else between digits makes another number of them, such as a day.
    if (!BLANKS.test(next.before)) return 'other'
    spelled = 'wrapped'
  }
  return spelled
}

/** Are digits next to a number, across what stands between, part of a longer one? */
function isJoined(between: string, window: readonly Atom[]): boolean {
  if (JOINT.test(between)) return true
  const hasBlanks = window.slice(1).some(({ before }) => BLANKS.test(before))
  return hasBlanks && BLANKS.test(between)
}

/** The number of the same series with other digits: `2026-0042` with `0051` is `2026-0051`; null if they are not as long. */
function completed({ number, series }: Numbered, digits: string): string | null {
  const [before, after] =
    series === null
      ? [number.replace(/\d+\D*$/, ''), /\D*$/.exec(number)?.[0] ?? '']
      : (series.split(/\{n+\}/) as [string, string])
  const width = number.length - before.length - after.length
  return digits.length === width ? before + digits + after : null
}

/** Makes an index of numbers; those without a digit are left out, as they are words. */
export function numberIndex<T extends Numbered>(all: Iterable<T>): NumberIndex<T> {
  const byKey = new Map<string, T[]>()
  let longest = 0
  for (const one of all) {
    const key = squeezed(one.number)
    if (!/\p{Nd}/u.test(key)) continue
    const same = byKey.get(key)
    if (same) same.push(one)
    else byKey.set(key, [one])
    longest = Math.max(longest, key.length)
  }

  const hitAt = (atoms: readonly Atom[], start: number): Hit<T> | null => {
    let key = ''
    let found: Hit<T> | null = null
    for (let end = start + 1; end <= atoms.length; end += 1) {
      key += atoms[end - 1]?.text ?? ''
      if (key.length > longest) break
      const known = byKey.get(key)
      if (!known) continue
      const window = atoms.slice(start, end)
      const spelled = known.map((one) => ({ one, how: spelling(one.number, window) }))
      const fits = spelled.filter(({ how }) => how !== 'other')
      if (fits.length === 0) continue
      const isWeak = fits.some(
        ({ one, how }) => how === 'wrapped' || isCommonNumber(one.number, atomsOf(one.number)),
      )
      found = { all: fits.map(({ one }) => one), isWeak, start, end }
    }
    return found
  }

  const hitsIn = (atoms: readonly Atom[]): Hit<T>[] => {
    const hits: Hit<T>[] = []
    for (let start = 0; start < atoms.length;) {
      const hit = hitAt(atoms, start)
      if (hit) hits.push(hit)
      start = hit?.end ?? start + 1
    }
    return hits
  }

  /** The further numbers of a list behind a hit that give only their last digits. */
  const shortForms = (
    atoms: readonly Atom[],
    hit: Hit<T>,
    starts: ReadonlySet<number>,
  ): Hit<T>[] => {
    const [first, other] = hit.all
    if (!first || other) return []
    const found: Hit<T>[] = []
    for (let at = hit.end; at < atoms.length; at += 1) {
      const isWord = LIST_WORDS.has(atoms[at]?.text ?? '')
      const between = atoms[at]?.before ?? ''
      if (isWord) at += 1
      const atom = atoms[at]
      if (!atom?.isDigits || starts.has(at)) break
      const isBlank = !isWord && BLANKS.test(between)
      if (!isWord && !isBlank && !LIST.test(between)) break
      const next = atoms[at + 1]
      if (next?.isDigits && JOINT.test(next.before) && !LIST.test(next.before)) break
      const number = completed(first, atom.text)
      const known = number === null ? undefined : byKey.get(squeezed(number))
      const [one, another] = known ?? []
      if (!one || another || one === first) break
      found.push({ all: [one], isWeak: isBlank || hit.isWeak, start: at, end: at + 1 })
    }
    return found
  }

  /** Is a hit a part of something longer, and not a number of its own? */
  const isInside = (atoms: readonly Atom[], hit: Hit<T>, taken: ReadonlySet<number>): boolean => {
    const window = atoms.slice(hit.start, hit.end)
    const [first, last] = [window[0], window.at(-1)]
    const [left, right] = [atoms[hit.start - 1], atoms[hit.end]]
    const beforeIt = left?.isDigits && first?.isDigits && !taken.has(hit.start - 1)
    if (beforeIt && isJoined(first?.before ?? '', window)) return true
    if (!right || !last?.isDigits || taken.has(hit.end)) return false
    // `2026-0042A` is another number than `2026-0042`.
    if (!right.isDigits) return right.before === '' && right.text.length === 1
    return isJoined(right.before, window)
  }

  /** Does a word that is written on to the number say that it may be that of something else? */
  const isOthers = (atoms: readonly Atom[], { start }: Hit<T>): boolean => {
    const [left, first] = [atoms[start - 1], atoms[start]]
    if (!left || left.isDigits || !first || !/^-?$/.test(first.before)) return false
    return !saysInvoice(left.text)
  }

  return {
    namedIn(text) {
      const atoms = atomsOf(text)
      const hits = hitsIn(atoms)
      if (hits.length === 0) return []
      const starts = new Set(hits.map(({ start }) => start))
      const lists = hits.map((hit) => [hit, ...shortForms(atoms, hit, starts)])
      const taken = new Set(
        lists
          .flat()
          .flatMap(({ start, end }) => Array.from({ length: end - start }, (_, n) => start + n)),
      )
      const named = lists.flatMap((list) => {
        const [hit] = list
        if (!hit || isInside(atoms, hit, taken)) return []
        const isWeak = isOthers(atoms, hit)
        return list.map((one) => ({ all: one.all, isWeak: one.isWeak || isWeak }))
      })
      const seen = new Set<T>()
      return named.filter(({ all: [one] }) => one && !seen.has(one) && seen.add(one))
    },
  }
}
