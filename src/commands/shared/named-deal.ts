import type { Context } from '../../cli/context.ts'
import { findDeal, type Wanted } from '../../records/lookup/deal.ts'
import type { Named } from '../../records/lookup.ts'

/**
 * The deal that a command line names. If it also fits deals of the other status, the message says
 * which one is meant.
 * @throws Fault `not-found` if none or several match.
 */
export async function namedDeal(context: Context, text: string, wanted: Wanted): Promise<Named> {
  const found = await findDeal((await context.book()).db, text, { wanted })
  const { id, name, client, others } = found
  if (others > 0) {
    context.say(`“${text}”: the only ${wanted} deal that fits is ${id} (${client}: ${name})`)
  }
  return found
}
