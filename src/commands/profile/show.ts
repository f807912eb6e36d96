import { defineCommand } from '../../cli/command.ts'
import { type Column, listReport } from '../../domain/table.ts'
import { columnKeys } from '../../import/map/header.ts'
import { findProfile } from '../../import/profiles.ts'

const COLUMNS: Column[] = [
  { key: 'header', label: 'Column', type: 'text' },
  { key: 'field', label: 'Read as', type: 'text' },
]

export default defineCommand({
  arguments: [{ syntax: '<profile>', help: 'its name' }],
  options: {},
  examples: ['profile show fair'],
  async run(context, [text = '']) {
    const { db } = await context.book()
    const { name, kind, headers, targets, options } = await findProfile(db, text)
    const keys = columnKeys(headers)
    const rows = headers.map((header, index) => ({
      header,
      field: targets[keys[index] ?? ''] ?? null,
    }))
    const report = listReport('profile', `Profile ${name}, for ${kind}`, {
      key: 'columns',
      columns: COLUMNS,
      rows,
    })
    const kept = Object.entries(options ?? {}).map(([key, value]) => `${key}: ${value}`)
    await context.print({ ...report, subtitle: kept, head: { name, kind, options: options ?? {} } })
  },
})
