import { choice as oneOf, defineCommand, option } from '../../cli/command.ts'
import { periodOption, readCount } from '../../cli/options.ts'
import { type Column, listReport } from '../../domain/table.ts'
import { interactionIds, interactionsOf } from '../../records/interaction-list.ts'
import { columnNamed, readNames, typedName } from '../../records/list-columns.ts'
import { findId, findIdOrNone } from '../../records/lookup.ts'
import { readSorting } from '../../records/sortings.ts'
import { chooseOptions, readChoice, WHERE_HELP } from '../shared/choose-clients.ts'
import { longList, printList } from '../shared/long-list.ts'
import { shownColumns } from '../shared/shown-columns.ts'
import { INTERACTION_COLUMNS } from './columns.ts'

const KEYS = INTERACTION_COLUMNS.map(({ key }) => key)

/** The columns asked for; else the usual ones. */
function columnsOf(names: string | undefined): Column[] {
  if (names === undefined) return INTERACTION_COLUMNS
  return readNames(names).flatMap((name) =>
    shownColumns(INTERACTION_COLUMNS, columnNamed('interactions', KEYS, name)),
  )
}

export default defineCommand({
  description:
    `Lists calls, e-mails, meetings, messages and notes, the latest first. ${WHERE_HELP} Columns: ` +
    `${KEYS.map(typedName).join(', ')}.`,
  arguments: [
    {
      syntax: '[words...]',
      help: 'only those with all of these words in their text, client, person or deal',
    },
  ],
  options: {
    period: periodOption('only those of these days: this-week, 2026-10'),
    client: option('--client <client>', 'only those with this client'),
    deal: option('--deal <deal>', 'only those about this deal'),
    owner: option('--owner <owner>', 'only those of this owner (none: unassigned)'),
    kind: oneOf('--kind <kind>', 'only those of this kind', [
      'call',
      'email',
      'meeting',
      'sms',
      'message',
      'mailing',
      'note',
    ]),
    ...chooseOptions,
    columns: option('--columns <names>', 'the columns to show, such as at,client,text'),
    sort: option('--sort <names>', 'columns to sort by; -minutes starts with the longest'),
    limit: option('--limit <count>', 'show at most this many', readCount),
  },
  examples: [
    'interaction list',
    'interaction list "price list"',
    'interaction list --period this-month --kind call --owner Ann',
    'interaction list --columns at,client,result,text --sort client,-at',
    'interaction list --client harbour --json',
  ],
  async run(context, words, options) {
    const { db, store, settings } = await context.book()
    const { sort, columns } = options
    const choice = await readChoice(context, options)
    const list = longList(context, options.limit)
    const filter = {
      words: words.join(' '),
      period: options.period,
      kind: options.kind,
      clientId: await findId(db, 'client', options.client),
      dealId: await findId(db, 'deal', options.deal),
      ownerId: await findIdOrNone(db, 'owner', options.owner),
      clients: choice.test,
      ...(sort === undefined
        ? {}
        : { sorting: await readSorting(db, 'interactions', sort, await context.today()) }),
      limit: list.limit,
      locale: settings.locale ?? null,
    }
    const section = { key: 'interactions', columns: columnsOf(columns), rows: [] }
    await store.reading(async () => {
      const found = await interactionIds(db, filter)
      const ids = list.shown(found)
      const report = {
        ...listReport(
          'interactions',
          `Calls and messages (${ids.length}${list.more(found)})`,
          section,
          { empty: 'Nothing fits; funnel log call CLIENT "TEXT" writes a call down.' },
        ),
        subtitle: choice.described,
      }
      await printList(context, report, ids, async (some) =>
        (await interactionsOf(db, some)).map((row) => ({ ...row })),
      )
      list.sayRest(found)
    })
  },
})
