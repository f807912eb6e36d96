import type { Day } from '../../domain/day.ts'
import { Fault } from '../../domain/fault.ts'
import type { Money } from '../../domain/money.ts'
import type { DealStatus } from '../../domain/standing.ts'
import type { Cells } from '../cells.ts'
import type { NameBook } from '../names.ts'
import { dealAmount, dealClient, dealName, type NamedBy } from './terms.ts'
import { isBlankWord } from '../values/blank.ts'
import { isClosedStage, outcomeWord, stageOutcome, statusWord, yesNo } from '../values/words.ts'
import { CLOSED_SOMEHOW, fits, type Stated, verdictOf } from './verdict.ts'

/** A row read as a deal; all names are still names. */
export interface DealDraft {
  ref: string | null
  client: string | null
  /** Is the client the person whom the row names, for want of another? */
  byContact: boolean
  clientRef: string | null
  title: string
  namedBy: NamedBy
  /** Null where the row names none, or an outcome in its place. */
  stage: string | null
  status: DealStatus
  /** What speaks for another outcome than the one that the row states; null where nothing does. */
  against: string | null
  /** Is a reason all that says it was lost? */
  byReason: boolean
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
  /** What the row holds beyond the fields. */
  properties: { name: string; value: string }[]
}

/** What the person at the client is kept as. */
const CONTACT = 'Contact'

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
  if (answer !== null || isBlankWord(text)) return answer
  throw new Fault('usage', `${field} is “${text}”, which is neither yes nor no`)
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

/** The day on which a deal ended; for an open one, on which it should. */
function closingDay(cells: Cells, status: DealStatus): Day | null {
  const closed = cells.day('closed')
  return closed !== null || status === 'open' ? closed : cells.day(`${status}-on`)
}

/** What the columns beside the stage say: a word, or yes and no to “won?” and “closed?”. */
function statedOutcome(cells: Cells, words: OutcomeWords): Stated | null {
  const answered = answeredOutcome(cells)
  const text = cells.one('outcome')
  if (text === null || isBlankWord(text)) return answered
  const outcome = statusWord(text, words)
  if (outcome === 'closed') return answered === 'not won' ? 'lost' : (answered ?? 'closed')
  if (outcome === null) {
    const flags = '--won "…" and --lost "…" say which words mean what'
    throw new Fault('usage', `the outcome “${text}” is neither won, lost nor open (${flags})`)
  }
  if (answered === null || fits(answered, outcome)) return outcome
  throw new Fault('usage', `the outcome “${text}” says ${outcome}, another column ${answered}`)
}

/** What the other columns say, where the stage says that the deal is over. */
function statedClosed(stage: string, stated: Stated | null): Stated {
  if (stated === 'open') {
    throw new Fault('usage', `the stage “${stage}” says closed, another column open`)
  }
  return stated === 'not won' ? 'lost' : (stated ?? 'closed')
}

/** How a row comes in that says no more than that the deal is closed. */
function closedHint(stage: string | null): string {
  return stage === null
    ? 'a column for the outcome or for “won?” would (--map "Header=outcome" or is-won)'
    : `if its stage does, say which: --won "${stage}" or --lost "${stage}"`
}

/** Words in a column of reasons that are no reason. */
export function isNoReason(text: string): boolean {
  return isBlankWord(text) || yesNo(text) === false || outcomeWord(text, NO_WORDS) === 'open'
}

const NO_WORDS: OutcomeWords = { won: [], lost: [] }

/** A past day in the column of closing days, where another column has the expected ones. */
function pastClose(cells: Cells, today: Day): Day | null {
  const closed = cells.has('expected-close') ? cells.day('closed') : null
  return closed !== null && closed <= today ? closed : null
}

/**
 * The outcome and the stage. A word for won or lost may stand in the outcome's column or, as many
 * systems have it, in the stage's, which then names no stage.
 * @throws Fault `usage` where the outcome is no word that is known, or cannot be told.
 */
function course(
  cells: Cells,
  words: OutcomeWords,
  today: Day,
  stages: readonly { name: string }[],
): Pick<DealDraft, 'status' | 'stage' | 'against' | 'byReason'> {
  const named = cells.one('stage')
  const stage = named === null || isBlankWord(named) ? null : named
  const says = stage === null ? null : stageOutcome(stage, words, stages)
  const reason = cells.one('reason')
  const stated = statedOutcome(cells, words)
  const isOver = stage !== null && says === null && isClosedStage(stage, stages)
  const verdict = verdictOf({
    stage: stage === null || says === null ? null : { text: stage, says },
    stated: isOver ? statedClosed(stage, stated) : stated,
    wonOn: cells.day('won-on'),
    lostOn: cells.day('lost-on'),
    hasReason: reason !== null && !isNoReason(reason),
    closedOn: pastClose(cells, today),
  })
  if (!('refusal' in verdict)) {
    return { ...verdict, stage: says === null && !isOver ? stage : null }
  }
  const own = says === null ? stage : null
  const hint = verdict.refusal === CLOSED_SOMEHOW ? `; ${closedHint(own)}` : ''
  throw new Fault('usage', verdict.refusal + hint)
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
  const how = course(cells, words, today, stages)
  const { status } = how
  const day = closingDay(cells, status)
  // What a reason alone tells to be lost may still have the day on which it should have closed.
  const isExpected = status === 'open' || (how.byReason && day !== null && day > today)
  const closing = isExpected ? null : day
  const ref = cells.one('ref')
  const name = dealName(cells)
  const { client, contact } = dealClient(cells)
  const opened = cells.day('opened')
  if (opened !== null && opened > today) {
    throw new Fault('usage', `it was opened on ${opened}, which is still to come${eraHint(opened)}`)
  }
  if (closing !== null && closing > today) {
    throw new Fault(
      'usage',
      `it is ${status}, but its closing day ${closing} is still to come${eraHint(closing)}`,
    )
  }
  return {
    ref,
    client,
    byContact: client !== null && cells.one('client') === null,
    clientRef: cells.one('client-ref'),
    ...name,
    ...how,
    opened,
    closed: closing,
    expectedClose: cells.day('expected-close') ?? (isExpected ? day : null),
    amount: dealAmount(cells, status),
    cost: cells.money('cost'),
    owner: cells.one('owner'),
    source: cells.one('source'),
    reason: cells.one('reason'),
    need: cells.all('need').join('\n') || null,
    note: cells.all('note').join('\n') || null,
    properties: [
      ...cells.properties(),
      ...(contact === null ? [] : [{ name: CONTACT, value: contact }]),
    ],
  }
}

/** A word for nothing is a reason only where the book has it as one. */
function reasonId(reason: string | null, names: NameBook): number | null {
  const isNone = reason !== null && isNoReason(reason)
  return isNone ? names.known('reasons', reason) : names.id('reasons', reason)
}

/** The numbers of a draft's names. @throws Fault `usage` where the book lacks one. */
export function dealIds(draft: DealDraft, names: NameBook) {
  return {
    owner: names.id('owners', draft.owner),
    source: names.id('sources', draft.source),
    reason: draft.status === 'lost' ? reasonId(draft.reason, names) : null,
  }
}
