import type { Settings } from '../domain/settings.ts'
import { formatMoney, toDecimal } from '../domain/money.ts'
import type { ForecastMeasure } from './load.ts'

/** How values of a measure are rounded and written. */
export interface Units {
  type: 'money' | 'count'
  /** To a meaningful precision: minor units, or a tenth of a deal. */
  tidy: (value: number) => number
  /** As in JSON: decimal money. */
  exact: (value: number) => number
  /** For people. */
  format: (value: number) => string
}

/** The units of a measure in a book. */
export function unitsOf(measure: ForecastMeasure, { currency }: Settings): Units {
  if (measure === 'deals') {
    const tidy = (value: number): number => Math.round(value * 10) / 10
    return { type: 'count', tidy, exact: tidy, format: (value) => String(tidy(value)) }
  }
  return {
    type: 'money',
    tidy: Math.round,
    exact: (value) => toDecimal(Math.round(value), currency),
    format: (value) => formatMoney(value, currency),
  }
}

/** A value for JSON; null stays null. */
export function exactOr(value: number | null, { exact }: Units): number | null {
  return value === null ? null : exact(value)
}
