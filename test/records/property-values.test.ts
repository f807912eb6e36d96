import { rmSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Day } from '../../src/domain/day.ts'
import type { Locale } from '../../src/domain/locale.ts'
import { compareValues } from '../../src/domain/property-values.ts'
import { newFolder } from '../support/funnel.ts'
import { type Inside, inside, runInside } from '../support/inside.ts'

const FOLDER = newFolder()
afterAll(() => rmSync(FOLDER, { recursive: true }))

const today = '2026-11-23' as Day
const EN: Locale = { tag: 'en', group: ',', decimal: '.', day: 'mm/dd/yyyy' }
const DE: Locale = { tag: 'de', group: '.', decimal: ',', day: 'dd.mm.yyyy' }

describe('the values of a property', () => {
  it('are numbers where one is asked for, as the locale or the other values write them', () => {
    const more = (values: string[], limit: string, locale: Locale | null): string[] =>
      compareValues(values, '>', [limit], { locale, today }).fitting
    expect(more(['12.900', '7.200,-', '999', '1.000'], '1000', null)).toEqual(['12.900', '7.200,-'])
    // A book in English: 12.900 is a little under 13, but 7.200,- has no decimals.
    expect(more(['12.900', '7.200,-'], '1000', EN)).toEqual(['7.200,-'])
    expect(more(['12.900', '1.234,56'], '1000', DE)).toEqual(['12.900', '1.234,56'])
    // The others say that a point begins decimals.
    expect(more(['1.250', '3.5', '2000'], '1000', null)).toEqual(['2000'])
    expect(more(['€ 1,500', '900 €'], '1.000', DE)).toEqual([])
    expect(more(['€ 1,500', '900 €'], '1000', null)).toEqual(['€ 1,500'])
  })

  it('are days where one is asked for', () => {
    const after = (values: string[], limit: string, locale: Locale | null = null) =>
      compareValues(values, '>', [limit], { locale, today })
    expect(
      after(
        ['23.06.23', '24.06.24', '2024-05-01 10:00', '1. Mai 2025', 'soon', '2030'],
        '2024-01-01',
      ),
    ).toEqual({
      fitting: ['24.06.24', '2024-05-01 10:00', '1. Mai 2025'],
      unread: ['soon', '2030'],
      as: 'day',
    })
    // 6/23 tells that the month comes first: 2/1/2024 is 1 February.
    expect(after(['6/23/2023', '2/1/2024', '1/2/2024'], '2024-01-15').fitting).toEqual(['2/1/2024'])
    expect(after(['2/1/2024'], '2023-01-01').unread).toEqual(['2/1/2024'])
    expect(after(['2/1/2024'], '2024-01-15', EN).fitting).toEqual(['2/1/2024'])
  })

  it('are equal as numbers, days or text', () => {
    const same = (values: string[], wanted: string): string[] =>
      compareValues(values, '=', [wanted], { locale: DE, today }).fitting
    expect(same(['12.900', '12900', 'many'], '12900')).toEqual(['12.900', '12900'])
    expect(same(['23.06.23', '2023-06-23'], '2023-06-23')).toEqual(['23.06.23', '2023-06-23'])
    expect(same(['Many', 'few'], 'many')).toEqual(['Many'])
  })
})

describe('a condition on a property', () => {
  let book: Inside
  const found = async (where: string): Promise<{ names: string[]; err: string }> => {
    const { out, err } = await runInside(book.folder, [
      'client',
      'list',
      '--where',
      where,
      '--json',
    ])
    const { clients } = JSON.parse(out) as { clients: { name: string }[] }
    return { names: clients.map(({ name }) => name), err }
  }

  beforeAll(async () => {
    book = await inside(FOLDER, 'properties')
    for (const [name, since, offer] of [
      ['Alpha', '23.06.23', '12.900'],
      ['Beta', '24.06.24', '7.200,-'],
      ['Gamma', '2024-02-01', '900'],
      ['Delta', 'soon', 'on request'],
    ] as const) {
      const own = ['--property', `Since=${since}`, '--property', `Offer=${offer}`]
      await book.ok('client', 'add', name, ...own)
    }
  })

  it('compares days as days and numbers as numbers, and says what is neither', async () => {
    expect(await found('property:Since>2024-01-01')).toEqual({
      names: ['Beta', 'Gamma'],
      err: 'left out: 1 client whose Since is not a day (“soon”)\n',
    })
    expect(await found('property:Offer>1000')).toEqual({
      names: ['Alpha', 'Beta'],
      err: 'left out: 1 client whose Offer is not a number (“on request”)\n',
    })
    await book.ok('segment', 'add', 'Dear', '--where', 'property:Offer>1000')
    const { err } = await runInside(book.folder, ['segment', 'show', 'dear'])
    expect(err).toBe('left out: 1 client whose Offer is not a number (“on request”)\n')
    expect((await found('property:Offer=12900')).names).toEqual(['Alpha'])
    expect(await found('property:Since~soon')).toEqual({ names: ['Delta'], err: '' })
  })

  it('reads decimals after a comma as the locale has them, and lists where it has none', async () => {
    await book.ok('settings', 'set', 'locale', 'de-DE')
    await book.ok('client', 'edit', 'gamma', '--property', 'Offer=950,50')
    const names = async (where: string): Promise<string[]> => (await found(where)).names
    expect(await names('property:Offer=950,50')).toEqual(['Gamma'])
    expect(await names('property:Offer<950,51')).toEqual(['Gamma'])
    expect(await names('property:Offer>7.199,99')).toEqual(['Alpha', 'Beta'])
    expect(await names('property:Offer!=950,50')).toEqual(['Alpha', 'Beta', 'Delta'])
    await book.ok('settings', 'set', 'locale', 'en-GB')
    await book.ok('client', 'edit', 'gamma', '--property', 'Offer=50')
    expect(await names('property:Offer=950,50')).toEqual(['Gamma'])
    // There 12.900 is less than thirteen.
    expect(await names('property:Offer>1,000')).toEqual(['Beta'])
  })
})
