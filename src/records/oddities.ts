import type { Db } from '../book/store/db.ts'
import type { Day } from '../domain/day.ts'
import { isLoss, isOddClose } from '../domain/odd-deal.ts'

/** Which of a deal's values were just given. */
export type Touched = 'terms' | 'close' | 'chance' | 'name'

/**
 * Values just given to a deal that are probably slips, to be mentioned but not refused: a cost above the
 * amount, an expected close years away, a chance that is none, or a client and title that another open deal has, too.
 */
export async function dealOddities(
  db: Db,
  id: number,
  touched: ReadonlySet<Touched>,
  today: Day,
): Promise<string[]> {
  const deal = await db
    .selectFrom('deals')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  const odd: string[] = []
  const isOpen = deal.status === 'open'
  if (touched.has('terms') && isLoss(deal.amount, deal.cost))
    odd.push('it costs more than it brings')
  if (touched.has('close') && isOpen && isOddClose(deal.expected_close, today)) {
    odd.push(`it is expected to close on ${deal.expected_close}; today is ${today}`)
  }
  if (touched.has('chance') && isOpen && (deal.chance === 0 || deal.chance === 1)) {
    const [percent, verb] = deal.chance === 0 ? ['0%', 'lose'] : ['100%', 'win']
    odd.push(`it stays open with a chance of ${percent}; to close it: funnel ${verb} ${id}`)
  }
  if (!touched.has('name') || !isOpen) return odd
  const twin = await db
    .selectFrom('deals')
    .select('id')
    .where('client_id', '=', deal.client_id)
    .where('title_key', '=', deal.title_key)
    .where('closed_on', 'is', null)
    .where('id', '<>', id)
    .orderBy('id')
    .executeTakeFirst()
  return twin ? [...odd, `open deal ${twin.id} has the same client and title`] : odd
}
