import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { quoteForBash, readLine } from '../../src/cli/completion/line.ts'
import { BINARY, desk, emptyDesk, newFolder, runIn, TODAY } from '../support/funnel.ts'

const HOSTILE = [
  'Evil $(touch pwned) `touch pwned`',
  `Evil "double" 'single' \\ back`,
  'Evil; touch pwned & | > pwned < x',
  'Evil ~ * ? [a] {b,c} !! #x (y) ^z',
  'Evil Ünïcode 東京 🎉 a:b=c@d',
]

const FOLDER = newFolder()

beforeAll(() => {
  const made = desk({}, FOLDER)
  for (const name of ['Harbour Foods', 'Pier Nine', '-rf *', ...HOSTILE]) {
    made.ok('client', 'add', '--', name)
  }
  made.ok('owner', 'add', 'Ann Lee')
  made.ok('owner', 'add', 'Ann Gone')
  made.ok('owner', 'edit', 'Ann Gone', '--retire')
  made.ok('deal', 'add', 'harbour', 'Cold store')
  made.ok('deal', 'add', 'harbour', 'Boiler')
  made.ok('deal', 'add', 'pier', 'Boiler')
  made.ok('deal', 'edit', '1', '--tag', 'Expo', '--property', 'Colour=red')
  made.ok('property', 'edit', 'Colour', '--choice', 'red', '--choice', 'royal blue')
  made.ok('client', 'edit', 'pier', '--category', 'Export')
  made.ok('segment', 'add', 'North', '--where', 'region=North')
  made.ok('invoice', 'add', 'harbour', '--line', 'Work @ 90')
  made.ok('invoice', 'issue', 'd1', '--incomplete')
  made.ok('invoice', 'add', 'pier', '--line', 'Work @ 90')
  mkdirSync(path.join(FOLDER, 'bin'))
  const shim = path.join(FOLDER, 'bin', 'funnel')
  writeFileSync(shim, `#!/bin/sh\nexec "${process.execPath}" "${BINARY}" "$@"\n`)
  chmodSync(shim, 0o755)
})

afterAll(() => rmSync(FOLDER, { recursive: true }))

/** What is answered to bash for a line up to the cursor, without the first line. */
function answers(line: string, folder = FOLDER): string[] {
  const { code, out, err } = runIn(folder, ['__complete', 'bash', line])
  expect({ code, err }).toEqual({ code: 0, err: '' })
  return out.split('\n').slice(1, -1)
}

/** Runs a script in a shell that finds `funnel`, with the completion taught to it. */
function shell(name: 'bash' | 'zsh' | 'fish', script: string, args: string[] = []): string {
  const flags = { bash: ['--norc', '--noprofile'], zsh: ['-f'], fish: ['--no-config'] }[name]
  const { stdout, stderr, error } = spawnSync(name, [...flags, '-c', script, ...args], {
    cwd: FOLDER,
    encoding: 'utf8',
    env: {
      PATH: `${path.join(FOLDER, 'bin')}:${process.env.PATH}`,
      HOME: FOLDER,
      LC_ALL: 'C.UTF-8',
      FUNNEL_TODAY: TODAY,
    },
  })
  if (error) throw error
  expect(stderr).toBe('')
  return stdout
}

function has(name: string): boolean {
  return spawnSync(name, ['--version']).error === undefined
}

