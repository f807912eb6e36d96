import fc from 'fast-check'
import stringWidth from 'string-width'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Column, Section } from '../../src/domain/table.ts'
import { terminalTable } from '../../src/render/terminal-table.ts'
import type { Screen } from '../../src/render/screen.ts'
import { styleOf } from '../../src/render/style.ts'
import { newFolder } from '../support/funnel.ts'
import { inside, type Inside } from '../support/inside.ts'
import { onTerminal } from '../support/screen.ts'

const DAY: Column = { key: 'at', label: 'Day', type: 'day' }
const SAID: Column = { key: 'said', label: 'Said', type: 'text', wrap: true }
const OWNER: Column = { key: 'owner', label: 'Owner', type: 'text', optional: true }

async function drawn(section: Partial<Section>, width: number, colour = false): Promise<string> {
  const screen: Screen = { terminal: true, colour, unicode: true, width, height: 24 }
  const whole = { key: 'calls', columns: [DAY, SAID, OWNER], rows: [], ...section }
  return terminalTable(whole, null, screen, await styleOf(screen))
}

const calls = (...said: string[]) => said.map((text) => ({ at: '2026-11-02', said: text }))

describe('long text in a table at a terminal', () => {
  it('goes on below itself, and keeps its own lines', async () => {
    const rows = calls('They want it in two parts by the end of May.\nNo later.', 'Call again')
    expect(await drawn({ rows }, 32)).toMatchInlineSnapshot(`
      "Day         Said
      ──────────  ────────────────────
      2026-11-02  They want it in two
                  parts by the end of
                  May.
                  No later.
      2026-11-02  Call again"
    `)
  })

  it('breaks a word only where it is wider than its column, and measures wide letters', async () => {
    const rows = calls('see https://files.example/offers/2026/11', '東京貿易は新しい倉庫を建設する')
    expect(await drawn({ rows }, 32)).toMatchInlineSnapshot(`
      "Day         Said
      ──────────  ────────────────────
      2026-11-02  see
                  https://files.exampl
                  e/offers/2026/11
      2026-11-02  東京貿易は新しい倉庫
                  を建設する"
    `)
  })

  it('takes eight lines at most, and says that there is more', async () => {
    const eight = Array.from({ length: 8 }, (_, index) => `this is line ${index + 1}`)
    const [whole, longer] = [eight.join('\n'), [...eight, 'there is a line 9'].join('\n')]
    expect((await drawn({ rows: calls(whole) }, 40)).split('\n').at(-1)?.trim()).toBe(
      'this is line 8',
    )
    expect((await drawn({ rows: calls(longer) }, 40)).split('\n').at(-1)?.trim()).toBe(
      'this is line 8…',
    )
  })

  it('is drawn at once for years of calls', async () => {
    const rows = Array.from({ length: 600 }, () =>
      calls('They asked for an offer. '.repeat(12)),
    ).flat()
    // A table of as many high rows took minutes.
    expect((await drawn({ rows }, 60)).split('\n')).toHaveLength(2 + 600 * 7)
  })

  it('looks the same in a table too long for cli-table3, colours and cut names included', async () => {
    const columns: Column[] = [
      { key: 'name', label: 'Client', type: 'text', emphasis: ['foods'] },
      { ...SAID, emphasis: ['offer'] },
      { key: 'count', label: 'Calls', type: 'count' },
    ]
    const rows = Array.from({ length: 200 }, (_, index) => ({
      name: `Harbour foods, 東京 branch ${index % 10}`,
      said: 'They asked for an offer',
      count: index % 10,
    }))
    const short = (await drawn({ columns, rows: rows.slice(0, 20) }, 50, true)).split('\n')
    const long = (await drawn({ columns, rows }, 50, true)).split('\n')
    expect(long).toHaveLength(2 + 10 * (short.length - 2))
    expect(long.slice(0, short.length)).toEqual(short)
    expect(short.join('\n')).toContain('…')
  })

  it('stays whole where there is less room, and columns that may be left out go', async () => {
    const long = 'They want it in two parts by the end of May'
    const rows = calls(long).map((call) => ({ ...call, owner: 'Ann Bergström' }))
    expect(await drawn({ rows }, 60)).toContain('Ann Bergström')
    const narrow = await drawn({ rows }, 40)
    expect(narrow).toContain('not shown at this width: Owner')
    expect(narrow).not.toMatch(/…|Ann/)
  })

  it('says nothing of a column without any value, where it may be left out', async () => {
    expect(await drawn({ rows: calls('hello') }, 80)).not.toContain('Owner')
    const [first, second] = [calls('hello'), calls('again')]
    const rows = [...first, ...second.map((call) => ({ ...call, owner: 'Ann' }))]
    expect(await drawn({ rows }, 80)).toContain('hello  –')
  })

  it('never makes a line wider than the terminal, nor loses a word of few', async () => {
    const word = fc.stringMatching(/^(?:[a-zé]{1,30}|[東京貿易]{1,20}|🚢{1,3}|Завод)$/)
    const text = fc.array(word, { minLength: 1, maxLength: 8 }).map((words) => words.join(' '))
    const row = fc.record({ at: fc.constant('2026-11-02'), said: text, owner: text })
    await fc.assert(
      fc.asyncProperty(
        fc.array(row, { minLength: 1, maxLength: 4 }),
        fc.nat(80),
        async (rows, more) => {
          const lines = (await drawn({ rows }, 40 + more)).split('\n')
          for (const line of lines) expect(stringWidth(line)).toBeLessThanOrEqual(40 + more)
        },
      ),
      { numRuns: 60 },
    )
  })
})

