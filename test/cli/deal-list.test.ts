import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type InsideOutcome, runInside } from '../support/inside.ts'

let folder: string
const funnel = (...args: string[]): Promise<InsideOutcome> => runInside(folder, args)

/** The numbers of the deals that a list shows, in its order. */
async function listed(...args: string[]): Promise<number[]> {
  const { code, out, err } = await funnel('deal', 'list', ...args, '--json')
  if (code !== 0) throw new Error(err)
  return (JSON.parse(out) as { deals: { id: number }[] }).deals.map(({ id }) => id)
}

const where = (...conditions: string[]): string[] =>
  conditions.flatMap((condition) => ['--where', condition])

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'funnel-'))
  const lines = [
    'init|--currency|EUR|--timezone|UTC',
    'owner|add|Ann',
    'owner|add|Bob',
    'source|add|Expo',
    'client|add|Harbour Foods|--owner|Ann|--region|North',
    'client|add|Nord GmbH|--owner|Bob|--region|South',
    'deal|add|Harbour|Cold store|--amount|12000|--owner|Bob|--on|2026-09-01|--expected-close|2026-12-15',
    'deal|add|Nord|Boiler|--amount|800.50|--source|Expo|--on|2026-10-05|--need|Zwei Öfen',
    'deal|add|Nord|Scales|--on|2026-11-01',
    'deal|add|Harbour|Old crane|--amount|10000|--cost|7000|--on|2026-01-05',
    'deal|add|Harbour|Old oven|--amount|300|--on|2026-02-05',
    'win|4|--on|2026-03-05',
    'lose|5|--on|2026-04-05|--reason|too expensive',
    'move|1|meeting preparation',
  ]
  for (const line of lines) {
    const { code, err } = await funnel(...line.split('|'))
    if (code !== 0) throw new Error(`${line}: ${err}`)
  }
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('deal list', () => {
  it('says that a book without deals has none, however they would be shown', async () => {
    const empty = mkdtempSync(path.join(tmpdir(), 'funnel-'))
    try {
      const inEmpty = (...words: string[]) => runInside(empty, words)
      await inEmpty('init', '--currency', 'EUR', '--timezone', 'UTC')
      for (const words of [[], ['--sort', '-chance'], ['--limit', '5'], ['--columns', 'title']]) {
        const { out } = await inEmpty('deal', 'list', ...words)
        expect(out).toContain('No deals; funnel deal add opens one.')
      }
      expect((await inEmpty('deal', 'list', '--status', 'won')).out).toContain('No deal fits.')
    } finally {
      rmSync(empty, { recursive: true, force: true })
    }
  })

  it('sorts by the chance to win, and by what it makes of the amount', async () => {
    // By the template: 15 % of 12,000, 10 % of 800.50, 10 % of no amount.
    expect(await listed('--sort', '-weighted')).toEqual([1, 2, 3])
    expect(await listed('--sort', 'weighted')).toEqual([2, 1, 3])
    expect(await listed('--sort', 'Chance,-id')).toEqual([3, 2, 1])
    expect(await listed('--sort', 'chance,id', '--limit', '2')).toEqual([2, 3])
    expect(await listed('--status', 'all', '--sort', '-weighted,-id')).toEqual([1, 2, 5, 4, 3])
    const { out } = await funnel(
      'deal',
      'list',
      '--columns',
      'id,chance,chance-by,weighted',
      '--csv',
    )
    expect(out.replaceAll('\r', '')).toBe(
      'id,chance,chance_by,weighted\n1,0.15,template,1800.00\n2,0.1,template,80.05\n3,0.1,template,\n',
    )
    expect(await funnel('deal', 'list', '--sort', 'client,-chance')).toMatchObject({
      code: 2,
      err:
        'funnel: deals can be sorted by chance first, or not at all\n' +
        '  write it first, as in --sort -chance,client\n',
    })
  })

  it('shows open deals, and says how many closed ones it leaves out', async () => {
    const { out, err } = await funnel('deal', 'list')
    expect(out).toContain('Open deals (3)')
    expect(err).toBe('2 closed deals are not shown (--status all shows them)\n')
    expect(await listed()).toEqual([1, 2, 3])
    const quiet = await funnel('deal', 'list', '--quiet')
    expect(quiet.err).toBe('')
  })

  it.each([
    ['open', [1, 2, 3]],
    ['won', [4]],
    ['lost', [5]],
    ['closed', [5, 4]],
    ['all', [1, 2, 3, 5, 4]],
  ])('--status %s', async (status, ids) => {
    expect(await listed('--status', status)).toEqual(ids)
    expect((await funnel('deal', 'list', '--status', status)).err).toBe('')
  })

  it('counts only closed deals that would be listed', async () => {
    const { err } = await funnel('deal', 'list', 'crane')
    expect(err).toBe('1 closed deal is not shown (--status all shows them)\n')
    expect((await funnel('deal', 'list', 'nord')).err).toBe('')
  })

  it('takes words of title and client, in any order', async () => {
    expect(await listed('store', 'harbour')).toEqual([1])
    expect(await listed('Harbour Foods: store')).toEqual([1])
    expect(await listed('harbour', '--status', 'all')).toEqual([1, 5, 4])
    expect(await listed('nothing')).toEqual([])
  })

  it.each([
    ['amount', [2, 1, 3]],
    ['-amount', [1, 2, 3]],
    ['client,-id', [1, 3, 2]],
    ['-stage', [1, 2, 3]],
    ['opened', [1, 2, 3]],
    ['-opened-on', [3, 2, 1]],
  ])('--sort %s, with what is unknown last', async (by, ids) => {
    expect(await listed('--sort', by)).toEqual(ids)
  })

  it('shows the columns that are asked for', async () => {
    const args = ['deal', 'list', '--columns', 'client,deal,amount,opened', '--csv']
    const { out } = await funnel(...args)
    expect(out.split(/\r?\n/).slice(0, 3)).toEqual([
      'client,title,amount,opened_on',
      'Harbour Foods,Cold store,12000.00,2026-09-01',
      'Nord GmbH,Boiler,800.50,2026-10-05',
    ])
    const { code, err } = await funnel('deal', 'list', '--columns', 'amonut')
    expect([code, err]).toEqual([
      2,
      'funnel: a list of deals has no column “amonut”\n  did you mean amount?\n',
    ])
  })

  it.each([
    [['amount>10000'], [1]],
    [['amount>=800.50'], [1, 2]],
    [['amount<10,000'], [2]],
    [['amount=none'], [3]],
    [['amount!=12,000'], [2, 3]],
    [['deal:amount'], [1, 2]],
    [['stage="Meeting preparation"'], [1]],
    [['stage~qualif'], [2, 3]],
    [['deal:owner=Bob'], [1, 2, 3]],
    [['owner=Bob'], [2, 3]],
    [['deal:source=expo'], [2]],
    [['deal:source=none'], [1, 3]],
    [['region=North'], [1]],
    [['opened>=2026-10-05'], [2, 3]],
    [['opened=2026-10-05'], [2]],
    [['expected-close<2027-01-01'], [1]],
    [['deal:expected_close=none'], [2, 3]],
    [['process=typical'], [1, 2, 3]],
    [['title~STORE'], [1]],
    [['need~öfen'], [2]],
    [['client~nord'], [2, 3]],
    [['deal:status=won'], [4]],
    [['status=closed'], [5, 4]],
    [['status!=lost'], [1, 2, 3, 4]],
    [['closed>=2026-04-01'], [5]],
    [['reason="too expensive"'], [5]],
    [['amount>100', 'region=North'], [1]],
  ])('--where %s', async (conditions, ids) => {
    expect(await listed(...where(...conditions))).toEqual(ids)
  })

  it('explains a condition that it cannot read', async () => {
    const wrong = async (condition: string): Promise<string> => {
      const { code, err } = await funnel('deal', 'list', '--where', condition)
      return `${code} ${err}`
    }
    expect(await wrong('deal:amuont>1')).toBe(
      '2 funnel: deals have no field “amuont”\n  did you mean deal:amount?\n',
    )
    expect(await wrong('amount~5')).toContain('amount cannot be compared with ~')
    expect(await wrong('status=maybe')).toContain('it is one of open, won, lost')
  })

  it('says that nothing is open where all is closed', async () => {
    const { out, err } = await funnel('deal', 'list', 'oven')
    expect(out).toContain('No open deal fits.')
    expect(err).toContain('1 closed deal is not shown')
  })
})

describe('the other lists', () => {
  it('take words and an order as well', async () => {
    const clients = await funnel('client', 'list', 'gmbh', 'nord', '--json')
    expect(JSON.parse(clients.out)).toMatchObject({ clients: [{ name: 'Nord GmbH' }] })
    for (const task of ['Write letter', 'Call about letter', 'Ring']) {
      await funnel('task', 'add', task, '--client', 'nord')
    }
    const tasks = await funnel('task', 'list', 'letter', 'nord', '--sort', '-id', '--json')
    const { tasks: rows } = JSON.parse(tasks.out) as { tasks: { text: string }[] }
    expect(rows.map(({ text }) => text)).toEqual(['Call about letter', 'Write letter'])
  })
})
