import { spawnSync } from 'node:child_process'
import { cpSync, rmSync } from 'node:fs'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { run } from '../../src/main.ts'
import { BINARY, desk, type Desk, emptyDesk, newFolder, TODAY } from '../support/funnel.ts'
import { onTerminal } from '../support/screen.ts'

/** Ten deals: 3 won for 9,000, 4 lost for 7,000, 3 open for 6,000.50; worked out by hand below. */
function fill(made: Desk): void {
  made.ok('owner', 'add', 'Ann')
  for (const name of ['Harbour Foods', 'Pier Nine', '東京貿易']) made.ok('client', 'add', name)
  const open = (client: string, on: string, amount: string, ...more: string[]): void => {
    made.ok('deal', 'add', client, 'Order', '--amount', amount, '--on', on, ...more)
  }
  // Won: 1 in September with a cost, 2 in October.
  for (const [id, closed, amount] of [
    ['1', '2026-09-10', '4000'],
    ['2', '2026-10-02', '3000'],
    ['3', '2026-10-20', '2000'],
  ] as const) {
    open('harbour', '2026-08-01', amount, ...(id === '1' ? ['--cost', '2500'] : []))
    made.ok('win', id, '--on', closed)
  }
  // Lost: 2 in qualification, 1 in meeting preparation, 1 in presentation.
  for (const [id, amount, steps] of [
    ['4', '1000', 0],
    ['5', '1000', 0],
    ['6', '2000', 1],
    ['7', '3000', 2],
  ] as const) {
    open('pier', '2026-08-02', amount)
    for (let step = 0; step < steps; step += 1) made.ok('advance', id, '--on', '2026-08-10')
    made.ok('lose', id, '--reason', 'no need', '--on', '2026-10-05')
  }
  // Open: 2 in qualification (limit 14 days; 53 and 3 days), 1 in meeting preparation for 3 days.
  open('東京', '2026-10-01', '1000')
  open('東京', '2026-11-20', '2000.50', '--owner', 'Ann')
  open('pier', '2026-11-01', '3000')
  made.ok('advance', '10', '--on', '2026-11-20')
}

const FILLED = newFolder()

beforeAll(() => fill(desk({ apart: true }, FILLED)))
afterAll(() => rmSync(FILLED, { recursive: true }))

/** A copy of that book. */
function tenDeals(): Desk {
  const made = emptyDesk()
  cpSync(FILLED, made.folder, { recursive: true })
  return made
}

