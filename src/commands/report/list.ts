import { defineCommand } from '../../cli/command.ts'
import { type Column, listReport } from '../../domain/table.ts'
import { listVariants } from '../../records/variants.ts'
import { shellLine } from '../../cli/shell-word.ts'

const COLUMNS: Column[] = [
  { key: 'id', label: 'No.', type: 'count' },
  { key: 'name', label: 'Name', type: 'text' },
  { key: 'report', label: 'Report', type: 'text' },
]

export default defineCommand({
  options: {},
  examples: ['report list', 'report list --json'],
  async run(context) {
    const { db } = await context.book()
    const rows = (await listVariants(db)).map(({ id, name, words }) => ({
      id,
      name,
      report: shellLine(words),
    }))
    await context.print(
      listReport(
        'kept reports',
        'Kept reports',
        { key: 'reports', columns: COLUMNS, rows },
        { empty: 'No kept reports; funnel report save NAME -- closed --by owner keeps one.' },
      ),
    )
  },
})
