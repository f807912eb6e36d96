import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { BINARY, temporaryFolder, TODAY } from '../support/funnel.ts'

const SCRIPT = fileURLToPath(new URL('ci.sh', import.meta.url))

it('runs in a pipeline of CI, and fails it where the funnel is dry', () => {
  const folder = temporaryFolder()
  const leads = path.join(folder, 'leads.csv')
  const lines = [
    'Name,Region,Email',
    'Pier Nine,North,pier@nine.example',
    'Harbour,South,office@harbour.example',
    '"Alder, Sons",North,a@alder.example',
  ]
  writeFileSync(leads, `${lines.join('\n')}\n`)
  const done = spawnSync('setsid', ['-w', 'bash', SCRIPT], {
    cwd: folder,
    input: '',
    encoding: 'utf8',
    // Nothing else: no HOME, no TERM, no terminal to ask.
    env: {
      PATH: process.env.PATH,
      FUNNEL: `${process.execPath} ${BINARY}`,
      FUNNEL_TODAY: TODAY,
      LEADS: leads,
    },
  })
  expect(done.stderr).toBe('funnel: 1 of 1 checks not met: open>=1 (is 0)\n')
  expect([done.status, done.stdout]).toEqual([1, ''])
  const file = (name: string): string => readFileSync(path.join(folder, name), 'utf8')
  expect(
    file('north.csv')
      .trim()
      .split('\r\n')
      .map((line) => line.trim()),
  ).toEqual(['"Alder, Sons",a@alder.example', 'Pier Nine,pier@nine.example', 'name,email'])
  expect(file('count.txt').trim()).toBe('3')
})
