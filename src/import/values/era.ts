import { plainText } from '../../domain/plain-text.ts'

// 2400 to 2700, as `date-text.ts` takes them.
const FULL = /(?:^|\D)2(?:[4-6]\d\d|700)(?:\D|$)/
const THAI = /\p{Script=Thai}/u
const SHORT = /^\D*\d{1,2}[./\- ]+\d{1,2}[./\- ]+(\d{2})(?!\d)/
const FIRST = 43

/** Gathers whether a column's dates are of the Buddhist era, and whether it writes years short. */
export interface EraColumn {
  see(text: string): void
  /** Does it have years such as 2567, or Thai months? */
  isBuddhist(): boolean
  /** A date with a year such as 67, which could be 2567; undefined if it has none. */
  short(): string | undefined
}

/** Makes a collector for one column of dates: show it every cell. */
export function eraColumn(): EraColumn {
  let buddhist = false
  let short: string | undefined
  return {
    see(text) {
      if (buddhist && short !== undefined) return
      const plain = plainText(text)
      buddhist ||= FULL.test(plain) || (THAI.test(plain) && /\d/.test(plain))
      if (Number(SHORT.exec(plain)?.[1]) >= FIRST) short ??= text.trim()
    },
    isBuddhist: () => buddhist,
    short: () => short,
  }
}
