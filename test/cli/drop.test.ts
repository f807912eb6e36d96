import { describe, expect, it } from 'vitest'
import { desk, type Desk } from '../support/funnel.ts'

function harbour(): Desk {
  const made = desk()
  made.ok('client', 'add', 'Harbour Foods', '--category', 'expo', '--property', 'Fleet=14')
  made.ok('client', 'edit', '1', '--email', 'foo@bar.com', '--email', 'office@harbour.example')
  made.ok(
    'client',
    'edit',
    '1',
    '--phone',
    '+1 512 757 6000',
    '--website',
    'https://www.harbour.example/',
  )
  made.ok(
    'client',
    'edit',
    '1',
    '--contact',
    'Jane Doe',
    '--role',
    'Buyer',
    '--email',
    'jane@bar.com',
  )
  return made
}

describe('taking something off a client', () => {
  it('is gone from its card, until it is undone', () => {
    const { ok, run } = harbour()
    const before = ok('client', 'show', '1')
    for (const [drop, gone] of [
      ['email:FOO@bar.com', 'foo@bar.com'],
      ['phone:15127576000', '+1 512 757 6000'],
      ['website:harbour.example', 'https://www.harbour.example/'],
      ['category:Expo', 'expo'],
      ['property:fleet', 'Fleet'],
      ['contact:jane doe', 'Jane Doe'],
    ] as const) {
      expect(before).toContain(gone)
      ok('client', 'edit', '1', '--drop', drop)
      expect(ok('client', 'show', '1')).not.toContain(gone)
      ok('undo')
    }
    expect(ok('client', 'show', '1')).toBe(before)
    expect(run('doctor')).toMatchObject({ code: 0 })
  })

  it('keeps the addresses and interactions of a person who goes', () => {
    const { ok, json } = harbour()
    ok('client', 'edit', '1', '--drop', 'contact:Jane Doe')
    expect(json('client', 'show', '1')).toMatchObject({
      contacts: [],
      contact_points: expect.arrayContaining([
        { kind: 'email', value: 'jane@bar.com', contact: null, role: null },
      ]),
    })
  })

  it('comes before what is added, several at once', () => {
    const { ok, json } = harbour()
    const drops = ['email:foo@bar.com', 'category:expo'].flatMap((drop) => ['--drop', drop])
    ok('client', 'edit', '1', ...drops, '--email', 'foo@bar.example', '--category', 'fair')
    expect(json('client', 'show', '1')).toMatchObject({ categories: ['fair'] })
    expect(ok('client', 'show', '1')).not.toContain('foo@bar.com')
  })

  it('takes off a name that came by merging', () => {
    const { ok, run } = harbour()
    ok('client', 'add', 'Pier Nine')
    ok('client', 'merge', '1', '2')
    ok('client', 'edit', '1', '--drop', 'alias:pier nine')
    expect(run('client', 'show', 'pier nine')).toMatchObject({ code: 3 })
  })

  it('says what there is where it is unknown', () => {
    const { run } = harbour()
    const unknown = run('client', 'edit', '1', '--drop', 'email:x@y.com')
    expect(unknown.code).toBe(3)
    expect(unknown.err).toContain('client 1 (Harbour Foods) has no e-mail “x@y.com”')
    expect(unknown.err).toContain('it has: foo@bar.com, office@harbour.example, jane@bar.com')
    expect(run('client', 'edit', '1', '--drop', 'alias:x').err).toContain('it has none')
    for (const wrong of ['email', 'email:', 'fax:1', 'foo@bar.com']) {
      const { code, err } = run('client', 'edit', '1', '--drop', wrong)
      expect({ code, hinted: err.includes('--drop email:ann@example.com') }).toEqual({
        code: 2,
        hinted: true,
      })
    }
  })
})
