import { rmSync } from 'node:fs'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Day } from '../../src/domain/day.ts'
import { CAUSES, type Item } from '../../src/reports/agenda/item.ts'
import { fitItems } from '../../src/reports/today.ts'
import { desk, newFolder } from '../support/funnel.ts'
import { type Inside, inside } from '../support/inside.ts'
import { onTerminal } from '../support/screen.ts'

const FOLDER = newFolder()
afterAll(() => rmSync(FOLDER, { recursive: true }))

function item(cause: Item['cause'], index: number): Item {
  const nothing = {
    client: null,
    clientId: null,
    deal: null,
    dealId: null,
    task: null,
    owner: null,
  }
  return {
    cause,
    key: `${cause}-${index}`,
    by: '2026-11-23' as Day,
    text: '',
    ...nothing,
    command: '',
  }
}

describe('one screen', () => {
  const lists = fc
    .tuple(...CAUSES.map(() => fc.nat(30)))
    .map((sizes) =>
      CAUSES.flatMap((cause, place) =>
        Array.from({ length: sizes[place] ?? 0 }, (_, index) => item(cause, index)),
      ),
    )

  it('is filled, in order, with a share for every cause and the rest for the urgent', () => {
    fc.assert(
      fc.property(lists, fc.integer({ min: 6, max: 60 }), (items, room) => {
        const shown = fitItems(items, room)
        expect(shown.length).toBe(Math.min(room, items.length))
        const positions = shown.map((one) => items.indexOf(one))
        expect(positions).toEqual(positions.toSorted((a, b) => a - b))
        const causes = CAUSES.filter((cause) => items.some((one) => one.cause === cause))
        for (const cause of causes) {
          const all = items.filter((one) => one.cause === cause)
          const some = shown.filter((one) => one.cause === cause)
          expect(some).toEqual(all.slice(0, some.length))
          const share = Math.min(all.length, Math.floor(room / causes.length))
          expect(some.length).toBeGreaterThanOrEqual(share)
        }
      }),
    )
  })
})

describe('funnel today', () => {
  it('has nothing to say in a new book', () => {
    const { ok, json } = desk()
    expect(ok('today')).toBe('Today, 2026-11-23\n\nNothing needs doing today.\n')
    expect(json('today')).toMatchObject({ as_of: '2026-11-23', items: [], totals: { items: 0 } })
  })

  it('shows one screen of many, says how many there are, and gives all to programs', () => {
    const { ok, json } = desk()
    ok('client', 'add', 'Acme')
    for (let count = 1; count <= 24; count += 1) {
      ok('task', 'add', `Ring ${count}`, '--due', '2026-11-20', '--client', '1')
    }
    const lines = ok('today').trimEnd().split('\n')
    expect(lines[1]).toBe('24 overdue')
    expect(lines.filter((line) => line.includes('funnel task done'))).toHaveLength(20)
    expect(lines.at(-1)).toBe('4 more: funnel today --limit 24')
    expect(ok('today', '--limit', '24')).not.toContain('more:')
    expect(json<{ items: unknown[] }>('today').items).toHaveLength(24)
    expect(json('today', '--limit', '3')).toMatchObject({ totals: { overdue: 24, items: 24 } })
  })

  it('names a command that deals with each line', () => {
    const { ok, json } = desk()
    ok('client', 'add', 'Acme', '--rating', 'A')
    ok('standard', 'set', 'a', '5')
    ok('deal', 'add', '1', 'Oven', '--on', '2026-10-01')
    ok('deal', 'add', '1', 'Hood', '--on', '2026-10-01', '--process', 'free')
    ok('deal', 'add', '1', 'Fan', '--process', 'plain', '--expected-close', '2026-11-20')
    ok('deal', 'add', '1', 'Door', '--stage', 'completion', '--on', '2026-10-01')
    ok('task', 'add', 'Ring', '--due', 'today')
    const commands = (): unknown[] =>
      json<{ items: { command: string }[] }>('today').items.map(({ command }) => command)
    expect(commands()).toEqual([
      'funnel advance 1',
      'funnel win 4',
      'funnel task done 3',
      'funnel deal edit 3 --expected-close DAY',
      'funnel move 2 STAGE',
    ])
    ok('advance', '1')
    ok('win', '4')
    ok('task', 'done', '3')
    ok('deal', 'edit', '3', '--expected-close', '+2w')
    ok('move', '2', 'proposal')
    expect(commands()).toEqual([
      'funnel task add "NEXT STEP" --deal 2 --due DAY',
      'funnel task add "NEXT STEP" --deal 3 --due DAY',
    ])
    for (const deal of ['2', '3']) ok('task', 'add', 'Ring', '--deal', deal, '--due', '+2w')
    expect(commands()).toEqual([])
  })

  it('is of one owner where that is asked for, and yours', () => {
    const { ok, json, run } = desk()
    ok('owner', 'add', 'Ann')
    ok('task', 'add', 'One', '--due', 'today', '--owner', 'Ann')
    expect(json('today', '--mine').totals).toMatchObject({ due: 1 })
    ok('owner', 'add', 'Bo')
    ok('task', 'add', 'Two', '--due', 'today', '--owner', 'Bo')
    ok('task', 'add', 'Three', '--due', 'today')
    expect(json('today').totals).toMatchObject({ due: 3 })
    expect(json('today', '--owner', 'bo').totals).toMatchObject({ due: 1 })
    expect(run('today', '--mine')).toMatchObject({ code: 2 })
    expect(run('today', '--mine').err).toContain(
      'link yourself: funnel owner edit NAME --user ann (or use --owner NAME)',
    )
    expect(run('task', 'list', '--mine', '--owner', 'bo')).toMatchObject({ code: 2 })
    const bo = desk({ env: { FUNNEL_OWNER: 'bo' } })
    bo.ok('owner', 'add', 'Ann')
    bo.ok('owner', 'add', 'Bo')
    bo.ok('task', 'add', 'Two', '--due', 'today', '--owner', 'Bo')
    expect(bo.ok('task', 'list', '--mine')).toContain('Two')
  })
})

