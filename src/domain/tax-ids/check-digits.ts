/** The digits of a text. */
function digitsOf(text: string): number[] {
  return Array.from(text, Number)
}

/** The sum of digits, each times its weight. */
function weighted(text: string, weights: readonly number[]): number {
  const digits = digitsOf(text)
  return weights.reduce((sum, weight, at) => sum + weight * (digits[at] ?? 0), 0)
}

const lastOf = (text: string): number => Number(text.at(-1))

/** The sum of the digits of a number below 100. */
const crossSum = (value: number): number => Math.floor(value / 10) + (value % 10)

/** Luhn's sum, every second digit from the right doubled: a multiple of 10 in a number that is right. */
function luhn(text: string): boolean {
  const sum = digitsOf(text)
    .toReversed()
    .reduce((total, digit, at) => total + (at % 2 === 1 ? crossSum(digit * 2) : digit), 0)
  return sum % 10 === 0
}

/** ISO 7064, MOD 11,10: Germany. */
function mod1110(text: string): boolean {
  const rest = digitsOf(text.slice(0, -1)).reduce((product, digit) => {
    const sum = (digit + product) % 10
    return (2 * (sum === 0 ? 10 : sum)) % 11
  }, 10)
  return (11 - rest) % 10 === lastOf(text)
}

function austrian(text: string): boolean {
  const [, digits = ''] = /^U(\d{8})$/.exec(text) ?? []
  const sum = digitsOf(digits.slice(0, 7)).reduce(
    (total, digit, at) => total + (at % 2 === 1 ? crossSum(digit * 2) : digit),
    0,
  )
  return (96 - sum) % 10 === lastOf(digits)
}

/** The last digit makes up what a weighted sum lacks of a multiple of 11; 10 and 11 count as 0. */
function lacking(text: string, weights: readonly number[]): boolean {
  const check = 11 - (weighted(text, weights) % 11)
  return (check > 9 ? 0 : check) === lastOf(text)
}

/** In France the key of two digits follows from the nine behind it; other keys have letters. */
function french(text: string): boolean {
  const [, key, siren] = /^(\d\d)(\d{9})$/.exec(text) ?? []
  return key === undefined || (12 + 3 * (Number(siren) % 97)) % 97 === Number(key)
}

/** The check digits of VAT IDs, without the country, where the rule is public and without exceptions. */
export const CHECK_DIGITS: Readonly<Record<string, (text: string) => boolean>> = {
  AT: austrian,
  BE: (text) => 97 - (Number(text.slice(0, 8)) % 97) === Number(text.slice(8)),
  DE: mod1110,
  DK: (text) => weighted(text, [2, 7, 6, 5, 4, 3, 2, 1]) % 11 === 0,
  FI: (text) => lacking(text, [7, 9, 10, 5, 8, 4, 2]),
  FR: french,
  IT: luhn,
  LU: (text) => Number(text.slice(0, 6)) % 89 === Number(text.slice(6)),
  PL: (text) => weighted(text, [6, 5, 7, 2, 3, 4, 5, 6, 7]) % 11 === lastOf(text),
  PT: (text) => lacking(text, [9, 8, 7, 6, 5, 4, 3, 2]),
  SE: (text) => luhn(text.slice(0, 10)),
  CHE: (text) => lacking(text.slice(0, 9), [5, 4, 3, 2, 7, 6, 5, 4]),
}
