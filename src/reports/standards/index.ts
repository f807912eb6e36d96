import { daysBetween } from '../../domain/day.ts'
import { share } from '../../domain/share.ts'
import type { Column, Row } from '../../domain/table.ts'
import { counted } from '../../domain/text.ts'
import { type Ask, defineReport, type Frame, type ReportColumn } from '../family/declare.ts'
import {
  contactScope,
  groupShares,
  type LateClient,
  lateClients,
  loadStandards,
  ownerShares,
} from './load.ts'

const CLIENTS: ReportColumn[] = [
  {
    column: { key: 'owner', label: 'Owner', type: 'text' },
    formula: 'the salesperson answerable for the client',
  },
  { column: { key: 'client', label: 'Client', type: 'text' }, formula: 'a client that is late' },
  { column: { key: 'rating', label: 'Rating', type: 'text' }, formula: 'its rating' },
  {
    column: { key: 'standard', label: 'Every, days', type: 'days' },
    formula: 'days that the standard of this rating allows',
  },
  {
    column: { key: 'last_contact', label: 'Last contact', type: 'day' },
    formula:
      'the day the client was last reached: no note, no mailing, no attempt without an answer',
  },
  {
    column: { key: 'late', label: 'Late, days', type: 'days' },
    formula: 'days since the last contact (or since it was added) − {standard}',
  },
  {
    column: { key: 'client_id', label: 'Client no.', type: 'count', hidden: true },
    formula: 'its number',
  },
]

const TOTALS: ReportColumn[] = [
  {
    column: { key: 'clients', label: 'Clients', type: 'count' },
    formula: 'clients whose rating has a standard',
  },
  { column: { key: 'in_time', label: 'In time', type: 'count' }, formula: '{clients} − {late}' },
  {
    column: { key: 'late', label: 'Late', type: 'count' },
    formula: 'clients that have not heard from us in time',
  },
  { column: { key: 'kept', label: 'Kept', type: 'share' }, formula: '{in_time} / {clients}' },
]

const OWNERS: Column[] = [
  { key: 'owner', label: 'Owner', type: 'text' },
  ...TOTALS.map(({ column: { key, label, type } }) => ({ key, label, type })),
]

/** What clients, rather than deals, can be split by. */
const GROUPS = ['owner', 'region', 'size', 'category', 'source'] as const

/** All of them. */
const NO_LIMIT = 1_000_000_000

/** Everything the report says of one day. */
async function frame({ db, scope: asked, today, by }: Ask): Promise<Frame> {
  const { asOf } = asked
  const scope = contactScope(asked)
  const standards = await loadStandards(db)
  const shares = await ownerShares(db, today, scope)
  const rank = new Map(shares.map((one, index) => [one.owner, index]))
  const rankOf = ({ owner }: LateClient): number => rank.get(owner) ?? shares.length
  const clients = (await lateClients(db, today, scope, NO_LIMIT)).toSorted(
    (a, b) => rankOf(a) - rankOf(b),
  )
  const sum = (key: 'clients' | 'late'): number =>
    shares.reduce((total, one) => total + one[key], 0)
  const row = (one: { clients: number; late: number }): Row => ({
    clients: one.clients,
    in_time: one.clients - one.late,
    late: one.late,
    kept: share(one.clients - one.late, one.clients),
  })
  const totals = row({ clients: sum('clients'), late: sum('late') })
  const groups = by && by !== 'owner' ? await groupShares(db, today, scope, by) : null
  const inGroups = (groups ?? []).reduce((all, one) => all + one.clients, 0)
  return {
    rows: clients.map((client) => ({
      owner: client.owner,
      client: client.name,
      rating: client.rating,
      standard: client.standard,
      last_contact: client.lastOn,
      late: daysBetween(client.by, asOf),
      client_id: client.id,
    })),
    totals,
    more: [
      {
        key: 'owners',
        title: 'Owners',
        columns: OWNERS,
        rows: shares.map((one) => ({ owner: one.owner, ...row(one) })),
        footer: { owner: 'Total', ...totals },
      },
      ...(groups
        ? [
            {
              key: 'groups',
              title: `By ${by}`,
              columns: OWNERS.map((column) =>
                column.key === 'owner' ? { ...column, key: 'group', label: `${by}` } : column,
              ),
              rows: groups.map((one) => ({ group: one.label, ...row(one) })),
            },
          ]
        : []),
    ],
    counted: standards
      .map(({ rating, days }) => `${rating} every ${counted(days, 'day')}`)
      .join(' · '),
    notes: [
      ...(standards.length > 0
        ? ['Notes, mailings and attempts without an answer do not count as contact.']
        : []),
      ...(asOf < today && standards.length > 0
        ? ['Ratings, owners and standards are those of today; the book keeps no earlier ones.']
        : []),
      ...(by === 'category' && inGroups > Number(totals.clients)
        ? ['A client counts in each of its categories: the groups add up to more than the total.']
        : []),
    ],
    charts: [],
    ...(standards.length > 0
      ? {}
      : { empty: 'No contact standards; funnel standard set A 14 sets one.' }),
  }
}

const NO_COMPARISON =
  'the book keeps no earlier ratings and standards, so two days cannot be set side by side; ' +
  'contacts of an earlier day, held against the ratings of today: report standards --as-of DAY'

/**
 * Who has not heard from us in time, by owner. A client is late when more days have passed since its
 * last contact (or since it was added, where there was none) than its rating's standard allows: with
 * a standard of 14, a client called on 1 November is late from 16 November on. Kept = in time /
 * clients with a standard.
 */
export const standards = defineReport({
  name: 'standards',
  title: 'Contact standards',
  description:
    'Clients that have not heard from us within the days that the standard for their rating ' +
    'allows (funnel standard set), by owner. A client that was never contacted counts from the ' +
    'day it was added.',
  span: { kind: 'day' },
  takes: {
    by: GROUPS,
    filters: ['owner', 'source', 'where'],
    sort: CLIENTS.map(({ column }) => column.key),
  },
  refuses: {
    '--compare': NO_COMPARISON,
    '--period': 'it is of the end of a day, which --as-of names',
    '--measure': 'it counts clients, whatever their deals are worth',
    '--process': 'a client belongs to no process',
  },
  money: false,
  section: { key: 'rows', title: 'Late' },
  columns: CLIENTS,
  totals: TOTALS,
  examples: [
    'standards',
    'standards --by region',
    'standards --owner Ann --as-of 2026-10-31 --json',
  ],
  empty: 'No client has a rating with a standard; funnel client edit CLIENT --rating A gives one.',
  frame,
})
