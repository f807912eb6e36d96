import { rmSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { reports } from '../../src/reports/index.ts'
import { newFolder } from '../support/funnel.ts'
import type { Inside } from '../support/inside.ts'
import { offered, yearBook } from '../support/year.ts'

const FOLDER = newFolder()
let book: Inside

beforeAll(async () => {
  book = await yearBook(FOLDER)
  await book.ok('standard', 'set', 'A', '14')
  await book.ok('product', 'add', 'Cold room', '--price', '1200')
  await book.ok('deal', 'add', '1', 'Two cold rooms', '--on', '2026-10-01')
  await book.ok(
    'deal',
    'line',
    'add',
    'Two cold',
    'Cold room',
    '--quantity',
    '2',
    '--on',
    '2026-10-01',
  )
  await book.ok('win', 'Two cold', '--on', '2026-10-20', '--invoice')
  await book.ok('invoice', 'issue', 'd1', '--on', '2026-10-20', '--incomplete')
  await offered(book)
})
afterAll(() => rmSync(FOLDER, { recursive: true }))

const NAMES = reports.map(({ name }) => name)

/** The tables of a Markdown text, as cells. */
function markdownTables(text: string): string[][][] {
  return text
    .trimEnd()
    .split('\n\n')
    .flatMap((block) => {
      const lines = block.split('\n')
      if (!lines[0]?.startsWith('| ')) return []
      const cells = lines.map((line) =>
        line
          .slice(2, -2)
          .split(' | ')
          .map((cell) => cell.replaceAll(/\\(.)/g, '$1').replaceAll('**', '').trim()),
      )
      return [[...cells.slice(0, 1), ...cells.slice(2)]]
    })
}

const ENTITIES: Record<string, string> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
}