describe('reports as JSON', () => {
  it('keep to the contract: closed', () => {
    const closed = tenDeals().json('report', 'closed', '--period', '2026-Q4')
    // Closed from October on: 2 won (5,000), 4 lost (7,000).
    expect(closed).toMatchObject({
      period: { from: '2026-10-01', to: '2026-12-31' },
      currency: 'EUR',
      totals: {
        deals: 6,
        won: 2,
        lost: 4,
        win_rate: 2 / 6,
        amount_won: 5000,
        amount_lost: 7000,
        profit_won: 5000,
      },
    })
    const stages = closed.stages as Record<string, unknown>[]
    expect(stages).toHaveLength(9)
    expect(stages[0]).toEqual({
      stage: 'Qualification',
      reached: 6,
      passed: 4,
      lost: 2,
      step: 4 / 6,
      overall: 1,
      amount_reached: 12_000,
      amount_passed: 10_000,
      amount_lost: 2000,
      amount_step: 10 / 12,
      amount_overall: 1,
    })
    expect(stages[2]).toMatchObject({ reached: 3, passed: 2, lost: 1, amount_lost: 3000 })
    expect(stages[8]).toMatchObject({ reached: 2, passed: 2, lost: 0, step: 1, overall: 2 / 6 })
  })

  it('keep to the contract: open', () => {
    const open = tenDeals().json('report', 'open')
    expect(open).toMatchObject({
      as_of: TODAY,
      currency: 'EUR',
      totals: { deals: 3, clients: 2, amount: 6000.5, overdue: 1 },
    })
    expect((open.stages as unknown[]).slice(0, 3)).toMatchObject([
      {
        stage: 'Qualification',
        deals: 2,
        clients: 1,
        amount: 3000.5,
        profit: 3000.5,
        probability: 0.1,
        weighted: 300.05,
        median_days: 28,
        overdue: 1,
      },
      {
        stage: 'Meeting preparation',
        deals: 1,
        clients: 1,
        amount: 3000,
        profit: 3000,
        probability: 0.15,
        weighted: 450,
        median_days: 3,
        overdue: 0,
      },
      {
        stage: 'Presentation',
        deals: 0,
        clients: 0,
        amount: 0,
        profit: 0,
        probability: null,
        weighted: 0,
        median_days: null,
        overdue: 0,
      },
    ])
  })

  it('as of an earlier day count only what had happened by then', () => {
    const { json } = tenDeals()
    // On 4 October deals 1 and 2 were won, none lost; 3 to 8 were open.
    expect(json('report', 'closed', '--period', 'all', '--as-of', '2026-10-04')).toMatchObject({
      totals: { deals: 2, won: 2, lost: 0, amount_won: 7000 },
    })
    expect(json('report', 'open', '--as-of', '2026-10-04')).toMatchObject({
      as_of: '2026-10-04',
      totals: { deals: 6, amount: 10_000 },
    })
    expect(json('report', 'open', '--as-of', '2026-07-31')).toMatchObject({ stages: [] })
  })

  it('are narrowed by owner, process and source', () => {
    const { json } = tenDeals()
    expect(json('report', 'open', '--owner', 'ann')).toMatchObject({
      filters: { owner: 'Ann' },
      totals: { deals: 1, amount: 2000.5 },
    })
    expect(json('report', 'open', '--process', 'plain')).toMatchObject({ totals: { deals: 0 } })
    expect(json('report', 'open', '--source', 'web')).toMatchObject({ totals: { deals: 0 } })
  })

  it('keep to the contract: the weighted pipeline', () => {
    const { json, ok } = tenDeals()
    // Seven closed deals are too few: the template speaks, 3,000.50 × 10 % + 3,000 × 15 %.
    expect(json('forecast', '--weighted', '--measure', 'amount')).toMatchObject({
      as_of: TODAY,
      measure: 'amount',
      currency: 'EUR',
      method: 'weighted-template',
      history: { closed: 7, won: 3 },
      backtest: null,
      periods: [],
      total: { mean: 750.05, p10: null, p50: null, p90: null },
      parts: { open: 750.05, new: null },
      won_so_far: null,
      totals: { mean: 750.05, weighted_own: null },
    })
    for (const id of ['8', '9']) ok('win', id)
    ok('deal', 'add', 'pier', 'Small', '--process', 'plain', '--amount', '10')
    ok('win', '11')
    // From ten closed deals on the book teaches its own.
    expect(json('forecast', '--weighted')).toMatchObject({
      method: 'weighted-own',
      chance_by: 'stage',
      history: { closed: 10, won: 6 },
    })
  })
})

