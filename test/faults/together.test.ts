import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import Database from 'better-sqlite3'
import { expect, it } from 'vitest'
import { BINARY, desk, TODAY } from '../support/funnel.ts'
import { type Resident, startResident } from '../support/resident.ts'
import { bookIn, type Ended, expectSound, finish, TIMES } from './programs.ts'

const PROGRAMS = 20
const SECONDS = 60 * TIMES

/** What programs have been told of, and must find again. */
interface Acknowledged {
  clients: string[]
  gone: string[]
  notes: string[]
  deals: { id: number; stage: string }[]
  tasks: string[]
  imported: string[]
}

const STAGES = ['Qualification', 'Meeting preparation', 'Presentation', 'Proposal', 'Decision']

const WAITS = 'waits.log'

/** How long the book was waited for, from asking for it to having it, in ms. */
function waits(folder: string) {
  const all = readFileSync(path.join(folder, WAITS), 'utf8')
    .trimEnd()
    .split('\n')
    .map(Number)
    .toSorted((a, b) => a - b)
  const at = (share: number): number => all[Math.ceil(share * all.length) - 1] ?? Number.NaN
  return { count: all.length, median: at(0.5), p99: at(0.99), longest: at(1) }
}

const SAID = /locked|busy|SQLITE|unexpected/i

/** Runs a command line in a folder and gives back what came of it. */
type Run = (folder: string, args: string[], env: Record<string, string>) => Promise<Ended>

const started: Run = (folder, args, env) => finish(folder, args, [], env)

/**
 * A program that is kept running: twenty that start anew for each command would measure how fast two
 * cores start Node, and hardly ever want the book at once. One of the twenty does so all the same.
 */
const asked =
  ({ ask }: Resident): Run =>
  async (folder, args, env) => ({
    ...(await ask({
      folder,
      args,
      env: { HOME: folder, FUNNEL_TODAY: TODAY, FUNNEL_USER: 'ann', ...env },
      input: '',
    })),
    signal: null,
  })

/** One command after another, until the time is up. */
async function live(folder: string, who: number, until: number, known: Acknowledged, run: Run) {
  const funnel = async (...args: string[]): Promise<Ended> => {
    const done = await run(folder, args, { FUNNEL_LOCK_LOG: path.join(folder, WAITS) })
    expect([
      args,
      done.code,
      done.err.replace(/^(?:next: .*|note: .* is not found yet)\n/, ''),
    ]).toEqual([args, 0, ''])
    expect(done.out).not.toMatch(SAID)
    return done
  }
  const told = async (...args: string[]): Promise<Record<string, unknown>> =>
    JSON.parse((await funnel(...args, '--json')).out) as Record<string, unknown>

  let deal = 0
  const steps = [
    async (name: string) => {
      await told('client', 'add', name)
      known.clients.push(name)
    },
    async (name: string) => {
      const text = `said ${name}`
      await told('log', 'call', 'common', text)
      known.notes.push(text)
    },
    async () => void (await funnel('report', 'open')),
    async (name: string) => {
      const { operation } = await told('client', 'add', name)
      await told('undo', String(operation))
      known.gone.push(name)
    },
    async () => {
      const done = await told('advance', String(known.deals[deal]?.id), '--amount', '100')
      const at = known.deals[deal]
      if (at) at.stage = String(done.stage)
    },
    async (name: string) => {
      await told('task', 'add', `do ${name}`)
      known.tasks.push(`do ${name}`)
    },
    async (name: string) => void (await funnel('find', name)),
    async (name: string) => {
      const file = `list ${name}.csv`
      writeFileSync(path.join(folder, file), `name,region\n${name} one,North\n${name} two,South\n`)
      expect(await told('import', 'clients', file)).toMatchObject({ created: 2 })
      known.imported.push(`${name} one`, `${name} two`)
    },
    async () => {
      const out = `export ${who}.csv`
      await funnel('export', 'clients', '--out', out, '--quiet')
      expect(existsSync(path.join(folder, out))).toBe(true)
    },
  ]
  const opened = await told('deal', 'add', 'common', `Deal of ${who}`)
  deal = known.deals.push({ id: Number(opened.deal), stage: STAGES[0] ?? '' }) - 1
  // Each does everything once, however slow the machine is.
  for (let step = who; step < who + steps.length || Date.now() < until; step += 1) {
    const isLast = step % steps.length === 4 && known.deals[deal]?.stage === STAGES.at(-1)
    if (!isLast) await steps[step % steps.length]?.(`W${who} S${step} end`)
  }
}

it(
  'twenty programs write and read at once, and nothing that they were told is lost',
  async () => {
    const { folder, ok } = desk()
    ok('client', 'add', 'Common ground')
    const known: Acknowledged = {
      clients: [],
      gone: [],
      notes: [],
      deals: [],
      tasks: [],
      imported: [],
    }
    const until = Date.now() + SECONDS * 1000
    const residents = Array.from({ length: PROGRAMS - 1 }, () => startResident(BINARY))
    const programs: Run[] = [started, ...residents.map(asked)]
    await Promise.all(programs.map((run, who) => live(folder, who, until, known, run)))
    for (const { end } of residents) end()
    const raw = new Database(bookIn(folder), { readonly: true })
    const texts = (sql: string): unknown[] => raw.prepare(sql).pluck().all()
    expect(texts('SELECT name FROM clients ORDER BY name')).toEqual(
      [...known.clients, ...known.imported, 'Common ground'].toSorted(),
    )
    expect(texts('SELECT text FROM interactions ORDER BY text')).toEqual(known.notes.toSorted())
    expect(texts('SELECT text FROM tasks WHERE stage_id IS NULL ORDER BY text')).toEqual(
      known.tasks.toSorted(),
    )
    const stage = raw
      .prepare('SELECT s.name FROM deals d JOIN stages s ON s.id = d.stage_id WHERE d.id = ?')
      .pluck()
    for (const { id, stage: last } of known.deals) expect([id, stage.get(id)]).toEqual([id, last])
    raw.close()
    for (const list of [known.clients, known.gone, known.imported]) {
      expect(list.length).toBeGreaterThanOrEqual(PROGRAMS)
    }
    expect(known.deals).toHaveLength(PROGRAMS)
    // An export is of one moment, and whole.
    const lines = readFileSync(path.join(folder, 'export 8.csv'), 'utf8').trimEnd().split('\r\n')
    expect(new Set(lines.map((line) => line.split(',').length)).size).toBe(1)
    await expectSound(folder)
    const { count, median, p99, longest } = waits(folder)
    process.stdout.write(
      `${count} changes waited for the book: median ${median.toFixed(1)} ms, ` +
        `99 of 100 within ${p99.toFixed(1)} ms, longest ${longest.toFixed(1)} ms\n`,
    )
    expect(p99).toBeLessThanOrEqual(5 * median + 100)
    expect(longest).toBeLessThanOrEqual(5000)
  },
  300_000 * TIMES,
)
