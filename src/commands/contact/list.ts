import { defineCommand } from '../../cli/command.ts'
import { type Column, listReport } from '../../domain/table.ts'
import { listContacts } from '../../records/contacts.ts'
import { find } from '../../records/lookup.ts'

const COLUMNS: Column[] = [
  { key: 'client', label: 'Client', type: 'text' },
  { key: 'name', label: 'Name', type: 'text' },
  { key: 'role', label: 'Role', type: 'text', optional: true },
  { key: 'emails', label: 'E-mail', type: 'names', optional: true },
  { key: 'phones', label: 'Phone', type: 'names', optional: true },
  { key: 'client_id', label: 'Client no.', type: 'count', hidden: true },
  { key: 'id', label: 'No.', type: 'count', hidden: true },
]

export default defineCommand({
  arguments: [{ syntax: '[client]', help: 'only people there: its number, or part of its name' }],
  options: {},
  examples: ['contact list harbour', 'contact list --csv'],
  async run(context, [text]) {
    const { db } = await context.book()
    const client = text === undefined ? null : await find(db, 'client', text)
    const rows = await listContacts(db, client?.id ?? null)
    const title = client === null ? 'People at clients' : `People at ${client.name}`
    const section = { key: 'contacts', columns: COLUMNS, rows }
    await context.print(
      listReport('contacts', title, section, {
        empty: 'Nobody yet. Next: funnel contact add CLIENT NAME',
      }),
    )
  },
})