/** Somebody's week: things late, due and to come, of every kind. */
async function busyWeek(): Promise<Inside> {
  const made = await inside(FOLDER, 'week')
  const { ok } = made
  await ok('owner', 'add', 'Ann')
  await ok('standard', 'set', 'A', '5')
  // Heard from last on 2 November, 21 days ago; Pier Nine, added today, has until the 28th.
  for (const client of ['Harbour Foods', 'Mole Inn']) {
    await ok('client', 'add', client, '--rating', 'A', '--owner', 'Ann')
    await ok('log', 'call', client, '--on', '2026-11-02')
  }
  await ok('client', 'add', 'Pier Nine', '--rating', 'A')
  for (const due of ['2026-11-20', '2026-11-21', '2026-11-23', '2026-11-26', '2026-11-27']) {
    await ok('task', 'add', `Ring on ${due}`, '--due', due)
  }
  for (const close of ['2026-11-19', '2026-11-24', '2026-11-29', '2026-11-30']) {
    const plain = ['--process', 'plain', '--expected-close', close]
    await ok('deal', 'add', 'Pier Nine', `Order by ${close}`, ...plain)
  }
  return made
}

interface Listed {
  items: { cause: string; text: string; client: string | null; command: string }[]
  totals: Record<string, number>
}

async function listed({ ok }: Inside, ...args: string[]): Promise<Listed> {
  return JSON.parse(await ok('today', ...args, '--json')) as Listed
}

describe('a week ahead', () => {
  let week: Inside

  beforeAll(async () => {
    week = await busyWeek()
  })

  it('has what comes up in its seven days, today among them', async () => {
    const { items, totals } = await listed(week, '--week')
    expect(totals).toEqual({
      overdue: 2,
      due: 1,
      expected: 1,
      stuck: 0,
      silent: 2,
      unplanned: 3,
      owed: 0,
      offered: 0,
      coming: 5,
      items: 14,
    })
    const coming = items.filter(({ cause }) => cause === 'coming').map(({ text }) => text)
    expect(coming).toEqual([
      'expected close',
      'Ring on 2026-11-26',
      'Ring on 2026-11-27',
      'no contact yet, standard A: 5',
      'expected close',
    ])
    const silent = items.filter(({ cause }) => cause === 'silent')
    expect(silent).toMatchObject([
      { client: 'Harbour Foods', text: 'no contact for 21 days, standard A: 5' },
      { client: 'Mole Inn', command: 'funnel log call 2' },
    ])
    expect(await week.ok('today', '--week')).toMatch(/^Today, 2026-11-23, and up to 2026-11-29$/m)
    // Of today alone nothing is to come.
    expect((await listed(week)).totals).toMatchObject({ overdue: 2, due: 1, coming: 0, items: 9 })
  })

  it('counts the same however few lines it shows', async () => {
    for (const span of [[], ['--week']]) {
      const { totals } = await listed(week, ...span)
      for (const limit of ['1', '2', '3', '4', '5']) {
        expect((await listed(week, ...span, '--limit', limit)).totals).toEqual(totals)
      }
    }
  })

  it('is of one owner where that is asked for, clients too', async () => {
    const { totals } = await listed(week, '--week', '--owner', 'Ann')
    expect(totals).toMatchObject({ overdue: 0, expected: 0, silent: 2, coming: 0 })
  })
})

