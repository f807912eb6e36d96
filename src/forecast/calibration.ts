import type { Book } from '../book/open.ts'
import { fromEpochDay, toEpochDay } from '../domain/day.ts'
import type { Column, Report } from '../domain/table.ts'
import { counted } from '../domain/text.ts'
import { describeFilters, filtersHead, type Scope } from '../reports/scope.ts'
import { loadLedger, selectionOf } from './load.ts'
import { calibrationOf, pastChances } from './model/calibration.ts'

/** Chances below which ten bins say little. */
const FEW = 100

const COLUMNS: Column[] = [
  { key: 'from', label: 'Chance from', type: 'share' },
  { key: 'to', label: 'To', type: 'share' },
  { key: 'deals', label: 'Chances', type: 'count' },
  { key: 'mean', label: 'Predicted', type: 'share' },
  { key: 'won', label: 'Won', type: 'share' },
]

function rounded(share: number | null): number | null {
  return share === null ? null : Number(share.toFixed(4))
}

function subtitleOf(scope: Scope, days: readonly number[], judged: number): string {
  const [first, last] = [days[0], days.at(-1)]
  const given =
    first === undefined || last === undefined
      ? []
      : [
          `${counted(judged, 'chance')} given on ${counted(days.length, 'day')}, ` +
            `from ${fromEpochDay(first)} to ${fromEpochDay(last)}`,
        ]
  return [...describeFilters(scope), ...given].join(' · ')
}

/**
 * How the chances of open deals, by their stage and age, came true in this book: on past days, each
 * learnt from what was known then.
 */
export async function calibrationReport(book: Book, scope: Scope): Promise<Report> {
  const { asOf } = scope
  const { ledger } = await loadLedger(book, asOf, 'deals')
  const selection = await selectionOf(book, scope)
  const { judged, days, undecided } = pastChances(ledger, toEpochDay(asOf), selection)
  const { bins, error, brier, brierOfShare } = calibrationOf(judged)
  const percent = (share: number): string => `${(share * 100).toFixed(1)} points`
  return {
    name: 'calibration',
    title: `How chances came true, as of ${asOf}`,
    subtitle: [
      subtitleOf(scope, days, judged.length),
      ...(error === null ? [] : [`off by ${percent(error)} on average`]),
    ].filter((line) => line !== ''),
    currency: null,
    head: {
      as_of: asOf,
      filters: filtersHead(scope),
      chances: judged.length,
      days: days.length,
      calibration_error: rounded(error),
      brier: rounded(brier),
      brier_of_share: rounded(brierOfShare),
    },
    sections: [
      {
        key: 'bins',
        columns: COLUMNS,
        rows: bins.map(({ count, least, most, mean, won }) => ({
          from: rounded(least),
          to: rounded(most),
          deals: count,
          mean: rounded(mean),
          won: rounded(won),
        })),
      },
    ],
    totals: null,
    totalColumns: [],
    notes: [
      ...(brier === null || brierOfShare === null
        ? []
        : [
            `Brier score ${brier.toFixed(3)}; ${brierOfShare.toFixed(3)} if every deal had the share that was won. Lower is better.`,
          ]),
      'Chances by stage and age, learnt from what was known on the day; a deal counts on each of the days on which it was open.',
      ...(undecided > 0 ? [`Left out: ${counted(undecided, 'chance')} of deals still open.`] : []),
      ...(judged.length > 0 && judged.length < FEW
        ? [`Fewer than ${FEW} chances: differences may well be chance.`]
        : []),
    ],
    charts: [],
    empty: 'No past chances to judge: 10 closed deals, and later outcomes, are needed.',
  }
}
