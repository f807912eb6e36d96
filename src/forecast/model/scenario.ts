import { Fault } from '../../domain/fault.ts'
import type { Hazards } from './hazards.ts'
import { OLDEST } from './hazards.ts'
import type { Place } from './ledger.ts'
import type { Wish } from './origin.ts'

const HINT = 'write it as win-rate:proposal=+10%, win-rate=-5%, arrivals=+20% or amount=-5%'
const HIGHEST = 0.99

/** One thing that is otherwise: by which factor, and for a win rate at which stage (none is all). */
export interface Change {
  what: 'win-rate' | 'arrivals' | 'amount'
  stage: string | null
  factor: number
}

/**
 * Reads a change: `win-rate:proposal=+10%` takes a step conversion from 50 % to 55 %.
 * @throws Fault `usage` where the text is none.
 */
export function parseChange(text: string): Change {
  const match = /^(?:(win-rate)(?::(.+))?|(arrivals)|(amount))=([+-]\d{1,4}(?:\.\d+)?)%$/i.exec(
    text.trim(),
  )
  const factor = 1 + Number(match?.[5]) / 100
  if (!match || factor < 0) throw new Fault('usage', `“${text}” is not a change`, HINT)
  const what = (match[1] ?? match[3] ?? match[4] ?? '').toLowerCase() as Change['what']
  return { what, stage: match[2]?.trim() ?? null, factor }
}

/** A change in words: `win rate of proposal +10%`. */
export function describeChange({ what, stage, factor }: Change): string {
  const percent = Number(((factor - 1) * 100).toFixed(2))
  const name = what === 'win-rate' ? (stage === null ? 'win rate' : `win rate of ${stage}`) : what
  return `${name} ${percent < 0 ? '−' : '+'}${Math.abs(percent)}%`
}

/** The places whose stage is meant. @throws Fault `not-found` where there is none. */
function meant(places: readonly Place[], stage: string): Set<number> {
  const wanted = stage.toLowerCase()
  const found = places.flatMap(({ name }, at) =>
    name.toLowerCase().startsWith(wanted) ? [at] : [],
  )
  if (found.length > 0) return new Set(found)
  const names = [...new Set(places.flatMap(({ name }) => name || []))].join(', ')
  throw new Fault('not-found', `no deal goes through a stage “${stage}”`, `there are: ${names}`)
}

/** Multiplies the share of those leaving a place that go on, up to 99 %; they leave no sooner. */
function easier(hazards: Hazards, at: ReadonlySet<number> | null, factor: number): Hazards {
  const [moved, won, lost] = [hazards.moved.slice(), hazards.won.slice(), hazards.lost.slice()]
  for (let cell = 0; cell < moved.length; cell += 1) {
    if (at && !at.has(Math.floor(cell / (OLDEST + 1)))) continue
    const onward = (moved[cell] as number) + (won[cell] as number)
    const leaving = onward + (lost[cell] as number)
    if (onward === 0) continue
    const share = Math.min(HIGHEST, (onward / leaving) * factor)
    moved[cell] = (((moved[cell] as number) * leaving) / onward) * share
    won[cell] = (((won[cell] as number) * leaving) / onward) * share
    lost[cell] = leaving * (1 - share)
  }
  return { ...hazards, moved, won, lost }
}

/** A wish in which all the changes hold. */
export function withChanges(
  wish: Wish,
  changes: readonly Change[],
  places: readonly Place[],
): Wish {
  const factorOf = (what: Change['what']): number =>
    changes.filter((change) => change.what === what).reduce((all, { factor }) => all * factor, 1)
  const rates = changes.flatMap(({ what, stage, factor }) =>
    what === 'win-rate' ? [{ at: stage === null ? null : meant(places, stage), factor }] : [],
  )
  return {
    ...wish,
    change: (hazards) => rates.reduce((all, { at, factor }) => easier(all, at, factor), hazards),
    arrivalFactor: factorOf('arrivals'),
    valueFactor: factorOf('amount'),
  }
}
