import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { suggestCommand, suggestOption } from '../../src/cli/suggest-command.ts'
import { commands } from '../../src/commands/index.ts'
import { runInside } from '../support/inside.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'funnel-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** The hint of a command line that cannot be read. */
async function hint(...argv: string[]): Promise<string> {
  const { code, out, err } = await runInside(folder, argv)
  expect([code, out]).toEqual([2, ''])
  return err.split('\n')[1]?.trim() ?? ''
}

describe('words that are no command', () => {
  it.each([
    ['add client Foo', 'funnel client add Foo'],
    ['list deals', 'funnel deal list'],
    ['new deal harbour Boiler', 'funnel deal add harbour Boiler'],
    ['client Harbour Foods', 'funnel client show "Harbour Foods"'],
    ['deal 3', 'funnel deal show 3'],
    ['deals', 'funnel deal list'],
    ['deals list', 'funnel deal list'],
    ['leads', 'funnel client list'],
    ['companies', 'funnel client list'],
    ['customer add Foo', 'funnel client add Foo'],
    ['opportunity create harbour Boiler', 'funnel deal add harbour Boiler'],
    ['todo', 'funnel task list'],
    ['task buy milk', 'funnel task add "buy milk", or funnel task list'],
    ['delete client 3', 'funnel client erase CLIENT'],
    ['rm segment north', 'funnel segment delete north'],
    ['bank lst', 'funnel bank list'],
    ['import bookings x.csv', 'funnel bank import x.csv'],
    ['bank account lst', 'funnel bank account list'],
    ['company edit', 'funnel company set'],
    ['company list', 'funnel company show'],
    ['owner delete Ann', 'funnel owner edit Ann --retire'],
    ['deal win 3', 'funnel win 3'],
    ['close', 'funnel win DEAL, or funnel lose DEAL'],
    ['search pier', 'funnel find pier'],
    ['pipeline', 'funnel report open'],
    ['agenda', 'funnel today'],
    ['call', 'funnel log call CLIENT "TEXT"'],
    ['export deal', 'funnel export deals'],
    ['import client list.csv', 'funnel import clients list.csv'],
    ['clients export', 'funnel export clients'],
    ['clint list', 'funnel client list'],
    ['client lst', 'funnel client list'],
    ['report opne', 'funnel report open'],
    ['settings margin', 'funnel settings get margin'],
    ['help deals', 'funnel deal list'],
    ['export line', 'funnel export lines'],
    ['export price-list', 'funnel export prices'],
    ['import pricelist prices.csv', 'funnel import prices prices.csv'],
    ['export nothing', 'funnel export --help'],
  ])('%s', async (line, meant) => {
    expect(await hint(...line.split(' '))).toBe(`did you mean: ${meant}`)
  })

  it('that resemble nothing name the help', async () => {
    expect(await hint('frobnicate')).toBe('see: funnel --help')
    expect(await hint('client', 'show', 'Harbour', 'Foods')).toContain(
      'put a name of several words in quotes',
    )
    expect(await hint('plan', '100000')).toBe('see: funnel plan --help')
  })

  it('never suggest a command that is not there', () => {
    const paths = commands.map((entry) => entry.path)
    const heads = new Set(paths.map((name) => name.split(' ')[0]))
    const nouns = [
      'clients',
      'deals',
      'tasks',
      'owners',
      'stages',
      'settings',
      'reports',
      'segments',
    ]
    const verbs = ['new', 'ls', 'view', 'update', 'remove', 'search', 'load', 'dump', 'done', 'won']
    for (const words of nouns.flatMap((noun) =>
      verbs.flatMap((verb) => [
        [noun, verb],
        [verb, noun],
      ]),
    )) {
      const [, command = ''] =
        /^funnel ([a-z]+(?: [a-z]+)?)/.exec(suggestCommand(words, paths) ?? '') ?? []
      if (command === '') continue
      const isThere = paths.includes(command) || paths.includes(command.split(' ')[0] ?? '')
      expect(isThere && heads.has(command.split(' ')[0]), `${words.join(' ')}: ${command}`).toBe(
        true,
      )
    }
  })
})

describe('a file to import', () => {
  it.each([
    ['Deal,Client,Amount', 'deals'],
    ['Kunde;Angebot €;Phase', 'deals'],
    ['Company,E-mail,Phone', 'clients'],
    ['Deal,From stage,To stage,Date', 'history'],
    ['Client,Task,Due', 'tasks'],
    ['Invoice No,Customer,Total', 'invoices'],
    ['Customer,Payment Date,Amount,Invoice', 'payments'],
    ['Date,Client,Direction,Text', 'interactions'],
  ])('with the headers %s holds %s', async (headers, kind) => {
    writeFileSync(path.join(folder, 'list.csv'), `${headers}\n`)
    expect(await hint('import', 'list.csv')).toMatch(
      new RegExp(`^say what is in it: funnel import ${kind} list.csv \\(or `),
    )
  })

  it('of a bank are told apart by their beginning', async () => {
    writeFileSync(path.join(folder, 'list.sta'), ':20:X\n:25:1\n')
    expect(await hint('import', 'list.sta')).toBe(
      'it is a statement of your bank: funnel bank import list.sta',
    )
  })

  it('is taken for clients where nothing tells', async () => {
    const said =
      'say what is in it: funnel import clients no.xlsx (or deals, history, interactions, tasks, products, prices, lines, goals, invoices, payments, company, processes, rates)'
    expect(await hint('import', 'no.xlsx')).toBe(said)
    expect(await hint('no.xlsx')).toBe(said)
  })
})

describe('help', () => {
  it.each([
    [['--book', 'x.db', 'help', 'report'], 'Usage: funnel report '],
    [['--json', 'help', 'deal', 'list'], 'Usage: funnel deal list '],
    [['help', 'report', 'open'], 'Usage: funnel report open '],
    [['report', 'help'], 'Usage: funnel report '],
    [['report', 'open', 'help'], 'Usage: funnel report open '],
    [['--book', 'x.db', 'help'], 'Usage: funnel '],
  ])('%j', async (argv, usage) => {
    const { code, out } = await runInside(folder, argv)
    expect([code, out.startsWith(usage)]).toEqual([0, true])
  })
})

describe('options that a command does not have', () => {
  it.each([
    [['deal', 'list', '--stauts', 'won'], '--status'],
    [['deal', 'list', '--all'], '--status all'],
    [['deal', 'list', '--customer', 'x'], '--client'],
    [['deal', 'add', 'a', 'b', '--value', '5'], '--amount'],
    [['task', 'add', 'a', '--deadline', 'friday'], '--due'],
    [['report', 'closed', '--since', '2026'], '--period'],
    [['today', '--database', 'x'], '--book'],
  ])('%j', async (argv, option) => {
    expect(await hint(...argv)).toBe(`did you mean ${option}?`)
  })

  it('are not guessed at from afar', async () => {
    expect(await hint('today', '--frobnicate')).toBe('see: funnel today --help')
    expect(suggestOption('--value', ['--owner', '--stage'])).toBeUndefined()
  })
})
