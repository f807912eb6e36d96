import { Fault } from '../../domain/fault.ts'
import { isBlankWord } from './blank.ts'
import { hasMultiplier, numberText } from '../../domain/number-text.ts'
import { quoted } from '../../domain/plain-text.ts'

/** The mark before the decimals. */
export type DecimalMark = '.' | ','

/** How a column's numbers are read: by its decimal mark, or with its marks between thousands. */
export type NumberReading = DecimalMark | 'thousands'

/** What a column's texts say together of their decimal mark. */
export type NumberDecision =
  /** One mark fits every number; also if none needs one. */
  | {
      state: 'clear'
      mark: DecimalMark
      /** Cells that look like thousands, but are not, as the column has decimals: `7,000` next to `12,5`. */
      small?: { cells: number; example: string }
    }
  /**
   * `cells` such as `example` are another number with each mark, and no cell shows decimals. `mark` is
   * the one that fits all, where numbers with two marks of thousands (`1.234.567`) leave only that.
   */
  | { state: 'undecided'; example: string; cells: number; mark?: DecimalMark }
  /**
   * Neither fits all. `mark` is that of at least nine in ten of the texts that settle it, else
   * null: then only texts that read one way can be read. `example` is one of the `misfits`.
   */
  | { state: 'mixed'; mark: DecimalMark | null; misfits: number; example: string }
  /** No numbers seen. */
  | { state: 'empty' }

/** Gathers what a column's texts show of their decimal mark. */
export interface NumberColumn {
  see(text: string): void
  decide(): NumberDecision
}

/** The share of the settling texts that a mark needs to be the column's own. */
const MAJORITY = 0.9
/** What was seen of the texts that only one mark before the decimals fits. */
interface OneWay {
  cells: number
  /** Does one of them have decimals, and not just marks between thousands? */
  showsDecimals: boolean
  example: string
}

/** Texts that are another number with each mark, by the mark that they have. */
interface TwoWays {
  cells: number
  example: string
  /** Those that are not finer than hundredths with that mark before decimals: `7,000`, and not `1,054`. */
  round: { cells: number; example: string }
}

const twoWays = (): TwoWays => ({ cells: 0, example: '', round: { cells: 0, example: '' } })
const ROUND = /0\D*$/

const OTHER = { '.': ',', ',': '.' } as const
const DECIMALS = { '.': /\.\d/, ',': /,\d/ } as const

/**
 * Makes a collector for one column: show it every cell, then ask. `1,234` is undecided until
 * another row settles it: `1.50`, `12,5` or `0,125` each do, and so does `1,234,567`, with which it
 * is thousands. With `1.234.567` it stays undecided: nobody writes three decimals.
 */
export function numberColumn(): NumberColumn {
  let neutral = 0
  const oneWay = (): OneWay => ({ cells: 0, showsDecimals: false, example: '' })
  const only = { '.': oneWay(), ',': oneWay() }
  const both: Record<DecimalMark, TwoWays> = {
    '.': twoWays(),
    ',': twoWays(),
  }

  const seeOnly = (mark: DecimalMark, text: string): void => {
    const seen = only[mark]
    seen.cells += 1
    seen.showsDecimals ||= DECIMALS[mark].test(text)
    seen.example ||= text
  }

  const mixed = (): NumberDecision => {
    const [point, comma] = [only['.'].cells, only[','].cells]
    const best = point >= comma ? '.' : ','
    const isMajor = Math.max(point, comma) >= (point + comma) * MAJORITY
    const misfits = only[OTHER[best]]
    return {
      state: 'mixed',
      mark: isMajor ? best : null,
      misfits: misfits.cells,
      example: misfits.example,
    }
  }

  return {
    see(text) {
      if (isBlankWord(text)) return
      const { point, comma } = numberText(text)
      if (point === null && comma === null) return
      if (comma === null) seeOnly('.', text)
      else if (point === null) seeOnly(',', text)
      else if (point === comma) neutral += 1
      else {
        const seen = both[decimalMarkOf(point, comma) === '.' ? ',' : '.']
        seen.cells += 1
        seen.example ||= text
        if (ROUND.test(text)) {
          seen.round.cells += 1
          seen.round.example ||= text
        }
      }
    },
    decide() {
      if (only['.'].cells > 0 && only[','].cells > 0) return mixed()
      const mark = only['.'].cells > 0 ? '.' : only[','].cells > 0 ? ',' : undefined
      if (mark !== undefined) {
        // Thousands of the column have the other mark; one with this mark is none with decimals.
        const { cells, example, round } = both[mark]
        const isSettled = only[mark].showsDecimals || cells === 0
        if (!isSettled) return { state: 'undecided', example, cells, mark }
        return { state: 'clear', mark, ...(round.cells > 0 && { small: round }) }
      }
      const cells = both['.'].cells + both[','].cells
      const example = both['.'].example || both[','].example
      if (cells > 0) return { state: 'undecided', example, cells }
      return neutral > 0 ? { state: 'clear', mark: '.' } : { state: 'empty' }
    },
  }
}

/** The mark that makes a number the larger one: it then stands before the decimals of none. */
function decimalMarkOf(point: string | null, comma: string | null): DecimalMark | null {
  if (point === null || comma === null || point === comma) return null
  return Math.abs(Number(point)) > Math.abs(Number(comma)) ? '.' : ','
}

/**
 * Reads a number as spreadsheets and people write it, as exact decimal text in its shortest form:
 * `1.234.567,89` is `1234567.89`, `(1,200.00)` is `-1200`, `12 %` is `0.12`, `1.2E+5` is `120000`.
 * Groups may be separated by point, comma, space or apostrophe, or the Indian way; a currency may
 * stand at either end and is not kept.
 * @param mark of the column; `thousands` reads `1.054` and `1,054` as 1054; null reads only texts that
 *   are one number with either mark.
 * @throws Fault `usage` if the text is not a number, or can be two.
 */
export function readNumber(text: string, mark: NumberReading | null): string {
  const { point, comma } = numberText(text)
  if (mark === 'thousands') return readNumber(text, decimalMarkOf(point, comma))
  if (mark === null && point !== null && comma !== null && point !== comma) {
    const message = `${quoted(text)} can be ${point} or ${comma}`
    throw new Fault('usage', message, 'say which mark comes before the decimals: . or ,')
  }
  const value = mark === null ? (point ?? comma) : mark === '.' ? point : comma
  if (value !== null) return value
  if (hasMultiplier(text)) {
    const hint = 'write all its digits: 1500, not 1.5k'
    throw new Fault('usage', `${quoted(text)} is a number cut short`, hint)
  }
  const isOther = (point ?? comma) !== null
  const how = isOther ? ` with a decimal ${mark === '.' ? 'point' : 'comma'}` : ''
  throw new Fault('usage', `${quoted(text)} is not a number${how}`)
}
