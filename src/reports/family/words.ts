import { type Day, daysBetween } from '../../domain/day.ts'
import { describePeriod, lengthInDays, type Period } from '../../domain/period.ts'
import { counted } from '../../domain/text.ts'
import { FEWEST_DEALS } from '../chance.ts'
import { describeFilters, filtersHead } from '../scope.ts'
import type { Ask, Frame, Measure, ReportColumn, ReportSpec } from './declare.ts'

function spanText(spec: ReportSpec, period: Period): string {
  const { from, to } = period
  if (spec.span.kind === 'day') return `as of ${to}`
  if (from === null || to === null) return describePeriod(period)
  return `${describePeriod(period)} (${counted(lengthInDays(from, to), 'day')})`
}

/** The title: what the report is about, and for which days. */
export function titleOf(spec: ReportSpec, { period }: Ask, compare: Period | null): string {
  const title = `${spec.title}, ${spanText(spec, period)}`
  if (!compare) return title
  return `${title}, against ${spanText(spec, compare)}`
}

/** What is said of a period that ends after the day of the report. */
function unfinished(name: string, { from, to }: Period, asOf: Day): string[] {
  if (to === null || to <= asOf) return []
  if (from !== null && from > asOf) return [`The ${name} has not begun: it is from ${from} on.`]
  const days = daysBetween(asOf, to)
  const left = `${counted(days, 'day')} ${days === 1 ? 'is' : 'are'} still to come`
  return [`The ${name} is not over: ${left}.`]
}

/** What is said of a day that is still to come. */
function toCome(name: string, day: Day | null, today: Day): string[] {
  if (day === null || day <= today) return []
  return [
    `The ${name} is to come, in ${counted(daysBetween(today, day), 'day')}: what is known today ` +
      'counts, and ages run on to that day.',
  ]
}

/** Notes on a period or a day that goes beyond today. */
export function futureNotes(spec: ReportSpec, ask: Ask, compare: Period | null): string[] {
  const { scope, today, period } = ask
  const { asOf } = scope
  const ofDay = spec.span.kind === 'day'
  return [
    ...toCome('day of this report', asOf, today),
    ...(ofDay ? [] : unfinished('period', period, asOf)),
    ...(compare === null
      ? []
      : ofDay
        ? toCome('day compared with', compare.to, today)
        : unfinished('period compared with', compare, asOf)),
  ]
}

/** How far changes of shares can be trusted, where a report compares any. */
export function comparedNote(columns: readonly ReportColumn[]): string[] {
  if (!columns.some(({ of, compared }) => of && compared)) return []
  return [
    'A change of shares is sure (beyond chance) only where its 95% interval (Newcombe) leaves out ' +
      `zero; under ${FEWEST_DEALS} cases in either period it is too few to tell.`,
  ]
}

const MEASURE_WORDS: Record<Measure, string> = {
  deals: 'deals',
  clients: 'distinct clients',
  amount: 'amount',
  profit: 'profit',
}

/** The line below the title: filters, what was counted, and how. */
export function subtitleOf(spec: ReportSpec, { scope, by, measure }: Ask, frame: Frame): string {
  return [
    ...describeFilters(scope),
    frame.counted,
    ...(by === null ? [] : [`by ${by}`]),
    ...(spec.takes.measures && measure !== 'deals'
      ? [`measured in ${MEASURE_WORDS[measure]}`]
      : []),
    ...(spec.span.kind === 'period' ? [`as of ${scope.asOf}`] : []),
    ...(spec.money === false ? [] : [scope.settings.currency.code]),
  ]
    .filter((text) => text !== '')
    .join(' · ')
}

/** What a report was asked, for JSON. */
export function headOf(
  spec: ReportSpec,
  { scope, period, by, measure }: Ask,
  compare: Period | null,
) {
  return {
    as_of: scope.asOf,
    ...(spec.span.kind === 'period' ? { period: { ...period } } : {}),
    ...(compare === null
      ? {}
      : { compare: spec.span.kind === 'day' ? { as_of: compare.to } : { ...compare } }),
    filters: filtersHead(scope),
    ...(by === null ? {} : { by }),
    ...(spec.takes.measures ? { measure } : {}),
  }
}
