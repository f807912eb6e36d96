import { spawnSync } from 'node:child_process'
import { cpSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { commands } from '../../src/commands/index.ts'
import { BINARY, type Desk, emptyDesk, newFolder, runIn, TODAY } from '../support/funnel.ts'
import { BEFORE, FAILING, makeSample, words } from '../support/sample.ts'

/** Made once, copied for each. */
const SAMPLE = newFolder()

beforeAll(() => makeSample(SAMPLE))

afterAll(() => rmSync(SAMPLE, { recursive: true }))

function sample(): Desk {
  const made = emptyDesk()
  cpSync(SAMPLE, made.folder, { recursive: true })
  return made
}

describe.each(commands.map(({ path, load }) => ({ name: path, load })))(
  'funnel $name',
  ({ name, load }) => {
    it('has examples that work', async () => {
      const { examples } = await load()
      expect(examples.length).toBeGreaterThan(0)
      for (const example of examples) {
        expect(example.startsWith(name)).toBe(true)
        const made = name === 'init' || name === 'demo' ? emptyDesk() : sample()
        for (const before of BEFORE[name] ?? []) made.ok(...before)
        if (name === 'outbox drop') runIn(made.folder, FAILING.args, { env: FAILING.env })
        const { code, err } = made.run(...words(example))
        expect({ example, code, err: code === 0 ? '' : err }).toEqual({ example, code: 0, err: '' })
      }
    })

    it('has help that shows them', async () => {
      const { examples } = await load()
      const help = emptyDesk().ok(...name.split(' '), '--help')
      for (const example of examples) expect(help).toContain(`$ funnel ${example}`)
    })
  },
)

describe('the demo', () => {
  it('shows it all and leaves a sound book', () => {
    const { run, folder } = emptyDesk({ env: { TMPDIR: '.' } })
    const { code, out } = run('demo')
    expect(code).toBe(0)
    for (const text of [
      'clients.csv: 24 rows read',
      'products.csv: 6 rows read',
      'Display case',
      '24 created, 0 updated',
      'advanced deal',
      'undid',
      'past the expected close',
      'Open funnel, as of 2026-11-23',
      'Closed funnel, 2025-11-24 … 2026-11-23',
      '█',
      'Amount won by month',
      'Forecast of profit',
    ]) {
      expect(out).toContain(text)
    }
    expect(out).toContain('not installed yet?')
    const left = /cd (\S+)/.exec(out)?.[1] ?? ''
    expect(left).toContain('funnel-demo-')
    const book = `${folder}/${left}/funnel.db`
    expect(readFileSync(book).subarray(0, 6).toString()).toBe('SQLite')
    expect(run('doctor', '--book', book)).toMatchObject({ code: 0 })
  })

  it('says nothing of installing where the program is installed', () => {
    const { folder } = emptyDesk()
    const command = `${folder}/funnel`
    symlinkSync(BINARY, command)
    const env = { PATH: process.env.PATH, HOME: folder, TMPDIR: folder, FUNNEL_TODAY: TODAY }
    const done = spawnSync(process.execPath, [command, 'demo'], { encoding: 'utf8', env })
    expect(done.status).toBe(0)
    expect(done.stdout).toContain('The book is yours to try')
    expect(done.stdout).not.toContain('not installed yet')
  })
})
