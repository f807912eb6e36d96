/** An account by its numbers. */
export interface AccountNumbers {
  iban: string | null
  number: string | null
  sortCode: string | null
}

const squeezed = (text: string): string => text.toUpperCase().replaceAll(/[^A-Z0-9*]/g, '')
const withoutZeros = (text: string): string => text.replace(/^0+/, '')

/** A number this long is hardly part of another bank's account number by chance. */
const LONG_ENOUGH = 8
/** A bare number has at least as many digits. */
const LEAST_DIGITS = 6

/** Is a bare number the end of an IBAN's account number, which zeros fill up? */
function endsIban(iban: string, number: string): boolean {
  if (number.length < LEAST_DIGITS || !iban.endsWith(number)) return false
  return number.length >= LONG_ENOUGH || iban.at(-number.length - 1) === '0'
}

/** The ways to read what a file calls an account: whole, without its currency, and behind the number of its bank. */
function readings(text: string): string[] {
  const bare = text.trim().replace(/(?<=\d)\s?[A-Z]{3}$/, '')
  const parts = bare.split('/').filter((part) => part.trim() !== '')
  return [...new Set([text, bare, parts.at(-1) ?? ''].map(squeezed))].filter((one) => one !== '')
}

/**
 * Is what a bank's file calls an account the one with these numbers? Files write an IBAN, or bank and number
 * (`37040044/532013000`), or the number alone, with leading zeros or without, some with the currency behind it, or
 * masked but for its end.
 * @example isSameAccount('37040044/0532013000', { iban: 'DE89370400440532013000', number: null, sortCode: null }) // true
 */
export function isSameAccount(text: string, { iban, number, sortCode }: AccountNumbers): boolean {
  const own = [iban, number, sortCode !== null && number !== null ? sortCode + number : null]
    .flatMap((one) => (one === null ? [] : squeezed(one)))
    .filter((one) => one !== '')
  return readings(text).some((found) => {
    const [, start, end] = /^(\d*)[*X]{2,}(\d{4,})$/.exec(found) ?? []
    if (start !== undefined && end !== undefined) {
      return own.some((one) => one.startsWith(start) && one.endsWith(end))
    }
    const plain = withoutZeros(found)
    if (own.some((one) => withoutZeros(one) === plain)) return true
    if (iban === null) return false
    const isInside = plain.length >= LONG_ENOUGH && iban.slice(4).includes(plain)
    return isInside || endsIban(iban, plain)
  })
}
