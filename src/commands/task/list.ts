import { choice as oneOf, defineCommand, flag, option } from '../../cli/command.ts'
import { dueOption, readCount } from '../../cli/options.ts'
import { addDays } from '../../domain/day.ts'
import { Fault } from '../../domain/fault.ts'
import { type Column, listReport } from '../../domain/table.ts'
import { columnNamed, readNames, typedName } from '../../records/list-columns.ts'
import { findId } from '../../records/lookup.ts'
import { readSorting } from '../../records/sortings.ts'
import { taskIds, tasksOf } from '../../records/task-list.ts'
import { chooseOptions, readChoice, WHERE_HELP } from '../shared/choose-clients.ts'
import { longList, printList } from '../shared/long-list.ts'
import { shownColumns } from '../shared/shown-columns.ts'
import { ownerOf } from '../me.ts'
import { CLOSED_TASK_COLUMNS, TASK_COLUMNS } from './columns.ts'

const KEYS = TASK_COLUMNS.map(({ key }) => key)

/** The columns asked for; else the usual ones. */
function columnsOf(names: string | undefined, usual: Column[]): Column[] {
  if (names === undefined) return usual
  return readNames(names).flatMap((name) => shownColumns(usual, columnNamed('tasks', KEYS, name)))
}

export default defineCommand({
  description:
    `Lists open tasks by day, those without a day last. ${WHERE_HELP} Columns: ` +
    `${KEYS.map(typedName).join(', ')}.`,
  arguments: [
    { syntax: '[words...]', help: 'only tasks with all of these in their text, client or deal' },
  ],
  options: {
    owner: option('--owner <owner>', 'only those of this owner (none: unassigned)'),
    mine: flag('--mine', 'only yours: you are FUNNEL_OWNER, else the owner whose user you are'),
    client: option('--client <client>', 'only those about this client'),
    deal: option('--deal <deal>', 'only those about this deal'),
    overdue: flag('--overdue', 'only those whose day has passed'),
    by: dueOption('--by <day>', 'only those due on or before this day'),
    status: oneOf('--status <status>', 'which tasks; default: open', ['open', 'done', 'dropped']),
    ...chooseOptions,
    columns: option('--columns <names>', 'the columns to show, such as due,text,stage'),
    sort: option('--sort <names>', 'columns to sort by; -due starts with the latest'),
    limit: option('--limit <count>', 'show at most this many', readCount),
  },
  examples: ['task list', 'task list --overdue --owner Ann', 'task list --by friday --json'],
  async run(context, words, options) {
    const { client, deal, overdue, by, status = 'open', limit, sort, columns, ...whose } = options
    if (overdue && by !== undefined) {
      throw new Fault('usage', '--overdue and --by cannot be used together')
    }
    const { db, store, settings } = await context.book()
    const dueBy = overdue ? addDays(await context.today(), -1) : by
    const owner = await ownerOf(context, whose)
    const choice = await readChoice(context, options)
    const list = longList(context, limit)
    const filter = {
      status,
      words: words.join(' '),
      ...(sort === undefined
        ? {}
        : { sorting: await readSorting(db, 'tasks', sort, await context.today()) }),
      ownerId: owner?.id ?? null,
      clientId: await findId(db, 'client', client),
      clients: choice.test,
      dealId: await findId(db, 'deal', deal),
      ...(dueBy === undefined ? {} : { dueBy }),
      ...(list.limit === undefined ? {} : { limit: list.limit }),
      locale: settings.locale ?? null,
    }
    const section = {
      key: 'tasks',
      columns: columnsOf(columns, status === 'open' ? TASK_COLUMNS : CLOSED_TASK_COLUMNS),
      rows: [],
    }
    const which = overdue ? 'Overdue' : status === 'open' ? 'Open' : `Tasks ${status}`
    const empty = words.length > 0 ? 'No task fits.' : 'Nothing; funnel task add TEXT adds a task.'
    await store.reading(async () => {
      const found = await taskIds(db, filter)
      const ids = list.shown(found)
      const title = `${which}${status === 'open' ? ' tasks' : ''} (${ids.length}${list.more(found)})`
      const report = {
        ...listReport('tasks', title, section, { empty }),
        subtitle: choice.described,
      }
      await printList(context, report, ids, async (some) =>
        (await tasksOf(db, some)).map((row) => ({ ...row })),
      )
      list.sayRest(found)
    })
  },
})
