import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareTexts, holds, parseCondition } from '../../src/domain/condition.ts'
import { Fault } from '../../src/domain/fault.ts'

describe('conditions', () => {
  it.each([
    ['region=North', { field: 'region', operator: '=', values: ['North'] }],
    ['region = North, South', { field: 'region', operator: '=', values: ['North', 'South'] }],
    ['size!=small', { field: 'size', operator: '!=', values: ['small'] }],
    ['last-contact>30d', { field: 'last-contact', operator: '>', values: ['30d'] }],
    ['Open_Deals>=1', { field: 'open-deals', operator: '>=', values: ['1'] }],
    ['name~"Pier, Nine"', { field: 'name', operator: '~', values: ['Pier, Nine'] }],
    ['property:Fleet>10', { field: 'property', property: 'Fleet', operator: '>', values: ['10'] }],
    ['property:"A=B"!=x', { field: 'property', property: 'A=B', operator: '!=', values: ['x'] }],
    [
      'property:Lead time',
      { field: 'property', property: 'Lead time', operator: '!=', values: ['none'] },
    ],
    ['email', { field: 'email', operator: '!=', values: ['none'] }],
    ['region=a=b', { field: 'region', operator: '=', values: ['a=b'] }],
  ])('are read: %s', (text, condition) => {
    expect(parseCondition(text)).toEqual(condition)
  })

  it.each(['', '=North', 'region=', 'region=,', 'property:>3', 'deals>1,2', '42=1', 'a b=c'])(
    'are refused: “%s”',
    (text) => {
      expect(() => parseCondition(text)).toThrow(Fault)
    },
  )

  it('never fail but with a fault', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        try {
          expect(parseCondition(text).values.length).toBeGreaterThan(0)
        } catch (error) {
          expect(error).toBeInstanceOf(Fault)
        }
      }),
    )
  })
})

describe('comparing', () => {
  it('takes numbers as numbers and texts without regard to spelling', () => {
    expect(holds('9', '<', ['10'])).toBe(true)
    expect(holds('10.0', '=', ['10'])).toBe(true)
    expect(holds('NORTH  east', '=', ['North East'])).toBe(true)
    expect(holds('ЗАВОД', '~', ['вод'])).toBe(true)
    expect(holds('many', '>', ['10'])).toBe(false)
    expect(holds('2026-10-05', '<', ['2026-11-01'])).toBe(true)
    expect(holds('b', '>', ['A'])).toBe(true)
  })

  it('is one of less, equal and more', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => {
        expect(Math.sign(compareTexts(a, b))).toBe(-Math.sign(compareTexts(b, a)) + 0)
        expect(holds(a, '=', [b])).toBe(!holds(a, '!=', [b]))
        expect(holds(a, '=', [a])).toBe(true)
      }),
    )
  })
})
