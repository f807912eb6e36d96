import { rmSync } from 'node:fs'
import { afterAll, describe, expect, it } from 'vitest'
import { newFolder } from '../support/funnel.ts'
import { type Inside, inside, runInside } from '../support/inside.ts'

const FOLDER = newFolder()
afterAll(() => rmSync(FOLDER, { recursive: true }))

interface Listed {
  items: { cause: string; text: string; late: number | null; by: string | null; command: string }[]
  totals: Record<string, number>
}

async function listed({ ok }: Inside, ...args: string[]): Promise<Listed> {
  return JSON.parse(await ok('today', ...args, '--json')) as Listed
}

async function texts(made: Inside): Promise<string[]> {
  return (await listed(made)).items.map(({ text }) => text)
}

describe('a deal without a dated next step', () => {
  it('is on the list until it has one, however long it waited', async () => {
    const made = await inside(FOLDER, 'waiting')
    const { ok } = made
    await ok('client', 'add', 'Harbour Foods')
    await ok('process', 'edit', 'free', '--stage', 'qualification', '--limit', 'none')
    // From 31 December to 23 November: 327 days.
    await ok('deal', 'add', '1', 'Oven', '--process', 'free', '--on', '2025-12-31')
    await ok('deal', 'add', '1', 'Fan', '--process', 'plain', '--on', '2026-11-22')
    const { items, totals } = await listed(made)
    expect(items).toMatchObject([
      {
        cause: 'unplanned',
        text: 'no next step, in Qualification for 327 days',
        late: null,
        by: null,
        command: 'funnel task add "NEXT STEP" --deal 1 --due DAY',
      },
      { cause: 'unplanned', text: 'no next step, open for 1 day' },
    ])
    expect(totals).toMatchObject({ unplanned: 2, items: 2 })
    expect(await ok('today')).toContain('2 without a dated next step\n')
    // A task without a day is not enough.
    await ok('task', 'add', 'Ring', '--deal', '1')
    expect(await texts(made)).toHaveLength(2)
    await ok('task', 'postpone', '1', '--to', '2026-12-24')
    expect(await texts(made)).toEqual(['no next step, open for 1 day'])
    await ok('task', 'done', '1')
    expect(await texts(made)).toHaveLength(2)
    await ok('win', '1')
    await ok('lose', '2')
    expect(await ok('today')).toContain('Nothing needs doing today.')
  })

  it('is not told twice: past its expected close or over its limit it stands there', async () => {
    const made = await inside(FOLDER, 'once')
    const { ok } = made
    await ok('client', 'add', 'Harbour Foods')
    await ok('deal', 'add', '1', 'Late', '--process', 'plain', '--expected-close', '2026-11-20')
    await ok('deal', 'add', '1', 'Slow', '--process', 'free', '--on', '2026-01-01')
    await ok('deal', 'add', '1', 'Later', '--process', 'plain', '--expected-close', '2026-12-20')
    const { items, totals } = await listed(made)
    expect(items.map(({ cause }) => cause)).toEqual(['expected', 'stuck', 'unplanned'])
    expect(totals).toMatchObject({ expected: 1, stuck: 1, unplanned: 1, items: 3 })
    for (const limit of ['1', '2']) {
      expect((await listed(made, '--limit', limit)).totals).toEqual(totals)
    }
  })

  it('has no made-up waiting time where nobody knows since when it is open', async () => {
    const made = await inside(FOLDER, 'unknown')
    await made.ok('client', 'add', 'Harbour Foods')
    made.save('deals.csv', 'Client,Title,Stage\nHarbour Foods,Oven,Proposal\n')
    await made.ok('import', 'deals', 'deals.csv', '--yes', '--process', 'free')
    await made.ok('process', 'edit', 'free', '--stage', 'proposal', '--limit', 'none')
    const later = await runInside(made.folder, ['today'], { env: { FUNNEL_TODAY: '2026-12-01' } })
    expect(later.out).toMatch(/Oven: no next step, in Proposal( for 8 days)?/)
  })

  it('is told by its stage’s task where that has no day, with the command that sets one', async () => {
    const made = await inside(FOLDER, 'undated')
    const { ok } = made
    await ok('client', 'add', 'Harbour Foods')
    await ok('process', 'edit', 'typical', '--stage', 'qualification', '--limit', 'none')
    await ok('deal', 'add', '1', 'Oven')
    expect((await listed(made)).items).toMatchObject([
      { cause: 'unplanned', task: 1, command: 'funnel task postpone 1 --to DAY' },
    ])
    expect(await ok('today')).toContain(
      'Harbour Foods: Find out need, budget and who decides, no day set (Oven)',
    )
    await ok('task', 'postpone', '1', '--to', '2026-12-01')
    expect(await texts(made)).toEqual([])
  })

  it('is its owner’s, and of the clients that are chosen', async () => {
    const made = await inside(FOLDER, 'whose')
    const { ok } = made
    for (const owner of ['Ann', 'Bo']) await ok('owner', 'add', owner)
    await ok('client', 'add', 'Harbour Foods', '--region', 'North', '--owner', 'Ann')
    await ok('client', 'add', 'Pier Nine', '--region', 'South', '--owner', 'Bo')
    await ok('deal', 'add', '1', 'Oven', '--process', 'plain')
    await ok('deal', 'add', '2', 'Fan', '--process', 'plain')
    expect((await listed(made, '--owner', 'bo')).items).toMatchObject([{ deal: 'Fan' }])
    expect((await listed(made, '--owner', 'none')).totals).toMatchObject({ unplanned: 0 })
    expect((await listed(made, '--where', 'region=North')).items).toMatchObject([{ deal: 'Oven' }])
  })
})

describe('a week', () => {
  it('has weekdays and days, where today alone has days late', async () => {
    const made = await inside(FOLDER, 'days')
    const { ok, folder } = made
    await ok('client', 'add', 'Acme')
    await ok('task', 'add', 'Ring', '--due', '2026-11-20')
    await ok('task', 'add', 'Write', '--due', 'today')
    await ok('task', 'add', 'Visit', '--due', '2026-11-27')
    await ok('deal', 'add', '1', 'Oven', '--process', 'plain')
    expect(await ok('today', '--week')).toBe(
      [
        'Today, 2026-11-23, and up to 2026-11-29',
        '1 overdue · 1 due today · 1 without a dated next step · 1 coming',
        '',
        'When         Day         What                            Do',
        '3 days late  2026-11-20  Ring                            funnel task done 1',
        'today        2026-11-23  Write                           funnel task done 2',
        'no day set   –           Acme, Oven: no next step, open  funnel task add "NEXT STEP" --deal 1 --due DAY',
        'Friday       2026-11-27  Visit                           funnel task done 3',
        '',
      ].join('\n'),
    )
    expect((await listed(made, '--week')).items.map(({ late }) => late)).toEqual([3, 0, null, -4])
    const { out } = await runInside(folder, ['today', '--week', '--no-color'], { columns: 80 })
    expect(out).not.toMatch(/ -\d/)
    expect(out).toMatchInlineSnapshot(`
      "Today, 2026-11-23, and up to 2026-11-29
      1 overdue · 1 due today · 1 without a dated next step · 1 coming

      When         Day         What
      ───────────  ──────────  ──────────────────────────────
      3 days late  2026-11-20  Ring
                               funnel task done 1
      today        2026-11-23  Write
                               funnel task done 2
      no day set   –           Acme, Oven: no next step, open
                               funnel task add "NEXT STEP" --deal 1 --due DAY
      Friday       2026-11-27  Visit
                               funnel task done 3
      "
    `)
  })
})