/** The tables of a page, as cells. */
function pageTables(html: string): string[][][] {
  return [...html.matchAll(/<table[^>]*>(.*?)<\/table>/gs)].map(([, table = '']) =>
    [...table.matchAll(/<tr>(.*?)<\/tr>/gs)].map(([, row = '']) =>
      [...row.matchAll(/<t[dh][^>]*>(.*?)<\/t[dh]>/gs)].map(([, cell = '']) =>
        cell.replaceAll(/&[a-z#0-9]+;/g, (entity) => ENTITIES[entity] ?? entity),
      ),
    ),
  )
}

describe.each(NAMES)('report %s', (name) => {
  it('says the same in Markdown, on a page and in a pipe', async () => {
    const markdown = markdownTables(await book.ok('report', name, '--md'))
    const page = pageTables(await book.ok('report', name, '--html', '-'))
    const plain = await book.ok('report', name)
    expect(markdown.length).toBeGreaterThan(0)
    if (!page.flat(2).some((cell) => cell.includes('<svg')) && name !== 'losses') {
      expect(page).toEqual(markdown)
    }
    for (const row of markdown.flat()) {
      // What a pipe gets has the same cells, more than a space apart.
      const line = row.filter((cell) => cell !== '')
      const lines = plain.split('\n').map((text) => text.trim().split(/ {2,}/))
      const isBand = line.some((cell) => /^[^:]+: /.test(cell))
      if (!isBand) expect(lines).toContainEqual(line)
    }
  })

  it('says the same in CSV and JSON', async () => {
    const made = JSON.parse(await book.ok('report', name, '--json')) as Record<string, unknown>
    const rows = (made.stages ?? made.rows) as Record<string, unknown>[]
    const csv = parse(await book.ok('report', name, '--csv'), { columns: true }) as Record<
      string,
      string
    >[]
    expect(csv).toHaveLength(rows.length)
    rows.forEach((row, index) => {
      const line = csv[index] ?? {}
      expect(Object.keys(line)).toEqual(Object.keys(row))
      for (const [key, value] of Object.entries(row)) {
        const text = line[key] ?? ''
        if (value === null) expect(text).toBe('')
        else if (typeof value === 'number') expect(Number(text)).toBe(value)
        else if (Array.isArray(value)) expect(text.split(' ').map(Number)).toEqual(value)
        else expect(text).toBe(typeof value === 'string' ? value : JSON.stringify(value))
      }
    })
  })
})

describe('groups', () => {
  it('are the same in CSV and JSON, and each is the report of that owner alone', async () => {
    type Funnel = { stages: Record<string, unknown>[]; totals: unknown }
    const args = ['report', 'closed', '--by', 'owner']
    const { groups } = JSON.parse(await book.ok(...args, '--json')) as {
      groups: (Funnel & { key: string })[]
    }
    expect(groups.map(({ key }) => key)).toEqual(['Ann Berg', 'Bo Lind'])
    const csv = parse(await book.ok(...args, '--csv'), { columns: true }) as Record<
      string,
      string
    >[]
    const lines = groups.flatMap(({ key, stages }) =>
      stages.map((stage) => [key, stage.stage, stage.reached]),
    )
    expect(csv.map(({ owner, stage, reached }) => [owner, stage, Number(reached)])).toEqual(lines)
    for (const { key, stages, totals } of groups) {
      const alone = JSON.parse(
        await book.ok('report', 'closed', '--owner', key, '--json'),
      ) as Funnel
      expect(stages).toEqual(alone.stages)
      expect(totals).toEqual(alone.totals)
    }
  })

  it.each([
    ['owner', (key: string) => ['--owner', key]],
    ['process', (key: string) => ['--process', key]],
    ['region', (key: string) => ['--where', `region=${key}`]],
  ])('of velocity by %s are each the report of their deals alone', async (by, alone) => {
    type Part = { stages: unknown[]; totals: unknown }
    for (const span of [[], ['--period', '2026-Q3', '--as-of', '2026-09-20']]) {
      const args = ['report', 'velocity', ...span, '--json']
      const { groups } = JSON.parse(await book.ok(...args, '--by', by)) as {
        groups: (Part & { key: string | null })[]
      }
      expect(groups.length).toBeGreaterThan(0)
      for (const { key, stages, totals } of groups) {
        if (key === null) continue
        const own = JSON.parse(await book.ok(...args, ...alone(key))) as Part
        expect(totals).toEqual(own.totals)
        // Stages where no deal of the group has been are not in the report of it alone.
        expect(stages).toEqual(expect.arrayContaining(own.stages))
      }
    }
  })

  it('of standards hold every client with a standard once', async () => {
    type Shares = { clients: number; late: number }
    const made = JSON.parse(await book.ok('report', 'standards', '--by', 'region', '--json')) as {
      totals: Shares
      groups: Shares[]
    }
    expect(made.totals.clients).toBeGreaterThan(0)
    for (const key of ['clients', 'late'] as const) {
      expect(made.groups.reduce((sum, one) => sum + one[key], 0)).toBe(made.totals[key])
    }
  })

  it('have a row for every reason, 0 where it does not occur', async () => {
    const args = ['report', 'losses', '--by', 'month', '--period', '2026', '--compare', 'previous']
    const { rows, groups } = JSON.parse(await book.ok(...args, '--json')) as {
      rows: { reason: string; deals: number; deals_before: number }[]
      groups: { rows: typeof rows; totals: { deals: number } }[]
    }
    const sum = (values: number[]): number => values.reduce((a, b) => a + b, 0)
    for (const { reason, deals, deals_before: before } of rows) {
      const own = groups.flatMap((group) => group.rows.filter((row) => row.reason === reason))
      expect(sum(own.map((row) => row.deals))).toBe(deals)
      expect(sum(own.map((row) => row.deals_before))).toBe(before)
    }
    const empty = groups.flatMap((group) => group.rows.filter(({ deals }) => deals === 0))
    expect(empty.length).toBeGreaterThan(0)
  })
})

describe('a page', () => {
  it('has no script, takes nothing from elsewhere and shows text as text', async () => {
    const made = await yearBook(newFolderFor('evil'))
    await made.ok('owner', 'add', '<script>alert(1)</script>')
    await made.ok(
      'client',
      'add',
      '"><img src=x onerror=alert(1)>',
      '--region',
      '<b>N</b>',
      '--owner',
      'alert',
    )
    await made.ok('deal', 'add', 'onerror', '<i>x</i>', '--owner', 'alert', '--amount', '5')
    for (const args of [
      ['closed', '--by', 'region'],
      ['open', '--by', 'owner', '--explain'],
      ['open', '--list', '--explain'],
    ]) {
      const html = await made.ok('report', ...args, '--html', '-')
      expect(html).not.toMatch(/<script|<img|<b>|<i>|https?:|url\(|@import|<link/)
      expect(html.startsWith('<!doctype html>')).toBe(true)
      const opened = [...html.matchAll(/<(\w+)[ >]/g)].map(([, tag]) => tag)
      const closed = [...html.matchAll(/<\/(\w+)>/g)].map(([, tag]) => tag)
      for (const tag of ['table', 'tr', 'td', 'th', 'div', 'figure', 'svg', 'span']) {
        const count = (tags: (string | undefined)[]) => tags.filter((one) => one === tag).length
        expect({ tag, closed: count(closed) }).toEqual({ tag, closed: count(opened) })
      }
    }
    const list = await made.ok('report', 'open', '--list', '--md')
    expect(list).not.toMatch(/(?<!\\)<i>/)
  })
})

describe('a page on a telephone', () => {
  it('folds wide tables into lines that each name their column, and breaks no day', async () => {
    const page = await book.ok('report', 'owners', '--compare', 'year-ago', '--html', '-')
    expect(page).toContain('<table class="fold">')
    expect(page).toContain('data-label="Win rate: before"')
    const days = page.replaceAll(/<title>.*<\/title>/g, '').match(/\d{4}-\d{2}-\d{2}/g) ?? []
    const whole = page.match(/<span style="white-space:nowrap;">\d{4}-\d{2}-\d{2}<\/span>/g) ?? []
    expect(days.length).toBeGreaterThan(0)
    expect(whole).toHaveLength(days.length)
    // Two narrow columns need no folding.
    const velocity = await book.ok('report', 'velocity', '--html', '-')
    expect(velocity).toMatch(/<h2>Won by month<\/h2><div class="wide"><table><thead>/)
  })

  it('has a picture for each group where figures are split', async () => {
    for (const [name, title] of [
      ['closed', 'Number of deals'],
      ['losses', 'Deals lost by reason'],
      ['velocity', 'Deals won by month'],
      ['sources', 'Profit won by source'],
    ]) {
      const page = await book.ok('report', String(name), '--by', 'owner', '--html', '-')
      for (const owner of ['Ann Berg', 'Bo Lind']) {
        expect(page).toContain(`<figcaption>${owner}: ${title}</figcaption>`)
      }
    }
  })

  it('has a picture of every report with figures', async () => {
    for (const name of NAMES.filter((one) => !['standards', 'products'].includes(one))) {
      const args = ['report', name, ...(name === 'bottlenecks' ? ['--by', 'owner'] : [])]
      const page = await book.ok(...args, '--html', '-')
      if (name !== 'activity') expect([name, page.includes('<figure>')]).toEqual([name, true])
    }
    await book.ok('log', 'call', '1', '--on', '2026-11-02')
    expect(await book.ok('report', 'activity', '--html', '-')).toContain('Touches by owner')
  })
})

describe('the sentence of a bottleneck', () => {
  it('stands on top of every format for people, and among the notes of JSON', async () => {
    const args = ['report', 'bottlenecks', '--by', 'owner']
    const { notes } = JSON.parse(await book.ok(...args, '--json')) as { notes: string[] }
    const sentence = notes.find((note) => / pass, /.test(note)) ?? ''
    expect(sentence).toMatch(/→ .* pass, .* with the others/)
    const page = await book.ok(...args, '--html', '-')
    expect(page.indexOf(sentence)).toBeGreaterThan(page.indexOf('<h1>'))
    expect(page.indexOf(sentence)).toBeLessThan(page.indexOf('class="totals"'))
    const [, counted = '', , first = ''] = (await book.ok(...args)).split('\n')
    expect([counted.includes('deals closed'), first]).toEqual([true, sentence])
    const markdown = await book.ok(...args, '--md')
    expect(markdown.indexOf('**Proposal')).toBeLessThan(markdown.indexOf('| Stage'))
    expect(markdown).toContain('with the others')
  })
})

function newFolderFor(name: string): string {
  return `${FOLDER}/${name}`
}
