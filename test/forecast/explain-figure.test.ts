import { describe, expect, it } from 'vitest'
import { runInside } from '../support/inside.ts'
import { bookOf, type ForecastJson, weekly } from './books.ts'

interface Explained extends ForecastJson {
  sources: { source: string; deals: number; value: number; chance: number; expected: number }[]
  mixing: Record<'from_pipeline' | 'past_wins' | 'pipeline_weight' | 'mean', number>[]
  explain: { column: string; formula: string; example: string }[]
}

describe('forecast --explain without a deal', () => {
  const third = (at: number): 'won' | 'lost' => (at % 3 === 0 ? 'won' : 'lost')

  it('adds up: sources to the pipeline, and the mixture to the forecast', async () => {
    const made = await bookOf([
      ...weekly(43, third),
      { title: 'Crane', status: 'open', process: 'typical', amount: 5000, created: '2026-11-01' },
      { title: 'Jib', status: 'open', amount: 700, created: '2026-11-01' },
    ])
    const got = await made.json<Explained>('forecast', '--measure', 'amount', '--explain')
    const plain = await made.json('forecast', '--measure', 'amount')
    expect(got.total).toEqual(plain.total)
    expect(got.sources.map(({ source, deals }) => [source, deals])).toEqual([
      ['open in Qualification', 1],
      ['open, no stages', 1],
      ['new deals', expect.closeTo(12, 0)],
    ])
    const sum = (values: number[]) => values.reduce((all, value) => all + value, 0)
    const pipeline = sum(got.sources.map(({ expected }) => expected))
    expect(sum(got.mixing.map((row) => row.from_pipeline))).toBeCloseTo(pipeline, 0)
    for (const {
      from_pipeline: own,
      past_wins: past,
      pipeline_weight: weight,
      mean,
    } of got.mixing) {
      expect(weight * own + (1 - weight) * past).toBeCloseTo(mean, 1)
    }
    expect(sum(got.mixing.map(({ mean }) => mean))).toBeCloseTo(got.total.mean, 1)
    for (const { value, chance, expected } of got.sources) {
      expect(value * chance).toBeCloseTo(expected, 1)
    }
    expect(got.explain.map(({ column }) => column)).toEqual([
      'Expected',
      'P50',
      'P90',
      'P10',
      'Open',
      'New',
    ])
    expect(got.explain[2]?.example).toMatch(/^[\d,]+ \+ [\d.]+ × \([\d,]+ − [\d,]+\) = [\d,]+$/)
  })

  it('knows no rate where there is none, and is not asked beside --weighted', async () => {
    const made = await bookOf([
      { title: 'Crane', status: 'open', amount: 9, created: '2026-11-20' },
    ])
    const { sources } = await made.json<Explained>('forecast', '--explain')
    expect(sources.at(-1)).toMatchObject({ source: 'new deals', deals: null, expected: null })
    const { code, err } = await runInside(made.folder, ['forecast', '--weighted', '--explain'])
    expect(code).toBe(2)
    expect(err).toContain('--weighted knows no --explain')
    expect(await made.ok('forecast', '--explain', 'crane')).toContain('It has been open for 3 days')
  })
})