describe('screens', () => {
  it('have colour on a terminal unless it is unwanted', async () => {
    const made = tenDeals()
    const args = ['report', 'closed']
    const coloured = await onTerminal(made, args, 100)
    await expect(coloured).toMatchFileSnapshot('../golden/closed-colour.golden')
    expect(coloured).toContain('\u001b[32m')
    expect(await onTerminal(made, args, 100, { NO_COLOR: '1' })).not.toContain('\u001b')
    expect(await onTerminal(made, args, 100, { TERM: 'dumb' })).not.toMatch(/[\u001b█▒─┤]/)
    // Colour only adds: without it the text is the same.
    const plain = await onTerminal(made, [...args, '--no-color'], 100)
    expect(coloured.replaceAll(/\u001b\[\d+m/g, '')).toBe(plain)
  })

  it('line up whatever the script', async () => {
    const made = tenDeals()
    made.ok('client', 'add', 'Завод', '--region', 'Север')
    made.ok('client', 'add', 'ร้านอาหาร', '--region', 'ใต้')
    made.ok('client', 'add', '🚢 Boats', '--region', '🌊')
    await expect(await onTerminal(made, ['client', 'list', '--no-color'], 80)).toMatchFileSnapshot(
      '../golden/clients-80.golden',
    )
  })
})

/** What a command writes, to stdout and stderr in their order. */
async function written({ folder }: Desk, args: string[]): Promise<string> {
  let text = ''
  const out = { write: (part: string | Uint8Array) => (text += String(part)) }
  await run(args, {
    stdin: Readable.from([]),
    stdout: out,
    stderr: out,
    env: { FUNNEL_TODAY: TODAY },
    cwd: folder,
    now: () => new Date(`${TODAY}T12:00:00Z`),
  })
  return text
}

describe('what comes next', () => {
  it('is said after what was done', async () => {
    const made = desk()
    for (const words of ['stage add Trial', 'process add Quick --kind plain']) {
      expect(await written(made, words.split(' '))).toMatch(/^added .*\nnext: funnel .*\n$/)
    }
  })
})

describe('a note of several lines', () => {
  it('stands below itself in the card, on a terminal and in a pipe', async () => {
    const made = desk()
    const note = 'Rings in the morning.\n\nOwner: her brother'
    made.ok('client', 'add', 'Harbour Foods', '--note', note)
    const told = '\nNote: Rings in the morning.\n  Owner: her brother\nAdded: '
    expect(made.ok('client', 'show', '1')).toContain(told)
    expect(await onTerminal(made, ['client', 'show', '1', '--no-color'], 80)).toContain(told)
  })
})

describe('pipes', () => {
  it('get no colour, no lines and nothing cut', () => {
    const made = tenDeals()
    const long = `A very long name of a client ${'and longer '.repeat(12)}`.trim()
    made.ok('client', 'add', long)
    const text = made.ok('client', 'list')
    expect(text).toContain(long)
    expect(text).not.toMatch(/[\u001b─│…]/)
  })

  it('get CSV that a parser reads, with the same figures', () => {
    const { ok, json } = tenDeals()
    const lines = ok('report', 'closed', '--period', '2026-Q4', '--csv').split('\r\n')
    expect(lines[0]).toBe(
      'stage,reached,passed,lost,step,overall,amount_reached,amount_passed,amount_lost,' +
        'amount_step,amount_overall',
    )
    const [first] = json<{ stages: Record<string, unknown>[] }>(
      'report',
      'closed',
      '--period',
      '2026-Q4',
    ).stages
    const cells = (lines[1] ?? '').split(',')
    expect(cells.slice(0, 6).map((cell, at) => (at === 0 ? cell : Number(cell)))).toEqual(
      Object.values(first ?? {}).slice(0, 6),
    )
    expect(cells[6]).toBe('12000.00')
  })

  it('that close early are a quiet end', () => {
    const made = tenDeals()
    const done = spawnSync(
      'bash',
      ['-c', `"${process.execPath}" "${BINARY}" client list | head -n 1`],
      {
        cwd: made.folder,
        encoding: 'utf8',
        env: { PATH: process.env.PATH, HOME: made.folder },
      },
    )
    expect(done.stderr).toBe('')
  })

  it('get nothing from --quiet but data', () => {
    const { ok } = tenDeals()
    expect(ok('client', 'add', 'Silent', '--quiet')).toBe('')
    expect(ok('client', 'list', 'silent', '--quiet', '--csv')).toContain('Silent')
  })
})

describe('the version', () => {
  it('is that of package.json', async () => {
    const { default: manifest } = await import('../../package.json', { with: { type: 'json' } })
    const { ok } = desk()
    expect(ok('--version')).toBe(`${manifest.version}\n`)
    expect(ok('-V')).toBe(`${manifest.version}\n`)
    expect(ok('--version', '--no-color')).toBe(`${manifest.version}\n`)
  })
})
