import { defineCommand } from '../../cli/command.ts'
import { type Column, listReport } from '../../domain/table.ts'
import { keyed } from '../../import/map/header.ts'
import { findProfile } from '../../import/profiles.ts'

const COLUMNS: Column[] = [
  { key: 'header', label: 'Column', type: 'text' },
  { key: 'field', label: 'Read as', type: 'text' },
  { key: 'written', label: 'Written', type: 'text', optional: true },
]

export default defineCommand({
  arguments: [{ syntax: '<profile>', help: 'its name' }],
  options: {},
  examples: ['profile show fair'],
  async run(context, [text = '']) {
    const { db } = await context.book()
    const { name, kind, headers, targets, options, readings } = await findProfile(db, text)
    const columns = keyed(headers.map((header) => ({ header })))
    const written = new Map(Object.entries(readings ?? {}))
    const rows = columns.map(([key, { header }]) => ({
      header,
      field: targets[key] ?? null,
      written: written.get(key) ?? null,
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
