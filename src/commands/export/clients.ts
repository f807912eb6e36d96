import { defineCommand } from '../../cli/command.ts'
import { clientJson } from '../../export/client-json.ts'
import { clientTable } from '../../export/client-rows.ts'
import { clientRecords, propertyNames } from '../../export/clients.ts'
import { withColumns } from '../../export/columns.ts'
import { exportTo } from './command.ts'
import {
  clientOptions,
  columnsOption,
  fileOptions,
  formatOption,
  readWanted,
  TABLES,
} from './options.ts'

const FORMATS = [...TABLES, 'vcard'] as const

export default defineCommand({
  description:
    'Every client, in order of number, with a row of its own and one for each of its contacts; ' +
    'several addresses in a cell are separated by “; ”. The columns are the fields of the ' +
    'import, so the file can be imported again, then the properties. In CSV, text that a ' +
    'spreadsheet would take for a formula gets an apostrophe in front, which the import ' +
    'removes. JSON has one record per client, with its contacts inside; vCard has a card for ' +
    'each client and contact.',
  options: {
    ...clientOptions,
    columns: columnsOption('name,email'),
    format: formatOption(FORMATS),
    ...fileOptions,
  },
  examples: [
    'export clients',
    'export clients --out clients.csv --bom --delimiter semicolon',
    'export clients --columns "name,email" --format jsonl',
    'export clients --out clients.vcf',
    'export clients --where region=North --where consent=yes --columns "name,email"',
  ],
  async run(context, _args, options) {
    await exportTo(context, FORMATS, options, async ({ db }) => {
      const wanted = await readWanted(context, options)
      const all = clientTable(clientRecords(db, wanted), await propertyNames(db))
      const table = withColumns('clients', all, options.columns)
      const keys = options.columns && table.columns.map(({ key }) => key)
      return {
        table: () => table,
        records: () => clientJson(clientRecords(db, wanted), keys),
        clients: () => clientRecords(db, wanted),
      }
    })
  },
})
