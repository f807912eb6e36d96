import { describe, expect, it } from 'vitest'
import { type ImportsInside, importsInside } from '../support/imports.ts'
import { runInside } from '../support/inside.ts'

/** Pier’s Winch (open, 900) and Quay’s Mast (lost) and Sail (won, 600); only the Winch has a next step. */
async function filled(): Promise<ImportsInside> {
  const made = await importsInside()
  const list = [
    'Id,Client,Title,Amount,Status,Opened,Closed,Process',
    'D1,Pier,Winch,900,open,2026-09-01,,plain',
    'D2,Pier,Crane,5000,open,2026-10-02,,plain',
    'D3,Quay,Mast,700,lost,2026-09-03,2026-10-03,plain',
    'D4,Quay,Sail,600,won,2026-09-04,2026-11-04,plain',
  ]
  await made.bring('deals', list, '--create', 'clients')
  await made.ok('task', 'add', 'Later', '--deal', '1', '--due', '2026-12-20')
  await made.ok('task', 'add', 'Send the offer', '--deal', '1', '--due', '2026-12-01')
  await made.ok('task', 'add', 'Some day', '--deal', '2')
  return made
}

async function titles(made: ImportsInside, ...args: string[]): Promise<string[]> {
  const { deals } = await made.json<{ deals: { title: string }[] }>('deal', 'list', ...args)
  return deals.map(({ title }) => title)
}

describe('the next step of deals', () => {
  it('is the open task that is due first, and lists tell who has none', async () => {
    const made = await filled()
    const { deals } = await made.json<{ deals: object[] }>('deal', 'list')
    expect(deals).toMatchObject([
      { title: 'Winch', next_step: 'Send the offer', next_on: '2026-12-01' },
      { title: 'Crane', next_step: null, next_on: null },
    ])
    expect(await titles(made, '--no-next-step')).toEqual(['Crane'])
    expect(await titles(made, '--next-step')).toEqual(['Winch'])
    expect(await titles(made, '--sort', 'next-on')).toEqual(['Winch', 'Crane'])
    expect(await made.ok('deal', 'list', '--columns', 'title,next-step,next-on')).toMatch(
      /Winch +Send the offer/,
    )
    expect((await runInside(made.folder, ['check', 'no-next-step<=0'])).code).toBe(1)
    expect((await runInside(made.folder, ['check', 'no-next-step<=1'])).code).toBe(0)
    const atMost = await runInside(made.folder, ['check', '--max', 'no-next-step=0'])
    expect(atMost).toMatchObject({
      code: 1,
      err: expect.stringContaining('no-next-step<=0 (is 1)'),
    })
    expect(await made.ok('today')).toMatch(/no next step[^\n]*/)
  })
})

describe('lists of deals and clients', () => {
  it('are of a period: of the opening, or of the outcome where one is asked for', async () => {
    const made = await filled()
    expect(await titles(made, '--period', '2026-09')).toEqual(['Winch'])
    expect(await titles(made, '--period', '2026-09', '--status', 'all')).toHaveLength(3)
    expect(await titles(made, '--period', '2026-11', '--status', 'won')).toEqual(['Sail'])
    expect(await titles(made, '--period', '2026-10', '--status', 'closed')).toEqual(['Mast'])
  })

  it('show what clients have bought and may buy', async () => {
    const made = await filled()
    const { clients } = await made.json<{ clients: object[] }>(
      'client',
      'list',
      '--columns',
      'name,open-amount,won-amount',
      '--sort',
      '-won-amount',
    )
    expect(clients).toEqual([
      { name: 'Quay', open_amount: 0, won_amount: 600 },
      { name: 'Pier', open_amount: 5900, won_amount: 0 },
    ])
  })
})

describe('reports by client', () => {
  it('have a group for each, those of one name apart', async () => {
    const made = await filled()
    const keys = async (name: string): Promise<unknown> => {
      const { groups } = await made.json<{ groups: { key: string }[] }>(
        'report',
        name,
        '--by',
        'client',
      )
      return groups.map(({ key }) => key)
    }
    expect(await keys('open')).toEqual(['Pier'])
    await made.ok('client', 'add', 'Pier', '--ref', 'other')
    await made.ok('deal', 'add', '3', 'Jib')
    expect(await keys('open')).toEqual(['Pier (1)', 'Pier (3)'])
    expect(await made.ok('report', 'velocity', '--by', 'client', '--period', 'all')).toMatch(/Quay/)
  })
})

