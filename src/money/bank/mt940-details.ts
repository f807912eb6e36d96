import type { Booking } from './statement.ts'
import { given } from './texts.ts'

/** What `:86:` says of a booking. */
export type Details = Pick<Booking, 'party' | 'partyAccount' | 'text' | 'e2eRef' | 'structuredRef'>

const LINE = 65
const PIECE = 27

/** Puts pieces together that were broken at a width, in the middle of a word if it came to that. */
function rejoined(pieces: readonly string[], width: number): string {
  return pieces
    .map((piece, index) =>
      piece.length >= width || index === pieces.length - 1 ? piece : `${piece} `,
    )
    .join('')
}

/** The words with which German banks mark the parts of what was written: `EREF+2026-0042SVWZ+Invoice 42`. */
const MARK = /(EREF|KREF|MREF|CRED|DEBT|COAM|OAMT|SVWZ|ABWA|ABWE|PURP|IBAN|BIC)\+/g

/** The marked parts of a text by their marks; `''` for what stands before the first. */
function markedParts(text: string): Map<string, string> {
  const parts = new Map<string, string>()
  let mark = ''
  let from = 0
  const put = (to: number): void => {
    const part = text.slice(from, to).trim()
    if (part !== '' && !parts.has(mark)) parts.set(mark, part)
  }
  for (const found of text.matchAll(MARK)) {
    put(found.index)
    mark = found[1] ?? ''
    from = found.index + found[0].length
  }
  put(text.length)
  return parts
}

/** The sub-fields of `166?00GUTSCHRIFT?20SVWZ+Invoice 42?32Harbour`, by their numbers. */
function subFields(text: string, separator: string): Map<number, string> {
  const fields = new Map<number, string>()
  let last: number | undefined
  for (const piece of text.split(separator).slice(1)) {
    const [, number, rest = ''] = /^(\d\d)(.*)$/s.exec(piece) ?? []
    // A separator may be a sign of the text itself.
    if (number !== undefined) {
      last = Number(number)
      fields.set(last, rest)
    } else if (last !== undefined) fields.set(last, `${fields.get(last)}${separator}${piece}`)
  }
  return fields
}

function fromSubFields(text: string, separator: string): Details {
  const fields = subFields(text, separator)
  const between = (from: number, to: number): string[] =>
    [...fields].flatMap(([number, piece]) => (number >= from && number <= to ? [piece] : []))
  const purpose = rejoined([...between(20, 29), ...between(60, 63)], PIECE)
  const parts = markedParts(purpose)
  const marked = parts.get('SVWZ') ?? parts.get('')
  return {
    party: given(rejoined(between(32, 33), PIECE)) ?? given(parts.get('ABWA')),
    partyAccount: given(fields.get(31)) ?? given(parts.get('IBAN')),
    text: given(marked) ?? given(fields.get(0)),
    e2eRef: given(parts.get('EREF')),
    structuredRef: null,
  }
}

/** The words between slashes that Dutch and Belgian banks, among others, use: `/EREF/42/REMI/Invoice 42`. */
const WORD =
  /\/(TRTP|TRCD|RTRN|EREF|PREF|MARF|CSID|IBAN|BIC|NAME|ORDP|BENM|REMI|CNTP|ISDT|ULTC|ULTD|PURP|ADDR|TRAN|ACCW|INIT|OCMT|CHGS|CHGT|EXCH|KREF|SVCL|ID)\//g

function slashParts(text: string): Map<string, string> {
  const parts = new Map<string, string>()
  const found = [...text.matchAll(WORD)]
  found.forEach((word, index) => {
    const from = word.index + word[0].length
    // A slash may end one part and begin the next.
    const to = found[index + 1]?.index ?? text.length
    const part = text.slice(from, to).trim().replace(/\/+$/, '')
    const key = word[1] ?? ''
    if (part !== '' && !parts.has(key)) parts.set(key, part)
  })
  return parts
}

function fromSlashes(text: string): Details {
  const parts = slashParts(text)
  const get = (key: string): string | undefined => parts.get(key)
  // /CNTP/account/BIC/name/town/
  const [account, , name] = (get('CNTP') ?? '').split('/')
  const remittance = (get('REMI') ?? '').replace(/^\/?USTD\/\/?/, '')
  const [, structured] = /^\/?STRD\/(?:CUR\/|ISO\/|\/)?([^/]+)/.exec(get('REMI') ?? '') ?? []
  return {
    party: given(get('NAME')) ?? given(name),
    partyAccount: given(get('IBAN')) ?? given(get('ACCW')?.split(',')[0]) ?? given(account),
    text:
      given(structured === undefined ? remittance : null) ??
      given(get('TRTP')) ??
      given(structured),
    e2eRef: given(get('EREF')),
    structuredRef: given(structured),
  }
}

const SUB_FIELDS = /^\d{3}([^\p{L}\p{N}\s])(?=\d\d)/u

/**
 * Reads `:86:` in the ways that banks write it: in sub-fields (`166?20…?32…`), between slashes (`/REMI/…/NAME/…`), or
 * as plain text, its lines broken at 65 signs wherever that falls.
 * @example detailsOf(['166?00TRANSFER?20EREF+42?21SVWZ+Invoice 2026-0042?31DE02?32Harbour'])
 * // party Harbour, partyAccount DE02, text Invoice 2026-0042, e2eRef 42
 */
export function detailsOf(lines: readonly string[]): Details {
  const [first = ''] = lines
  const separator = SUB_FIELDS.exec(first)?.[1]
  if (separator !== undefined) return fromSubFields(lines.join(''), separator)
  const text = rejoined(lines, LINE)
  if (/^\/[A-Z]{2,4}\//.test(text)) return fromSlashes(text)
  const parts = markedParts(text)
  const marked = parts.size > (parts.has('') ? 1 : 0)
  return {
    party: marked ? given(parts.get('ABWA')) : null,
    partyAccount: given(parts.get('IBAN')),
    text: given(marked ? (parts.get('SVWZ') ?? parts.get('')) : text),
    e2eRef: given(parts.get('EREF')),
    structuredRef: null,
  }
}
