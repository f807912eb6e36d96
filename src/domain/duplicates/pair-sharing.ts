import { agree, type SharedKey } from './contact-keys.ts'
import { hash } from './hash.ts'
import { blocks, LARGEST_BLOCK, type Pairs } from './pairs.ts'

/** A filter, eight bytes per item, that tells what may be shared from what certainly is not. */
export interface SharingHints {
  add: (place: number, what: SharedKey) => void
  /** Says which items are probably shared by a few clients, and by whom. */
  settle: () => { likely: (what: SharedKey) => boolean; places: number[] }
}

/** No hints yet. */
export function sharingHints(): SharingHints {
  const keyOf = ({ kind, key }: SharedKey): number => hash(`${kind}:${key}`)
  const all = blocks()
  return {
    add: (place, what) => all.add(keyOf(what), place),
    settle() {
      const keys = new Set<number>()
      const places = new Set<number>()
      all.each((sharing, key) => {
        keys.add(key)
        for (const place of sharing) places.add(place)
      })
      return {
        likely: (what) => keys.has(keyOf(what)),
        places: [...places].toSorted((a, b) => a - b),
      }
    },
  }
}

interface Holder {
  place: number
  what: SharedKey
}

/** Clients by what they can share. */
export interface Holders {
  add: (place: number, what: SharedKey) => void
  /** Pairs clients that share something with a few others; what many have means nothing. */
  pairUp: (to: Pairs) => void
}

function pairHolders(same: readonly Holder[], to: Pairs): void {
  same.forEach((one, index) => {
    for (const other of same.slice(index + 1)) {
      if (!agree(one.what, other.what)) continue
      const { kind, key, text } = one.what
      const shown = kind === 'ref' ? `${text}, ${other.what.text}` : text
      to.add(one.place, other.place, { kind, key, text: shown, holders: same.length })
    }
  })
}

/** An empty list of holders. */
export function holders(): Holders {
  const byKey = new Map<string, Holder[]>()
  return {
    add(place, what) {
      const key = `${what.kind}:${what.key}`
      const same = byKey.get(key)
      if (!same) byKey.set(key, [{ place, what }])
      else if (!same.some((holder) => holder.place === place)) same.push({ place, what })
    },
    pairUp(to) {
      for (const same of byKey.values()) {
        if (same.length > 1 && same.length <= LARGEST_BLOCK) pairHolders(same, to)
      }
    },
  }
}
