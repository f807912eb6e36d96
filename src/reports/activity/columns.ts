import type { Column } from '../../domain/table.ts'
import type { ReportColumn } from '../family/declare.ts'

const KINDS: ReportColumn[] = [
  {
    column: { key: 'calls', label: 'Calls', type: 'count' },
    compared: true,
    formula: 'calls logged',
  },
  {
    column: { key: 'emails', label: 'E-mails', type: 'count' },
    compared: true,
    formula: 'e-mails logged',
  },
  {
    column: { key: 'meetings', label: 'Meetings', type: 'count' },
    compared: true,
    formula: 'meetings logged',
  },
  {
    column: { key: 'messages', label: 'Messages', type: 'count' },
    formula: 'SMS and messages logged',
  },
  {
    column: { key: 'mailings', label: 'Mailings', type: 'count', hidden: true },
    formula: 'mailings logged',
  },
  {
    column: { key: 'touches', label: 'Touches', type: 'count' },
    compared: true,
    formula: '{calls} + {emails} + {meetings} + {messages}',
  },
]

const PROPOSALS: ReportColumn[] = [
  {
    column: { key: 'proposals', label: 'Proposals', type: 'count' },
    formula: 'deals that came to the proposal stage (--stage) for the first time',
  },
  {
    column: { key: 'calls_per_proposal', label: 'Calls per proposal', type: 'number' },
    formula: '{calls} / {proposals}',
  },
]

/** The columns of the report on activity. */
export const ACTIVITY_COLUMNS: readonly ReportColumn[] = [
  {
    column: { key: 'owner', label: 'Owner', type: 'text' },
    formula: 'who logged it; of proposals, whose deal it is',
  },
  ...KINDS,
  {
    column: { key: 'trend', label: 'Weeks', type: 'trend' },
    formula: 'touches of each week, the last 26',
  },
  ...PROPOSALS,
]

/** Its totals. */
export const ACTIVITY_TOTALS: readonly ReportColumn[] = [
  ...KINDS,
  ...PROPOSALS,
  {
    column: { key: 'won', label: 'Won', type: 'count' },
    formula: 'deals won, whose days are known',
  },
  {
    column: { key: 'five_or_more', label: 'Won with five touches or more', type: 'count' },
    formula: 'those with five touches or more between opening and winning',
  },
  {
    column: { key: 'five_share', label: 'Share with five or more', type: 'share' },
    of: ['five_or_more', 'won'],
    compared: true,
    formula: '{five_or_more} / {won}',
  },
  {
    column: { key: 'inbound', label: 'Inbound (passive)', type: 'count' },
    formula: 'won deals whose first touch came from the client',
  },
  {
    column: { key: 'outbound', label: 'Outbound (active)', type: 'count' },
    formula: 'won deals whose first touch went out to the client',
  },
  {
    column: { key: 'known', label: 'Direction known', type: 'count', hidden: true },
    formula: '{inbound} + {outbound}',
  },
  {
    column: { key: 'inbound_share', label: 'Inbound share', type: 'share' },
    of: ['inbound', 'known'],
    compared: true,
    formula: '{inbound} / ({inbound} + {outbound})',
  },
]

/** The columns of the weeks. */
export const WEEK_COLUMNS: Column[] = [
  { key: 'week', label: 'Week from', type: 'day' },
  { key: 'owner', label: 'Owner', type: 'text' },
  ...KINDS.map(({ column: { key, label, type } }) => ({ key, label, type })),
]

/** The columns of touches before a win. */
export const TOUCH_COLUMNS: Column[] = [
  { key: 'touches', label: 'Touches', type: 'text' },
  { key: 'deals', label: 'Deals won', type: 'count' },
  { key: 'share', label: 'Share', type: 'share' },
]
