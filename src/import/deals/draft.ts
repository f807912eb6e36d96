import type { Day } from '../../domain/day.ts'
import { Fault } from '../../domain/fault.ts'
import { tidyName } from '../../domain/name.ts'
import type { Money } from '../../domain/money.ts'
import type { Share } from '../../domain/share.ts'
import type { DealStatus } from '../../domain/deal-state.ts'
import { DEAL_TEXTS, type DealTexts } from '../../domain/text-fields.ts'
import type { Cells } from '../row-cells.ts'
import type { NameBook } from '../names.ts'
import type { Rate } from '../../domain/rate.ts'
import {
  dealAmount,
  dealChance,
  dealClient,
  dealCurrency,
  dealName,
  dealRate,
  type NamedBy,
} from './terms.ts'
import { splitValues } from '../split-values.ts'
import { textsIn } from '../texts.ts'
import { isBlankWord } from '../values/blank.ts'
import { isClosedStage, readStageWords } from '../values/stage-words.ts'
import {
  isNoReason,
  outcomeRest,
  type OutcomeWords,
  statedClosed,
  statedOutcome,
} from './stated-outcome.ts'
import { CLOSED_SOMEHOW, verdictOf } from './verdict.ts'

/** A row read as a deal; all names are still names. */
export interface DealDraft extends DealTexts {
  ref: string | null
  client: string | null
  /** Is the client the person that the row names, as it names nobody else? */
  byContact: boolean
  clientRef: string | null
  title: string
  namedBy: NamedBy
  /** Null if the row names none, or an outcome in its place. */
  stage: string | null
  /** The word in the stage's column that only says that the deal is open. */
  openWord: string | null
  status: DealStatus
  /** What suggests another outcome than the one that the row states; null if nothing does. */
  against: string | null
  /** Is a reason the only sign that it was lost? */
  byReason: boolean
  opened: Day | null
  /** Null for an open deal. */
  closed: Day | null
  expectedClose: Day | null
  /** The chance to win that was set by hand. */
  chance: Share | null
  /** The currency of amount and cost; null is the book's. */
  currency: string | null
  /** The rate that it was closed with; null if none was known, undefined if the file says nothing of rates. */
  rate: Rate | null | undefined
  amount: Money | null
  cost: Money | null
  owner: string | null
  source: string | null
  reason: string | null
  /** Is a reason of a deal that was not lost kept as a property? */
  keepsReason: boolean
  /** Its contact: a person at the client. */
  contact: string | null
  tags: string[]
  /** What the row holds beyond the fields. */
  properties: { name: string; value: string }[]
}

// The properties for what a deal has no field for: a reason although it was not lost, and the text of a stage that says more than an outcome.
const REASON = 'Reason'
const STAGE = 'Stage'
const OUTCOME = 'Outcome'

/** A row whose title may be the name of a client that it does not name. */
type Untitled = Omit<DealDraft, 'title'> & { title: string | null }

/** The day on which a deal ended; for an open one, on which it should end. */
function closingDay(cells: Cells, status: DealStatus): Day | null {
  const closed = cells.day('closed')
  return closed !== null || status === 'open' ? closed : cells.day(`${status}-on`)
}

/** How to import a row that only says that the deal is closed. */
function closedHint(stage: string | null): string {
  return stage === null
    ? 'a column for the outcome or for “won?” would (--map "Header=outcome" or is-won)'
    : `if its stage does, say which: --won "${stage}" or --lost "${stage}"`
}

/** A reason for closing a deal, which may have been won or lost. */
const OF_CLOSING =
  /^(?!.*(?:los[ts]|losing))(?:.*clos(?:ed?|ing)\b|причина закрытия|关闭原因|abschlussgrund)/i

/** A past day in the column of closing days, if another column has the expected ones. */
function pastClose(cells: Cells, today: Day): Day | null {
  const closed = cells.has('expected-close') ? cells.day('closed') : null
  return closed !== null && closed <= today ? closed : null
}

interface StageAndOutcome extends Pick<
  DealDraft,
  'status' | 'stage' | 'openWord' | 'against' | 'byReason'
> {
  /** What the text of the stage says apart from the outcome. */
  rest: string | null
  /** The same of the text in the column of outcomes. */
  outcomeRest: string | null
}

/**
 * The outcome and the stage. A word for won or lost may be in the outcome's column or, as in many
 * systems, in the stage's, which then names no stage.
 * @throws Fault `usage` if the outcome is not a known word, or cannot be determined.
 */