describe('a deal over the limit of its stage', () => {
  it('is told to go on where the task of the stage is put off, or is told by that task', async () => {
    const made = await inside(FOLDER, 'stuck')
    const { ok } = made
    await ok('client', 'add', 'Harbour Foods')
    // In qualification, which has 14 days, for 22.
    await ok('deal', 'add', '1', 'Oven', '--on', '2026-11-01')
    const commands = async (): Promise<string[]> =>
      (await listed(made)).items.map(({ command }) => command)
    expect(await commands()).toEqual(['funnel advance 1'])
    expect((await listed(made)).items).toMatchObject([{ cause: 'overdue' }])
    await ok('task', 'postpone', '1', '--to', '2026-12-20')
    expect(await commands()).toEqual(['funnel advance 1'])
    expect((await listed(made)).items).toMatchObject([
      { cause: 'stuck', text: 'in Qualification for 22 days, limit 14' },
    ])
    // No stage has a limit any more: nothing is stuck.
    const stages = await ok('stage', 'list', '--json')
    for (const { name } of (JSON.parse(stages) as { stages: { name: string }[] }).stages) {
      for (const process of ['typical', 'free']) {
        await ok('process', 'edit', process, '--stage', name, '--limit', 'none')
      }
    }
    expect(await commands()).toEqual([])
  })
})

describe('on a narrow screen', () => {
  it('every line names the deal and its command, below each other where need be', async () => {
    const made = desk()
    made.ok('owner', 'add', 'Annabella Featherstonehaugh')
    made.ok('client', 'add', 'Harbour Foods', '--owner', '1')
    made.ok('deal', 'add', '1', 'Cold store', '--expected-close', '2026-11-20', '--owner', '1')
    made.ok('task', 'add', 'Ring about the price list', '--due', 'today', '--client', '1')
    for (const columns of [60, 80, 120, 160]) {
      const text = await onTerminal(made, ['today', '--no-color'], columns)
      expect(text).not.toContain('not shown')
      expect(text).toContain('funnel deal edit 1 --expected-close DAY')
      expect(text).toContain('funnel task done 2')
      expect(text).toContain('Harbour Foods, Cold store: expected')
      expect(text).toContain('Annabella')
      expect(text.split('\n').filter((line) => line.length > columns)).toEqual([])
    }
    expect(await onTerminal(made, ['today', '--no-color'], 60)).toMatchInlineSnapshot(`
      "Today, 2026-11-23
      1 due today · 1 past the expected close

      Late  What                                      Owner
      ────  ────────────────────────────────────────  ────────────
         0  Harbour Foods: Ring about the price list  Annabella F…
            funnel task done 2
         3  Harbour Foods, Cold store: expected       Annabella F…
            close passed
            funnel deal edit 1 --expected-close DAY
      "
    `)
  })

  it('still fits one screen, half as many where each takes two lines', async () => {
    const made = desk()
    made.ok('client', 'add', 'Harbour Foods')
    for (let count = 1; count <= 16; count += 1) {
      made.ok('deal', 'add', '1', `Cold store ${count}`, '--expected-close', '2026-11-20')
    }
    const lines = (await onTerminal(made, ['today', '--no-color'], 60)).split('\n')
    expect(lines.length).toBeLessThanOrEqual(24)
    expect(lines.filter((line) => line.includes('--expected-close DAY'))).toHaveLength(7)
    expect(lines).toContain('9 more: funnel today --limit 16')
  })

  it('still fits one screen where tasks are told at length', async () => {
    const made = desk()
    made.ok('client', 'add', 'Harbour Foods')
    const text = 'ask whether the second half of the cold store may come after Easter'
    for (let count = 1; count <= 10; count += 1) {
      made.ok('task', 'add', `${count}: ${text}`, '--client', '1', '--due', '2026-11-20')
    }
    const screen = await onTerminal(made, ['today', '--no-color'], 60)
    expect(screen.split('\n').length).toBeLessThanOrEqual(24)
    expect(screen).toContain('5 more: funnel today --limit 10')
    expect(screen.match(/come after\s+Easter/g)).toHaveLength(5)
  })
})
