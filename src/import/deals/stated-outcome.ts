import { Fault } from '../../domain/fault.ts'
import type { Cells } from '../row-cells.ts'
import { isBlankWord } from '../values/blank.ts'
import { readStageWords } from '../values/stage-words.ts'
import { isTicked, outcomeWord, statusWord, yesNo } from '../values/words.ts'
import { fits, type Stated } from './verdict.ts'

/** Words of the file for won and lost, besides those that are known. */
export interface OutcomeWords {
  won: string[]
  lost: string[]
}

function yesOrNo(cells: Cells, field: string): boolean | null {
  const text = cells.one(field)
  if (text === null) return null
  const answer = isTicked(text) ? cells.ticks(field) : yesNo(text)
  if (answer !== null || isBlankWord(text)) return answer
  throw new Fault('usage', `${field} is “${text}”, which is neither yes nor no`)
}

/** What yes and no to “won?” and “lost?” say together; null if they say nothing. */
function answeredEnd(cells: Cells): Stated | null {
  const won = yesOrNo(cells, 'is-won')
  const lost = yesOrNo(cells, 'is-lost')
  if (won === true && lost === true) {
    throw new Fault('usage', 'the row says that it was won and that it was lost')
  }
  if (won === true) return 'won'
  if (lost === true) return 'lost'
  if (won === false) return lost === false ? 'neither won nor lost' : 'not won'
  return lost === false ? 'not lost' : null
}

/** What yes and no to “won?”, “lost?” and “closed?” say together; null if they say nothing. */
function answeredOutcome(cells: Cells): Stated | null {
  const end = answeredEnd(cells)
  const closed = yesOrNo(cells, 'is-closed')
  if (closed === false && (end === 'won' || end === 'lost')) {
    throw new Fault('usage', `the row says that it was ${end} and that it is not closed`)
  }
  if (closed === false) return 'open'
  if (closed === true) return closedAs(end, 'the row says that it is closed')
  const isAway = end !== 'won' && yesOrNo(cells, 'is-active') === false
  if (!isAway) return end
  if (end === 'not lost') throw new Fault('usage', 'the row is not active, and says it is not lost')
  return 'lost'
}

/** What other columns say about a deal that is said to be over. */
function closedAs(stated: Stated | null, what: string): Stated {
  if (stated === 'open' || stated === 'neither won nor lost') {
    throw new Fault('usage', `${what}, another column ${stated}`)
  }
  if (stated === 'not lost') return 'won'
  return stated === 'not won' ? 'lost' : (stated ?? 'closed')
}

/** What the columns other than the stage say: a word, or yes and no to “won?” and “closed?”. */
export function statedOutcome(cells: Cells, words: OutcomeWords): Stated | null {
  const answered = answeredOutcome(cells)
  const text = cells.one('outcome')
  if (text === null || isBlankWord(text)) return answered
  const outcome = statusWord(text, words) ?? readStageWords(text, words, [])?.says ?? null
  if (outcome === 'closed') return closedAs(answered, `the outcome “${text}” says closed`)
  if (outcome === null) {
    const flags = '--won "…" and --lost "…" say which words mean what'
    throw new Fault('usage', `the outcome “${text}” is neither won, lost nor open (${flags})`)
  }
  if (answered === null || fits(answered, outcome)) return outcome
  throw new Fault('usage', `the outcome “${text}” says ${outcome}, another column ${answered}`)
}

/** `price` of an outcome `Lost - price`; null if the outcome says no more than that. */
export function outcomeRest(cells: Cells, words: OutcomeWords): string | null {
  const text = cells.one('outcome')
  if (text === null || statusWord(text, words) !== null) return null
  return readStageWords(text, words, [])?.rest ?? null
}

/** What the other columns say, if the stage says that the deal is over. */
export function statedClosed(stage: string, stated: Stated | null): Stated {
  return closedAs(stated, `the stage “${stage}” says closed`)
}

/** Words in a column of reasons that are not reasons. */
export function isNoReason(text: string): boolean {
  return isBlankWord(text) || yesNo(text) === false || outcomeWord(text, NO_WORDS) === 'open'
}

const NO_WORDS: OutcomeWords = { won: [], lost: [] }
