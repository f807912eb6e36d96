import { sql, type SqlBool } from 'kysely'
import { promisesOn } from '../../book/promises.ts'
import { defineCommand } from '../../cli/command.ts'
import type { Context } from '../../cli/context.ts'
import { type Column, listReport, type Report, type Row, type Section } from '../../domain/table.ts'
import { counted } from '../../domain/text.ts'
import type { Day } from '../../domain/day.ts'
import { ADDRESS_PARTS, addressLine } from '../../domain/address.ts'
import { tidyLines } from '../../domain/name.ts'
import { CLIENT_TEXTS, namesOf, type TextField } from '../../domain/text-fields.ts'
import { clientCard, interactionsOf } from '../../records/cards.ts'
import { listInvoices } from '../../money/invoices/load.ts'
import { keptDocuments } from '../../documents/keep.ts'
import { find } from '../../records/lookup.ts'
import { listTasks } from '../../records/task-list.ts'
import { timeline } from '../../records/timeline.ts'
import { DEAL_COLUMNS } from '../deal/columns.ts'
import { documentRow, DOCUMENTS_OF_ONE } from '../document/columns.ts'
import { invoiceTable } from '../invoice/columns.ts'
import { proposalSection } from '../proposal/columns.ts'
import { PROMISE_COLUMNS, promiseRow } from '../promise/table.ts'
import { withDetails } from '../shared/deal-cells.ts'
import { withChances } from '../shared/deal-chances.ts'
import { TASK_COLUMNS } from '../task/columns.ts'
import { storySection } from './story.ts'

const POINTS: Column[] = [
  { key: 'kind', label: 'By', type: 'text' },
  { key: 'value', label: 'Address', type: 'text' },
  { key: 'contact', label: 'Person', type: 'text' },
  { key: 'role', label: 'Role', type: 'text' },
]

const PEOPLE: Column[] = [
  { key: 'name', label: 'Person', type: 'text' },
  { key: 'role', label: 'Role', type: 'text' },
]

const PROPERTIES: Column[] = [
  { key: 'name', label: 'Property', type: 'text' },
  { key: 'value', label: 'Value', type: 'text' },
]

const INTERACTIONS: Column[] = [
  { key: 'at', label: 'Day', type: 'day' },
  { key: 'time', label: 'Time', type: 'text' },
  { key: 'minutes', label: 'Minutes', type: 'count' },
  { key: 'kind', label: 'What', type: 'text' },
  { key: 'direction', label: 'Way', type: 'text' },
  { key: 'result', label: 'Result', type: 'text' },
  { key: 'text', label: 'Said', type: 'text' },
  { key: 'deal', label: 'Deal', type: 'count', hidden: true },
  { key: 'owner', label: 'Owner', type: 'text', hidden: true },
]

type Card = Omit<Awaited<ReturnType<typeof clientCard>>, 'deals'> & { deals: Row[] }

function aliasesOf({ aliases }: Card, wanted: 'name' | 'ref'): string[] {
  return aliases.filter(({ kind }) => kind === wanted).map(({ value }) => value)
}

/** Text of several lines, one below the other. */
function indented(text: string): string {
  return tidyLines(text).replaceAll(/\n+/g, '\n  ')
}

/** The day that somebody was last reached, and the failed attempts since. */
function lastContactOf({ client: { last_contact: last, attempts } }: Card): string | null {
  if (attempts === 0) return last
  const tried = `${counted(attempts, 'attempt')} without an answer`
  return last === null ? `none, ${tried}` : `${last}, ${tried} since`
}

type Line = [label: string, value: string | null]

function textLines({ client }: Card, today: Day, kind: TextField['kind']): Line[] {
  return namesOf(CLIENT_TEXTS, kind).map((name) => {
    const [field, text]: [TextField, string | null] = [CLIENT_TEXTS[name], client[name]]
    const doubt = text === null ? null : (field.doubt?.(text, today) ?? null)
    if (text === null) return [field.label, null]
    return [field.label, doubt === null ? indented(text) : `${indented(text)} (${doubt})`]
  })
}

const OF_ADDRESS = new Set<string>(ADDRESS_PARTS.map((part) => CLIENT_TEXTS[part].label))

function subtitle(card: Card, today: Day): string[] {
  const { client, categories } = card
  const lines: Line[] = [
    ['Owner', client.owner],
    ['Source', client.source],
    ['Price list', client.price_list],
    ['Terms', client.terms],
    ...textLines(card, today, 'word').filter(([label]) => !OF_ADDRESS.has(label)),
    ['Address', addressLine(client)],
    ...textLines(card, today, 'personal').filter(([label]) => !OF_ADDRESS.has(label)),
    ['Mailings', client.consent === 'unknown' ? null : client.consent],
    ['Categories', categories.map(({ name }) => name).join(', ') || null],
    ['Last contact', lastContactOf(card)],
    ['Ref', client.ref],
    ['Merged names', aliasesOf(card, 'name').join('; ') || null],
    ['Merged refs', aliasesOf(card, 'ref').join('; ') || null],
    ...textLines(card, today, 'prose'),
    [
      'Added',
      client.file ? `${client.added_on}, from ${client.file} row ${client.row}` : client.added_on,
    ],
  ]
  return lines
    .filter(([, value]) => value !== null)
    .flatMap(([label, value]) => `${label}: ${value}`.split('\n'))
}

