import { counted } from '../../domain/text.ts'
import type { Chart, Row } from '../../domain/table.ts'
import { FEWEST_DEALS, wilsonFormula } from '../chance.ts'
import { type Ask, defineReport, type Frame, type ReportColumn } from '../family/declare.ts'
import { cellGroups, frameGroups, severalGroupsNote } from '../family/group.ts'
import { unratedMoneyNote } from '../receivables/worth.ts'
import { type ProposalCase, proposalFigures } from './figures.ts'
import { loadCases } from './load.ts'

const FIGURES: readonly ReportColumn[] = [
  {
    column: { key: 'made', label: 'Made', type: 'count' },
    banded: true,
    compared: true,
    formula: 'numbers first made in the period, each counted once, whatever its versions',
  },
  {
    column: { key: 'sent', label: 'Sent', type: 'count' },
    compared: true,
    formula: 'those of which a version was sent',
  },
  {
    column: { key: 'accepted', label: 'Accepted', type: 'count' },
    banded: true,
    compared: true,
    formula: 'those of which a version was accepted',
  },
  {
    column: { key: 'declined', label: 'Declined', type: 'count' },
    formula: 'those whose last answer is no',
  },
  {
    column: { key: 'open', label: 'Open', type: 'count' },
    formula: 'those without an answer whose last day has not gone by',
  },
  {
    column: { key: 'expired', label: 'Expired', type: 'count' },
    formula: 'those without an answer whose last day has gone by',
  },
  {
    column: { key: 'share', label: 'Share accepted', type: 'share' },
    of: ['accepted', 'decided'],
    open: 'open',
    banded: true,
    compared: true,
    parts: [{ key: 'decided', label: 'Decided', type: 'count' }],
    formula: '{accepted} / ({accepted} + {declined})',
  },
  {
    column: { key: 'share_low', label: 'From', type: 'share' },
    ...wilsonFormula('−', 'accepted', '({accepted} + {declined})'),
  },
  {
    column: { key: 'share_high', label: 'To', type: 'share' },
    ...wilsonFormula('+', 'accepted', '({accepted} + {declined})'),
  },
  {
    column: { key: 'median_days', label: 'Median days', type: 'days' },
    banded: true,
    compared: true,
    formula:
      'the day after the first sending by which half are decided (Kaplan–Meier): undecided ones count as not yet decided',
    numbers: '{accepted} + {declined} decided of {made}',
  },
  {
    column: { key: 'discount', label: 'Discount', type: 'share' },
    compared: true,
    formula: '1 − net / net without discounts, over the versions that stand for their numbers',
    numbers: '{net} net',
  },
  {
    column: { key: 'net', label: 'Net', type: 'money' },
    formula: 'net of the versions that stand for their numbers',
  },
  {
    column: { key: 'net_accepted', label: 'Net accepted', type: 'money' },
    compared: true,
    formula: 'net of what was accepted, with the options that clients took',
  },
]

const COLUMNS: readonly ReportColumn[] = [
  {
    column: { key: 'version', label: 'Version', type: 'text' },
    formula: 'the version that was decided on, else the last that was sent',
  },
  ...FIGURES,
]

/** From this version on they are counted together. */
const LATE = 4

const versionOf = ({ version }: ProposalCase): string =>
  version < LATE ? String(version) : `${LATE} and later`

function rowsOf(cases: readonly ProposalCase[]): Row[] {
  const names = [...new Set(cases.map(versionOf))].toSorted()
  return names.map((version) => ({
    version,
    ...proposalFigures(cases.filter((one) => versionOf(one) === version)),
  }))
}

/** What became of proposals, as bars. */
function chartOf(figures: Row): Chart {
  const bar = (key: string, label: string) => ({ label, value: Number(figures[key]), notes: [] })
  return {
    kind: 'funnel',
    title: 'What became of proposals',
    unit: 'count',
    aligned: 'left',
    bars: [
      bar('accepted', 'Accepted'),
      bar('declined', 'Declined'),
      bar('open', 'Open'),
      bar('expired', 'Expired'),
    ],
  }
}

async function frame(ask: Ask): Promise<Frame> {
  const { db, scope, period, by } = ask
  const whole = await loadCases(db, scope, period, null)
  const totals = proposalFigures(whole.cases)
  const split = by === null ? null : await loadCases(db, scope, period, by)
  const groups = split && (await cellGroups(db, ask.by ?? 'owner', split.cases))
  const decided = Number(totals.decided)
  return {
    rows: rowsOf(whole.cases),
    totals,
    footer: { version: 'All', ...totals },
    ...(groups
      ? {
          groups: frameGroups(groups, (own) => {
            const figures = proposalFigures(own)
            const chart = ask.charts ? { chart: chartOf(figures) } : {}
            return { rows: rowsOf(own), totals: figures, ...chart }
          }),
        }
      : {}),
    counted: `${counted(whole.all, 'proposal')} made`,
    notes: [
      ...(whole.all > 0 && decided < FEWEST_DEALS
        ? [`Too few to rely on: ${counted(decided, 'proposal')} decided.`]
        : []),
      ...severalGroupsNote(by, split?.cases.length ?? 0, whole.all),
      ...unratedMoneyNote(whole.unrated, 'proposal', 'proposals'),
    ],
    charts: ask.charts && whole.all > 0 ? [chartOf(totals)] : [],
  }
}

/** What becomes of proposals. */
export const proposals = defineReport({
  name: 'proposals',
  title: 'Proposals',
  description:
    'What became of the proposals that were first made in the period, by the version that was decided on: sent, ' +
    'accepted, declined, open and expired, the share accepted of those decided with its 95% interval, the median days to ' +
    'a decision (Kaplan–Meier, which allows for those without one yet) and the mean discount, weighted by amount. A ' +
    'number counts once, whatever its versions.',
  span: { kind: 'period', usual: 'last-365d' },
  takes: {
    by: [
      'owner',
      'client',
      'process',
      'region',
      'size',
      'category',
      'source',
      'month',
      'quarter',
      'year',
    ],
    compare: true,
    charts: true,
  },
  refuses: {
    '--measure': 'count, amount and discount stand side by side already',
    '--sort': 'versions have an order of their own',
  },
  section: { key: 'rows' },
  columns: COLUMNS,
  totals: FIGURES,
  examples: [
    'proposals',
    'proposals --period 2026-Q4 --by owner',
    'proposals --compare previous --json',
  ],
  empty: 'No proposal was made in this period; see --period all.',
  frame,
})
