import type { Db } from '../../book/store/db.ts'
import { choice as oneOf, defineCommand, flag, option, type Values } from '../../cli/command.ts'
import type { Context } from '../../cli/context.ts'
import { periodOption, readCount } from '../../cli/options.ts'
import { type Column, listReport, type Row } from '../../domain/table.ts'
import { counted } from '../../domain/text.ts'
import {
  countDeals,
  type DealChoice,
  type DealListStatus,
  dealIds,
  dealsInStages,
  dealsOf,
} from '../../records/deal-list.ts'
import { columnNamed, readNames, typedName } from '../../records/list-columns.ts'
import { findId, findIdOrNone } from '../../records/lookup.ts'
import { propertyOf } from '../../records/properties.ts'
import { readSorting } from '../../records/sortings.ts'
import { readDealWhere } from '../shared/choose-deals.ts'
import { chooseOptions, readChoice } from '../shared/choose-clients.ts'
import { byChance, chancesOf, readOrder } from '../shared/deal-chances.ts'
import { propertyColumn, PROPERTIES, withDetails } from '../shared/deal-cells.ts'
import { longList, printList } from '../shared/long-list.ts'
import { shownColumns } from '../shared/shown-columns.ts'
import { DEAL_COLUMNS } from './columns.ts'

const NAMES = DEAL_COLUMNS.map(({ key }) => typedName(key)).join(', ')

const options = {
  status: oneOf('--status <status>', 'which deals; default: open', [
    'open',
    'won',
    'lost',
    'closed',
    'all',
  ]),
  client: option('--client <client>', 'only those with this client'),
  owner: option('--owner <owner>', 'only those of this owner (none: unassigned)'),
  source: option('--source <source>', 'only those from this source (none: unknown)'),
  stage: option('--stage <stage>', 'only those in this stage'),
  process: option('--process <process>', 'only those of this process'),
  period: periodOption('only those opened in it; with --status won, lost or closed, closed in it'),
  nextStep: flag('--next-step', 'only those with an open task that has a day'),
  noNextStep: flag('--no-next-step', 'only those without one'),
  ...chooseOptions,
  where: { ...chooseOptions.where, help: 'only deals that meet this condition (repeatable)' },
  columns: option('--columns <names>', 'the columns to show, such as client,title,amount'),
  sort: option('--sort <names>', 'columns to sort by; -amount starts with the largest'),
  limit: option('--limit <count>', 'show at most this many', readCount),
}

type Options = Partial<Values<typeof options>>

const KEYS = DEAL_COLUMNS.map(({ key }) => key)

/** The columns asked for, all of them shown; else the usual ones. */
async function columnsOf(db: Db, names: string | undefined): Promise<Column[]> {
  if (names === undefined) return [...DEAL_COLUMNS, PROPERTIES]
  const columns = readNames(names).map(async (name): Promise<Column[]> => {
    const property = await propertyOf(db, 'deals', KEYS, name)
    if (property) return [propertyColumn(property.name)]
    return shownColumns(DEAL_COLUMNS, columnNamed('deals', KEYS, name))
  })
  return (await Promise.all(columns)).flat()
}

/** Which deals are asked for, apart from their status. */
async function readFilter(context: Context, words: string[], given: Options) {
  const { db } = await context.book()
  const where = await readDealWhere(context, given.where ?? [])
  const chosen = await readChoice(context, { ...given, where: where.clients })
  const filter: DealChoice = {
    words: words.join(' '),
    clientId: await findId(db, 'client', given.client),
    ownerId: await findIdOrNone(db, 'owner', given.owner),
    stageId: await findId(db, 'stage', given.stage),
    processId: await findId(db, 'process', given.process),
    sourceId: await findIdOrNone(db, 'source', given.source),
    clients: chosen.test,
    deals: where.test,
    nextStep: given.nextStep,
  }
  const described = [
    ...chosen.described.filter((line) => !line.startsWith('Where: ')),
    ...(given.where === undefined ? [] : [`Where: ${given.where.join(', ')}`]),
    ...(given.nextStep === undefined
      ? []
      : [given.nextStep ? 'With a next step' : 'Without a next step']),
  ]
  // Anyone asking about an outcome does not mean open deals.
  const status = given.status ?? (where.asksOutcome ? 'all' : 'open')
  const isOutcome = status === 'won' || status === 'lost' || status === 'closed'
  const period = given.period && {
    of: isOutcome ? ('closed' as const) : ('opened' as const),
    ...given.period,
  }
  return { filter: { ...filter, period }, described, status }
}

