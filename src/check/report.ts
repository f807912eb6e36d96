import type { Cell, Column, Report } from '../domain/table.ts'
import type { Currency } from '../domain/money.ts'
import { counted } from '../domain/text.ts'
import { MEASURES, type Measuring } from './measures.ts'
import { describeValue, isMet, plainValue, type Threshold } from './threshold.ts'

/** A threshold with what was measured. */
export interface Checked {
  check: string
  measure: string
  operator: string
  wanted: number
  /** Null if there is nothing to measure. */
  value: number | null
  met: boolean
  /** The value for people, or why there is none. */
  is: string
}

const COLUMNS: Column[] = [
  { key: 'result', label: 'Result', type: 'text' },
  { key: 'check', label: 'Check', type: 'text', whole: true },
  { key: 'is', label: 'Is', type: 'text' },
  { key: 'measure', label: 'Measure', type: 'text', hidden: true },
  { key: 'operator', label: 'Operator', type: 'text', hidden: true },
  { key: 'wanted', label: 'Wanted', type: 'text', hidden: true },
  { key: 'value', label: 'Value', type: 'text', hidden: true },
  { key: 'met', label: 'Met', type: 'flag', hidden: true },
]

/**
 * Measures what thresholds ask for. If there is nothing to measure (a share of no cases, a target
 * that is not set) a threshold is not met: null is not zero, and no proof that all is well.
 * @param allowUnknown counts it as met then.
 * @param currency how values are written: that of the book, as its locale has it.
 */
export async function runChecks(
  thresholds: readonly Threshold[],
  of: Measuring,
  allowUnknown: boolean,
  currency: Currency = of.scope.settings.currency,
): Promise<Checked[]> {
  const checked: Checked[] = []
  for (const threshold of thresholds) {
    const measure = MEASURES[threshold.measure]
    if (!measure) throw new Error(`${threshold.measure} was read and is not a measure`)
    const { kind } = measure
    const found = await measure.take(of, threshold.span ?? 'year')
    const value = typeof found === 'number' ? found : null
    checked.push({
      check: threshold.text,
      measure: threshold.measure,
      operator: threshold.operator,
      wanted: plainValue(threshold.wanted, kind, currency),
      value: value === null ? null : plainValue(value, kind, currency),
      met: isMet(threshold, value) || (value === null && allowUnknown),
      is:
        typeof found === 'number'
          ? describeValue(found, kind, currency)
          : `unknown: ${found.missing}`,
    })
  }
  return checked
}

/** What measured values leave out, each said once. */
export async function checkNotes(
  thresholds: readonly Threshold[],
  of: Measuring,
): Promise<string[]> {
  const notes = new Set<string>()
  for (const { measure, span } of thresholds) {
    const found = await MEASURES[measure]?.notes?.(of, span ?? 'year')
    for (const note of found ?? []) notes.add(note)
  }
  return [...notes]
}

function resultOf({ met, value }: Checked): string {
  if (value === null) return 'unknown'
  return met ? 'ok' : 'FAILS'
}

/** The checks as a report, one line each. */
export function checkReport(
  checked: readonly Checked[],
  { scope }: Measuring,
  notes: string[],
): Report {
  const met = checked.filter((each) => each.met).length
  return {
    name: 'check',
    title: `Checks, as of ${scope.asOf}`,
    subtitle: [`${met} of ${counted(checked.length, 'check')} met`],
    currency: null,
    head: { as_of: scope.asOf, met: met === checked.length },
    sections: [
      {
        key: 'checks',
        columns: COLUMNS,
        rows: checked.map((each): Record<string, Cell> => ({ result: resultOf(each), ...each })),
      },
    ],
    totals: null,
    totalColumns: [],
    notes,
    charts: [],
    empty: 'Nothing is checked.',
  }
}
