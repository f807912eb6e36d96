import type { Db } from '../../book/store/db.ts'
import { Fault } from '../../domain/fault.ts'
import { nameKey } from '../../domain/name.ts'
import { requirementText } from '../../domain/stage-requirement.ts'
import type { Moment } from '../../records/moment.ts'
import { activeStages, loadProcess, type ProcessStage } from '../../records/processes.ts'
import { missingRequirements } from '../../records/stage-requirements.ts'
import { advance, type Step } from '../../records/steps.ts'

const PROPOSAL = nameKey('proposal')

/** Where a deal stands in a process whose stages follow one another, and which of them is the proposal. */
interface Place {
  here: ProcessStage
  proposal: ProcessStage
}

/** Null if the deal is closed, its process is not guided, or no stage of it is called Proposal. */
async function placeOf(db: Db, dealId: number): Promise<Place | null> {
  const deal = await db
    .selectFrom('deals')
    .select(['process_id', 'stage_id', 'closed_on'])
    .where('id', '=', dealId)
    .executeTakeFirstOrThrow()
  if (deal.closed_on !== null) return null
  const process = await loadProcess(db, deal.process_id)
  if (process.kind !== 'guided') return null
  const here = process.stages.find(({ stageId }) => stageId === deal.stage_id)
  const proposal = activeStages(process).find(({ name }) => nameKey(name) === PROPOSAL)
  return here && proposal ? { here, proposal } : null
}

/** The stage of a guided deal that comes before Proposal; null if it is there or beyond, or has no such stage. */
export async function stageBeforeProposal(db: Db, dealId: number): Promise<string | null> {
  const place = await placeOf(db, dealId)
  if (place === null || place.here.position >= place.proposal.position) return null
  return place.here.name
}

/** How far a deal went, and why no further; null if nothing held it. */
export interface Advanced {
  steps: Step[]
  held: string | null
}

/**
 * Takes a guided deal that stands at Proposal, or before it, to the stage after it. What a stage requires still holds:
 * the deal then stays in that stage.
 */
export async function advancePastProposal(
  db: Db,
  dealId: number,
  moment: Moment,
): Promise<Advanced> {
  const steps: Step[] = []
  for (;;) {
    const place = await placeOf(db, dealId)
    if (place === null || place.here.position > place.proposal.position) {
      return { steps, held: null }
    }
    const missing = await missingRequirements(db, dealId)
    if (missing.length > 0) {
      const what = missing.map(requirementText).join(', ')
      const held = `deal ${dealId} stays in ${place.here.name}, which it cannot leave without: ${what}; then: funnel advance ${dealId}`
      return { steps, held }
    }
    try {
      steps.push(await advance(db, dealId, moment))
    } catch (error) {
      if (!(error instanceof Fault)) throw error
      return { steps, held: `deal ${dealId} stays in ${place.here.name}: ${error.message}` }
    }
  }
}