describe('lists of interactions', () => {
  it('are the latest first, and are chosen by days, client, deal, owner and kind', async () => {
    const made = await filled()
    await made.ok('owner', 'add', 'Ann')
    await made.ok('client', 'edit', 'pier', '--contact', 'Mai Brandt')
    await made.ok('log', 'call', 'pier', 'wants two', '--on', '2026-10-01', '--owner', 'Ann')
    await made.ok('log', 'email', 'pier', 'offer', '--deal', '1', '--contact', 'mai', '--out')
    await made.ok('log', 'note', 'quay', 'moved')
    const texts = async (...args: string[]): Promise<unknown> => {
      const words = ['interaction', 'list', ...args]
      const { interactions } = await made.json<{ interactions: { text: string }[] }>(...words)
      return interactions.map(({ text }) => text)
    }
    expect(await texts()).toEqual(['moved', 'offer', 'wants two'])
    expect(await texts('--client', 'pier')).toEqual(['offer', 'wants two'])
    expect(await texts('--deal', '1')).toEqual(['offer'])
    expect(await texts('--owner', 'Ann')).toEqual(['wants two'])
    expect(await texts('--kind', 'note')).toEqual(['moved'])
    expect(await texts('--period', '2026-10')).toEqual(['wants two'])
    expect(await texts('--where', 'deal:status=won')).toEqual(['moved'])
    expect(await texts('--limit', '1')).toEqual(['moved'])
    expect(await made.ok('interaction', 'list')).toMatch(/email +out[^\n]*Pier +Mai Brandt +Winch/)
    const refused = await runInside(made.folder, ['interaction', 'list', '--kind', 'fax'])
    expect(refused.code).toBe(2)
  })
})

describe('the columns and the order of a list of interactions', () => {
  it('are those that were asked for', async () => {
    const made = await filled()
    await made.ok('log', 'call', 'quay', 'first', '--on', '2026-11-20 09:00', '--length', '5m')
    await made.ok('log', 'call', 'pier', 'second', '--on', '2026-11-20 14:00', '--length', '50m')
    await made.ok('log', 'note', 'pier', 'third', '--on', '2026-11-20')
    const rows = async (...args: string[]): Promise<unknown[]> =>
      (await made.ok('interaction', 'list', '--csv', ...args)).trim().split(/\r?\n/).slice(1)
    // Within a day the later one is first, and before them what has no time.
    expect(await rows('--columns', 'text')).toEqual(['third', 'second', 'first'])
    expect(await rows('--columns', 'client,text', '--sort', 'client,-at')).toEqual([
      'Pier,third',
      'Pier,second',
      'Quay,first',
    ])
    expect(await rows('--columns', 'minutes,no', '--sort', '-minutes')).toEqual([
      '50,2',
      '5,1',
      ',3',
    ])
    const screen = await made.ok('interaction', 'list', '--columns', 'day,what,person')
    expect(screen).toMatch(/Day +What +Person\n/)
    const refused = await runInside(made.folder, ['interaction', 'list', '--columns', 'tect'])
    expect(refused.err).toBe(
      'funnel: a list of interactions has no column “tect”\n  did you mean text?\n',
    )
    const sorted = await runInside(made.folder, ['interaction', 'list', '--sort', 'colour'])
    expect(sorted.err).toContain('there are at, time, kind')
  })
})

describe('a narrow screen', () => {
  it('leaves out columns of money last', async () => {
    const made = await filled()
    const words = ['deal', 'list', '--columns', 'title,client,stage-since,amount,owner,process']
    const { out } = await runInside(made.folder, words, { columns: 30 })
    expect(out).toContain('5,000')
    expect(out).toMatch(/not shown[^]*Owner/)
    expect(out).not.toMatch(/not shown[^]*Amount/)
  })
})
