import type { Db } from '../../book/store/db.ts'
import type { Context } from '../../cli/context.ts'
import { dealOddities, type Touched } from '../../records/oddities.ts'

/** Warns of what may be a slip in the values just given to a deal. */
export async function warnOfOddities(
  context: Context,
  db: Db,
  id: number,
  touched: readonly Touched[],
): Promise<void> {
  const odd = await dealOddities(db, id, new Set(touched), await context.today())
  for (const text of odd) context.say(`warning: deal ${id}: ${text}`)
}
