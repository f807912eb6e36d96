import { parseMoney } from '../domain/amount.ts'
import { distance } from 'fastest-levenshtein'
import { parsePercent } from '../domain/settings.ts'
import { Fault } from '../domain/fault.ts'
import { type Currency, formatMoney, toDecimal } from '../domain/money.ts'
import { MEASURES, type MeasureKind, SPANS, type SpanName } from './measures.ts'
import { wholeNumber } from '../domain/whole-number.ts'

/** What a measure is compared with. */
export interface Threshold {
  /** As it is written: `new-leads>=5/week`. */
  text: string
  measure: string
  operator: Operator
  /** Money in minor units, a share 0…1, else a number. */
  wanted: number
  span: SpanName | null
}

const OPERATORS = {
  '>=': (value: number, wanted: number) => value >= wanted,
  '<=': (value: number, wanted: number) => value <= wanted,
  '>': (value: number, wanted: number) => value > wanted,
  '<': (value: number, wanted: number) => value < wanted,
  '=': (value: number, wanted: number) => value === wanted,
} as const

type Operator = keyof typeof OPERATORS

const FORM = /^([a-z][a-z0-9.-]*)\s*(>=|<=|>|<|==?)\s*([^/\s<>=][^/]*?)\s*(?:\/\s*([a-z]+))?$/i

function unknownMeasure(name: string): Fault {
  const names = Object.keys(MEASURES)
  const [near] = names.toSorted((a, b) => distance(a, name) - distance(b, name))
  const isNear = near !== undefined && distance(near, name) <= Math.max(1, name.length / 3)
  const hint = isNear ? `did you mean ${near}?` : `there are ${names.join(', ')}`
  return new Fault('usage', `“${name}” is not something that can be checked`, hint)
}

function readValue(text: string, kind: MeasureKind, currency: Currency): number {
  if (kind === 'money') return parseMoney(text, currency)
  if (kind === 'share') return parsePercent(text)
  const hint = 'write it as "stuck<=4"'
  if (kind === 'count') return wholeNumber(text, { what: 'a whole number', hint, least: 0 })
  if (/^\d{1,9}(\.\d+)?$/.test(text)) return Number(text)
  throw new Fault('usage', `“${text}” is not a number`, hint)
}

/**
 * Reads a threshold: `stuck<=4`, `new-leads>=5/week`, `win-rate>=20%`, `forecast.p50>=50000`.
 * @throws Fault `usage` if the measure is unknown, or the value cannot be one of its.
 */
export function parseThreshold(text: string, currency: Currency): Threshold {
  const match = FORM.exec(text.trim())
  if (!match) {
    const hint = 'write it as "stuck<=4" or "new-leads>=5/week", in quotes'
    throw new Fault('usage', `“${text}” is not a threshold`, hint)
  }
  const [, name = '', sign = '', value = '', span] = match
  const measure = name.toLowerCase()
  const found = Object.hasOwn(MEASURES, measure) ? MEASURES[measure] : undefined
  if (!found) throw unknownMeasure(measure)
  const spans = Object.keys(SPANS).join(', ')
  if (span !== undefined && !Object.hasOwn(SPANS, span)) {
    throw new Fault('usage', `“${span}” is not a span of time`, `use one of: ${spans}`)
  }
  if (span !== undefined && found.span === 'none') {
    throw new Fault(
      'usage',
      `${measure} is a figure of a day, not of a ${span}`,
      `leave out /${span}`,
    )
  }
  if (span === undefined && found.span === 'needed') {
    const hint = `write it as ${measure}${sign}${value}/week (${spans})`
    throw new Fault('usage', `${measure} needs the time that it is counted in`, hint)
  }
  const usual = found.span === 'none' || found.span === 'needed' ? null : found.span
  return {
    text: text.trim(),
    measure,
    operator: sign === '==' ? '=' : (sign as Operator),
    wanted: readValue(value, found.kind, currency),
    span: (span as SpanName | undefined) ?? usual,
  }
}

/** Thresholds from a file: one per line; `#` begins a comment. */
export function parseThresholds(text: string, file: string, currency: Currency): Threshold[] {
  return text.split(/\r?\n/).flatMap((line, index) => {
    const own = line.replace(/(^|\s)#.*$/, '').trim()
    if (own === '') return []
    try {
      return [parseThreshold(own, currency)]
    } catch (error) {
      if (!(error instanceof Fault)) throw error
      const where = `${file}, line ${index + 1}: ${error.message}`
      throw new Fault(error.code, where, error.hint, error)
    }
  })
}

/** Is the threshold met? What cannot be measured is not. */
export function isMet({ operator, wanted }: Threshold, value: number | null): boolean {
  return value !== null && OPERATORS[operator](value, wanted)
}

/** A value as people read it: `84,000`, `12.5%`, `3.4`. */
export function describeValue(value: number, kind: MeasureKind, currency: Currency): string {
  if (kind === 'money') return formatMoney(value, currency)
  if (kind === 'share') return `${Number((value * 100).toFixed(1))}%`
  return String(Number(value.toFixed(2)))
}

/** A value as JSON has it. */
export function plainValue(value: number, kind: MeasureKind, currency: Currency): number {
  return kind === 'money' ? toDecimal(value, currency) : value
}
