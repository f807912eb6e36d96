import { Fault } from '../../domain/fault.ts'
import { EVERY, type Every, type GoalMeasure, isMoney } from '../../domain/goals/measures.ts'
import { type Goal, unitOf } from '../../domain/goals/spans.ts'
import { parseMeasure } from '../../records/goals.ts'
import type { Cells } from '../row-cells.ts'

/** A row read as a goal, its owner still a name; null is for all. */
export type GoalDraft = Omit<Goal, 'id' | 'ownerId'>

function everyIn(cells: Cells): Every | null {
  const word = cells.one('every')
  if (word === null) return null
  const found = EVERY.find((one) => one === word.toLowerCase())
  if (found) return found
  throw new Fault('usage', `“${word}” is not how often a goal comes: ${EVERY.join(', ')}`)
}

/** What a row is to reach; a reason with what it may be, as a rejected row is all that a person sees. */
function measureIn(text: string): GoalMeasure {
  try {
    return parseMeasure(text)
  } catch (error) {
    if (!(error instanceof Fault) || error.hint === undefined) throw error
    throw new Fault('usage', `${error.message}; ${error.hint}`, undefined, error)
  }
}

/** An amount in minor units, or a whole number. @param digits decimals of the currency. */
function valueIn(cells: Cells, measure: GoalMeasure, digits: number): number {
  const minor = cells.money('goal')
  if (minor === null) throw new Fault('usage', 'the row does not say what is to be reached')
  if (isMoney(measure)) return minor
  const count = minor / 10 ** digits
  if (Number.isInteger(count)) return count
  throw new Fault('usage', `“${cells.one('goal')}” is not a whole number, as ${measure} needs`)
}

/**
 * Reads a row as a goal: of every month, quarter or year from a day on, or of the days from one to another.
 * @param digits decimals of the book's currency.
 * @throws Fault `usage` with the reason if it cannot be read.
 */
export function draftGoal(cells: Cells, digits: number): GoalDraft {
  const named = cells.one('measure')
  if (named === null) throw new Fault('usage', 'the row names no measure')
  const measure = measureIn(named)
  const every = everyIn(cells)
  const [from, to] = [cells.day('from'), cells.day('to')]
  const goal = { owner: cells.one('owner'), measure, value: valueIn(cells, measure, digits) }
  if (every !== null) {
    if (to === null) return { ...goal, every, from: from && unitOf(every, from).from, to }
    throw new Fault('usage', 'a goal of every period has no last day')
  }
  if (from === null || to === null) {
    throw new Fault('usage', 'a goal needs its days: every month, or a first and a last day')
  }
  if (to < from) throw new Fault('usage', `it ends on ${to}, before it begins on ${from}`)
  return { ...goal, every, from, to }
}
