import { rmSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newFolder } from '../support/funnel.ts'
import { type Inside, inside, runInside } from '../support/inside.ts'

const FOLDER = newFolder()
let book: Inside

beforeAll(async () => {
  book = await inside(FOLDER, 'two')
  await book.ok('owner', 'add', 'Ann')
  await book.ok('standard', 'set', 'A', '5')
  for (const [name, region] of [
    ['Harbour Foods', 'North'],
    ['Pier Nine', 'South'],
  ] as const) {
    await book.ok('client', 'add', name, '--region', region, '--rating', 'A', '--source', 'web')
    const deal = ['deal', 'add', name, `Oven of ${region}`, '--amount', '100', '--source', 'web']
    await book.ok(...deal, '--on', '2026-10-01', '--expected-close', '2026-11-01')
    await book.ok('task', 'add', `Ring ${region}`, '--client', name, '--due', '2026-11-20')
    await book.ok('log', 'call', name, '--on', '2026-10-02')
  }
  await book.ok('client', 'edit', 'Pier Nine', '--source', 'none')
  await book.ok('segment', 'add', 'Northerners', '--where', 'region=North')
})
afterAll(() => rmSync(FOLDER, { recursive: true }))

const CHOSEN = [
  ['--where', 'region=North'],
  ['--segment', 'northerners'],
]

const LISTS = [
  ['deal', 'list'],
  ['task', 'list'],
  ['today'],
  ['find', 'north'],
  ['find', 'oven'],
  ['report', 'standards'],
  ['report', 'open', '--list'],
]

describe.each(CHOSEN)('clients chosen with %s', (...chosen) => {
  it.each(LISTS)('narrow %s %s', async (...list) => {
    const all = await book.ok(...list)
    const some = await book.ok(...list, ...chosen)
    expect(some).toMatch(/North|Harbour/)
    expect(some).not.toMatch(/South|Pier/)
    if (!list.includes('north')) expect(all).toMatch(/South|Pier/)
  })

  it('narrow the counts of a list and of checks', async () => {
    const today = JSON.parse(await book.ok('today', ...chosen, '--json')) as {
      totals: Record<string, number>
    }
    // The call, and the task that the stage opened.
    expect(today.totals).toMatchObject({ overdue: 2, expected: 1, silent: 1 })
    for (const check of ['overdue=2', 'to-call=1', 'contacts=1/year', 'new-clients=1/year']) {
      // `ok` fails where a check is not met.
      expect(await book.ok('check', check, ...chosen)).toContain(check.split('=')[0])
    }
    expect((await runInside(book.folder, ['check', 'overdue=2'])).code).toBe(1)
  })
})

describe('a client’s source', () => {
  it('narrows the contact standards', async () => {
    const of = async (source: string) => book.ok('report', 'standards', '--source', source)
    expect(await of('web')).toContain('Harbour')
    expect(await of('web')).not.toContain('Pier')
    expect(await of('none')).toContain('Pier')
  })
})

describe('an option that means nothing for a report', () => {
  it.each([
    [['closed', '--sort', 'step'], 'stages stand in the order in which deals pass them'],
    [['cohort', '--sort', 'step'], 'stages stand in the order in which deals pass them'],
    [['velocity', '--sort=days'], 'stages stand in the order in which deals pass them'],
    [['losses', '--measure', 'clients'], 'a client can lose deals for several reasons'],
    [['cohort', '--measure', 'clients'], 'a client can have deals that were won, lost and are'],
    [['sources', '--measure', 'profit'], 'stand side by side already'],
    [['owners', '--by', 'owner'], 'it is by owner already'],
    [['owners', '--measure', 'deals'], 'stand side by side already'],
    [['activity', '--by', 'source'], 'it is by owner and week already'],
    [['bottlenecks', '--measure', 'deals'], 'what a stage costs is profit'],
    [['open', '--period', '2026'], '--as-of'],
    [['standards', '--process', 'typical'], 'a client belongs to no process'],
  ])('is refused with the reason: %s', async (args, why) => {
    const { code, err } = await runInside(book.folder, ['report', ...args])
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining(why) as string })
    expect(err).toMatch(/is refused/)
  })

  it('is not in the help, and words that are unknown are refused as ever', async () => {
    expect(await book.ok('report', 'closed', '--help')).not.toContain('--sort')
    const unknown = ['report', 'losses', '--measure', 'moons']
    expect(await runInside(book.folder, unknown)).toMatchObject({
      code: 2,
      err: expect.stringContaining('deals, amount, profit') as string,
    })
    expect((await runInside(book.folder, ['report', 'closed', '--moon', '1'])).err).toContain(
      'unknown option',
    )
  })
})
