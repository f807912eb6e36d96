import type { Day } from '../domain/day.ts'
import { counted } from '../domain/text.ts'
import { FEWEST_CLOSED, type Record as StageRecord } from './model/plan.ts'

/** What the notes of a plan are about. */
export interface PlanNoted {
  asOf: Day
  by: Day
  /** The closed deals of the first stage; null if there is no stage to plan for. */
  first: StageRecord | null
  leads: { expected: number | null; needed: number | null }
  /** How certain it should be, as `80%`. */
  sure: string
  /** How many deals are open, and what they bring by the day, as text. */
  open: { deals: number; mean: string; sure: string }
  /** What a win counts as; null if wins are counted. */
  win: Win | null
  startBy: Day | null
  /** Is the time that deals take an assumption? */
  guessedDays: boolean
}

/** What a win counts as in a plan for money. */
export interface Win {
  /** Minor units. */
  value: number
  /** The same without its sign, with its currency. */
  shown: string
  of: 'profit' | 'amount'
  /** The deals whose mean it is. */
  from: 'wins' | 'wins and opened deals' | 'opened deals' | 'nothing'
}

/** How many leads it takes, in a sentence. */
function leadsNote({ first, leads, sure, win }: PlanNoted): string[] {
  if (!first) return []
  const { expected, needed } = leads
  if (expected === 0 && needed === 0) return ['No new leads are needed: the open deals bring it.']
  if (win && win.from !== 'nothing' && win.value <= 0) {
    return ['No number of new leads reaches it.']
  }
  const speaks = typeof first.template === 'number'
  if (first.reached === 0 && !speaks) {
    return ['No deal was closed yet: what it takes cannot be said.']
  }
  const surely = `${needed ?? 'over a million'} bring it with ${sure} confidence`
  if (first.won > 0 || (speaks && expected !== null))
    return [`${expected} new leads bring it on average; ${surely}.`]
  return [
    'No deal was won yet: what it takes on average cannot be said' +
      (needed === null ? '.' : ', and “needed” is a bold guess.'),
  ]
}

/** What a plan rests on: closed deals, or the template until there are enough of them. */
function restsNote({ reached, template }: StageRecord, guessedDays: boolean): string[] {
  const deals = counted(reached, 'closed deal')
  const own = `${FEWEST_CLOSED} closed deals make chances of your own.`
  const days = guessedDays ? ['How long a deal takes is an assumption.'] : []
  if (reached >= FEWEST_CLOSED) return [`Rests on ${deals}.`, ...days]
  if (typeof template !== 'number') {
    return reached === 0 ? days : [`Rests on ${deals} only; ${own}`, ...days]
  }
  const known = reached === 0 ? 'no deal was closed yet' : `${deals} so far`
  return [`Rests on the template’s chances, an assumption: ${known}; ${own}`, ...days]
}

function winNote(win: Win | null): string[] {
  if (!win) return []
  const { value, shown, of, from } = win
  if (from === 'nothing') return [`What a win counts as is not known: no deal was opened yet.`]
  if (from === 'wins' && value <= 0) {
    return value < 0
      ? [`A win brings a loss of ${shown} on average, so more wins lead away from the target.`]
      : [`A win brings no ${of} on average, so more wins lead no nearer to the target.`]
  }
  const mean = {
    wins: 'the mean of past ones',
    'wins and opened deals': 'the mean of the few past ones and of all deals as they were opened',
    'opened deals': 'the mean of deals as they were opened; none was won yet',
  }[from]
  return [`A win counts as ${value < 0 ? '-' : ''}${shown}, ${mean}.`]
}

/** What to know along with a plan. */
export function planNotes(noted: PlanNoted): string[] {
  const { asOf, by, first, open, win, startBy, guessedDays } = noted
  return [
    ...leadsNote(noted),
    ...(first ? restsNote(first, guessedDays) : []),
    ...(open.deals > 0
      ? [
          `Taken off: what ${counted(open.deals, 'open deal')} will bring, ${open.mean} on average, ${open.sure} with that confidence.`,
        ]
      : []),
    ...(first ? winNote(win) : []),
    ...(startBy !== null && startBy < asOf
      ? [`Late: leads needed to be there by ${startBy} for most of their wins to come by ${by}.`]
      : []),
    ...(first
      ? ['“+1 point saves”: leads saved on average if one in a hundred more passed that stage.']
      : []),
  ]
}
