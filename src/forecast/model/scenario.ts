import { Fault } from '../../domain/fault.ts'
import { HIGHEST_CHANCE } from './curves.ts'
import { type Hazards, OLDEST } from '../../domain/chance/hazards.ts'
import type { Place } from '../../domain/chance/seen.ts'
import type { Wish } from './origin.ts'
import type { Pipeline } from './pipeline.ts'

const HINT = 'write it as win-rate:proposal=+10%, win-rate=-5%, arrivals=+20% or amount=-5%'
/** The largest share of those leaving a stage that can go on. */
const HIGHEST_SHARE = 0.99

const WHAT = ['win-rate', 'arrivals', 'amount'] as const

/**
 * One changed condition, as a factor. A win rate with a stage is the share of those leaving
 * that stage that go on; without one it is every deal's chance to be won.
 */
export interface Change {
  what: (typeof WHAT)[number]
  stage: string | null
  factor: number
}

/**
 * Reads a change: `win-rate:proposal=+10%` takes a step conversion from 50 % to 55 %, and
 * `win-rate=+10%` a chance to be won from 20 % to 22 %, whatever the stage.
 * @throws Fault `usage` if the text is not one.
 */
export function parseChange(text: string): Change {
  const word = text.trim()
  const match = /^(?:win-rate(?::(.+))?|arrivals|amount)=([+-]\d{1,4}(?:\.\d+)?)%$/i.exec(word)
  const what = WHAT.find((one) => word.toLowerCase().startsWith(one))
  const factor = 1 + Number(match?.[2]) / 100
  if (!match || !what || factor < 0) throw new Fault('usage', `“${text}” is not a change`, HINT)
  return { what, stage: match[1]?.trim() ?? null, factor }
}

/** A change in words: `win rate of proposal +10%`. */
export function describeChange({ what, stage, factor }: Change): string {
  const percent = Number(((factor - 1) * 100).toFixed(2))
  const name = what === 'win-rate' ? (stage === null ? 'win rate' : `win rate of ${stage}`) : what
  return `${name} ${percent < 0 ? '−' : '+'}${Math.abs(percent)}%`
}

/** The places with that stage. @throws Fault `not-found` if there is none. */
function meant(places: readonly Place[], stage: string): Set<number> {
  const wanted = stage.toLowerCase()
  const found = places.flatMap(({ name }, at) =>
    name.toLowerCase().startsWith(wanted) ? [at] : [],
  )
  if (found.length > 0) return new Set(found)
  const names = [...new Set(places.flatMap(({ name }) => name || []))].join(', ')
  throw new Fault('not-found', `no deal goes through a stage “${stage}”`, `there are: ${names}`)
}

/** Of those leaving in a cell: how many go on per day, and how many leave at all. */
function leavingIn({ moved, won, lost }: Hazards, at: number): { onward: number; all: number } {
  const onward = (moved[at] as number) + (won[at] as number)
  return { onward, all: onward + (lost[at] as number) }
}

/** Multiplies the share of those leaving a place that go on, up to 99 %; they leave no sooner. */
function easier(hazards: Hazards, at: ReadonlySet<number>, factor: number): Hazards {
  const [moved, won, lost] = [hazards.moved.slice(), hazards.won.slice(), hazards.lost.slice()]
  for (let cell = 0; cell < moved.length; cell += 1) {
    if (!at.has(Math.floor(cell / (OLDEST + 1)))) continue
    const { onward, all } = leavingIn(hazards, cell)
    if (onward === 0) continue
    const share = Math.min(HIGHEST_SHARE, (onward / all) * factor)
    moved[cell] = (((moved[cell] as number) * all) / onward) * share
    won[cell] = (((won[cell] as number) * all) / onward) * share
    lost[cell] = all * (1 - share)
  }
  return { ...hazards, moved, won, lost }
}

/** A wish that combines all the changes. */
export function withChanges(
  wish: Wish,
  changes: readonly Change[],
  places: readonly Place[],
): Wish {
  const factorOf = (what: Change['what']): number =>
    changes
      .filter((change) => change.what === what && change.stage === null)
      .reduce((all, { factor }) => all * factor, 1)
  const steps = changes.flatMap(({ stage, factor }) =>
    stage === null ? [] : [{ at: meant(places, stage), factor }],
  )
  return {
    ...wish,
    change: (hazards) => steps.reduce((all, { at, factor }) => easier(all, at, factor), hazards),
    chanceFactor: factorOf('win-rate'),
    arrivalFactor: factorOf('arrivals'),
    valueFactor: factorOf('amount'),
  }
}

/** What a change is checked against: what was learnt, and how far ahead the forecast looks. */
interface Unchanged {
  hazards: Hazards
  pipeline: Pipeline
  days: number
}

/** Is a chance or a share above the highest once multiplied, and not before? */
function isOver(chance: number, factor: number, highest: number): boolean {
  return factor > 1 && chance > 0 && chance * factor > highest
}

function isCut({ stage, factor }: Change, base: Unchanged, places: readonly Place[]): boolean {
  const { hazards, pipeline, days } = base
  if (stage !== null) {
    const at = meant(places, stage)
    return hazards.moved.some((_, cell) => {
      if (!at.has(Math.floor(cell / (OLDEST + 1)))) return false
      const { onward, all } = leavingIn(hazards, cell)
      return isOver(onward / all, factor, HIGHEST_SHARE)
    })
  }
  const { chances, open, arrivals } = pipeline
  const isHigh = (chance: number): boolean => isOver(chance, factor, HIGHEST_CHANCE)
  return (
    open.place.some((place, at) => isHigh(chances.aged(place, open.age[at] as number, days))) ||
    (arrivals?.entries ?? []).some(({ place }) => isHigh(chances.fresh(place, 0, days)))
  )
}

/** Notes on changes that could not be made in full: no share can be over 99 %, and no rate higher. */
export function cutNotes(
  changes: readonly Change[],
  base: Unchanged,
  places: readonly Place[],
): string[] {
  return changes.flatMap((change) => {
    const named = `“${describeChange(change)}”`
    if (change.what === 'arrivals' && base.pipeline.arrivals === null) {
      return [`${named} changes nothing: there is no rate of new deals.`]
    }
    if (change.what !== 'win-rate' || !isCut(change, base, places)) return []
    return change.stage === null
      ? [`${named} is cut: no deal’s chance to be won is taken over 99%.`]
      : [`${named} is cut: no more than 99% of those leaving a stage go on.`]
  })
}
