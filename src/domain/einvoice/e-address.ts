import { isEmail } from '../contact-point.ts'
import type { SchemedId } from './model.ts'

/** The schemes of the EAS list that VAT IDs of countries are in. */
const VAT_SCHEMES: Readonly<Record<string, string>> = {
  AT: '9914',
  BE: '9925',
  BG: '9926',
  CH: '9927',
  CY: '9928',
  CZ: '9929',
  DE: '9930',
  EE: '9931',
  EL: '9933',
  ES: '9920',
  FI: '0213',
  FR: '9957',
  GB: '9932',
  HR: '9934',
  HU: '9910',
  IE: '9935',
  IT: '0211',
  LT: '9937',
  LU: '9938',
  LV: '9939',
  MT: '9943',
  NL: '9944',
  PL: '9945',
  PT: '9946',
  RO: '9947',
  SI: '9949',
  SK: '9950',
}

/** Those of the list that Peppol knows (release 3.0.19). */
const PEPPOL = new Set(
  (
    '0002 0007 0009 0037 0060 0088 0096 0097 0106 0130 0135 0142 0151 0177 0183 0184 0188 0190 0191 0192 0193 0195 ' +
    '0196 0198 0199 0200 0201 0202 0204 0208 0209 0210 0211 0212 0213 0215 0216 0218 0221 0230 0235 9910 9913 9914 ' +
    '9915 9918 9919 9920 9922 9923 9924 9925 9926 9927 9928 9929 9930 9931 9932 9933 9934 9935 9936 9937 9938 9939 ' +
    '9940 9941 9942 9943 9944 9945 9946 9947 9948 9949 9950 9951 9952 9953 9957 9959 0147 0154 0158 0170 0194 0203 ' +
    '0205 0217 0225 0240'
  ).split(' '),
)

/** Schemes whose identifiers are those of a register of companies. */
const REGISTERS = new Set(['0002', '0007', '0106', '0184', '0190', '0192', '0208', '0209', '0212'])

const SCHEMED = /^(?<scheme>\d{4}|[A-Z]{2}):(?<id>\S+)$/

/**
 * An address for e-invoices as its scheme and what it is there: `0088:4012345000009`, a Leitweg-ID (0204), an
 * e-mail address (EM) or a VAT ID (`DE136695976` is in 9930). Null if it is none of these.
 */
export function readEAddress(text: string | null): SchemedId | null {
  if (text === null) return null
  const found = SCHEMED.exec(text)?.groups
  if (found) return { scheme: found.scheme ?? null, id: found.id ?? '' }
  if (isEmail(text)) return { scheme: 'EM', id: text }
  if (/^\d{2,12}-/.test(text)) return { scheme: '0204', id: text }
  const scheme = /^[A-Z]{2}[A-Z0-9+*]+$/.test(text) ? VAT_SCHEMES[text.slice(0, 2)] : undefined
  if (scheme === undefined) return null
  // In Finland and Italy the list wants it with its country, as it is written.
  return { scheme, id: text }
}

/** Can Peppol deliver to an address of a scheme? */
export function isInPeppol(scheme: string | null): boolean {
  return scheme !== null && PEPPOL.has(scheme)
}

/** The number in a register that an address is; null if it is another one. */
export function registeredAs(address: SchemedId | null): SchemedId | null {
  return address?.scheme != null && REGISTERS.has(address.scheme) ? address : null
}

/** Countries whose registers have numbers that a scheme knows by their form. */
const REGISTER_FORMS: Readonly<Record<string, [scheme: string, form: RegExp]>> = {
  BE: ['0208', /^[01]\d{9}$/],
  DK: ['0184', /^\d{8}$/],
  FI: ['0212', /^\d{7}-?\d$/],
  FR: ['0002', /^\d{9}$/],
  NL: ['0106', /^\d{8}$/],
  NO: ['0192', /^\d{9}$/],
  SE: ['0007', /^\d{10}$/],
}

/** Where a company is registered, as an identifier: `HRB 12345, Hamburg` is of no scheme, `12345678` in the Netherlands is 0106. */
export function registerId(text: string | null, country: string | null): SchemedId | null {
  if (text === null) return null
  const [scheme, form] = REGISTER_FORMS[country ?? ''] ?? []
  const squeezed = text.replaceAll(/^\D*(?=\d)|[\s.]/g, '')
  if (scheme !== undefined && form?.test(squeezed)) return { scheme, id: squeezed }
  return { scheme: null, id: text }
}
