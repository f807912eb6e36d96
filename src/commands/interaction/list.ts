import { choice as oneOf, defineCommand, option } from '../../cli/command.ts'
import { periodOption, readCount } from '../../cli/options.ts'
import { type Column, listReport } from '../../domain/table.ts'
import { listInteractions } from '../../records/interaction-list.ts'
import { findId, findIdOrNone } from '../../records/lookup.ts'
import { chooseOptions, readChoice, WHERE_HELP } from '../shared/choose-clients.ts'
import { longList } from '../shared/long-list.ts'

const COLUMNS: Column[] = [
  { key: 'at', label: 'Day', type: 'day' },
  { key: 'time', label: 'Time', type: 'text', optional: true },
  { key: 'kind', label: 'What', type: 'text' },
  { key: 'direction', label: 'Way', type: 'text', optional: true },
  { key: 'result', label: 'Result', type: 'text', optional: true },
  { key: 'client', label: 'Client', type: 'text' },
  { key: 'contact', label: 'Person', type: 'text', optional: true },
  { key: 'deal', label: 'Deal', type: 'text', optional: true },
  { key: 'text', label: 'Text', type: 'text', wrap: true },
  { key: 'owner', label: 'Owner', type: 'text', optional: true },
  { key: 'id', label: 'No.', type: 'count', hidden: true },
  { key: 'minutes', label: 'Minutes', type: 'count', hidden: true },
  { key: 'client_id', label: 'Client no.', type: 'count', hidden: true },
  { key: 'deal_id', label: 'Deal no.', type: 'count', hidden: true },
]

export default defineCommand({
  description: `Lists calls, e-mails, meetings, messages and notes, the latest first. ${WHERE_HELP}`,
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
    limit: option('--limit <count>', 'show at most this many', readCount),
  },
  examples: [
    'interaction list',
    'interaction list --period this-month --kind call --owner Ann',
    'interaction list --client harbour --json',
  ],
  async run(context, _words, options) {
    const { db } = await context.book()
    const choice = await readChoice(context, options)
    const list = longList(context, options.limit)
    const found = await listInteractions(db, {
      period: options.period,
      kind: options.kind,
      clientId: await findId(db, 'client', options.client),
      dealId: await findId(db, 'deal', options.deal),
      ownerId: await findIdOrNone(db, 'owner', options.owner),
      clients: choice.test,
      limit: list.limit,
    })
    const rows = list.shown(found).map((row) => ({ ...row }))
    await context.print({
      ...listReport(
        'interactions',
        `Calls and messages (${rows.length}${list.more(found)})`,
        { key: 'interactions', columns: COLUMNS, rows },
        { empty: 'Nothing fits; funnel log call CLIENT "TEXT" writes a call down.' },
      ),
      subtitle: choice.described,
    })
    list.sayRest(found)
  },
})
