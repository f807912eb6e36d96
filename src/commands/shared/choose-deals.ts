import type { Context } from '../../cli/context.ts'
import { conditionAids } from './condition-aids.ts'
import type { DealTest } from '../../records/choose/deals.ts'

/** The conditions of a list of deals: a test of the deals, and the conditions about their clients. */
export interface DealWhere {
  test: DealTest | undefined
  clients: string[]
  /** Does it ask about something that only closed deals have, or the status itself? */
  asksOutcome: boolean
}

const OUTCOME = new Set(['status', 'closed', 'reason'])

/** Reads the `--where` of a list of deals. */
export async function readDealWhere(
  context: Context,
  texts: readonly string[],
): Promise<DealWhere> {
  if (texts.length === 0) return { test: undefined, clients: [], asksOutcome: false }
  const { dealTest, sortConditions } = await import('../../records/choose/deals.ts')
  const { db } = await context.book()
  const { deals, clients } = sortConditions(texts)
  return {
    test: await dealTest(db, deals, await context.today(), conditionAids(context)),
    clients,
    asksOutcome: deals.some(({ field }) => OUTCOME.has(field)),
  }
}
