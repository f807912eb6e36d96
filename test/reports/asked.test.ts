import { rmSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newFolder } from '../support/funnel.ts'
import { type Inside, inside, runInside } from '../support/inside.ts'
import { yearBook } from '../support/year.ts'

const FOLDER = newFolder()
let book: Inside

beforeAll(async () => {
  book = await yearBook(FOLDER)
})
afterAll(() => rmSync(FOLDER, { recursive: true }))

async function json<T>(made: Inside, ...args: string[]): Promise<T> {
  return JSON.parse(await made.ok(...args, '--json')) as T
}

/** A book with 40 closed deals of Ann, 30 of them won, 40 of Bob, 5 won, and one of nobody. */
async function sellers(name: string): Promise<Inside> {
  const made = await inside(FOLDER, name)
  const row = (owner: string, source: string, number: number, won: boolean): string =>
    `${owner}${number},Harbour Foods,Deal ${owner} ${number},${won ? 'won' : 'lost'},` +
    `2026-01-10,2026-03-01,100,${owner},${source}`
  const rows = [
    ...Array.from({ length: 40 }, (_, at) => row('Ann', 'web', at, at < 30)),
    ...Array.from({ length: 40 }, (_, at) => row('Bob', '', at, at < 5)),
    row('', '', 0, true),
  ]
  const head = 'Deal ID,Client,Deal title,Status,Opened,Closed,Amount,Owner,Source'
  made.save('deals.csv', [head, ...rows].join('\n'))
  await made.ok('import', 'deals', 'deals.csv', '--create', 'clients,owners,sources')
  return made
}

interface Rows {
  rows: Record<string, unknown>[]
  notes?: string[]
}

describe('one owner alone', () => {
  it('is set against all others, as it is among them', async () => {
    const made = await sellers('alone')
    const all = await json<Rows>(made, 'report', 'owners', '--period', '2026')
    const ann = await json<Rows>(made, 'report', 'owners', '--period', '2026', '--owner', 'Ann')
    expect(ann.rows).toEqual(all.rows.filter(({ owner }) => owner === 'Ann'))
    expect(ann.rows[0]).toMatchObject({ against: 'above' })
    expect(ann.notes).toContain('The rest are all other owners, though not shown.')
    const bottlenecks = ['report', 'bottlenecks', '--period', '2026', '--by', 'owner']
    const every = await json<Rows>(made, ...bottlenecks)
    const bob = await json<Rows>(made, ...bottlenecks, '--owner', 'Bob')
    expect(bob.rows.length).toBeGreaterThan(0)
    expect(bob.rows).toEqual(every.rows.filter(({ group }) => group === 'Bob'))
    expect(bob.rows[0]).toMatchObject({ base_reached: 41, verdict: 'beyond chance' })
    const nobody = await json<Rows>(made, ...bottlenecks, '--owner', 'none')
    expect(nobody.rows[0]).toMatchObject({ group: 'No owner', reached: 1, base_reached: 80 })
  })

  it('is said to have no others where a filter leaves none', async () => {
    const made = await sellers('region')
    await made.ok('client', 'edit', '1', '--region', 'North')
    const args = ['report', 'bottlenecks', '--period', '2026', '--by', 'region']
    expect(await made.ok(...args, '--where', 'region=North')).toContain('There is one group only')
  })
})

