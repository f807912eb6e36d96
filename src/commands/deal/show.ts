import { proposalSection } from '../proposal/columns.ts'
import { defineCommand } from '../../cli/command.ts'
import { spokenChance } from '../../domain/chance/shown.ts'
import { ownAmounts } from '../../book/worth.ts'
import { writtenChance } from '../../domain/chance/typed.ts'
import type { Day } from '../../domain/day.ts'
import { type Currency, formatMoney, toDecimal } from '../../domain/money.ts'
import { requirementText } from '../../domain/stage-requirement.ts'
import type { Column, Row } from '../../domain/table.ts'
import { DEAL_TEXTS, namesOf } from '../../domain/text-fields.ts'
import { dealEvents, interactionsOf } from '../../records/cards.ts'
import { listDeals } from '../../records/deal-list.ts'
import { dealProperties, dealTags } from '../../records/deal-details.ts'
import { missingRequirements } from '../../records/stage-requirements.ts'
import { find } from '../../records/lookup.ts'
import { listTasks } from '../../records/task-list.ts'
import { type DealChance, withChances } from '../shared/deal-chances.ts'
import { loadLines } from '../../records/lines/load.ts'
import { TASK_COLUMNS } from '../task/columns.ts'
import { currencyOf, moneyText, ownCells, type OwnMoney } from '../shared/own-money.ts'
import { lineSection } from './line/section.ts'

const EVENTS: Column[] = [
  { key: 'at', label: 'Day', type: 'day' },
  { key: 'kind', label: 'What', type: 'text' },
  { key: 'stage', label: 'Stage', type: 'text', optional: true },
  { key: 'reason', label: 'Reason', type: 'text', optional: true },
  { key: 'amount', label: 'Amount', type: 'money', optional: true },
  { key: 'chance', label: 'Chance', type: 'share', optional: true },
  { key: 'note', label: 'Note', type: 'text', wrap: true, optional: true },
  { key: 'cost', label: 'Cost', type: 'money', hidden: true },
  { key: 'currency', label: 'Currency', type: 'text', hidden: true },
  { key: 'rate', label: 'Rate', type: 'text', optional: true },
  { key: 'expected_close', label: 'Expected', type: 'day', hidden: true },
  { key: 'recorded_at', label: 'Recorded', type: 'text', hidden: true },
]

/** The same where not all amounts are in one currency. */
const MIXED = EVENTS.flatMap((column): Column[] =>
  column.key === 'amount'
    ? [
        {
          key: 'in_currency',
          label: 'Amount',
          type: 'text',
          whole: true,
          lasting: true,
          optional: true,
          spoken: true,
        },
        { ...column, hidden: true },
      ]
    : [column],
)

/** The amount of an event with its currency. */
function eventMoney(
  { currency, amount }: { currency: string | null; amount: number | null },
  book: Currency,
) {
  const own = currencyOf(currency, book)
  return {
    currency: own.code,
    in_currency: amount === null ? null : moneyText(amount, own),
  }
}

const PROPERTIES: Column[] = [
  { key: 'name', label: 'Property', type: 'text' },
  { key: 'value', label: 'Value', type: 'text', wrap: true },
]

const INTERACTIONS: Column[] = [
  { key: 'at', label: 'Day', type: 'day' },
  { key: 'time', label: 'Time', type: 'text', optional: true },
  { key: 'minutes', label: 'Minutes', type: 'count', optional: true },
  { key: 'kind', label: 'What', type: 'text' },
  { key: 'direction', label: 'Way', type: 'text', optional: true },
  { key: 'result', label: 'Result', type: 'text', optional: true },
  { key: 'text', label: 'Text', type: 'text', wrap: true },
  { key: 'owner', label: 'Owner', type: 'text', optional: true },
  { key: 'id', label: 'No.', type: 'count', hidden: true },
]

type Line = [label: string, value: string | null]

