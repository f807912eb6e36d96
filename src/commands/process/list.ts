import { defineCommand } from '../../cli/command.ts'
import { type Column, listReport } from '../../domain/table.ts'
import { listProcesses } from '../../records/processes.ts'

const COLUMNS: Column[] = [
  { key: 'id', label: 'No.', type: 'count' },
  { key: 'name', label: 'Process', type: 'text' },
  { key: 'kind', label: 'Kind', type: 'text' },
  { key: 'stages', label: 'Stages', type: 'count' },
  { key: 'open_deals', label: 'Open deals', type: 'count' },
  { key: 'default', label: 'Default', type: 'flag' },
  { key: 'retired', label: 'Retired', type: 'flag' },
]

export default defineCommand({
  options: {},
  examples: ['process list'],
  async run(context) {
    const { db } = await context.book()
    const rows = await listProcesses(db)
    const section = { key: 'processes', columns: COLUMNS, rows }
    await context.print(listReport('processes', 'Processes', section))
  },
})
