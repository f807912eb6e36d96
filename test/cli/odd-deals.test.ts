import { describe, expect, it } from 'vitest'
import { runInside } from '../support/inside.ts'
import { importsInside } from '../support/imports.ts'

describe('a deal whose values are rather a slip', () => {
  it('is kept, and stderr says what is odd about it', async () => {
    const { ok, folder } = await importsInside()
    await ok('client', 'add', 'Pier')
    const say = async (...args: string[]): Promise<[number | null, string[]]> => {
      const { code, err } = await runInside(folder, args)
      return [code, err.split('\n').filter((line) => line.startsWith('warning'))]
    }
    expect(await say('deal', 'add', 'pier', 'Crane', '--amount', '100')).toEqual([0, []])
    expect(await say('deal', 'add', 'pier', 'crane')).toEqual([
      0,
      ['warning: deal 2: open deal 1 has the same client and title'],
    ])
    expect(await say('deal', 'edit', '1', '--cost', '100')).toEqual([0, []])
    expect(await say('deal', 'edit', '1', '--cost', '101')).toEqual([
      0,
      ['warning: deal 1: it costs more than it brings'],
    ])
    // Today is 23 November 2026.
    for (const [day, isOdd] of [
      ['2025-11-23', false],
      ['2025-11-22', true],
      ['2031-11-23', false],
      ['2031-11-24', true],
    ] as const) {
      const [code, said] = await say('deal', 'edit', '2', '--expected-close', day)
      expect([day, code, said.length]).toEqual([day, 0, isOdd ? 1 : 0])
    }
    await ok('win', '1')
    expect(await say('deal', 'edit', '2', '--title', 'Crane ')).toEqual([0, []])
  })

  it('is counted at import', async () => {
    const { bring } = await importsInside()
    const { created, notes } = await bring(
      'deals',
      [
        'ref,client,title,outcome,opened,expected-close,amount,cost',
        '1,Pier,Crane,open,2026-11-02,2019-01-01,100,50',
        '2,Pier,Crane,open,2026-11-03,2027-01-01,100,150',
        '3,Pier,Winch,won,2026-11-03,2019-01-01,100,100',
        '4,Quay,Crane,open,2026-11-03,2099-01-01,100,',
      ],
      '--create',
      'clients',
    )
    expect(created).toBe(4)
    expect(notes).toEqual(
      expect.arrayContaining([
        '1 deal costs more than it brings (row 3)',
        '2 deals are expected to close over a year ago or over five years ahead (rows 2, 5)',
        '2 open deals have client and title of another open one: the same deal twice? (rows 2, 3)',
      ]),
    )
  })
})
