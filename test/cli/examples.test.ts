import { spawnSync } from 'node:child_process'
import { cpSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { commands } from '../../src/commands/index.ts'
import { BINARY, desk, type Desk, emptyDesk, newFolder, runIn, TODAY } from '../support/funnel.ts'

/** A book in which every example makes sense; made once, copied for each. */
const SAMPLE = newFolder()

beforeAll(() => {
  const made = desk({ apart: true }, SAMPLE)
  made.ok('owner', 'add', 'Ann')
  made.ok('client', 'add', 'Harbour Foods', '--owner', 'Ann', '--email', 'office@harbour.example')
  const on = ['--on', '2026-10-01']
  made.ok('deal', 'add', 'harbour', 'Cold store generator', '--amount', '9000', ...on)
  made.ok('advance', '1', '--on', '2026-10-05')
  made.ok('advance', '1', '--on', '2026-10-08')
  made.ok('client', 'add', 'Habour Foods Ltd')
  made.ok('segment', 'add', 'North', '--where', 'region=North')
  made.ok('task', 'add', 'Send the price list', '--client', 'harbour', '--due', '2026-11-20')
  writeFileSync(made.file('clients.csv'), 'Name,Town,Fax,Account Owner\nPier Nine,Bonn,1,Bo\n')
  writeFileSync(
    made.file('deals.csv'),
    'Id,Client,Title,Status,Amount,Created,Closed,Owner\n' +
      'D1,Pier Nine,Winch,Sold,900,13/02/2026,28/02/2026,Bo\n',
  )
  writeFileSync(made.file('history.csv'), 'Deal,Stage,Date\nD1,Proposal,2026-02-13\n')
  writeFileSync(made.file('calls.csv'), 'Client,Date,Text\nHarbour Foods,2026-02-13,call me\n')
  writeFileSync(
    made.file('tasks.csv'),
    'Task,Due,Client\nSend the offer,2026-02-13,Harbour Foods\n',
  )
})

afterAll(() => rmSync(SAMPLE, { recursive: true }))

function sample(): Desk {
  const made = emptyDesk()
  cpSync(SAMPLE, made.folder, { recursive: true })
  return made
}

/** What must have happened before a command's examples. */
const SAVED = ['import', 'clients', 'clients.csv', '--create', 'all', '--save-profile', 'fair']
const KEPT = ['report', 'save', 'monthly', '--', 'closed', '--period', 'last-month']
const BEFORE: Record<string, string[][]> = {
  'import history': [['import', 'deals', 'deals.csv', '--create', 'all', '--won', 'Sold']],
  'profile show': [SAVED],
  'profile export': [SAVED],
  'profile delete': [SAVED],
  'report run': [KEPT],
  'report delete': [KEPT],
  reopen: [['win', '1']],
  restore: [['backup', 'backup.db']],
  undo: [
    ['undo', '5'],
    ['undo', '4'],
  ],
}

/** Leaves a mail in the outbox: nobody listens there. */
function failToSend({ folder }: Desk): void {
  const env = { FUNNEL_SMTP_URL: 'smtp://127.0.0.1:9?timeout=1' }
  runIn(folder, ['snapshot', '--mail-to', 'ann@example.com'], { env })
}

/** Splits an example as a shell does, as far as examples go. */
function words(example: string): string[] {
  return [...example.matchAll(/"([^"]*)"|(\S+)/g)].map((match) => match[1] ?? match[2] ?? '')
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
        if (name === 'outbox drop') failToSend(made)
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
