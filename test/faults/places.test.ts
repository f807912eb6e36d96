import { chmodSync, copyFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { beforeEach, describe, expect, it } from 'vitest'
import { desk, emptyDesk, runIn } from '../support/funnel.ts'

type Desk = ReturnType<typeof desk>

let made: Desk

beforeEach(() => {
  made = desk()
  made.ok('client', 'add', 'Pier Nine')
  copyFileSync(made.file('funnel.db'), made.file('copy.db'))
  writeFileSync(made.file('list.csv'), 'name\nBeta\n')
})

/** Every command that takes the name of a file, with `name` for it, and its exit code. */
const named = (name: string): [line: string, code: number][] => [
  [`client list --book ${name}`, 3],
  [`init --book ${name} --currency EUR --timezone UTC`, 2],
  [`restore copy.db --yes --book ${name}`, 2],
  [`restore ${name} --yes`, 2],
  [`backup ${name}`, 2],
  [`export clients --out ${name}.csv`, 2],
  [`import clients ${name}.csv`, 2],
  [`import clients list.csv --rejects ${name}.csv`, 2],
  [`snapshot --out ${name}.html`, 2],
  [`report open --html ${name}.html`, 2],
  [`today --ics ${name}.ics`, 2],
]

/** Runs lines that must be refused in words for people. */
function checkRefused({ run }: Desk, lines: [line: string, code: number][], why: RegExp): void {
  for (const [line, code] of lines) {
    const ended = run(...line.split(' '))
    expect([line, ended.code, ended.err]).toEqual([line, code, expect.not.stringMatching(/unexp/)])
    expect(ended.err).toMatch(/^funnel: .*\n {2}\S.*\n$/)
    if (code !== 3) expect([line, ended.err]).toEqual([line, expect.stringMatching(why)])
    expect(ended.err).not.toMatch(/\.new/)
  }
}

describe('a name that no file can have', () => {
  it('below a file is refused with the reason', () => {
    checkRefused(
      made,
      named('copy.db/x'),
      /a part of its path is a file|there is no (folder|such file)/,
    )
  })

  it('of 300 letters is refused with the reason', () => {
    checkRefused(made, named('a'.repeat(300)), /its name is too long/)
  })
})

it('a folder that may not be entered is named as what cannot be reached', () => {
  const closed = emptyDesk({ unprivileged: true }, made.folder)
  mkdirSync(made.file('closed'))
  copyFileSync(made.file('copy.db'), made.file('closed/copy.db'))
  chmodSync(made.file('closed'), 0o000)
  const lines: [string, number][] = [
    ['client list --book closed/copy.db', 4],
    ['restore closed/copy.db --yes', 2],
    ['restore copy.db --yes --book closed/x.db', 2],
    ['backup closed/x.db', 2],
    ['export clients --out closed/x.csv', 2],
    ['init --book closed/x.db --currency EUR --timezone UTC', 4],
  ]
  checkRefused(closed, lines, /closed/)
  chmodSync(made.file('copy.db'), 0o000)
  checkRefused(
    closed,
    [['restore copy.db --yes', 4]],
    /copy\.db cannot be opened: you may not read it/,
  )
  chmodSync(made.file('closed'), 0o555)
  checkRefused(closed, [['restore closed/copy.db --yes', 4]], /copy it, with copy\.db-wal/)
})

it('a folder for temporary files that is not there is named, with the way out', () => {
  const env = { TMPDIR: made.file('nowhere') }
  for (const args of [['demo'], ['import', 'clients', '-', '--map', 'name=1']]) {
    const { code, err } = runIn(made.folder, args, { env, input: 'name\nBeta\n' })
    expect([code, err]).toEqual([1, expect.stringMatching(/nowhere: .*\n {2}.*TMPDIR=/)])
  }
})

it('a node that loads no libraries says so', () => {
  const env = { NODE_OPTIONS: '--no-addons' }
  const { code, err } = runIn(made.folder, ['client', 'list'], { env })
  expect([code, err]).toEqual([1, expect.stringContaining('take --no-addons out of NODE_OPTIONS')])
})

it('a time zone that the system does not know is taken for UTC', () => {
  const args = ['init', '--book', 'new.db', '--currency', 'EUR']
  const { code, out } = runIn(made.folder, args, { env: { TZ: '' } })
  expect([code, out]).toEqual([0, expect.stringContaining('UTC')])
})
