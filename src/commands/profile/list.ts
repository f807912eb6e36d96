import { defineCommand } from '../../cli/command.ts'
import { type Column, listReport } from '../../domain/table.ts'
import { listProfiles } from '../../import/profiles.ts'

const COLUMNS: Column[] = [
  { key: 'name', label: 'Profile', type: 'text' },
  { key: 'kind', label: 'For', type: 'text' },
  { key: 'columns', label: 'Columns', type: 'count' },
]

export default defineCommand({
  options: {},
  examples: ['profile list', 'profile list --json'],
  async run(context) {
    const { db } = await context.book()
    const rows = (await listProfiles(db)).map(({ name, kind, headers }) => ({
      name,
      kind,
      columns: headers.length,
    }))
    const section = { key: 'profiles', columns: COLUMNS, rows }
    const empty = 'No profiles; funnel import … --save-profile NAME keeps how a file was read.'
    await context.print(listReport('profiles', 'How files are read', section, { empty }))
  },
})
