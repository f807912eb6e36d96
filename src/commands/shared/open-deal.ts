import type { Db } from '../../book/store/db.ts'
import type { Change, Context } from '../../cli/context.ts'
import { tidyName } from '../../domain/name.ts'
import { listDeals } from '../../records/deal-list.ts'
import { clientDefaults } from '../../records/clients.ts'
import { addDealDetails, type DealDetails } from '../../records/deal-details.ts'
import { type NewDeal, openDeal } from '../../records/deals.ts'
import type { Moment } from '../../records/moment.ts'
import { currencyOf, moneyText } from './own-money.ts'
import { nextText, taskResult } from './deal-steps.ts'
import { warnOfOddities } from './deal-warnings.ts'

/** A new deal as given; owner and source are the client's if left out. */
export type DealFields = Pick<NewDeal, 'clientId' | 'title' | 'processId'> & Partial<NewDeal>

/** Opens a deal and says what was done. */
export async function openNewDeal(
  context: Context,
  db: Db,
  details: DealFields,
  moment: Moment,
  more?: DealDetails,
): Promise<Change> {
  const usual = await clientDefaults(db, details.clientId)
  const blank = {
    ref: null,
    stageId: null,
    amount: null,
    cost: null,
    currency: null,
    expectedClose: null,
  }
  const { id, state, task } = await openDeal(db, { ...blank, ...usual, ...details }, moment)
  if (more) await addDealDetails(db, id, more)
  await warnOfOddities(context, db, id, ['terms', 'close', 'chance', 'name'])
  const [line] = await listDeals(db, { id })
  const where = [line?.process, line?.stage].filter(Boolean).join(', ')
  const currency = currencyOf(state.currency, (await context.book()).settings.currency)
  const { amount } = state
  const worth = amount === null ? '' : ` for ${moneyText(amount, currency)}`
  return {
    summary: `opened deal ${id} (${tidyName(details.title)}) in ${where}${worth}`,
    result: {
      deal: id,
      status: state.status,
      stage: line?.stage,
      process: line?.process,
      ...taskResult(task),
    },
    next: nextText(task),
  }
}