function stageAndOutcome(
  cells: Cells,
  words: OutcomeWords,
  today: Day,
  stages: readonly { name: string }[],
): StageAndOutcome {
  const named = cells.one('stage')
  const stage = named === null || isBlankWord(named) ? null : named
  const read = stage === null ? null : readStageWords(stage, words, stages)
  const says = read?.says ?? null
  const reason = cells.one('reason')
  const hasReason = reason !== null && !isNoReason(reason)
  const header = cells.header('reason') ?? ''
  const isOfClosing = hasReason && OF_CLOSING.test(header)
  const stated = statedOutcome(cells, words)
  const isOver = stage !== null && says === null && isClosedStage(stage, stages)
  const verdict = verdictOf({
    stage: stage === null || says === null ? null : { text: stage, says },
    stated: isOver ? statedClosed(stage, stated) : stated,
    wonOn: cells.day('won-on'),
    lostOn: cells.day('lost-on'),
    hasReason: hasReason && !isOfClosing,
    closedOn: pastClose(cells, today) ?? (isOfClosing ? today : null),
  })
  if (!('refusal' in verdict)) {
    const { status, against, byReason } = verdict
    return {
      status,
      against,
      byReason,
      stage: says === null && !isOver ? stage : null,
      openWord: says === 'open' && verdict.status === 'open' ? stage : null,
      rest: read?.rest ?? null,
      outcomeRest: outcomeRest(cells, words),
    }
  }
  const own = says === null ? stage : null
  const isMeant = isOfClosing ? `; if it was lost for that reason: --map "${header}=reason"` : ''
  const way = isOfClosing ? closedHint(null) + isMeant : closedHint(own)
  const hint = verdict.refusal === CLOSED_SOMEHOW ? `; ${way}` : ''
  throw new Fault('usage', verdict.refusal + hint)
}

/**
 * The reason for a loss, and what is kept as properties if there is no field for it. What a stage says
 * besides “lost” is a reason only if the book has it as one: it may be a pipeline as well.
 */
function reasonOf(
  cells: Cells,
  { status, rest, outcomeRest: more }: StageAndOutcome,
  isReason: (name: string) => boolean,
): Pick<DealDraft, 'reason' | 'keepsReason' | 'properties'> {
  const given = cells.one('reason')
  const stage = cells.one('stage') ?? ''
  const isFree = status === 'lost' && (given === null || isNoReason(given))
  const fromStage = isFree
    ? [rest, more].find((text) => text !== null && isReason(text))
    : undefined
  const isKept = (text: string | null): text is string =>
    text !== null && text !== fromStage && text !== cells.one('process')
  const keepsReason = status !== 'lost' && given !== null && !isNoReason(given)
  return {
    reason: fromStage ?? given,
    keepsReason,
    properties: [
      ...(isKept(rest) ? [{ name: STAGE, value: stage }] : []),
      ...(isKept(more) ? [{ name: OUTCOME, value: cells.one('outcome') ?? '' }] : []),
      ...(keepsReason ? [{ name: REASON, value: given }] : []),
    ],
  }
}

/** Buddhist years of two digits look like future years: 67 is 2567, which is 2024. */
function eraHint(day: Day): string {
  return day >= '2043' ? ' (--date-format dmy-be if short years are Buddhist)' : ''
}

/**
 * Reads a row as a deal. The closing day of an open deal is when it is expected to close.
 * @param stages those of its process.
 * @param isReason does the book have a reason for losses of that name?
 * @throws Fault `usage` with the reason if it cannot be read.
 */
export function draftDeal(
  cells: Cells,
  words: OutcomeWords,
  today: Day,
  stages: readonly { name: string }[],
  isReason: (name: string) => boolean,
): Untitled {
  const how = stageAndOutcome(cells, words, today, stages)
  const { status } = how
  const reasons = reasonOf(cells, how, isReason)
  const day = closingDay(cells, status)
  // A deal that is lost only by its reason may still have the day on which it should have closed.
  const isExpected = status === 'open' || (how.byReason && day !== null && day > today)
  const closing = isExpected ? null : day
  const ref = cells.one('ref')
  const name = dealName(cells)
  const currency = dealCurrency(cells)
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
    title: name.title,
    namedBy: name.namedBy,
    status,
    stage: how.stage,
    openWord: how.openWord,
    against: how.against,
    byReason: how.byReason,
    opened,
    closed: closing,
    expectedClose: cells.day('expected-close') ?? (isExpected ? day : null),
    chance: dealChance(cells, status),
    currency,
    rate: currency === null || isExpected ? undefined : dealRate(cells),
    amount: dealAmount(cells, status, currency),
    cost: cells.money('cost', currency),
    owner: cells.one('owner'),
    source: cells.one('source'),
    reason: reasons.reason,
    keepsReason: reasons.keepsReason,
    ...textsIn(DEAL_TEXTS, cells),
    contact: contact === null ? null : tidyName(contact) || null,
    tags: splitValues(cells.all('tag')).map(tidyName),
    properties: [...cells.properties(), ...reasons.properties],
  }
}

/** A word for nothing is a reason only if the book has it as one. */
function reasonId(reason: string | null, names: NameBook): number | null {
  const isNone = reason !== null && isNoReason(reason)
  return isNone ? names.known('reasons', reason) : names.id('reasons', reason)
}

/** The numbers of a draft's names. @throws Fault `usage` if the book lacks one. */
export function dealIds(draft: DealDraft, names: NameBook) {
  return {
    owner: names.id('owners', draft.owner),
    source: names.id('sources', draft.source),
    reason: draft.status === 'lost' ? reasonId(draft.reason, names) : null,
  }
}