/** The drafts, and the invoices of which something is open. */
async function invoiceSection(context: Context, id: number): Promise<Section> {
  const { db, settings } = await context.book()
  const all = await listInvoices(db, { clientId: id }, await context.today())
  const open = all.filter(({ status, open: left }) => status === 'draft' || left > 0)
  const { columns, rows } = invoiceTable(open, settings.currency)
  return { key: 'open_invoices', title: 'Open invoices', columns, rows }
}

/** Promises to pay that count: those still open, and those broken. */
async function promiseSection(context: Context, id: number): Promise<Section> {
  const { db, settings } = await context.book()
  const all = await promisesOn(db, await context.today(), [sql<SqlBool>`i.client_id = ${id}`])
  const rows = all
    .filter(({ status }) => status === 'open' || status === 'broken')
    .map((promise) => promiseRow(promise, settings.currency))
  return { key: 'promises', title: 'Promises to pay', columns: PROMISE_COLUMNS, rows }
}

function sections(card: Card): Section[] {
  const rows = (items: Row[]): Row[] => items.map((item) => ({ ...item }))
  return [
    { key: 'contacts', title: 'People', columns: PEOPLE, rows: rows(card.contacts) },
    { key: 'contact_points', title: 'Reach', columns: POINTS, rows: rows(card.points) },
    { key: 'properties', title: 'Properties', columns: PROPERTIES, rows: rows(card.properties) },
    {
      key: 'open_deals',
      title: 'Open deals',
      columns: DEAL_COLUMNS,
      rows: rows(card.deals.filter(({ status }) => status === 'open')),
    },
  ]
}

/** What programs get of a client besides what people see: all of its deals, all interactions. */
async function forPrograms(context: Context, { client, deals }: Card): Promise<Section[]> {
  if (!context.globals.json) return []
  const interactions = await interactionsOf((await context.book()).db, 'client_id', client.id)
  const rows = (items: Row[]): Row[] => items.map((item) => ({ ...item }))
  return [
    { key: 'deals', hidden: true, columns: DEAL_COLUMNS, rows: rows(deals) },
    { key: 'interactions', hidden: true, columns: INTERACTIONS, rows: rows(interactions) },
  ]
}

/** How much of the story is built before any of it is shown on a terminal. */
const FIRST_EPISODES = 200
const ALL = 1_000_000_000

function isForPeople({ globals }: Context): boolean {
  return !globals.json && !globals.csv
}

function titleOf({ client }: Card): string {
  return `${client.kind === 'person' ? 'Person' : 'Company'} ${client.id}: ${client.name}`
}

export default defineCommand({
  description:
    'Its details and people, open deals, open tasks, and everything that has happened, newest ' +
    'first. On a terminal, a long card opens in your pager ($PAGER).',
  arguments: [{ syntax: '<client>', help: 'its number, or part of its name' }],
  options: {},
  examples: ['client show harbour', 'client show 1 --json'],
  async run(context, [text = '']) {
    const { db, settings } = await context.book()
    const { id } = await find(db, 'client', text)
    const found = await clientCard(db, id)
    const chances = await withChances(db, found.deals, await context.today())
    const card: Card = { ...found, deals: await withDetails(context, DEAL_COLUMNS, chances) }
    const tasks = await listTasks(db, { clientId: id, status: 'open' })
    const limit = context.screen.terminal && isForPeople(context) ? FIRST_EPISODES : ALL
    const story = await timeline(db, id, { limit, offset: 0 })
    const report: Report = {
      ...listReport('client', titleOf(card), storySection(story, settings.currency), {
        currency: settings.currency,
      }),
      card: true,
      subtitle: subtitle(card, await context.today()),
      head: {
        ...card.client,
        categories: card.categories.map(({ name }) => name),
        merged_names: aliasesOf(card, 'name'),
        merged_refs: aliasesOf(card, 'ref'),
      },
      sections: [
        ...sections(card),
        await invoiceSection(context, id),
        await proposalSection(context, { clientId: id }),
        await promiseSection(context, id),
        {
          key: 'documents',
          title: 'Documents sent',
          columns: DOCUMENTS_OF_ONE,
          rows: (await keptDocuments(db, { clientId: id })).map(documentRow),
        },
        {
          key: 'tasks',
          title: 'To do',
          columns: TASK_COLUMNS,
          rows: tasks.map((task) => ({ ...task })),
        },
        storySection(story, settings.currency),
        ...(await forPrograms(context, card)),
      ],
    }
    if (!isForPeople(context)) return context.print(report)
    await context.printLong(report, async () => {
      if (story.length < limit) return null
      const rest = await timeline(db, id, { limit: ALL, offset: limit })
      return listReport('client', '', storySection(rest, settings.currency, 'Story, continued'))
    })
  },
})
