import { existsSync, writeFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { openBook } from '../../src/book/open.ts'
import { toMarkdown } from '../../src/render/markdown.ts'
import { PALETTE, toMailHtml } from '../../src/render/mail-html.ts'
import { type SnapshotRequest, snapshotReport } from '../../src/snapshot/index.ts'
import type { Report } from '../../src/domain/table.ts'
import { call } from '../support/call.ts'
import { day } from '../support/book.ts'
import { newFolder } from '../support/funnel.ts'
import { atTerminal } from '../support/terminal.ts'

const folder = newFolder()
const NASTY = '<b>Pier|Nine</b> & "Söhne" `x` *y*'

interface Page {
  as_of: string
  won: Record<string, unknown>[]
  lost: Record<string, unknown>[]
  open: Record<string, unknown>[]
  stuck: Record<string, unknown>[]
  expected: { what: string; mean: number; p10: number | null; p90: number | null }[]
  to_call: Record<string, unknown>[]
  overdue: Record<string, unknown>[]
  totals: Record<string, number | null>
}

async function page(...args: string[]): Promise<Page> {
  const { out, err, code } = await call(folder, ['snapshot', '--json', ...args])
  if (code !== 0) throw new Error(err)
  return JSON.parse(out) as Page
}

// The week 2026-W47 is 16 to 22 November; tests are lived on Monday the 23rd.
beforeAll(async () => {
  const live = async (today: string, lines: string[][]): Promise<void> => {
    for (const args of lines) {
      const { code, err } = await call(folder, args, { FUNNEL_TODAY: today })
      if (code !== 0) throw new Error(`${args.join(' ')}: ${err}`)
    }
  }
  await live('2026-10-10', [
    ['init', '--currency', 'EUR', '--timezone', 'UTC'],
    ['standard', 'set', 'A', '14'],
    ['client', 'add', NASTY, '--rating', 'A', '--phone', '+49 30 1234567'],
    ['deal', 'add', '1', 'Winch', '--amount', '900', '--cost', '500'],
    ['task', 'add', 'Ask', '--due', '2026-11-22', '--client', '1'],
    ['task', 'add', 'Not yet', '--due', '2026-11-23'],
  ])
  await live('2026-11-18', [
    ['log', 'call', '1', 'hello', '--on', '2026-11-01', '--result', 'reached'],
    ['deal', 'add', '1', 'Crane', '--amount', '5000', '--on', '2026-11-05'],
    ['deal', 'add', '1', 'Hook', '--amount', '70', '--on', '2026-11-10'],
    ['deal', 'add', '1', 'Rope', '--amount', '30'],
    ['win', '1', '--on', '2026-11-16'],
  ])
  await live('2026-11-22', [['lose', '3', '--reason', 'no need']])
})

describe('funnel snapshot', () => {
  it('says what was won and lost in the last week, and what changed since the one before', async () => {
    const { as_of, won, lost, open, totals } = await page()
    expect(as_of).toBe('2026-11-22')
    expect(won).toMatchObject([{ deal: 'Winch', client: NASTY, amount: 900, profit: 400 }])
    expect(lost).toMatchObject([{ deal: 'Hook', reason: 'no need', stage: 'Qualification' }])
    expect(open.find(({ stage }) => stage === 'Qualification')).toMatchObject({
      // Crane and Rope; a week before Winch, Crane and Hook.
      deals: 2,
      deals_change: -1,
      amount: 5030,
      amount_change: 5030 - 5970,
    })
    expect(totals).toMatchObject({
      won: 1,
      lost: 1,
      win_rate: 0.5,
      amount_won: 900,
      profit_won: 400,
      opened: 1,
      open: 2,
      open_change: -1,
      open_amount_change: -940,
      stuck: 1,
      to_call: 1,
      overdue: 2,
    })
  })

  it('says who must be called, what is stuck and what is overdue on the day it is read', async () => {
    const { stuck, to_call: calls, overdue } = await page()
    // In the first stage since 5 November, where 14 days are allowed: over since the 20th.
    expect(stuck).toMatchObject([{ deal: 'Crane', days: 17, limit: 14, new: true }])
    expect(calls).toMatchObject([{ phone: '+49 30 1234567', last_contact: '2026-11-01', late: 8 }])
    expect(overdue.map(({ task, late }) => [task, late])).toEqual([
      ['Find out need, budget and who decides', 4],
      ['Ask', 1],
    ])
  })

  it('is the same when a week is looked back at', async () => {
    const then = await page('--as-of', '2026-11-23')
    expect(await page('--period', '2026-W47')).toEqual(then)
    const week = await page('--period', 'this-week', '--as-of', '2026-11-18')
    expect(week.totals).toMatchObject({ won: 1, lost: 0, open: 3, stuck: 0, to_call: 1 })
  })

  it('adds what was won this month to what is still to come', async () => {
    const { expected } = await page()
    const [sofar, coming, sum] = expected
    expect(sofar).toMatchObject({ mean: 400, p10: null })
    expect(sum?.what).toBe('by 2026-11-30')
    expect(sum?.mean).toBeCloseTo(400 + (coming?.mean ?? 0), 2)
    expect(sum?.p90).toBeCloseTo(400 + (coming?.p90 ?? 0), 2)
    const forecast = await call(folder, [
      'forecast',
      '--as-of',
      '2026-11-22',
      '--horizon',
      '2026-11-30',
      '--json',
    ])
    const { total } = JSON.parse(forecast.out) as { total: { mean: number } }
    expect(coming?.mean).toBe(total.mean)
  })

  it.each([[[]], [['--out', '-']]])('has its colours at a real terminal: %j', async (more) => {
    const terminal = atTerminal(folder, ['snapshot', ...more])
    expect(await terminal.ended).toBe(0)
    const text = terminal.written()
    expect(text).toMatch(/^\u001B\[1mFunnel, 2026-W47[^\n]*\u001B\[22m\r\n/)
    // No code has lost what makes it one.
    expect(text.replaceAll(/\u001B\[\d+m/g, '')).not.toMatch(/\u001B|\[\d+m/)
  })

  it('needs a period that has begun and ends', async () => {
    for (const period of ['all', '2027', '2026-07-01..']) {
      expect(await call(folder, ['snapshot', '--period', period])).toMatchObject({ code: 2 })
    }
  })

  it('refuses names of files that it cannot write', async () => {
    for (const name of ['x.docx', 'x.pdf', 'x.PDF', 'x.xlsx']) {
      const got = await call(folder, ['snapshot', '--out', name])
      expect([name, got.code]).toEqual([name, 2])
      expect(got.err).toContain('name the file .txt, .md, .html')
      expect(existsSync(`${folder}/${name}`)).toBe(false)
    }
    expect(await call(folder, ['snapshot', '--out', 'x.txt'])).toMatchObject({ code: 0 })
  })

  it('keeps a day of its title in one line of the mail', async () => {
    const html = toMailHtml(await made(folder))
    const title = /<h1[^>]*>(.*?)<\/h1>/.exec(html)?.[1] ?? ''
    for (const part of ['2026-W47', '2026-11-16', '2026-11-22']) {
      expect(title).toContain(`<span style="white-space:nowrap;">${part}</span>`)
    }
  })

  it('names the owner with whom most is lost, where no stage is worse than a year ago', async () => {
    const other = newFolder()
    // As many pass in both years; in the second it is Bo with whom few do.
    const passing = { Ann: 30, Bo: 10 }
    const deals = ['2025-01-15', '2026-03-02'].flatMap((closed, year) =>
      Object.entries(passing).flatMap(([owner, won]) =>
        Array.from({ length: 40 }, (_, index) => {
          const outcome = index < (year === 0 ? 20 : won) ? 'won' : 'lost'
          const title = `Winch ${year}-${owner}-${index}`
          return `Pier,${title},Proposal,${outcome},2025-01-02,${closed},100,${owner}`
        }),
      ),
    )
    const header = 'Client,Title,Stage,Status,Opened,Closed,Amount,Owner'
    writeFileSync(`${other}/deals.csv`, [header, ...deals].join('\n'))
    await call(other, ['init', '--currency', 'EUR', '--timezone', 'UTC'])
    await call(other, ['import', 'deals', 'deals.csv', '--create', 'all'])
    const { head, notes } = await made(other)
    // 40 × (75 % − 25 %) × 100.
    expect(head.bottleneck).toMatch(
      /^Proposal → Decision, Bo: 25% pass, 75% with the others; about 2,000 a year\./,
    )
    expect(notes.join(' ')).not.toContain('Bottleneck:')
    const by = ['--as-of', '2026-11-22', '--by', 'owner', '--json']
    const report = await call(other, ['report', 'bottlenecks', ...by])
    expect(JSON.parse(report.out).rows[0].sentence).toBe(head.bottleneck)
  })

  it('names the stage that costs most, where that is beyond chance', async () => {
    const none = await made(folder)
    expect(none.head).toMatchObject({ bottleneck: null })
    expect(none.notes).toContain('Bottleneck: too few deals closed within a year to tell.')
    const other = newFolder()
    const deals = ['2025-01-15', '2026-03-02'].flatMap((closed, year) =>
      Array.from({ length: 40 }, (_, index) => {
        const outcome = index < (year === 0 ? 30 : 10) ? 'won' : 'lost'
        return `Pier,Winch ${year}-${index},Proposal,${outcome},2025-01-02,${closed},100`
      }),
    )
    writeFileSync(
      `${other}/deals.csv`,
      ['Client,Title,Stage,Status,Opened,Closed,Amount', ...deals].join('\n'),
    )
    await call(other, ['init', '--currency', 'EUR', '--timezone', 'UTC'])
    await call(other, ['import', 'deals', 'deals.csv', '--create', 'clients'])
    const report = await made(other)
    const { bottleneck } = report.head
    expect(bottleneck).toMatch(/^Proposal → Decision: 25% pass, 75% before; about 2,000 a year\./)
    expect(toMarkdown(report)).toContain('Proposal → Decision: 25%')
    expect(toMailHtml(report)).toContain('Proposal → Decision: 25%')
  })
})

async function made(where: string): Promise<Report> {
  const book = openBook(`${where}/funnel.db`)
  try {
    const request: SnapshotRequest = {
      scope: { asOf: day('2026-11-22'), settings: book.settings },
      period: { from: day('2026-11-16'), to: day('2026-11-22') },
      readOn: day('2026-11-23'),
      today: day('2026-11-23'),
      measure: 'profit',
    }
    return await snapshotReport(book, request)
  } finally {
    book.close()
  }
}

/** The relative luminance of a colour, and the contrast of two (WCAG 2.1). */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].toSorted((a, b) => b - a)
  return (light + 0.05) / (dark + 0.05)
}

describe('the page as HTML', () => {
  it('loads nothing, runs nothing, and is made of tables and inline styles', async () => {
    const html = toMailHtml(await made(folder))
    expect(html).not.toMatch(/<(script|style|img|link|iframe|form|svg|div)\b/i)
    expect(html).not.toMatch(/(src|background)=|url\(|https?:|@import|position:|float:|flex|grid/i)
    const tables = html.match(/<table\b[^>]*>/g) ?? []
    expect(tables.length).toBeGreaterThan(5)
    for (const table of tables) expect(table).toContain('role="presentation"')
    expect(html).toContain('width=device-width')
    // Every bar is in words beside it.
    expect(html.match(/aria-hidden="true"/g)?.length).toBe(9)
  })

  it('shows what clients are called, and never as markup', async () => {
    const html = toMailHtml(await made(folder))
    expect(html).toContain('&lt;b&gt;Pier|Nine&lt;/b&gt; &amp; &quot;Söhne&quot;')
    expect(html).not.toContain('<b>')
    expect(html).toContain('href="tel:+49301234567"')
    const markdown = toMarkdown(await made(folder))
    expect(markdown).toContain(String.raw`\<b\>Pier\|Nine\</b\> \& "Söhne"`)
  })

  it('can be read: every colour of text on every ground has a contrast of 4.5', () => {
    for (const ground of [PALETTE.paper, PALETTE.tile]) {
      for (const text of [PALETTE.ink, PALETTE.faint, PALETTE.bar]) {
        expect(contrast(ground, text)).toBeGreaterThanOrEqual(4.5)
      }
    }
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5)
    expect(contrast(PALETTE.bar, PALETTE.rest)).toBeGreaterThanOrEqual(3)
  })
})
