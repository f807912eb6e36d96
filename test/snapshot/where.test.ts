import { beforeAll, describe, expect, it } from 'vitest'
import { call } from '../support/call.ts'
import { newFolder } from '../support/funnel.ts'

const folder = newFolder()

async function funnel(args: string[], env = {}): Promise<string> {
  const { code, out, err } = await call(folder, args, env)
  if (code !== 0) throw new Error(`${args.join(' ')}: ${err}`)
  return out
}

interface Page {
  won: { client: string }[]
  overdue: { task: string }[]
  totals: Record<string, number>
}

const page = async (...args: string[]): Promise<Page> =>
  JSON.parse(await funnel(['snapshot', '--json', ...args])) as Page

// The week before Monday 2026-11-23: North won 900 and has 5,000 open, South has 70 open.
beforeAll(async () => {
  const live = async (today: string, lines: string[][]): Promise<void> => {
    for (const line of lines) await funnel(line, { FUNNEL_TODAY: today })
  }
  await live('2026-10-05', [
    ['init', '--currency', 'EUR', '--timezone', 'UTC'],
    ['client', 'add', 'Pier Nine', '--region', 'North'],
    ['client', 'add', 'Quay Two', '--region', 'South'],
    ['deal', 'add', 'pier', 'Winch', '--amount', '900', '--on', '2026-10-01'],
    ['deal', 'add', 'pier', 'Crane', '--amount', '5000', '--on', '2026-10-02'],
    ['deal', 'add', 'quay', 'Hook', '--amount', '70', '--on', '2026-10-03'],
    ['task', 'add', 'Ask the pier', '--client', 'pier', '--due', '2026-11-20'],
    ['task', 'add', 'Ask the quay', '--client', 'quay', '--due', '2026-11-20'],
    ['segment', 'add', 'south', '--where', 'region=South'],
  ])
  await live('2026-11-18', [['win', '1', '--on', '2026-11-17']])
})

describe('a snapshot of some clients', () => {
  it('has their deals and tasks alone, and says whose they are', async () => {
    const north = await page('--where', 'region=North')
    expect(north.totals).toMatchObject({ won: 1, amount_won: 900, open: 1, open_amount: 5000 })
    expect(north.won.map(({ client }) => client)).toEqual(['Pier Nine'])
    const own = (tasks: { task: string }[]) =>
      tasks.map(({ task }) => task).filter((task) => task.startsWith('Ask'))
    expect(own(north.overdue)).toEqual(['Ask the pier'])
    const south = await page('--segment', 'south')
    expect(south.totals).toMatchObject({ won: 0, open: 1, open_amount: 70 })
    expect(own(south.overdue)).toEqual(['Ask the quay'])
    const all = await page()
    expect(all.totals.open_amount).toBe(5070)
    expect(await funnel(['snapshot', '--where', 'region=North'])).toContain('where: region=North')
  })

  it('is left out by --if-changed where nothing happened to them', async () => {
    const last = ['snapshot', '--period', 'last-week', '--if-changed']
    expect(await funnel([...last, '--where', 'region=North'])).toContain('1 won')
    expect(await funnel([...last, '--where', 'region=South'])).toBe('')
    expect(await funnel([...last, '--owner', 'none', '--where', 'region=North'])).toContain('1 won')
  })
})
