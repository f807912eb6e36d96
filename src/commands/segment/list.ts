import { defineCommand } from '../../cli/command.ts'
import { type Column, listReport } from '../../domain/table.ts'
import { listSegments } from '../../records/segments.ts'

const COLUMNS: Column[] = [
  { key: 'id', label: 'No.', type: 'count' },
  { key: 'name', label: 'Segment', type: 'text' },
  { key: 'conditions', label: 'Conditions', type: 'text' },
]

export default defineCommand({
  options: {},
  examples: ['segment list', 'segment list --json'],
  async run(context) {
    const { db } = await context.book()
    const rows = (await listSegments(db)).map(({ conditions, ...segment }) => ({
      ...segment,
      conditions: conditions.join('; '),
    }))
    await context.print(
      listReport(
        'segments',
        'All segments',
        { key: 'segments', columns: COLUMNS, rows },
        { empty: 'No segments; funnel segment add keeps one.' },
      ),
    )
  },
})
