import { listGoals } from '../book/goals.ts'
import type { Db } from '../book/store/db.ts'
import { plainGoal } from '../domain/goals/measures.ts'
import type { Currency } from '../domain/money.ts'
import type { Cell, LongTable } from '../domain/table.ts'
import { ownColumns } from './deals.ts'

/** Goals as a table, in the order in which they were set; a goal without an owner is for all. */
export async function goalTable(db: Db, currency: Currency): Promise<LongTable> {
  const columns = ownColumns('goals')
  const rows = (await listGoals(db)).map((goal): Cell[] => {
    const { measure, owner, every, from, to, value } = goal
    const cells: Record<string, Cell> = { measure, owner, every, from, to }
    return columns.map(({ key }) =>
      key === 'goal' ? plainGoal(value, measure, currency) : (cells[key] ?? null),
    )
  })
  return { name: 'goals', columns, currency: null, rows }
}