export default defineCommand({
  arguments: [
    { syntax: '<deal>', help: 'its number, part of its title, or words from client and title' },
  ],
  options: {},
  examples: ['deal show 1', 'deal show generator --json'],
  async run(context, [text = '']) {
    const { db, settings } = await context.book()
    const { id } = await find(db, 'deal', text)
    const [deal] = await withChances(db, await listDeals(db, { id }), await context.today())
    if (!deal) return
    const book = settings.currency
    const currency = currencyOf(deal.currency, book)
    const money = (value: number | null, of = book): string =>
      value === null ? '' : `${formatMoney(value, of, of !== book)} ${of.code}`
    const own = ownAmounts(deal)
    const worth = worthText(deal, book)
    const properties = (await dealProperties(db, [id])).get(id) ?? []
    const tags = (await dealTags(db, [id])).get(id) ?? []
    const events = await dealEvents(db, id)
    const interactions = await interactionsOf(db, 'deal_id', id)
    const tasks = await listTasks(db, { dealId: id, status: 'open' })
    const missing = await missingRequirements(db, id)
    const lines: Line[] = [
      ['Client', deal.client],
      ['Contact', deal.contact],
      ['Process', deal.process],
      ['Status', deal.closed_on ? `${deal.status} on ${deal.closed_on}` : deal.status],
      [
        'Stage',
        deal.stage && deal.stage_since ? `${deal.stage}, since ${deal.stage_since}` : deal.stage,
      ],
      ['Opened', deal.opened_on ?? '–'],
      ['Amount', [money(own.amount, currency), worth].filter(Boolean).join(', ')],
      ['Cost', money(own.cost, currency)],
      ['Chance', chanceText(deal, events)],
      ['Owner', deal.owner],
      ['Source', deal.source],
      ['Expected close', deal.expected_close],
      ['Reason', deal.reason],
      ['Tags', tags.join(', ')],
      ...namesOf(DEAL_TEXTS).map((name): Line => [DEAL_TEXTS[name].label, deal[name]]),
      [`Before it leaves ${deal.stage}`, missing.map(requirementText).join(', ')],
    ]
    await context.print({
      card: true,
      name: 'deal',
      title: `Deal ${id}: ${deal.title}`,
      subtitle: lines.filter(([, value]) => value).map(([label, value]) => `${label}: ${value}`),
      // Its events and lines are in its own.
      currency,
      head: {
        ...deal,
        ...forPrograms(deal, book),
        own_cost: own.cost === null ? null : toDecimal(own.cost, currency),
        tags,
        amount: decimal(deal.amount, settings.currency.digits),
        cost: decimal(deal.cost, settings.currency.digits),
        weighted: decimal(deal.weighted, settings.currency.digits),
      },
      sections: [
        {
          key: 'properties',
          title: 'Properties',
          columns: PROPERTIES,
          rows: properties.map((property) => ({ ...property })),
        },
        lineSection(await loadLines(db, id), currency),
        await proposalSection(context, { dealId: id }),
        {
          key: 'events',
          title: 'History',
          columns: events.every((event) => event.currency === deal.currency) ? EVENTS : MIXED,
          rows: events.map((event) => ({ ...event, ...eventMoney(event, book) })),
        },
        {
          key: 'interactions',
          title: 'Calls and messages',
          columns: INTERACTIONS,
          rows: interactions.map(({ deal: _, ...row }) => row),
        },
        {
          key: 'tasks',
          title: 'To do',
          columns: TASK_COLUMNS,
          rows: tasks.map((task) => ({ ...task })),
        },
      ],
      totals: null,
      totalColumns: [],
      notes: [],
      charts: [],
      empty: '',
    })
  },
})

/** What an amount in another currency comes to: `909.09 EUR at 1.10`; what to type where its rate is not known. */
function worthText(
  deal: OwnMoney & { status: string; rate: string | null },
  book: Currency,
): string {
  const { currency, amount, own_amount: own, status, rate } = deal
  if (currency === null || own === null) return ''
  if (amount !== null)
    return `${moneyText(amount, book)}${rate === null ? ' today' : ` at ${rate}`}`
  const how = status === 'open' ? `funnel rate add ${currency} RATE` : 'funnel rate apply'
  return `not summed: no rate (${how})`
}

/** What programs are told of its currency. */
function forPrograms(deal: OwnMoney, book: Currency): Row {
  const { in_currency: _, ...cells } = ownCells(deal, book)
  return cells
}

const BY = { age: 'by stage and age', stage: 'by stage', template: 'by template' }

type Events = Awaited<ReturnType<typeof dealEvents>>

/** The day since which a deal has the chance that was set by hand. */
function setOn(events: Events): Day | null {
  const terms = events.filter(({ kind }) => kind === 'opened' || kind === 'amended')
  const last = terms.at(-1)?.chance
  const other = terms.findLastIndex(({ chance }) => chance !== last)
  return terms[other + 1]?.at ?? null
}

/** `38% by stage and age`; `70%, set by hand on 2026-11-20 (38% by stage and age)`. */
function chanceText(deal: DealChance, events: Events): string {
  const { chance, chance_by: by, chance_learnt: own, chance_learnt_by: ownBy } = deal
  if (chance === null) return ''
  const learnt = own === null || ownBy === null ? '' : `${spokenChance(own)} ${BY[ownBy]}`
  if (by !== 'set') return learnt
  const on = setOn(events)
  const set = `${writtenChance(chance)}, set by hand${on === null ? '' : ` on ${on}`}`
  return learnt === '' ? set : `${set} (${learnt})`
}

function decimal(minor: number | null, digits: number): number | null {
  return minor === null ? null : minor / 10 ** digits
}
