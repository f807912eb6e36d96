import { defineCommand } from '../../cli/command.ts'
import { conditionAids } from '../shared/condition-aids.ts'
import { listReport } from '../../domain/table.ts'
import { clientTest } from '../../records/choose/index.ts'
import { listClients, usualColumns } from '../../records/client-list.ts'
import { findSegment } from '../../records/segments.ts'

export default defineCommand({
  arguments: [{ syntax: '<segment>', help: 'its number, or part of its name' }],
  options: {},
  examples: ['segment show north', 'segment show 1 --json'],
  async run(context, [text = '']) {
    const { db, settings } = await context.book()
    const { id, name, conditions } = await findSegment(db, text)
    const test = await clientTest(db, conditions, await context.today(), conditionAids(context))
    const rows = await listClients(db, {
      test,
      columns: usualColumns,
      locale: settings.locale ?? null,
    })
    const columns = usualColumns.map(({ column }) => column)
    const section = { key: 'clients', columns, rows }
    await context.print({
      ...listReport('segment', `${name} (${rows.length})`, section, { empty: 'No client fits.' }),
      head: { id, name, conditions: conditions.join('; ') },
      subtitle: conditions,
    })
  },
})
