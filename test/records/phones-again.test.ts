import { describe, expect, it } from 'vitest'
import { importsInside } from '../support/imports.ts'

const PHONES = "SELECT value, key FROM contact_points WHERE kind = 'phone' ORDER BY id"
const FILE = ['Name,Phone', 'Apotheke am Markt,06221 5550144', 'Acme,+1 512 757 6000']

describe('the country of phone numbers, set after they came in', () => {
  it('reads them again, as one operation that can be undone', async () => {
    const { bring, json, look, ok } = await importsInside()
    await bring('clients', FILE)
    const before = look(PHONES)
    expect(before.map(({ key }) => key)).toEqual(['062215550144', '+15127576000'])
    expect(await json('settings', 'set', 'country', 'DE')).toMatchObject({ phones: 1 })
    expect(look(PHONES)).toEqual([
      { value: '06221 5550144', key: '+4962215550144' },
      { value: '+1 512 757 6000', key: '+15127576000' },
    ])
    await ok('undo')
    expect(look(PHONES)).toEqual(before)
    expect(await ok('settings', 'get', 'country')).toBe('')
  })

  it('so that the same file twice is once, by phone alone too', async () => {
    const { bring, look, ok } = await importsInside()
    await bring('clients', FILE)
    await ok('settings', 'set', 'country', 'DE')
    for (const match of [[], ['--match', 'phone']]) {
      const done = await bring('clients', FILE, ...match)
      expect(done).toMatchObject({ operation: null, unchanged: 2 })
    }
    const international = ['Name,Phone', 'Other name,+49 6221 5550144']
    const known = await bring('clients', international, '--match', 'phone', '--dry-run')
    expect(known.created).toBe(0)
    expect(look('SELECT 1 FROM clients')).toHaveLength(2)
  })

  it('reads them once more for another country, and as digits without one', async () => {
    const { bring, look, ok } = await importsInside()
    await bring('clients', ['Name,Phone', 'Som,081 234 5678'])
    const keys: unknown[] = []
    for (const country of ['TH', 'DE', 'none', 'none']) {
      await ok('settings', 'set', 'country', country)
      keys.push(look(PHONES)[0]?.key)
    }
    expect(keys).toEqual(['+66812345678', '+49812345678', '0812345678', '0812345678'])
  })

  it('is that of numbers typed here as well', async () => {
    const { bring, look, ok } = await importsInside()
    await ok('settings', 'set', 'country', 'DE')
    await ok('client', 'add', 'Apotheke', '--phone', '06221 5550144')
    await ok('client', 'edit', 'Apotheke', '--phone', '06221 5550145')
    expect(look(PHONES).map(({ key }) => key)).toEqual(['+4962215550144', '+4962215550145'])
    const known = ['Name,Phone', 'Markt-Apotheke,+49 6221 5550144']
    expect((await bring('clients', known, '--match', 'phone', '--dry-run')).created).toBe(0)
  })
})
