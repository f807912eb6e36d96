import iconv from 'iconv-lite'
import { LONGEST_RECORD } from '../records.ts'

/** A property of a card, with its value as written. */
export interface CardLine {
  name: string
  /** In lower case: home, work, fax, pref … */
  types: string[]
  value: string
}

const LINE = /^(?:[\w-]+\.)?([\w-]+)((?:;(?:"[^"]*"|[^":;])*)*):(.*)$/s
const PARAMETER = /;((?:"[^"]*"|[^":;])*)/g

/** The physical lines of a text. */
async function* physicalLines(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = ''
  for await (const piece of pieces) {
    const lines = (rest + piece).split(/\r\n|\n|\r(?!$)/)
    rest = lines.pop() ?? ''
    yield* lines
    // A picture may be one line; none of it is needed.
    if (rest.length > LONGEST_RECORD) rest = rest.slice(0, LONGEST_RECORD)
  }
  yield rest.replace(/\r$/, '')
}

const QUOTED_PRINTABLE = /^[^:]*;(?:ENCODING=)?QUOTED-PRINTABLE\b/i

/**
 * The lines of a text as cards mean them: those that were folded put together again, and those that
 * were only broken, without the blank that says so, kept with the line before.
 */
export async function* unfolded(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  let parts: string[] = []
  let length = 0
  let isSoft = false
  for await (const line of physicalLines(pieces)) {
    const isFolded = /^[ \t]/.test(line)
    const isContinued: boolean = parts.length > 0 && (isFolded || isSoft)
    const isBroken = parts.length > 0 && line !== '' && !LINE.test(line)
    if (!isContinued && !isBroken) {
      if (parts.length > 0) yield parts.join('')
      parts = []
      length = 0
    }
    if (isSoft) parts.push(parts.pop()?.slice(0, -1) ?? '')
    const text = isSoft && !isFolded ? line : isFolded ? line.slice(1) : line
    if (length < LONGEST_RECORD) parts.push(isBroken && !isContinued ? `\\n${text}` : text)
    length += text.length
    isSoft = line.endsWith('=') && (isContinued ? isSoft : QUOTED_PRINTABLE.test(line))
  }
  if (parts.length > 0) yield parts.join('')
}

function quotedPrintable(text: string, charset: string): string {
  const bytes = Buffer.from(
    text.replaceAll(/=([\dA-F]{2})/gi, (_, code: string) =>
      String.fromCharCode(Number.parseInt(code, 16)),
    ),
    'latin1',
  )
  return iconv.decode(bytes, iconv.encodingExists(charset) ? charset : 'utf-8')
}

/** A line as a property; null if it is none. */
export function readLine(line: string): CardLine | null {
  const [, name, parameters = '', raw = ''] = LINE.exec(line) ?? []
  if (name === undefined) return null
  const types: string[] = []
  let charset = 'utf-8'
  let isQuoted = false
  for (const [, parameter = ''] of parameters.matchAll(PARAMETER)) {
    const at = parameter.indexOf('=')
    const [key, text] =
      at < 0 ? ['TYPE', parameter] : [parameter.slice(0, at), parameter.slice(at + 1)]
    const values = text.replaceAll('"', '').toLowerCase().split(',')
    if (/quoted-printable/i.test(text)) isQuoted = true
    else if (/^charset$/i.test(key)) charset = values[0] ?? charset
    else if (/^type$/i.test(key)) for (const value of values) types.push(value)
  }
  // Text encoded in bytes consists of ASCII characters only.
  const isAscii = /^[\0-\u007F]*$/.test(raw)
  const value = isQuoted && isAscii ? quotedPrintable(raw, charset) : raw
  return { name: name.toUpperCase(), types, value }
}

/** A text value, with `\n`, `\,`, `\;` and `\\` replaced by what they stand for. */
export function cardText(value: string): string {
  return value
    .replaceAll(/\\([\\,;:nN])/g, (_, sign: string) => (/n/i.test(sign) ? '\n' : sign))
    .trim()
}

/** The parts of a value between separators that have no backslash before them. */
export function cardParts(value: string, sign: ',' | ';'): string[] {
  const parts = ['']
  for (const [piece] of value.matchAll(/\\.|[^\\,;]+|[\\,;]/gs)) {
    if (piece === sign) parts.push('')
    else parts[parts.length - 1] += piece
  }
  return parts.map(cardText)
}
