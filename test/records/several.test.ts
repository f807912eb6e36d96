import { describe, expect, it } from 'vitest'
import { type Desk, desk } from '../support/funnel.ts'

/** Three clients, two of them in the North, with a deal each. */
function shop(): Desk {
  const one = desk()
  one.ok('owner', 'add', 'Ann')
  for (const [name, region] of [
    ['Harbour', 'North'],
    ['Pier', 'North'],
    ['Mill', 'South'],
  ] as const) {
    one.ok('client', 'add', name, '--region', region)
    one.ok('deal', 'add', name, `Winch for ${name}`, '--amount', '100')
    one.ok('task', 'add', `Call ${name}`, '--client', name, '--due', 'friday')
  }
  return one
}

interface Deals {
  deals: { id: number; owner: string | null; tags: string[] }[]
}

const ownersOf = (one: Desk): (string | null)[] =>
  one.json<Deals>('deal', 'list', '--status', 'all', '--sort', 'id').deals.map(({ owner }) => owner)

describe('many clients at once', () => {
  it('are given by their numbers, or chosen by conditions, and undone together', () => {
    const one = shop()
    expect(one.ok('client', 'edit', '1', '3', '--rating', 'A')).toBe('changed 2 clients\n')
    expect(one.ok('client', 'list', '--where', 'rating=A', '--columns', 'name')).toContain('Mill')
    const set = ['client', 'edit', '--where', 'region=North', '--set', 'owner=Ann']
    expect(one.ok(...set, '--dry-run')).toBe('would have changed 2 clients\n')
    expect(one.json(...set, '--set', 'category=expo')).toMatchObject({
      client: null,
      clients: [1, 2],
    })
    expect(
      one.json<{ clients: unknown[] }>('client', 'list', '--where', 'category=expo').clients,
    ).toMatchObject([
      { name: 'Harbour', owner: 'Ann' },
      { name: 'Pier', owner: 'Ann' },
    ])
    one.ok('undo')
    expect(one.ok('client', 'list', '--where', 'owner=Ann')).not.toContain('Pier')
    one.ok('segment', 'add', 'South', '--where', 'region=South')
    expect(one.ok('client', 'edit', '--segment', 'South', '--owner', 'Ann')).toBe(
      'changed client 3 (Mill)\n',
    )
    expect(one.ok('client', 'edit', '--where', 'region=West', '--owner', 'Ann')).toBe(
      'nothing to change\n',
    )
  })

  it('are refused what makes no sense, and nothing is half done', () => {
    const one = shop()
    for (const [args, why] of [
      [['harbour', 'pier', '--rating', 'A'], 'put a name of several words in quotes'],
      [['--rating', 'A'], 'which client?'],
      [['1', '--where', 'region=North', '--rating', 'A'], 'not both'],
      [['1', '2', '--name', 'One'], '--name is for one'],
      [['1', '--set', 'colour=red'], 'a field is one of: name, ref, kind, owner'],
      [['1', '--set', 'kind=shop'], 'kind is one of: company, person'],
      [['1', '--set', 'owner=Ann', '--set', 'owner=Bo'], 'owner is set twice'],
      [['1', '2', '99', '--rating', 'A'], '99'],
    ] as const) {
      const { code, err } = one.run('client', 'edit', ...args)
      expect([2, 3]).toContain(code)
      expect(err).toContain(why)
    }
    expect(one.ok('client', 'list', '--where', 'rating=A', '--columns', 'name')).not.toContain(
      'Pier',
    )
  })
})

describe('many deals at once', () => {
  it('are given by their numbers, or chosen by conditions: the open ones', () => {
    const one = shop()
    one.ok('win', '2')
    expect(one.ok('deal', 'edit', '--where', 'region=North', '--set', 'owner=Ann')).toContain(
      'changed deal 1 (Winch for Harbour)',
    )
    expect(ownersOf(one)).toEqual(['Ann', null, null])
    expect(one.ok('deal', 'edit', '2', '3', '--tag', 'expo')).toBe('changed 2 deals\n')
    expect(one.ok('deal', 'edit', '--where', 'deal:status=won', '--owner', 'Ann')).toContain(
      'deal 2',
    )
    expect(ownersOf(one)).toEqual(['Ann', 'Ann', null])
    one.ok('undo')
    expect(ownersOf(one)).toEqual(['Ann', null, null])
    expect(one.run('deal', 'edit', '1', '3', '--title', 'One').err).toContain('--title is for one')
  })
})

describe('many tasks at once', () => {
  it('are done, dropped, moved and deleted by their numbers', () => {
    const one = shop()
    const { tasks } = one.json<{ tasks: { id: number; text: string }[] }>('task', 'list')
    const calls = tasks.filter(({ text }) => text.startsWith('Call')).map(({ id }) => String(id))
    const [first = '', second = '', third = ''] = calls
    expect(one.ok('task', 'postpone', first, second, '--to', '2026-12-01')).toBe(
      'moved to 2026-12-01: 2 tasks\n',
    )
    expect(one.ok('task', 'done', first, second)).toBe('did 2 tasks\n')
    expect(one.ok('task', 'delete', first, third)).toBe('deleted 2 tasks\n')
    one.ok('undo')
    expect(one.ok('task', 'drop', third)).toBe(`dropped task ${third} (Call Mill)\n`)
    const stage = tasks.find(({ text }) => !text.startsWith('Call'))
    const both = one.run('task', 'done', String(stage?.id), first)
    expect(both.code).toBe(2)
    expect(both.err).toContain(`do it by itself: funnel task done ${stage?.id}`)
  })
})
