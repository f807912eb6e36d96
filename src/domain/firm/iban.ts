import { Fault } from '../fault.ts'
import { quoted } from '../plain-text.ts'
import { mod97 } from '../tax-ids/mod-97.ts'

const FORM = /^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/

/** How long IBANs are, where they are most met; those of other countries have 15 to 34 signs. */
const LENGTHS: Readonly<Record<string, number>> = Object.fromEntries(
  (
    'AD24 AE23 AT20 BE16 BG22 CH21 CY28 CZ24 DE22 DK18 EE20 ES24 FI18 FR27 GB22 GR27 HR21 HU28 IE22 IL23 IS26 ' +
    'IT27 LI21 LT20 LU20 LV21 MC27 MT31 NL18 NO15 PL28 PT25 RO24 RS22 SA24 SE24 SI19 SK24 SM27 TR26 UA29'
  )
    .split(' ')
    .map((entry) => [entry.slice(0, 2), Number(entry.slice(2))]),
)

/** An IBAN without blanks, in capitals. */
function squeezedIban(text: string): string {
  return text.toUpperCase().replaceAll(/[\s-]/g, '')
}

/** Why a text is not an IBAN, in words that follow it; null if it is one (ISO 13616, MOD 97-10). */
export function ibanProblem(iban: string): string | null {
  if (!FORM.test(iban)) return 'is not an IBAN'
  const length = LENGTHS[iban.slice(0, 2)]
  if (length !== undefined && iban.length !== length) {
    return `has ${iban.length} signs, and an IBAN of ${iban.slice(0, 2)} has ${length}`
  }
  return mod97(iban.slice(4) + iban.slice(0, 4)) === 1
    ? null
    : 'has check digits that do not fit: a digit may be mistyped'
}

/** Reads an IBAN as it is typed: `DE89 3704 0044 0532 0130 00`. @throws Fault `usage` if it is not one. */
export function parseIban(text: string): string {
  const iban = squeezedIban(text)
  const problem = ibanProblem(iban)
  if (problem === null) return iban
  const hint = 'write it as DE89 3704 0044 0532 0130 00; an account without one takes --number'
  throw new Fault('usage', `${quoted(text)} ${problem}`, hint)
}

/** An IBAN in groups of four, as people read it. */
export function ibanText(iban: string): string {
  return iban.replaceAll(/(.{4})(?=.)/g, '$1 ')
}

/** Reads a BIC: `COBADEFFXXX`. @throws Fault `usage` if it is not one. */
export function parseBic(text: string): string {
  const bic = squeezedIban(text)
  if (/^[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?$/.test(bic)) return bic
  throw new Fault('usage', `${quoted(text)} is not a BIC`, 'it has 8 or 11 signs: COBADEFFXXX')
}
