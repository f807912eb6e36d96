/** How a text writes a quote within quotes: twice (RFC 4180), or with a backslash before it. */
export type QuoteStyle = 'doubled' | 'backslash'

/** A record as it was read: its cells, and where the next one begins. */
export interface Scanned {
  cells: string[]
  end: number
}

/** `more`: the text ends before the record does. `unsound`: it does not fit this style. */
export type Scan = Scanned | 'more' | 'unsound'

interface Part {
  cell: string
  end: number
}

const BREAK = /[\r\n]/g

/** A cell in quotes, from just after the first one. */
function quotedCell(text: string, from: number, style: QuoteStyle): Part | null {
  let cell = ''
  let at = from
  for (;;) {
    const quote = text.indexOf('"', at)
    if (quote < 0) return null
    const slash = style === 'backslash' ? text.indexOf('\\', at) : -1
    if (slash >= 0 && slash < quote) {
      const next = text[slash + 1]
      const isEscape = next === '"' || next === '\\'
      cell += text.slice(at, slash) + (isEscape ? next : '\\')
      at = slash + (isEscape ? 2 : 1)
      continue
    }
    cell += text.slice(at, quote)
    if (text[quote + 1] !== '"') return { cell, end: quote + 1 }
    cell += '"'
    at = quote + 2
  }
}

/** A cell without quotes. */
function plainCell(text: string, from: number, delimiter: string): Part {
  BREAK.lastIndex = from
  const lineEnd = BREAK.exec(text)?.index ?? text.length
  const next = text.indexOf(delimiter, from)
  const end = next < 0 ? lineEnd : Math.min(next, lineEnd)
  return { cell: text.slice(from, end), end }
}

/**
 * Reads one record of exactly one style.
 * @param isWhole false if the text goes on.
 * @param isRelaxed true to read a quote inside a cell without quotes as text.
 */
export function scanRecord(
  text: string,
  from: number,
  delimiter: string,
  style: QuoteStyle,
  { isWhole, isRelaxed = false }: { isWhole: boolean; isRelaxed?: boolean },
): Scan {
  const cells: string[] = []
  let at = from
  for (;;) {
    if (text[at] === '"') {
      const part = quotedCell(text, at + 1, style)
      if (!part) return isWhole ? 'unsound' : 'more'
      cells.push(part.cell)
      at = part.end
    } else {
      const part = plainCell(text, at, delimiter)
      const cell = style === 'backslash' ? part.cell.replaceAll(/\\(["\\])/g, '$1') : part.cell
      const quotes = style === 'backslash' ? part.cell.replaceAll(/\\["\\]/g, '') : part.cell
      if (quotes.includes('"') && !isRelaxed)
        return part.end < text.length || isWhole ? 'unsound' : 'more'
      cells.push(cell)
      at = part.end
    }
    // A quote, a delimiter or a line end may continue in what is still to come.
    if (at + 1 >= text.length && !isWhole) return 'more'
    if (at >= text.length) return { cells, end: at }
    if (text.startsWith(delimiter, at)) at += delimiter.length
    else if (text[at] === '\r') return { cells, end: at + (text[at + 1] === '\n' ? 2 : 1) }
    else if (text[at] === '\n') return { cells, end: at + 1 }
    else return 'unsound'
  }
}
