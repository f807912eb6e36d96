import { exactKey, nearKeys } from './name-keys.ts'
import { nameWords } from './name-words.ts'
import { blocks, LARGEST_BLOCK, type Pairs } from './pairs.ts'

/**
 * Pairs names that are the same, misspelt, spaced differently, in another order, or part of one another. If
 * many names have the same words, each is paired only with the one before it, and one of them stands for all
 * when compared with names a letter off.
 */
export function pairNames(names: readonly string[], to: Pairs): void {
  const groups = new Map<number, number[]>()
  const near = blocks()
  names.forEach((name, place) => {
    const words = nameWords(name)
    const key = exactKey(words)
    const group = groups.get(key)
    if (group) {
      const fellows = group.length < LARGEST_BLOCK ? group : group.slice(-1)
      for (const fellow of fellows) to.add(fellow, place)
      group.push(place)
      return
    }
    groups.set(key, [place])
    for (const nearKey of nearKeys(words)) near.add(nearKey, place)
  })
  near.each((places) => {
    places.forEach((one, index) => {
      for (const other of places.slice(index + 1)) to.add(one, other)
    })
  })
}
