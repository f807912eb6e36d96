import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, rmSync, writeFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { BINARY, desk, TODAY } from '../support/funnel.ts'

/** Copies that were not finished. */
const unfinished = (folder: string): string[] =>
  readdirSync(folder).filter((name) => /\.new(-\w+)?$/.test(name))

it('a restore that is killed leaves no private copy behind that the next doctor or restore would not remove', async () => {
  const { ok, run, file, folder } = desk()
  ok('client', 'add', 'Pier Nine')
  ok('backup', 'old.db')
  const killed = async (): Promise<string> => {
    const child = spawn(process.execPath, [BINARY, 'restore', 'old.db', '--yes'], {
      cwd: folder,
      env: { ...process.env, FUNNEL_TODAY: TODAY },
    })
    const ended = once(child, 'close')
    while (unfinished(folder).length === 0 && child.exitCode === null) {
      await new Promise((resolve) => void setTimeout(resolve, 1))
    }
    child.kill('SIGKILL')
    await ended
    return unfinished(folder)[0] ?? ''
  }
  const first = await killed()
  expect(first).toMatch(/^funnel\.db\./)
  // A command that runs has one as well: this very test.
  const running = `funnel.db.${process.pid}-${crypto.randomUUID()}.new`
  writeFileSync(file(running), 'x')
  writeFileSync(file('funnel.db.notes.new'), 'x')
  expect(ok('doctor')).toContain(`removed: ${first}, which a killed command had left`)
  expect(unfinished(folder).toSorted()).toEqual([running, 'funnel.db.notes.new'].toSorted())
  rmSync(file(running))
  rmSync(file('funnel.db.notes.new'))
  const second = await killed()
  expect(run('restore', 'old.db', '--yes').err).toContain(second)
  expect(unfinished(folder)).toEqual([])
})

it('a restore that is interrupted leaves no copy of the book that nobody asked for', async () => {
  const { ok, file, folder } = desk()
  const lines = Array.from({ length: 4000 }, (_, row) => `Company ${row},${'note '.repeat(50)}`)
  writeFileSync(file('list.csv'), ['name,note', ...lines].join('\n'))
  ok('import', 'clients', 'list.csv')
  ok('backup', 'old.db')
  const kept = (): string[] => readdirSync(folder).filter((name) => name.includes('.replaced-'))
  for (let round = 0; round < 5; round += 1) {
    const before = kept().length
    const child = spawn(process.execPath, [BINARY, 'restore', 'old.db', '--yes'], {
      cwd: folder,
      env: { ...process.env, FUNNEL_TODAY: TODAY },
    })
    const ended = once(child, 'close')
    while (kept().length === before && child.exitCode === null) {
      await new Promise((resolve) => void setTimeout(resolve, 1))
    }
    child.kill('SIGINT')
    const [code] = (await ended) as [number | null]
    expect([code, kept().length - before]).toEqual(code === 130 ? [130, 0] : [0, 1])
    expect(unfinished(folder)).toEqual([])
  }
  expect(ok('doctor')).toContain('is sound')
})