/** Do options leave deals out, and not only say how they are shown? */
function narrows({ columns: _, sort: __, limit: ___, ...choosing }: Options): boolean {
  return Object.values(choosing).some((value) => value !== undefined)
}

/** `open`, unless all are listed. */
function withStatus(filter: DealChoice, status: DealListStatus | 'all'): DealChoice {
  return status === 'all' ? filter : { ...filter, status }
}

function titleOf(status: DealListStatus | 'all', count: string): string {
  const which = { all: 'Deals', open: 'Open deals', closed: 'Closed deals' }
  if (status === 'won' || status === 'lost') return `Deals ${status} (${count})`
  return `${which[status]} (${count})`
}

/** What is said where no deal is listed. */
function emptyText(hasClosed: boolean, isAll: boolean): string {
  if (hasClosed) return isAll ? 'No deal is open.' : 'No open deal fits.'
  return isAll ? 'No deals; funnel deal add opens one.' : 'No deal fits.'
}

export default defineCommand({
  description:
    'Lists open deals; --status lists others. A condition on a deal is written as ' +
    'deal:amount>10000, deal:stage=proposal, deal:owner=Ann, deal:expected-close<2027-01-01, ' +
    'deal:closed>=2026-10-01; a condition on its client as everywhere else: region=North. If ' +
    `clients have no such field, deal: can be left out: amount>10000. Columns: ${NAMES}, ` +
    'property:NAME.',
  arguments: [
    { syntax: '[words...]', help: 'only deals with all of these in their title or client' },
  ],
  options,
  examples: [
    'deal list',
    'deal list harbour --status all',
    'deal list --where "amount>=5000" --where deal:owner=Ann --sort -amount',
    'deal list --status closed --columns client,title,amount,closed-on --csv',
    'deal list --sort -weighted --limit 10',
    'deal list --no-next-step',
    'deal list --status won --period last-month --columns client,title,amount,tags',
    'deal list --stage proposal --json',
  ],
  async run(context, words, given) {
    const { db, store, settings } = await context.book()
    const { filter, described, status } = await readFilter(context, words, given)
    const columns = await columnsOf(db, given.columns)
    const list = longList(context, given.limit)
    const order = readOrder(given.sort)
    const today = await context.today()
    const chosen = {
      ...withStatus(filter, status),
      ...(order.book === '' ? {} : { sorting: await readSorting(db, 'deals', order.book, today) }),
      ...(list.limit === undefined || order.chance ? {} : { limit: list.limit }),
      locale: settings.locale ?? null,
    }
    const withChance = chancesOf(db, today)
    const rowsOf = async (ids: readonly number[]): Promise<Row[]> =>
      withDetails(context, columns, await withChance(await dealsOf(db, ids)))
    const isAll = words.length === 0 && !narrows(given)
    const closed = await store.reading(async () => {
      const all = await dealIds(db, chosen)
      const found = order.chance
        ? byChance(await withChance(await dealsInStages(db, all)), order, list.limit).map(
            ({ id }) => id,
          )
        : all
      const ids = list.shown(found)
      const others =
        given.status === undefined && status === 'open'
          ? await countDeals(db, { ...filter, status: 'closed' })
          : 0
      const title = titleOf(status, `${ids.length}${list.more(found)}`)
      const report = listReport(
        'deals',
        title,
        { key: 'deals', columns, rows: [] },
        {
          currency: settings.currency,
          empty: emptyText(others > 0, isAll),
        },
      )
      await printList(context, { ...report, subtitle: described }, ids, rowsOf)
      list.sayRest(found)
      return others
    })
    if (closed > 0) {
      const which = `${counted(closed, 'closed deal')} ${closed === 1 ? 'is' : 'are'}`
      context.say(`${which} not shown (--status all shows them)`)
    }
  },
})