describe('what is offered', () => {
  it('completes invoices by their numbers, and drafts', () => {
    expect(answers('funnel invoice show ')).toEqual(
      expect.arrayContaining([expect.stringMatching(/^2026-0001/), expect.stringMatching(/^d2/)]),
    )
    expect(answers('funnel payment add harbour 90 --for 2026-')).toEqual(['2026-0001'])
    expect(answers('funnel invoice issue d')).toEqual(['d2'])
  })

  it('is commands, their verbs and options', () => {
    expect(answers('funnel cl')).toEqual(['client'])
    expect(answers('funnel client e')).toEqual(['edit', 'erase'])
    expect(answers('funnel client list --se')).toEqual(['--segment'])
    expect(answers('funnel -q --book x.db client list --se')).toEqual(['--segment'])
    expect(answers('funnel help rep')).toEqual(['report'])
    expect(answers('echo x; funnel cl')).toEqual(['client'])
    expect(answers('funnel ')).not.toContain('__complete')
  })

  it('is what options may be', () => {
    expect(answers('funnel log call x --result re')).toEqual(['reached', 'refused'])
    expect(answers('funnel lose 1 --reason ')).toContain('too\\ expensive')
    expect(answers('funnel lose 1 --reason=no\\ a')).toEqual(['no\\ answer'])
    expect(answers('funnel client list --owner ')).toEqual(['Ann\\ Lee'])
    expect(answers('funnel report closed --period last-m')).toEqual(['last-month'])
    expect(answers('funnel completion ')).toEqual(['bash', 'zsh', 'fish'])
  })

  it('is names in the book: clients, deals, stages, segments', () => {
    expect(answers('funnel client show harb')).toEqual(['Harbour\\ Foods'])
    expect(answers('funnel win c')).toEqual(['Cold\\ store'])
    expect(answers('funnel move 1 prop')).toEqual(['Proposal'])
    expect(answers('funnel client list --segment n')).toEqual(['North'])
    // Not taken for an option, and no second client where only one is wanted.
    expect(answers('funnel client show -r')).toEqual([])
    expect(answers('funnel client show 1 h')).toEqual([])
  })

  it('is tags, properties and what they may be, and the measures of goals', () => {
    expect(answers('funnel deal edit 1 --tag ex')).toEqual(['Expo', 'Export'])
    expect(answers('funnel client edit pier --category expor')).toEqual(['Export'])
    expect(answers('funnel deal add pier Mast --property col')).toEqual(['Colour\\='])
    expect(answers('funnel client edit pier --property "Colour=r')).toEqual([
      'Colour=red',
      'Colour=royal blue',
    ])
    expect(answers('funnel deal edit 1 --drop "tag:')).toEqual(['tag:Expo', 'tag:Export'])
    expect(answers('funnel deal edit 1 --drop p')).toEqual(['property\\:'])
    expect(answers('funnel property show ')).toEqual([])
    expect(answers('funnel property edit co')).toEqual(['Colour'])
    expect(answers('funnel goal set won-')).toEqual(['won-amount', 'won-profit', 'won-deals'])
    expect(answers('funnel goal set won-deals 5 --every ')).toEqual(['month', 'quarter', 'year'])
    expect(answers('funnel goal set won-deals 5 --period this-m')).toEqual(['this-month'])
  })

  it('is what values of a file may stand for', () => {
    const value = 'funnel import deals x.csv --value'
    expect(answers(`${value} sta`)).toEqual(['stage\\:'])
    expect(answers(`${value} "stage:Angebot raus=pro`)).toEqual(['stage:Angebot raus=Proposal'])
    expect(answers(`${value} "Phase:raus=ann`)).toEqual(['Phase:raus=Ann Lee'])
  })

  it('is deals by number, title and client, with what tells them apart', () => {
    const harbour = 'Harbour Foods (Qualification, open)'
    const zsh = (word: string): string[] =>
      runIn(FOLDER, ['__complete', 'zsh', 'win', word]).out.split('\n').slice(1, -1)
    expect(zsh('co')).toEqual([`Cold store\t1  ${harbour}`])
    expect(zsh('1')).toEqual(['1\tHarbour Foods: Cold store (Qualification, open)'])
    expect(zsh('')).toEqual([
      '3\tPier Nine: Boiler (Qualification, open)',
      '2\tHarbour Foods: Boiler (Qualification, open)',
      '1\tHarbour Foods: Cold store (Qualification, open)',
    ])
    expect(zsh('boi')).toEqual(['Boiler\t2 deals: 2, 3'])
    expect(zsh('pier')).toEqual(['Pier Nine: Boiler\t3  (Qualification, open)'])
    expect(answers('funnel task add x --deal=harb').length).toBe(2)
    // bash lists what the others show as help, and completes to the number alone.
    expect(answers('funnel win ')).toEqual(['3', '2', '1'])
    const listed = runIn(FOLDER, ['__complete', 'bash', 'funnel win ', '63']).out.split('\n')
    expect(listed[1]).toBe('3  Pier Nine: Boiler (Qualification, open)')
  })

  it('is files where a file is wanted', () => {
    expect(runIn(FOLDER, ['__complete', 'bash', 'funnel import clients ']).out).toBe('files\n')
  })

  it('is nothing, quietly, where anything is wrong', () => {
    const { folder, file } = emptyDesk()
    expect(answers('funnel client show h', folder)).toEqual([])
    expect(readdirSync(folder)).toEqual([])
    writeFileSync(file('funnel.db'), 'no book at all')
    expect(answers('funnel client show h', folder)).toEqual([])
    expect(answers('funnel nonsense --what ', folder)).toEqual([])
    expect(runIn(folder, ['__complete'])).toMatchObject({ code: 0, err: '' })
    expect(runIn(folder, ['__complete', 'tcsh', 'x'])).toMatchObject({ code: 0, err: '' })
  })
})

