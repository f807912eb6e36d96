import { describe, expect, it } from 'vitest'
import type { ImportKind } from '../../src/import/map/fields.ts'
import { proposeColumns, requireFields } from '../../src/import/map/propose.ts'
import { faultOf } from '../support/fault-of.ts'

describe('fields that a list cannot do without', () => {
  const check = (kind: ImportKind, headers: string[], defaults?: Map<string, string>) =>
    requireFields(
      kind,
      proposeColumns(kind, headers, { map: [], ignore: [] }, []),
      headers,
      defaults,
    )

  it.each([
    ['clients', ['Email']],
    ['clients', ['Last name']],
    ['deals', ['Client', 'Deal ID']],
    ['deals', ['AccountId', 'Name']],
    ['deals', ['Client', 'Amount']],
    ['deals', ['Customer', 'Product', 'Created on']],
    ['history', ['Deal', 'Stage', 'Date']],
    ['interactions', ['Deal', 'Date']],
  ] as const)('%s have enough with %j', (kind, headers) => {
    expect(() => check(kind, [...headers])).not.toThrow()
  })

  it('are asked for by name', () => {
    expect(faultOf(() => check('clients', ['Fleet', 'Phone']))).toMatchObject({
      code: 'usage',
      message: "no column gives the clients' names; the file has: Fleet, Phone",
      hint: 'say which one it is: --map "Header=name"',
    })
    expect(faultOf(() => check('history', ['Stage', 'X'])).hint).toBe(
      'say which one it is: --map "Header=deal" --map "Header=at"',
    )
    expect(faultOf(() => check('deals', ['Client'])).message).toContain(
      "no column gives the deals' titles, stages or amounts",
    )
  })

  it('may be given by a default', () => {
    expect(() => check('deals', ['Title'], new Map([['client', 'Pier Nine']]))).not.toThrow()
  })

  it('are said briefly of a file with many columns', () => {
    const headers = Array.from({ length: 10_000 }, (_, index) => `c${index}`)
    expect(faultOf(() => check('clients', headers)).message).toContain('and 9960 more')
  })
})
