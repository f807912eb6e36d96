import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type InsideOutcome, runInside } from '../support/inside.ts'

let folder: string
const funnel = (...args: string[]): Promise<InsideOutcome> => runInside(folder, args)

/** A deal's number, as `deal show` finds it; what it says where it finds none or several. */
async function found(...text: string[]): Promise<number | string> {
  const { code, out, err } = await funnel('deal', 'show', ...text, '--json')
  return code === 0 ? (JSON.parse(out) as { id: number }).id : err
}

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'funnel-'))
  const lines = [
    ['init', '--currency', 'EUR', '--timezone', 'UTC'],
    ['client', 'add', 'Harbour Foods'],
    ['client', 'add', 'Nord Bäckerei GmbH'],
    ['client', 'add', 'Müller: Söhne'],
    ['deal', 'add', 'Harbour', 'Cold store', '--amount', '12000'], // 1
    ['deal', 'add', 'Harbour', 'Boiler', '--on', '2026-01-10'], // 2, won
    ['deal', 'add', 'Harbour', 'Boiler', '--on', '2026-03-10'], // 3, lost
    ['deal', 'add', 'Harbour', 'Boiler'], // 4, open
    ['deal', 'add', 'Nord', 'Oven: second hall', '--ref', 'A-7'], // 5
    ['deal', 'add', 'Nord', 'Cold store'], // 6
    ['deal', 'add', 'Müller', 'Crane 2026'], // 7
    ['deal', 'add', 'Nord', 'Crane 2025', '--on', '2025-05-05'], // 8, won
    ['win', '2', '--on', '2026-02-01'],
    ['lose', '3', '--on', '2026-04-01', '--reason', 'too expensive'],
    ['win', '8', '--on', '2025-06-01'],
  ]
  for (const line of lines) {
    const { code, err } = await funnel(...line)
    if (code !== 0) throw new Error(`${line.join(' ')}: ${err}`)
  }
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('a deal is named by its title and its client', () => {
  it.each([
    ['1', 1],
    ['#5', 5],
    ['A-7', 5],
    ['harbour cold store', 1],
    ['store COLD harbour', 1],
    ['Harbour Foods: Cold store', 1],
    ['harbour: cold', 1],
    ['Harbour Foods, cold store', 1],
    ['nord cold', 6],
    ['bäckerei cold', 6],
    ['oven: second', 5],
    ['nord: oven: second hall', 5],
    ['müller: söhne: crane', 7],
    ['hall nord', 5],
    ['crane 2025', 8],
  ])('%s', async (text, id) => {
    expect(await found(text)).toBe(id)
  })

  it('lists what fits with client, stage and status, open ones first', async () => {
    expect(await found('harbour boiler')).toBe(
      'funnel: “harbour boiler” fits more than one deal:\n' +
        '  4  Harbour Foods: Boiler (Qualification, open)\n' +
        '  2  Harbour Foods: Boiler (Qualification, won)\n' +
        '  3  Harbour Foods: Boiler (Qualification, lost)\n' +
        '  give its number, or client and title: "CLIENT: TITLE"\n',
    )
    expect(await found('cold store')).toContain('  6  Nord Bäckerei GmbH: Cold store (')
  })

  it('says where none fits', async () => {
    expect(await found('harbour crane')).toContain('there is no deal “harbour crane”')
    expect(await found('77')).toContain('there is no deal “77”')
  })

  it('finds it by an earlier name of its client', async () => {
    await funnel('client', 'add', 'Hafenkost')
    await funnel('deal', 'add', 'Hafenkost', 'Scales')
    await funnel('client', 'merge', 'Hafenkost', 'Harbour Foods', '--yes')
    expect(await found('hafenkost scales')).toBe(9)
    await funnel('undo')
  })
})

describe('a command that wants an open deal takes the only open one that fits', () => {
  it('and says which one it is', async () => {
    const { out, err } = await funnel('advance', 'boiler', '--no-input', '--json')
    expect(JSON.parse(out)).toMatchObject({ deal: 4, status: 'open' })
    expect(err).toContain('“boiler”: the only open deal that fits is 4 (Harbour Foods: Boiler)\n')
    await funnel('undo')
  })

  it('but never where two are open, or none', async () => {
    const two = await funnel('win', 'cold store')
    expect(two.code).toBe(3)
    expect(two.err).toContain('fits more than one deal')
    const closed = await funnel('win', 'crane 2025')
    expect(closed.code).toBe(1)
    expect(closed.err).toContain('deal 8 (Crane 2025) was won on 2025-06-01')
  })

  it('and one that wants a closed deal the only closed one', async () => {
    const { out } = await funnel('reopen', 'crane', '--json')
    expect(JSON.parse(out)).toMatchObject({ deal: 8, status: 'open' })
    await funnel('undo')
    const several = await funnel('reopen', 'boiler')
    expect(several.err).toMatch(/boiler”.*\n {2}2 .*\n {2}3 .*\n {2}4 /)
  })

  it('in log and task add as well, and log looks at the client’s own deals', async () => {
    const logged = await funnel('log', 'call', 'nord', 'rang', '--deal', 'cold', '--json')
    expect(JSON.parse(logged.out)).toMatchObject({ client: 2, deal: 6 })
    const { code, out } = await funnel('task', 'add', 'Ring', '--deal', 'boiler', '--json')
    expect([code, (JSON.parse(out) as { task: number }).task > 0]).toEqual([0, true])
    const list = await funnel('task', 'list', 'ring', '--json')
    expect(JSON.parse(list.out)).toMatchObject({ tasks: [{ text: 'Ring', deal_id: 4 }] })
  })
})