describe('lines of bash', () => {
  it('are read as bash reads them', () => {
    expect(readLine('funnel a\\ b "c \\"d\\"" \'e\'f "g h')).toEqual({
      words: ['funnel', 'a b', 'c "d"', 'ef'],
      current: 'g h',
      quote: '"',
      kept: 0,
    })
    expect(readLine('funnel --owner=An')).toMatchObject({ current: '--owner=An', kept: 8 })
    expect(readLine('funnel ')).toMatchObject({ words: ['funnel'], current: '' })
  })

  it('get back words that mean the name, however they are quoted', () => {
    for (const name of HOSTILE) {
      for (const quote of ['', '"', "'"] as const) {
        const written = quoteForBash(name, quote)
        if (written === null) continue
        const line = `funnel ${quote}${written}${quote}`
        expect(readLine(`${line} `).words).toEqual(['funnel', name])
      }
    }
  })
})

describe('bash', () => {
  it.each(['', '"', "'"])('completes hostile names and runs nothing, quoted with “%s”', (quote) => {
    const script = `
      eval "$(funnel completion bash)"
      COMP_LINE="funnel client show $1"Evil COMP_POINT=$((\${#1} + 23))
      _funnel
      quote=$1
      for reply in "\${COMPREPLY[@]}"; do
        eval "set -- $quote$reply$quote"
        printf '%s|%s\\n' "$#" "$1"
      done`
    const lines = shell('bash', script, ['bash', quote]).split('\n').slice(0, -1)
    const expected = HOSTILE.filter((name) => quote !== '"' || !name.includes('!'))
    expect(lines.toSorted()).toEqual(expected.map((name) => `1|${name}`).toSorted())
    expect(existsSync(path.join(FOLDER, 'pwned'))).toBe(false)
  })

  it('runs nothing that stands in the line itself', () => {
    const line = 'funnel client show $(touch pwned) `touch pwned` "$(touch pwned)'
    const script = 'eval "$(funnel completion bash)"; COMP_LINE=$1 COMP_POINT=${#1}; _funnel'
    shell('bash', script, ['bash', line])
    expect(existsSync(path.join(FOLDER, 'pwned'))).toBe(false)
  })
})

describe('bash lists deals', () => {
  it('with their titles after a second tab, and gets the number to complete', () => {
    const script = `
      eval "$(funnel completion bash)"
      COMP_LINE="funnel win " COMP_POINT=11 COMP_TYPE=$1
      _funnel
      printf '%s\\n' "\${COMPREPLY[0]}"`
    expect(shell('bash', script, ['bash', '63'])).toBe(
      '3  Pier Nine: Boiler (Qualification, open)\n',
    )
    expect(shell('bash', script, ['bash', '9'])).toBe('3\n')
  })
})

describe.skipIf(!has('fish'))('fish', () => {
  it('completes commands, names and files', () => {
    const offered = (line: string): string[] =>
      shell('fish', 'funnel completion fish | source; complete -C $argv[1]', [line])
        .split('\n')
        .slice(0, -1)
    expect(offered('funnel client er')[0]).toMatch(/^erase\t/)
    expect(offered('funnel client show Evil').toSorted()).toEqual(HOSTILE.toSorted())
    expect(offered('funnel client show "harb')).toEqual(['Harbour Foods'])
    expect(offered('funnel import clients fun')).toContain('funnel.db')
    expect(existsSync(path.join(FOLDER, 'pwned'))).toBe(false)
  })
})

describe.skipIf(!has('zsh'))('zsh', () => {
  it('completes names on its line, quoted, and runs nothing', () => {
    const session = String.raw`
      zmodload zsh/zpty
      seen=
      await() {
        local part
        repeat 200; do
          while zpty -r -t z part; do seen+=$part; done
          [[ $seen == *$1* ]] && return
          sleep 0.05
        done
      }
      zpty -b z zsh -f -i
      zpty -w z 'PS1=; autoload -Uz compinit; compinit -u -D; eval "$(funnel completion zsh)"; print RE""ADY'
      await READY
      seen=
      zpty -w -n z "$1"
      await "$2"
      print -r -- "$seen"
      zpty -d z`
    const shown = (typed: string, wanted: string): string =>
      shell('zsh', session, ['zsh', `${typed}\t`, wanted])
    expect(shown('funnel client er', 'erase')).toContain('funnel client erase')
    expect(shown(String.raw`funnel client show Evil\ \$`, 'touch')).toContain(
      'Evil\\ \\$\\(touch\\ pwned\\)\\ \\`touch\\ pwned\\`',
    )
    expect(existsSync(path.join(FOLDER, 'pwned'))).toBe(false)
  })
})
