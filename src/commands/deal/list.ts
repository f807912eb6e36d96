import { choice as oneOf, defineCommand, option } from '../../cli/command.ts'
import { readCount } from '../../cli/options.ts'
import { listReport } from '../../domain/table.ts'
import { listDeals } from '../../records/cards.ts'
import { findId, findIdOrNone } from '../../records/lookup.ts'
import { chooseOptions, readChoice, WHERE_HELP } from '../choose.ts'
import { DEAL_COLUMNS } from './columns.ts'

export default defineCommand({
  description: WHERE_HELP,
  options: {
    status: oneOf('--status <status>', 'only these', ['open', 'won', 'lost']),
    client: option('--client <client>', 'only those with this client'),
    owner: option('--owner <owner>', 'only those of this owner (none: of nobody)'),
    source: option('--source <source>', 'only those from this source (none: of no known one)'),
    stage: option('--stage <stage>', 'only those in this stage'),
    process: option('--process <process>', 'only those of this process'),
    ...chooseOptions,
    limit: option('--limit <count>', 'at most so many', readCount),
  },
  examples: ['deal list', 'deal list --status open --json', 'deal list --stage proposal'],
  async run(context, _args, options) {
    const { db, settings } = await context.book()
    const choice = await readChoice(context, options)
    const deals = await listDeals(db, {
      ...(options.status === undefined ? {} : { status: options.status }),
      clientId: await findId(db, 'client', options.client),
      ownerId: await findIdOrNone(db, 'owner', options.owner),
      stageId: await findId(db, 'stage', options.stage),
      processId: await findId(db, 'process', options.process),
      sourceId: await findIdOrNone(db, 'source', options.source),
      clients: choice.test,
      ...(options.limit === undefined ? {} : { limit: options.limit }),
    })
    const section = {
      key: 'deals',
      columns: DEAL_COLUMNS,
      rows: deals.map((deal) => ({ ...deal })),
    }
    await context.print({
      ...listReport(
        'deals',
        `Deals (${deals.length}${deals.length === options.limit ? ', or more' : ''})`,
        section,
        {
          currency: settings.currency,
          empty: Object.values(options).every((value) => value === undefined)
            ? 'No deals; funnel deal add opens one.'
            : 'No deal fits.',
        },
      ),
      subtitle: choice.described,
    })
  },
})
