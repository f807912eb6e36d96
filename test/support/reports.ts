import type { Book } from '../../src/book/open.ts'
import type { Day } from '../../src/domain/day.ts'
import type { Period } from '../../src/domain/period.ts'
import type { Report } from '../../src/domain/table.ts'
import type { Ask, ReportSpec } from '../../src/reports/family/declare.ts'
import { makeReport, type Wishes } from '../../src/reports/family/make.ts'
import { SETTINGS } from './book.ts'

/** What is asked of a report in a test; without a period it is of all time. */
export type Asked = { asOf: Day; period?: Period } & Partial<Omit<Ask, 'db' | 'period'> & Wishes>

/** The report as its command would make it. */
export function reportOf({ db }: Book, spec: ReportSpec, asked: Asked): Promise<Report> {
  const { asOf, compare = null, sort = null, explain = false, ...ask } = asked
  return makeReport(
    spec,
    {
      db,
      scope: { asOf, settings: SETTINGS },
      today: asOf,
      period: spec.span.kind === 'day' ? { from: null, to: asOf } : { from: null, to: null },
      by: null,
      measure: 'deals',
      charts: false,
      own: {},
      ...ask,
    },
    { compare, sort, explain },
  )
}
