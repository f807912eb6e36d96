/**
 * The remainder by 97 of a number written with digits and letters (A is 10, Z is 35), however long: what the
 * check digits of an IBAN and of a Leitweg-ID make 1 (ISO 7064, MOD 97-10). `mod97('131')` is 34.
 */
export function mod97(text: string): number {
  let rest = 0
  for (const sign of text) {
    const value = Number.parseInt(sign, 36)
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97
  }
  return rest
}