describe('on terminals of 80, 60 and 40 columns', () => {
  const SAID_LAST = 'the second by the end of February'
  const CALL = `They asked for the cold store in two parts, the first before Christmas and ${SAID_LAST}`
  let made: Inside

  const screen = async (columns: number, ...args: string[]): Promise<string> => {
    const text = await onTerminal(made, [...args, '--no-color'], columns)
    for (const line of text.split('\n')) expect(stringWidth(line)).toBeLessThanOrEqual(columns)
    return text
  }
  /** The words of a screen, whatever lines they stand in and whatever stands next to them. */
  const words = (text: string): string => text.replaceAll(/\s+/g, ' ')

  beforeAll(async () => {
    made = await inside(newFolder(), 'wrapped')
    await made.ok('client', 'add', 'Harbour Foods')
    await made.ok('deal', 'add', '1', 'Cold store', '--on', '2026-10-02')
    await made.ok('log', 'call', '1', CALL, '--deal', '1', '--on', '2026-11-02')
  })

  it('a call is told to its end in the cards', async () => {
    for (const columns of [80, 60, 40]) {
      for (const [card, title] of [
        ['client', 'Story'],
        ['deal', 'Calls and messages'],
      ] as const) {
        const text = await screen(columns, card, 'show', '1')
        const [told = ''] = text
          .slice(text.indexOf(`\n${title}\n`))
          .trim()
          .split('\n\n')
        for (const word of CALL.split(' ')) expect(told.split(/\s+/)).toContain(word)
        expect(told).not.toMatch(/…|^Day.*(?:Owner|Way|Result)/m)
      }
    }
  })

  it('rejected rows say why to the end', async () => {
    made.save('calls.csv', 'Client,Kind,Day,Text\nNowhere Trading Company,call,2026-11-01,hi\n')
    const piped = await made.ok('import', 'interactions', 'calls.csv', '--dry-run', '--yes')
    const reason = /^ +2 +(.+)$/m.exec(piped)?.[1] ?? ''
    expect(reason.length).toBeGreaterThan(60)
    for (const columns of [80, 60, 40]) {
      const text = await screen(
        columns,
        'import',
        'interactions',
        'calls.csv',
        '--dry-run',
        '--yes',
      )
      expect(words(text)).toContain(reason)
    }
  })

  it('what was done is in the history to its end, and only pipes have it in one line', async () => {
    const name = `Association of ${'very '.repeat(14)}old breweries`
    await made.ok('client', 'add', name)
    expect(words(await screen(60, 'history'))).toContain(`(${name})`)
    expect(await made.ok('history')).toContain(`(${name}) `)
    expect(await made.ok('history')).toContain('Undone by')
  })
})
