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
})
