/** With fewer deals than this on either side, a difference means nothing: too few. */
export const FEWEST_DEALS = 10

/** Of all cells called beyond chance, at most this share is expected to be so by chance. */
export const FALSE_DISCOVERIES = 0.1

/** z of a 95 % interval, as it is written. */
const Z = '1.96'

/** A formula, and what the numbers of a row are put into. */
interface Explained {
  formula: string
  numbers: string
}

/**
 * Wilson's interval as `--explain` writes it.
 * @param sign `−` for the lower end, `+` for the upper one, `±` for both.
 * @param cases the key of what came out one way.
 * @param trials how many there were: keys in braces.
 */
export function wilsonFormula(sign: '−' | '+' | '±', cases: string, trials: string): Explained {
  const numbers = `p = {${cases}} / ${trials}, n = ${trials}`
  const formula = `(p + z²/2n ${sign} z √(p(1 − p)/n + z²/4n²)) / (1 + z²/n)`
  return { formula: `${formula}, ${numbers}, z = ${Z} (Wilson)`, numbers }
}

/** Newcombe's interval as `--explain` writes it: from cases of trials, now and before, by their keys. */
export function newcombeFormula(
  [cases, trials]: readonly [string, string],
  [casesBefore, trialsBefore]: readonly [string, string],
): Explained {
  const numbers = `p = {${cases}} / {${trials}}, p′ = {${casesBefore}} / {${trialsBefore}}`
  const formula =
    `d − √((p − l)² + (u′ − p′)²) … d + √((u − p)² + (p′ − l′)²), d = p − p′, ` +
    `${numbers}, l … u their 95 % intervals by Wilson (Newcombe)`
  return { formula, numbers }
}

/** A p-value for people: `p = 0.02`, `p < 0.001`. */
export function chanceText(p: number): string {
  if (p < 0.001) return 'p < 0.001'
  return `p = ${p.toFixed(p < 0.0095 ? 3 : 2)}`
}
