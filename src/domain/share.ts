declare const shareBrand: unique symbol

/** A part of a whole, 0…1. */
export type Share = number & { readonly [shareBrand]: 'Share' }

/** `cases / of` as a share, or null if `of` is zero: null is not zero. */
export function share(cases: number, of: number): Share | null {
  return of === 0 ? null : ((cases / of) as Share)
}

/**
 * The chance of a success after `successes` in `trials`, shrunk away from 0 and 1: the mean of the Beta(½ +
 * successes, ½ + failures) that Jeffreys' prior gives, `(successes + ½) / (trials + 1)`. 12 of 20 is 0.595; 0
 * of 0 is 0.5. (Brown, Cai and DasGupta, Statistical Science 16, 2001.)
 */
export function smoothedShare(successes: number, trials: number): Share {
  return ((successes + 0.5) / (trials + 1)) as Share
}
