import { defineCommand, option } from '../../cli/command.ts'
import { readCount } from '../../cli/options.ts'
import { listReport } from '../../domain/table.ts'
import {
  clientIds,
  clientRows,
  columnNames,
  readColumns,
  readSorting,
  usualColumns,
} from '../../records/client-list.ts'
import { findIdOrNone } from '../../records/lookup.ts'
import { longList, printList } from '../shared/long-list.ts'
import { chooseOptions, readChoice, WHERE_HELP } from '../shared/choose-clients.ts'

export default defineCommand({
  description: `${WHERE_HELP} Columns: ${columnNames.join(', ')}.`,
  arguments: [{ syntax: '[words...]', help: 'only clients with all of these in their name' }],
  options: {
    owner: option('--owner <owner>', 'only those of this owner'),
    ...chooseOptions,
    columns: option('--columns <names>', 'the columns to show, such as name,email,property:Fleet'),
    sort: option('--sort <names>', 'columns to sort by; -rating sorts the other way round'),
    limit: option('--limit <count>', 'show at most this many', readCount),
  },
  examples: [
    'client list',
    'client list harb --json',
    'client list --where "open-deals>0" --where "last-contact>30d" --sort last-contact',
    'client list --where owner=Ann --columns name,email,phone --csv',
  ],
  async run(context, words, options) {
    const { db, store, settings } = await context.book()
    const { test, described } = await readChoice(context, options)
    const today = await context.today()
    const columns =
      options.columns === undefined ? usualColumns : await readColumns(db, options.columns, today)
    const list = longList(context, options.limit)
    const sorting = options.sort === undefined ? [] : await readSorting(db, options.sort, today)
    const ownerId = await findIdOrNone(db, 'owner', options.owner)
    await store.reading(async () => {
      const found = await clientIds(db, {
        text: words.join(' '),
        ownerId,
        test,
        sorting,
        limit: list.limit,
        locale: settings.locale ?? null,
      })
      const ids = list.shown(found)
      const section = { key: 'clients', columns: columns.map(({ column }) => column), rows: [] }
      const title = `Clients (${ids.length}${list.more(found)})`
      const everyone = words.length === 0 && options.owner === undefined && test === undefined
      const empty = everyone
        ? 'No clients; funnel import clients FILE brings them in.'
        : 'No client fits.'
      const hasMoney = columns.some(({ column }) => column.type === 'money')
      const currency = hasMoney ? { currency: settings.currency } : {}
      const report = {
        ...listReport('clients', title, section, { empty, ...currency }),
        subtitle: described,
      }
      await printList(context, report, ids, (some) => clientRows(db, some, columns))
      list.sayRest(found)
    })
  },
})
