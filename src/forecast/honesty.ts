import { addDays, type Day, fromEpochDay } from '../domain/day.ts'
import type { Cell, Column, Section } from '../domain/table.ts'
import { type Accuracy, type Rival, rivalsOf, type Tested } from './model/accuracy.ts'
import type { Forecast } from './model/forecast.ts'

function percent(share: number): string {
  return `${Math.round(share * 100)}%`
}

/** A share for JSON, to four figures. */
function rounded(share: number | null): number | null {
  return share === null ? null : Number(share.toFixed(4))
}

/** The accuracy as it is in JSON. */
export function accuracyHead(
  accuracy: Accuracy | null,
  window: number,
): Record<string, Cell> | null {
  if (!accuracy) return null
  const shares = Object.entries(accuracy).map(([key, value]) => [key, rounded(value)])
  return { ...Object.fromEntries(shares), window_days: window }
}

function biasText(bias: number): string {
  const size = Math.abs(bias)
  if (size < 0.005) return '; Expected neither too high nor too low in sum'
  return `; Expected ${percent(size)} too ${bias > 0 ? 'high' : 'low'} in sum`
}

/** One line that says how well such forecasts have done so far, and for which point: see `Accuracy`. */
export function honestyLine({
  accuracy,
  window,
  tested,
}: Pick<Forecast, 'accuracy' | 'window' | 'tested'>): string {
  if (!accuracy) {
    return 'Not tested: the book is too young to compare past forecasts with what came.'
  }
  const few = accuracy.origins === 1 ? 'a past forecast' : `${accuracy.origins} past forecasts`
  const { wape, wape_naive: naive, bias, coverage80 } = accuracy
  if (wape === null || naive === null || bias === null) {
    const came = tested.some(({ actual }) => actual < 0)
      ? 'what was won in them was no gain'
      : 'nothing was won in them'
    return `Tested on ${few} of ${window} days: ${came}.`
  }
  return (
    `Tested on ${few} of ${window} days: P50 off by ${percent(wape)} ` +
    `(best naive forecast ${percent(naive)})${biasText(bias)}; ` +
    `P10 to P90 held ${percent(coverage80)} of outcomes.`
  )
}

/** The table of past forecasts. Money or deals, by the measure. */
export function backtestSection(
  tested: readonly Tested[],
  window: number,
  type: 'money' | 'count',
  tidy: (value: number) => number,
): Section {
  const column = (key: string, label: string): Column => ({ key, label, type, rough: true })
  return {
    key: 'origins',
    title: `Past forecasts of ${window} days`,
    columns: [
      { key: 'from', label: 'From', type: 'day' },
      { key: 'to', label: 'To', type: 'day' },
      column('mean', 'Expected'),
      column('p10', 'P10'),
      column('p50', 'P50'),
      column('p90', 'P90'),
      column('actual', 'Came'),
      { key: 'inside', label: 'Inside', type: 'flag' },
      { ...column('last_period', 'Last'), hidden: true },
      { ...column('trailing_mean', 'Trailing'), hidden: true },
      { ...column('year_ago', 'Year ago'), hidden: true },
      { ...column('template', 'Template'), hidden: true },
    ],
    rows: tested.map(({ origin, mean, p10, p50, p90, actual, naive }) => {
      const day: Day = fromEpochDay(origin)
      return {
        from: addDays(day, 1),
        to: addDays(day, window),
        mean: tidy(mean),
        p10: tidy(p10),
        p50: tidy(p50),
        p90: tidy(p90),
        actual: tidy(actual),
        inside: actual >= p10 && actual <= p90,
        last_period: tidy(naive.last_period),
        trailing_mean: tidy(naive.trailing_mean),
        year_ago: naive.year_ago === null ? null : tidy(naive.year_ago),
        template: tidy(naive.template),
      }
    }),
  }
}

const RIVALS: Record<Rival['name'], string> = {
  last_period: 'as in the period before',
  trailing_mean: 'mean of the last year',
  year_ago: 'as a year ago',
  template: 'open deals by template',
}

/** The forecast and the naive ones, judged on the same windows. Shares. */
export function accuracySection(accuracy: Accuracy, tested: readonly Tested[]): Section {
  return {
    key: 'accuracy',
    title: 'How far off they were',
    columns: [
      { key: 'forecast', label: 'Forecast', type: 'text' },
      { key: 'windows', label: 'Windows', type: 'count' },
      { key: 'wape', label: 'WAPE', type: 'share' },
      { key: 'bias', label: 'Bias', type: 'share' },
      { key: 'skill', label: 'Ours better by', type: 'share' },
    ],
    rows: [
      {
        forecast: 'this one',
        windows: accuracy.origins,
        wape: rounded(accuracy.wape),
        bias: rounded(accuracy.bias),
        skill: null,
      },
      ...rivalsOf(tested).map(({ name, windows, wape, bias, skill }) => ({
        forecast: RIVALS[name],
        windows,
        wape: rounded(wape),
        bias: rounded(bias),
        skill: rounded(skill),
      })),
    ],
  }
}

/** What the figures of the past forecasts mean. */
export const ACCURACY_NOTES = [
  'WAPE: Σ |forecast − came| / Σ came, ours at P50: absolute errors are least for the median.',
  'Bias: Σ (forecast − came) / Σ came, ours of the mean (Expected); above 0 is too high.',
  '“Ours better by”: pinball skill at P10, P50 and P90, 1 − our loss / that of the naive forecast.',
]
