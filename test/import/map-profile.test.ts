import { describe, expect, it } from 'vitest'
import { ownFields, ownProfile } from '../../src/import/map/own-export.ts'
import { fits, fromProfile, toProfile } from '../../src/import/map/profile.ts'
import { proposeColumns } from '../../src/import/map/propose.ts'

const HEADERS = ['Firma', 'Fleet', 'Fleet', '', '__proto__', 'Fax']
const WISHES = { map: ['#2=size', '#3=property:Trucks', '#4=region'], ignore: ['Fax'] }

function saved() {
  const columns = proposeColumns('clients', HEADERS, WISHES, [])
  return toProfile('dealers', 'clients', columns, { decimal: 'comma' }, new Map())
}

describe('a profile', () => {
  it('keeps what each column was read as, through JSON', () => {
    const profile = JSON.parse(JSON.stringify(saved())) as ReturnType<typeof saved>
    expect(profile).toMatchObject({
      name: 'dealers',
      kind: 'clients',
      headers: HEADERS,
      options: { decimal: 'comma' },
    })
    expect(Object.entries(profile.targets)).toEqual([
      ['firma', 'name'],
      ['fleet', 'size'],
      ['fleet #2', 'property:Trucks'],
      ['#4', 'region'],
      ['proto', 'property:__proto__'],
      ['fax', 'nothing'],
    ])
    const again = proposeColumns(
      'clients',
      HEADERS.map((header) => header.toUpperCase()),
      { map: [], ignore: [] },
      [],
      fromProfile(profile),
    )
    expect(again.map(({ by }) => by)).toEqual(HEADERS.map(() => 'profile'))
    expect(again.map(({ target }) => target)).toEqual([...fromProfile(profile).values()])
  })

  it('with a field that there is not is refused', () => {
    const profile = { ...saved(), targets: { firma: 'nme' } }
    expect(() => fromProfile(profile)).toThrow('there is no field “nme”')
  })

  it('fits by the share of its headers that a file has, in any order', () => {
    const profile = saved()
    expect(fits(profile, ['FAX', 'fleet', 'Extra', 'fleet', 'firma', '__proto__'])).toBe(1)
    expect(fits(profile, ['Firma', 'Fleet'])).toBe(2 / 5)
    expect(fits(profile, [])).toBe(0)
    expect(fits({ ...profile, headers: [''] }, [''])).toBe(0)
  })
})

describe('a file that this program wrote', () => {
  const deals = ownFields('deals')
  const clients = ownFields('clients')

  it('is known by all its headers in their order', () => {
    expect(ownProfile('deals', deals)?.targets).toMatchObject({ ref: 'ref', title: 'title' })
    expect(ownProfile('deals', deals.slice(1))).toBeUndefined()
    expect(ownProfile('deals', deals.toReversed())).toBeUndefined()
  })

  it('has properties of clients behind its fields, and nothing else that is read', () => {
    const fleet = [...clients, 'Fleet', 'property:name', "'=Sum"]
    expect(
      Object.values(ownProfile('clients', fleet)?.targets ?? {}).slice(clients.length),
    ).toEqual(['property:Fleet', 'property:name', 'property:=Sum'])
    const remarks = ownProfile('deals', [...deals, 'My remarks'])
    expect(remarks?.targets['my remarks']).toBe('property:My remarks')
  })
})