describe('nobody', () => {
  it('can be asked for in reports and lists', async () => {
    const made = await sellers('nobody')
    const won = async (...args: string[]) =>
      (await json<{ totals: { won: number } }>(made, 'report', 'closed', ...args)).totals.won
    expect(await won('--owner', 'none')).toBe(1)
    expect(await won('--source', 'none')).toBe(6)
    expect(await won('--source', 'web')).toBe(30)
    const by = await json<{ groups: { key: string | null; totals: { won: number } }[] }>(
      made,
      'report',
      'closed',
      '--by',
      'owner',
    )
    expect(by.groups.find(({ key }) => key === null)?.totals.won).toBe(1)
    expect(await made.ok('report', 'closed', '--owner', 'none')).toContain('owner: none')
    const deals = await json<{ deals: unknown[] }>(
      made,
      'deal',
      'list',
      '--status',
      'all',
      '--owner',
      'none',
    )
    expect(deals.deals).toHaveLength(1)
    await made.ok('task', 'add', 'Sweep', '--due', 'today')
    await made.ok('task', 'add', 'Ring', '--due', 'today', '--owner', 'Ann')
    for (const args of [['task', 'list'], ['today']]) {
      const text = await made.ok(...args, '--owner', 'none')
      expect(text).toContain('Sweep')
      expect(text).not.toContain('Ring')
    }
    const clients = ['client', 'list', '--owner', 'none', '--json']
    expect(await made.ok(...clients)).toContain('Harbour Foods')
    expect(await made.ok('report', 'activity', '--owner', 'none', '--source', 'none')).toContain(
      'Activity',
    )
    // One that is called so is meant by the name.
    await made.ok('owner', 'add', 'None')
    expect(await won('--owner', 'none')).toBe(0)
  })
})

describe('a report of days to come', () => {
  it('says so, and so does a comparison with them', async () => {
    const open = await book.ok('report', 'open', '--as-of', '2027-03-31')
    expect(open).toContain('The day of this report is to come, in 128 days')
    const period = await book.ok('report', 'closed', '--period', '2026-11', '--compare', '2026-12')
    expect(period).toContain('The period compared with has not begun: it is from 2026-12-01 on.')
    expect(await book.ok('report', 'closed', '--period', '2027')).toContain('has not begun')
    expect(await book.ok('report', 'open', '--compare', '2026-Q4')).toContain(
      'The day compared with is to come, in 38 days',
    )
    expect(await book.ok('report', 'open')).not.toContain('to come')
  })
})

