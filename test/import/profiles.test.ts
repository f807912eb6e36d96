import { writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { importDesk } from '../support/imports.ts'

const FAIR = ['Firma,Ort,Halle', 'Acme,Bonn,3', 'Pier,Kiel,4']
const ARGS = ['--map', 'Ort=property:Town', '--ignore', 'Halle', '--default', 'region=Fair']

interface Card {
  properties: { name: string; value: string }[]
}

describe('how a file was read', () => {
  it('is kept, recognised by its headers in any order, shown, handed on and forgotten', () => {
    const { attempt, bring, file, json, ok, run } = importDesk()
    bring('clients', FAIR, ...ARGS, '--save-profile', 'Fair')
    const next = ['Halle,Extra,Firma,Ort', '9,x,Zeta,Ulm']
    const done = bring('clients', next)
    expect(done.notes).toEqual([
      'The profile “Fair” fits this file (--profile none leaves it out).',
    ])
    expect(json('client', 'show', 'zeta')).toMatchObject({
      region: 'Fair',
      properties: [
        { name: 'Extra', value: 'x' },
        { name: 'Town', value: 'Ulm' },
      ],
    })
    ok('undo')
    expect(bring('clients', next, '--profile', 'none')).toMatchObject({ created: 1 })
    expect(json<Card>('client', 'show', 'zeta').properties.map(({ name }) => name)).toContain(
      'Halle',
    )
    ok('undo')
    expect(ok('profile', 'list')).toMatch(/Fair +clients +3/)
    expect(ok('profile', 'show', 'fair')).toMatch(/Ort +property:Town[^]*Halle +nothing/)

    writeFileSync(file('out.json'), ok('profile', 'export', 'Fair'))
    expect(attempt('deals', ['Firma,Ort,Halle', 'x,y,z'], '--profile', 'fair').err).toContain(
      'the profile “Fair” is for clients, not for deals',
    )
    ok('profile', 'delete', 'Fair')
    expect(attempt('clients', next, '--profile', 'Fair')).toMatchObject({ code: 3 })
    expect(run('profile', 'delete', 'Fair')).toMatchObject({
      code: 3,
      err: 'funnel: there is no profile “Fair”\n  see: funnel profile list\n',
    })
    expect(bring('clients', next, '--profile', 'out.json')).toMatchObject({ created: 1 })
    expect(json<Card>('client', 'show', 'zeta').properties).toContainEqual({
      name: 'Town',
      value: 'Ulm',
    })
    writeFileSync(file('other.json'), '{"kind":"clients"}')
    expect(attempt('clients', next, '--profile', 'other.json')).toMatchObject({ code: 2 })
    expect(attempt('clients', next, '--profile', 'none.json')).toMatchObject({ code: 2 })
    ok('undo')
    ok('undo')
    expect(ok('profile', 'list')).toContain('Fair')
    expect(run('doctor').out).toContain('is sound')
  })

  it('is replaced by one of the same name, and never has a name that means something else', () => {
    const { attempt, bring, json } = importDesk()
    bring('clients', FAIR, ...ARGS, '--save-profile', 'Fair')
    bring('clients', FAIR, '--profile', 'none', '--save-profile', 'FAIR')
    expect(json('profile', 'list')).toMatchObject({ profiles: [{ name: 'FAIR' }] })
    expect(json('profile', 'show', 'fair')).toMatchObject({ options: {} })
    for (const name of ['none', 'fair.json', ' ']) {
      expect(attempt('clients', FAIR, '--save-profile', name)).toMatchObject({ code: 2 })
    }
    expect(json('profile', 'list')).toMatchObject({ profiles: [{ name: 'FAIR' }] })
  })

  it('includes the encoding, also where the file is recognised', () => {
    const { file, json } = importDesk()
    // Too short for anybody to tell which of the encodings it is.
    const list = (name: string): Buffer =>
      Buffer.concat([
        Buffer.from(`Firma,Ort,Halle\n${name}`),
        Buffer.from([0xe6, 0x9c]),
        Buffer.from(',,\n'),
      ])
    writeFileSync(file('a.csv'), list('One '))
    const save = ['--save-profile', 'Fair', '--encoding', 'windows-1250']
    json('import', 'clients', 'a.csv', ...save)
    writeFileSync(file('b.csv'), list('Two '))
    json('import', 'clients', 'b.csv')
    const { clients } = json<{ clients: { name: string }[] }>('client', 'list')
    expect(clients.map(({ name }) => name)).toEqual(['One ćś', 'Two ćś'])
  })

  it('takes headers of any name', () => {
    const { bring, json, ok } = importDesk()
    const odd = ['name,__proto__,constructor,toString,😀', 'A,1,2,3,4']
    bring('clients', odd, '--save-profile', '__proto__')
    expect(JSON.parse(ok('profile', 'export', '__proto__'))).toMatchObject({ name: '__proto__' })
    const again = bring('clients', odd)
    expect(again).toMatchObject({ unchanged: 1 })
    expect(again.columns.map(({ field }) => field)).toEqual([
      'name',
      ...['__proto__', 'constructor', 'toString', '😀'].map((name) => `property:${name}`),
    ])
    expect(
      json<Card>('client', 'show', 'A')
        .properties.map(({ value }) => value)
        .toSorted(),
    ).toEqual(['1', '2', '3', '4'])
  })
})
