import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Inside, inside } from '../support/inside.ts'

let parent: string
let book: Inside

beforeAll(async () => {
  parent = mkdtempSync(path.join(tmpdir(), 'funnel-'))
  book = await inside(parent, 'book')
  for (const owner of ['Zoe', 'Örjan', 'Ole', 'ann']) await book.ok('owner', 'add', owner)
  const clients = ['Brauerei Nord', 'Zimmerei', 'Bäckerei Süd', 'Öfen AG', 'Obst Meyer', 'Bücher']
  for (const [index, name] of clients.entries()) {
    const owner = ['Zoe', 'Örjan', 'ann'][index % 3] ?? 'ann'
    const region = index === 1 ? [] : ['--region', index < 3 ? 'Süd' : 'Ost']
    await book.ok('client', 'add', name, '--owner', owner, ...region)
  }
})
afterAll(() => rmSync(parent, { recursive: true, force: true }))

async function names(...argv: string[]): Promise<string[]> {
  const { clients } = JSON.parse(await book.ok('client', 'list', ...argv, '--json')) as {
    clients: { name: string }[]
  }
  return clients.map(({ name }) => name)
}

const GERMAN = ['Bäckerei Süd', 'Brauerei Nord', 'Bücher', 'Obst Meyer', 'Öfen AG', 'Zimmerei']

describe('names are sorted as people look for them', () => {
  it('in a list of clients, with and without a locale', async () => {
    expect(await names()).toEqual(GERMAN)
    expect(await names('--limit', '3')).toEqual(GERMAN.slice(0, 3))
    await book.ok('settings', 'set', 'locale', 'de')
    expect(await names()).toEqual(GERMAN)
    await book.ok('settings', 'set', 'locale', 'sv')
    // In Swedish ä and ö are letters behind z.
    expect(await names()).toEqual([
      'Brauerei Nord',
      'Bücher',
      'Bäckerei Süd',
      'Obst Meyer',
      'Zimmerei',
      'Öfen AG',
    ])
    await book.ok('settings', 'set', 'locale', 'none')
  })

  it('by other columns first, with what is not known last', async () => {
    const sorted = ['Bücher', 'Obst Meyer', 'Öfen AG', 'Bäckerei Süd', 'Brauerei Nord', 'Zimmerei']
    expect(await names('--sort', 'region')).toEqual(sorted)
    expect((await names('--sort', '-region')).at(-1)).toBe('Zimmerei')
    expect(await names('--sort', '-name')).toEqual(GERMAN.toReversed())
    expect(await names('--sort', 'owner', '--limit', '2')).toEqual(['Bäckerei Süd', 'Bücher'])
    expect(await names('--sort', '-id', '--limit', '1')).toEqual(['Bücher'])
  })

  it('in a list of owners', async () => {
    const { owners } = JSON.parse(await book.ok('owner', 'list', '--json')) as {
      owners: { name: string }[]
    }
    expect(owners.map(({ name }) => name)).toEqual(['ann', 'Ole', 'Örjan', 'Zoe'])
  })

  it('in lists of deals and tasks, by title, client and owner', async () => {
    const listed = async (...argv: string[]): Promise<string[]> => {
      const parsed = JSON.parse(await book.ok(...argv, '--json')) as Record<string, object[]>
      const rows = (parsed.deals ?? parsed.tasks ?? []) as Record<string, string>[]
      return rows.map((row) => String(row.title ?? row.text))
    }
    // Their owners are those of the clients: Örjan, ann, Zoe, Örjan.
    for (const [client, title] of [
      ['Zimmerei', 'Öfen'],
      ['Bäckerei', 'Ofen'],
      ['Öfen AG', 'Oma'],
      ['Obst', 'Ähren'],
    ] as const) {
      await book.ok('deal', 'add', client, title, '--process', 'plain')
      await book.ok('task', 'add', title, '--client', client)
    }
    expect(await listed('deal', 'list', '--sort', 'title')).toEqual([
      'Ähren',
      'Ofen',
      'Öfen',
      'Oma',
    ])
    expect(await listed('deal', 'list', '--sort', '-title', '--limit', '2')).toEqual([
      'Oma',
      'Öfen',
    ])
    const byClient = ['Ofen', 'Ähren', 'Oma', 'Öfen']
    expect(await listed('deal', 'list', '--sort', 'client')).toEqual(byClient)
    expect(await listed('deal', 'list', '--sort', 'client', '--limit', '3')).toEqual(
      byClient.slice(0, 3),
    )
    expect(await listed('deal', 'list', '--sort', 'owner,title')).toEqual([
      'Ofen',
      'Ähren',
      'Öfen',
      'Oma',
    ])
    expect(await listed('task', 'list', '--sort', 'text')).toEqual(['Ähren', 'Ofen', 'Öfen', 'Oma'])
    expect(await listed('task', 'list', '--sort', 'client', '--limit', '2')).toEqual(
      byClient.slice(0, 2),
    )
    expect(await listed('task', 'list', '--sort', '-owner,id')).toEqual([
      'Oma',
      'Öfen',
      'Ähren',
      'Ofen',
    ])
    const report = JSON.parse(
      await book.ok('report', 'sources', '--by', 'owner', '--period', 'all', '--json'),
    ) as { groups: { key: string }[] }
    expect(report.groups.map(({ key }) => key)).toEqual(['ann', 'Örjan', 'Zoe'])
  })

  it('and the values of a property as days, as numbers of the locale, and as text', async () => {
    await book.ok('settings', 'set', 'locale', 'de-DE')
    const values = ['1.250,50', '900', '12.900', 'auf Anfrage', '24.06.24', '1. Mai 2025']
    for (const [index, name] of GERMAN.slice(0, 4).entries()) {
      await book.ok('client', 'edit', name, '--property', `Angebot=${values[index]}`)
    }
    const days = ['23.06.23', '2024-02-01', '1. Mai 2025', 'bald']
    for (const [index, name] of GERMAN.slice(0, 4).entries()) {
      await book.ok('client', 'edit', name, '--property', `Seit=${days[index]}`)
    }
    const known = async (by: string) => (await names('--sort', by)).slice(0, 4)
    // 900, 1250.50, 12900; what is no number comes behind, and in front of clients without a value.
    expect(await known('property:Angebot')).toEqual([GERMAN[1], GERMAN[0], GERMAN[2], GERMAN[3]])
    expect(await known('-property:angebot')).toEqual([GERMAN[2], GERMAN[0], GERMAN[1], GERMAN[3]])
    expect(await known('Seit')).toEqual([GERMAN[0], GERMAN[1], GERMAN[2], GERMAN[3]])
    expect(await known('-Seit')).toEqual([GERMAN[2], GERMAN[1], GERMAN[0], GERMAN[3]])
  })
})
