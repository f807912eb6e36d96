import { type RawBuilder, sql, type SqlBool } from 'kysely'
import { valuesOf } from '../book/store/sql.ts'
import type { Db } from '../book/store/db.ts'
import type { Day } from '../domain/day.ts'

/** What is to be done next about a deal. */
interface NextStep {
  text: string
  due: Day
}

/** Does a deal, by the alias given, have an open task with a day? */
export function hasNextStep(deal: string): RawBuilder<SqlBool> {
  return sql`EXISTS (SELECT 1 FROM tasks AS nt WHERE nt.deal_id = ${sql.ref(`${deal}.id`)}
    AND nt.status = 'open' AND nt.due IS NOT NULL AND nt.deal_id IS NOT NULL)`
}

/** The next step of deals, by the deal's number: the open task that is due first. */
export async function nextSteps(db: Db, ids: readonly number[]): Promise<Map<number, NextStep>> {
  const { rows } = await sql<NextStep & { deal: number }>`
    SELECT t.deal_id AS deal, t.text, t.due FROM tasks AS t
    WHERE t.status = 'open' AND t.due IS NOT NULL AND t.deal_id IN ${valuesOf(ids)}
    ORDER BY t.due, t.id`.execute(db)
  const found = new Map<number, NextStep>()
  for (const { deal, text, due } of rows) if (!found.has(deal)) found.set(deal, { text, due })
  return found
}
