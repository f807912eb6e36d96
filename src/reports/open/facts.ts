import type { DealCounts } from '../../book/stays/counts.ts'
import type { Db } from '../../book/store/db.ts'
import { FEWEST_CLOSED } from '../../domain/chance/hazards.ts'
import type { Day } from '../../domain/day.ts'
import { counted } from '../../domain/text.ts'
import { type ChanceBy, chancesAsOf } from '../chances.ts'
import { dealsAsOf } from '../deals-as-of.ts'
import { ownProbabilities } from '../own-probability.ts'
import type { StagePlace } from '../stage-order.ts'
import type { FactsOf, StageFacts } from './funnel.ts'

/** What is known of stages, and the note that says where chances come from. */
interface Facts {
  of: FactsOf
  /** What chances are learnt from. */
  by: ChanceBy | 'own'
  note: string
}

/** Where facts are looked up. */
interface Sources {
  db: Db
  places: readonly StagePlace[]
  asOf: Day
  /** What the stays of all deals had come to by then. */
  counts: () => Promise<DealCounts>
}

const NONE: StageFacts = { probability: null, limitDays: null }

const TEMPLATE = "Chance to win: the process's template."

/** As the template says, with other chances where those are known. */
function withChances(
  places: readonly StagePlace[],
  chanceOf: (processId: number, stageId: number | null, days: number) => number | null,
): FactsOf {
  const templates = new Map<string, StageFacts>(
    places.map((place) => [`${place.processId}:${place.stageId}`, place]),
  )
  return (process, stage, days) => {
    const facts = templates.get(`${process}:${stage}`) ?? NONE
    return { ...facts, probability: chanceOf(process, stage, days) ?? facts.probability }
  }
}

/**
 * What is known of stages: time limits, and chances to win.
 * @param which `own`: by the share won of closed deals that reached the stage; `template`; else by stage
 * and age.
 */
export async function loadFacts(
  { db, places, asOf, counts }: Sources,
  which: unknown,
): Promise<Facts> {
  if (which === 'template')
    return { of: withChances(places, () => null), by: 'template', note: TEMPLATE }
  if (which === 'own') {
    const learnt = await ownProbabilities(await dealsAsOf(db, asOf), places)
    return {
      of: withChances(places, learnt.of),
      by: 'own',
      note:
        `Chance to win: this book's own ${learnt.closed} closed deals; the template for ` +
        `processes with fewer than ${FEWEST_CLOSED}.`,
    }
  }
  const chances = await chancesAsOf(db, asOf, await counts())
  const closed = counted(chances.closed, 'closed deal')
  const notes = {
    age: `Chance to win: by stage and days in it, learnt from this book's ${closed}.`,
    stage: `Chance to win: by stage, learnt from this book's ${closed}; by days in it from 30 on.`,
    template: TEMPLATE,
  }
  return { of: withChances(places, chances.of), by: chances.by, note: notes[chances.by] }
}
