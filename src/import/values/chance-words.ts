import { wordKey } from './words.ts'

const CHANCE =
  /^(?:deal )?(?:win )?(?:probability|chance|confidence|likelihood|wahrscheinlichkeit|chance to win|abschlusswahrscheinlichkeit|вероятность|probabilité|probabilidad|โอกาส|ความน่าจะเป็น|可能性|赢率|赢单率)/

/** Does a header name chances to win, in one of the languages that imports know? */
export function namesChance(header: string): boolean {
  return CHANCE.test(wordKey(header))
}
