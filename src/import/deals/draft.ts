import type { Day } from '../../domain/day.ts'
import { Fault } from '../../domain/fault.ts'
import type { Money } from '../../domain/money.ts'
import type { DealStatus } from '../../domain/standing.ts'
import type { Cells } from '../cells.ts'
import type { NameBook } from '../names.ts'
import { dealAmount, dealName, type NamedBy } from './terms.ts'
import { stageOutcome, statusWord, yesNo } from '../values/words.ts'

/** A row read as a deal; all names are still names. */
export interface DealDraft {
  ref: string | null
  client: string | null
  clientRef: string | null
  title: string
  namedBy: NamedBy
  /** Null where the row names none, or an outcome in its place. */
  stage: string | null
  status: DealStatus
  opened: Day | null
  /** Null for an open deal. */
  closed: Day | null
  expectedClose: Day | null
  amount: Money | null
  cost: Money | null
  owner: string | null
  source: string | null
  reason: string | null
  need: string | null
  note: string | null
}

/** A row whose title may be the name of a client whom it does not name. */
type Untitled = Omit<DealDraft, 'title'> & { title: string | null }

/** Words of the file for won and lost, beside those that are known. */
export interface OutcomeWords {
  won: string[]
  lost: string[]
}

function yesOrNo(cells: Cells, field: string): boolean | null {
  const text = cells.one(field)
  if (text === null) return null
  const answer = yesNo(text)
  if (answer === null)
    throw new Fault('usage', `${field} is “${text}”, which is neither yes nor no`)
  return answer
}

/** What columns beside the stage say. That a deal is closed, or was not won, leaves something open. */
type Stated = DealStatus | 'closed' | 'not won'

function fits(stated: Stated, outcome: DealStatus): boolean {
  if (stated === 'closed') return outcome !== 'open'
  return stated === 'not won' ? outcome !== 'won' : outcome === stated
}

/** What yes and no to “won?” and “closed?” say together; null where nothing is said. */
function answeredOutcome(cells: Cells): Stated | null {
  const won = yesOrNo(cells, 'is-won')
  const closed = yesOrNo(cells, 'is-closed')
  if (won === true && closed === false) {
    throw new Fault('usage', 'the row says that it was won and that it is not closed')
  }
  if (won === true) return 'won'
  if (closed === false) return 'open'
  if (closed === true) return won === false ? 'lost' : 'closed'
  if (won === null && yesOrNo(cells, 'is-active') === false) return 'lost'
  return won === false ? 'not won' : null
}

/** What a day says by standing in the column for deals won, or in that for deals lost. */
function datedOutcome(cells: Cells): DealStatus | null {
  const isWon = cells.day('won-on') !== null
  const isLost = cells.day('lost-on') !== null
  return isWon === isLost ? null : isWon ? 'won' : 'lost'
}

/** The day on which a deal ended; for an open one, on which it should. */
function closingDay(cells: Cells, status: DealStatus): Day | null {
  const closed = cells.day('closed')
  return closed !== null || status === 'open' ? closed : cells.day(`${status}-on`)
}

/** What the columns beside the stage say: a word, or yes and no to “won?” and “closed?”. */
function statedOutcome(cells: Cells, words: OutcomeWords): Stated | null {
  const answered = answeredOutcome(cells)
  const text = cells.one('outcome')
  if (text === null) return answered
  const outcome = statusWord(text, words)
  if (outcome === 'closed') return answered === 'not won' ? 'lost' : (answered ?? 'closed')
  if (outcome === null) {
    const flags = '--won "…" and --lost "…" say which words mean what'
    throw new Fault('usage', `the outcome “${text}” is neither won, lost nor open (${flags})`)
  }
  if (answered === null || fits(answered, outcome)) return outcome
  throw new Fault('usage', `the outcome “${text}” says ${outcome}, another column ${answered}`)
}

/** The outcome where no word of the stage says it. */
function withoutWord(stated: Stated | null, stage: string | null): DealStatus {
  if (stated === null || stated === 'not won') return 'open'
  if (stated !== 'closed') return stated
  const how =
    stage === null
      ? 'a column for the outcome or for “won?” would (--map "Header=outcome" or is-won)'
      : `if its stage does, say which: --won "${stage}" or --lost "${stage}"`
  throw new Fault('usage', `it is closed, but nothing says whether it was won or lost; ${how}`)
}

/**
 * The outcome and the stage. A word for won or lost may stand in the outcome's column or, as many
 * systems have it, in the stage's, which then names no stage.
 * @throws Fault `usage` where the outcome is no word that is known, or the deal is closed without one.
 */
function course(
  cells: Cells,
  words: OutcomeWords,
  stages: readonly { name: string }[],
): { status: DealStatus; stage: string | null } {
  const stage = cells.one('stage')
  const byStage = stage === null ? null : stageOutcome(stage, words, stages)
  const stated = statedOutcome(cells, words)
  if (byStage === null) {
    const isLeftOpen = stated === null || stated === 'closed'
    const status = (isLeftOpen ? datedOutcome(cells) : null) ?? withoutWord(stated, stage)
    return { status, stage }
  }
  if (byStage === 'open') return { status: withoutWord(stated, stage), stage: null }
  if (stated === null || stated === 'open' || fits(stated, byStage)) {
    return { status: byStage, stage: null }
  }
  throw new Fault('usage', `the stage “${stage}” says ${byStage}, another column ${stated}`)
}

/** Buddhist years of two digits look like years to come: 67 is 2567, which is 2024. */
function eraHint(day: Day): string {
  return day >= '2043' ? ' (--date-format dmy-be if short years are Buddhist)' : ''
}

/**
 * Reads a row as a deal. A closing day of a deal that is open is when it is expected to close.
 * @param stages those of its process.
 * @throws Fault `usage` with the reason where it cannot be.
 */
export function draftDeal(
  cells: Cells,
  words: OutcomeWords,
  today: Day,
  stages: readonly { name: string }[],
): Untitled {
  const { status, stage } = course(cells, words, stages)
  const closing = closingDay(cells, status)
  const ref = cells.one('ref')
  const name = dealName(cells)
  const opened = cells.day('opened')
  if (opened !== null && opened > today) {
    throw new Fault('usage', `it was opened on ${opened}, which is still to come${eraHint(opened)}`)
  }
  if (status !== 'open' && closing !== null && closing > today) {
    throw new Fault(
      'usage',
      `it is ${status}, but its closing day ${closing} is still to come${eraHint(closing)}`,
    )
  }
  return {
    ref,
    client: cells.one('client'),
    clientRef: cells.one('client-ref'),
    ...name,
    stage,
    status,
    opened,
    closed: status === 'open' ? null : closing,
    expectedClose: cells.day('expected-close') ?? (status === 'open' ? closing : null),
    amount: dealAmount(cells, status),
    cost: cells.money('cost'),
    owner: cells.one('owner'),
    source: cells.one('source'),
    reason: cells.one('reason'),
    need: cells.all('need').join('\n') || null,
    note: cells.all('note').join('\n') || null,
  }
}

/** The numbers of a draft's names. @throws Fault `usage` where the book lacks one. */
export function dealIds(draft: DealDraft, names: NameBook) {
  return {
    owner: names.id('owners', draft.owner),
    source: names.id('sources', draft.source),
    reason: draft.status === 'lost' ? names.id('reasons', draft.reason) : null,
  }
}