describe('the open funnel', () => {
  it('has a weighted amount of 0 where nothing stands', async () => {
    const { stages } = await json<{
      stages: { deals: number; weighted: number | null; probability: number | null }[]
    }>(book, 'report', 'open')
    const empty = stages.filter(({ deals }) => deals === 0)
    expect(empty.length).toBeGreaterThan(0)
    for (const stage of empty) expect(stage).toMatchObject({ weighted: 0, probability: null })
  })

  it('says what stands where no chance to win is set, and is not weighed', async () => {
    const made = await inside(FOLDER, 'chanceless')
    await made.ok('client', 'add', 'Harbour Foods')
    await made.ok('process', 'add', 'Repeat', '--stages', 'Presentation, Proposal=50%')
    await made.ok('deal', 'add', '1', 'Winch', '--amount', '1000', '--process', 'Repeat')
    await made.ok('deal', 'add', '1', 'Crane', '--amount', '800', '--process', 'plain')
    const left = /Weighted leaves out 2 deals \(1,800(?: EUR)?\)/
    expect(await made.ok('report', 'open')).toMatch(left)
    await made.ok('move', '1', 'Proposal')
    expect(await made.ok('report', 'open')).toMatch(/Weighted leaves out 1 deal \(800/)
    await made.ok('lose', '2', '--reason', 'no need')
    expect(await made.ok('report', 'open')).not.toContain('leaves out')
    const plan = await made.ok('plan', '--wins', '3')
    expect(plan).toMatch(/process: (?:Repeat|plain), which has the most deals/)
    expect(await made.ok('plan', '--wins', '3', '--process', 'plain')).not.toContain(
      'the most deals',
    )
  })

  it('lists a deal whose amount is not known with nothing to weigh', async () => {
    const made = await inside(FOLDER, 'listed')
    await made.ok('client', 'add', 'Pier')
    await made.ok('deal', 'add', '1', 'Oven', '--amount', '100')
    await made.ok('deal', 'add', '1', 'Hood')
    const { deals } = await json<{ deals: Record<string, unknown>[] }>(
      made,
      'report',
      'open',
      '--list',
    )
    expect(deals).toMatchObject([
      { title: 'Oven', amount: 100, probability: 0.1, weighted: 10 },
      { title: 'Hood', amount: null, probability: 0.1, weighted: null },
    ])
  })

  it('learns chances from ten closed deals of a process, where they say anything', async () => {
    const made = await inside(FOLDER, 'learnt')
    const row = (process: string, title: string, status: string, stage: string): string =>
      `${process} ${title},Pier,${process} ${title},${process},${status},${stage},2026-01-10,` +
      `${status === 'open' ? '' : '2026-03-01'},100`
    const closed = (process: string, stage: string, won: number) =>
      Array.from({ length: 10 }, (_, at) =>
        row(process, `${at}`, at < won ? 'won' : 'lost', at < won ? '' : stage),
      )
    const lines = [
      'Deal ID,Client,Deal title,Process,Status,Stage,Opened,Closed,Amount',
      ...closed('free', 'Proposal', 0),
      ...closed('plain', '', 4),
      row('free', 'early', 'open', 'Qualification'),
      row('free', 'late', 'open', 'Decision'),
      row('plain', 'any', 'open', ''),
    ]
    made.save('deals.csv', lines.join('\n'))
    await made.ok('import', 'deals', 'deals.csv', '--create', 'clients')
    const { deals } = await json<{ deals: { title: string; probability: number | null }[] }>(
      made,
      'report',
      'open',
      '--list',
      '--probability',
      'own',
    )
    const chances = new Map(deals.map(({ title, probability }) => [title, probability]))
    // None of the ten that reached the first stage was won: ½ / 11.
    expect(chances.get('free early')).toBeCloseTo(0.5 / 11, 6)
    // None of them reached the decision, of which the template says 55 %.
    expect(chances.get('free late')).toBe(0.55)
    // Without stages all ten count: 4 of them were won.
    expect(chances.get('plain any')).toBeCloseTo(4.5 / 11, 6)
  })

  it('refuses a limit where no list is asked for', async () => {
    const limited = ['report', 'open', '--limit', '3']
    expect(await runInside(book.folder, limited)).toMatchObject({
      code: 2,
      err: expect.stringContaining('add --list'),
    })
    expect((await runInside(book.folder, [...limited, '--list'])).code).toBe(0)
  })
})

describe('rows in the order of a name', () => {
  it('run from A, or to it, and what has none comes last', async () => {
    const made = await inside(FOLDER, 'sorted')
    await made.ok('source', 'add', 'Trade press')
    for (const [source, amount] of [
      ['referral', '100'],
      ['Trade press', '300'],
      ['web', '200'],
    ] as const) {
      await made.ok('client', 'add', `From ${source}`, '--source', source)
      const deal = ['deal', 'add', `From ${source}`, `Oven ${amount}`, '--source', source]
      await made.ok(...deal, '--amount', amount)
      await made.ok('win', `Oven ${amount}`)
    }
    await made.ok('client', 'add', 'Pier')
    const order = async (...args: string[]) =>
      (await json<Rows>(made, 'report', 'sources', ...args)).rows.map(({ source }) => source)
    // Where nothing is asked for, the one that brought most comes first.
    expect(await order()).toEqual(['Trade press', 'web', 'referral', null])
    expect(await order('--sort', 'source')).toEqual(['referral', 'Trade press', 'web', null])
    expect(await order('--sort', 'source', '--reverse')).toEqual([
      'web',
      'Trade press',
      'referral',
      null,
    ])
  })
})

describe('a comparison', () => {
  it('of groups with each other leaves no room for one with an earlier period', async () => {
    const args = ['report', 'bottlenecks', '--by', 'owner', '--compare', 'previous']
    expect(await runInside(book.folder, args)).toMatchObject({
      code: 2,
      err: expect.stringContaining('--compare and --by cannot be used together here') as string,
    })
  })
})

describe('sources of one process', () => {
  it('have no leads, as a client belongs to none', async () => {
    const { rows, totals, notes } = await json<Rows & { totals: Record<string, unknown> }>(
      book,
      'report',
      'sources',
      '--process',
      'typical',
    )
    expect(rows.length).toBeGreaterThan(0)
    for (const row of [...rows, totals]) expect(row.leads).toBeNull()
    expect(notes).toContain('A lead belongs to no process, so leads are not counted here.')
    const text = await book.ok('report', 'sources', '--process', 'typical')
    expect(text).toMatch(/^\S.*deals? opened, \d+ deals? closed/m)
    expect(text).not.toMatch(/\d leads?/)
  })
})

describe('a picture of a short period', () => {
  it('says which months it draws', async () => {
    const short = await book.ok('report', 'closed', '--period', '2026-03', '--chart')
    expect(short).toContain('Amount won by month, 2025-04 to 2026-03: the year up to this period')
    const year = await book.ok('report', 'closed', '--period', '2026', '--chart')
    expect(year).toMatch(/^Amount won by month$/m)
  })
})

describe('a week', () => {
  it('is compared with the week of the same number a year ago', async () => {
    const args = ['report', 'closed', '--period', '2026-W10', '--compare', 'year-ago']
    expect(await json(book, ...args)).toMatchObject({
      period: { from: '2026-03-02', to: '2026-03-08' },
      compare: { from: '2025-03-03', to: '2025-03-09' },
    })
  })
})

describe('an explanation', () => {
  const explain = async (...args: string[]) => {
    const { explain: lines } = await json<{
      explain: { column: string; formula: string; example: string }[]
    }>(book, 'report', ...args, '--explain')
    return new Map(lines.map((line) => [line.column, line]))
  }

  it('puts the numbers of one row into what shares and intervals are made of', async () => {
    const number = /\d/
    const closed = await explain('closed', '--compare', 'year-ago')
    expect(closed.get('Overall')).toMatchObject({
      formula: 'Reached / Reached at the first stage',
      example: expect.stringMatching(/^\d+ \/ \d+ = [\d.]+%$/),
    })
    expect(closed.get('Step 95%')?.example).toMatch(/^p = \d+ \/ \d+, p′ = \d+ \/ \d+ = /)
    const losses = await explain('losses')
    expect(losses.get('Share')?.example).toMatch(/^\d+ \/ \d+ = [\d.]+%$/)
    const owners = await explain('owners')
    for (const name of ['95%', 'Against rest', 'Days to win', 'Mean deal', 'Contacts per win']) {
      expect(owners.get(name)?.example.split(' = ').slice(0, -1).join()).toMatch(number)
    }
    expect(owners.get('95%')?.formula).toContain('√(p(1 − p)/n + z²/4n²)')
    const velocity = await explain('velocity')
    expect(velocity.get('Median days')?.example).toMatch(/^\d+ left of \d+ = \d+$/)
    const bottlenecks = await explain('bottlenecks', '--by', 'owner')
    expect(bottlenecks.get('Won beyond')?.example).toMatch(/^\d+ \/ \d+ = [\d.]+%$/)
    const open = await explain('open')
    expect(open.get('Weighted')?.example).toMatch(/^[\d,]+ × [\d.]+% = [\d,]+$/)
  })

  it('is of the list where deals are listed, and names the row', async () => {
    const list = await explain('open', '--list')
    expect([...list.keys()]).toContain('Limit')
    expect(list.get('Weighted')?.example).toMatch(/^[\d,]+ × [\d.]+% = [\d,]+$/)
    const made = await inside(FOLDER, 'unnamed')
    await made.ok('client', 'add', 'Pier')
    await made.ok('deal', 'add', '1', 'Oven')
    await made.ok('lose', '1')
    for (const name of ['losses', 'sources']) {
      const text = await made.ok('report', name, '--explain')
      expect(text).toMatch(/^How it comes about: (No reason given|No source)$/m)
    }
  })
})
