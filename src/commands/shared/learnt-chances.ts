import type { Context } from '../../cli/context.ts'
import { type Chances, chancesAsOf } from '../../reports/chances.ts'

/** The chances of open deals as the book has learnt them by today. */
export async function learntChances(context: Context): Promise<Chances> {
  return chancesAsOf((await context.book()).db, await context.today())
}
