import { describe, expect, it } from 'vitest'
import { usualSettings } from '../../src/commands/shared/usual-settings.ts'
import { emptyDesk } from '../support/funnel.ts'
import { atTerminal, KEY } from '../support/terminal.ts'
import type { Io } from '../../src/cli/io.ts'

interface Line {
  setting: string
  value: string | number | null
}

describe('a new book', () => {
  it('asks at a terminal for currency, zone, country, locale and name', async () => {
    const { folder, json } = emptyDesk()
    const terminal = atTerminal(folder, ['init'], 120)
    await terminal.see('Currency of all amounts')
    terminal.type(`chf${KEY.enter}`)
    await terminal.see('Time zone whose days count')
    terminal.type(`Europe/Zurich${KEY.enter}`)
    await terminal.see('Country whose phone numbers need no prefix')
    terminal.type(`Germany${KEY.enter}`)
    await terminal.see('nearest: DE (Germany)')
    terminal.type(`${'\u007F'.repeat(7)}ch${KEY.enter}`)
    await terminal.see('How numbers and days are written')
    terminal.type(`de-CH${KEY.enter}`)
    await terminal.see('Your name')
    terminal.type(`  Ann   Lee${KEY.enter}`)
    await terminal.see('made the book funnel.db (CHF, Europe/Zurich)')
    expect(await terminal.ended).toBe(0)
    const { settings } = json<{ settings: Line[] }>('settings', 'list')
    const value = (name: string) => settings.find(({ setting }) => setting === name)?.value
    expect(['currency', 'timezone', 'country', 'locale'].map(value)).toEqual([
      'CHF',
      'Europe/Zurich',
      'CH',
      'de-CH',
    ])
    expect(json('owner', 'list')).toMatchObject({ owners: [{ name: 'Ann Lee' }] })
    expect(json<{ tasks: unknown[] }>('task', 'list', '--mine').tasks).toEqual([])
  })

  it('takes all of it as options, and asks for nothing then', async () => {
    const { folder, json } = emptyDesk()
    const all = '--currency EUR --timezone Europe/Berlin --country DE --locale de --owner Ben'
    const terminal = atTerminal(folder, ['init', ...all.split(' ')])
    expect(await terminal.ended).toBe(0)
    expect(terminal.written()).not.toContain('?')
    expect(json('owner', 'list')).toMatchObject({ owners: [{ name: 'Ben' }] })
  })

  it('asks for nothing in a script, where no country, locale or owner is made up', () => {
    const { ok, json } = emptyDesk()
    expect(JSON.parse(ok('init', '--json'))).toMatchObject({
      currency: 'EUR',
      country: null,
      locale: null,
      owner: null,
    })
    expect(json('owner', 'list')).toMatchObject({ owners: [] })
  })

  it('refuses a locale that is none', () => {
    const { run } = emptyDesk()
    const { code, err } = run('init', '--locale', 'x')
    expect([code, err]).toEqual([2, expect.stringContaining('“x” is not a locale')])
  })
})

describe('what is proposed', () => {
  const usual = (env: Record<string, string>) => usualSettings({ env } as unknown as Io)

  it.each([
    [{ LANG: 'de_DE.UTF-8' }, 'EUR', 'DE', 'de-DE'],
    [{ LANG: 'en_US.UTF-8', LC_TIME: 'de_CH.UTF-8' }, 'CHF', 'CH', 'de-CH'],
    [{ LC_ALL: 'th_TH', LANG: 'C' }, 'THB', 'TH', 'th-TH'],
    [{ LANG: 'en_GB.UTF-8@euro' }, 'GBP', 'GB', 'en-GB'],
    [{ LANG: 'C.UTF-8' }, 'EUR', '', ''],
    [{ LANG: 'POSIX' }, 'EUR', '', ''],
    [{}, 'EUR', '', ''],
    [{ LANG: 'fr' }, 'EUR', '', 'fr'],
  ])('%j', (env, currency, country, locale) => {
    expect(usual(env)).toMatchObject({ currency, country, locale })
  })

  it('is the name of the person, not of the machine', () => {
    expect(usual({ FUNNEL_OWNER: 'Ann Lee', USER: 'al' }).owner).toBe('Ann Lee')
    expect(usual({ USER: 'ben' }).owner).toBe('Ben')
    expect(usual({ USER: 'root' }).owner).toBe('')
    expect(usual({}).owner).toBe('')
  })
})
