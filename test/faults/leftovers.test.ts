import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { desk, runIn } from '../support/funnel.ts'
import { leftovers, pause, start } from './programs.ts'

/** The number of a process that is gone. */
const gonePid = (): number => spawnSync('true').pid

/** A name as the program gives it to what is not finished. */
const unfinished = (name: string, pid: number): string =>
  `${name}.${pid}-${crypto.randomUUID()}.new`

it('what a killed export leaves goes with the next one to that name, or with doctor', async () => {
  const { folder, file, ok, run } = desk()
  const lines = Array.from({ length: 3000 }, (_, row) => `Company ${row},${'note '.repeat(50)}`)
  writeFileSync(file('list.csv'), ['name,note', ...lines].join('\n'))
  ok('import', 'clients', 'list.csv')
  const killed = async (): Promise<string> => {
    for (;;) {
      const { child, ended } = start(folder, ['export', 'clients', '--out', 'o.csv'])
      while (leftovers(folder).length === 0 && child.exitCode === null) await pause(1)
      child.kill('SIGKILL')
      await ended
      const [left] = leftovers(folder)
      if (left !== undefined) return left
    }
  }
  const first = await killed()
  expect(first).toMatch(/^o\.csv\.\d+-/)
  // One that runs, and one of another name.
  const running = unfinished('o.csv', process.pid)
  const other = unfinished('p.csv', gonePid())
  for (const name of [running, other]) writeFileSync(file(name), 'people')
  const next = run('export', 'clients', '--out', 'o.csv')
  expect([next.code, next.err]).toEqual([0, expect.stringContaining(`left: ${first}\n`)])
  expect(leftovers(folder).toSorted()).toEqual([running, other].toSorted())
  const second = await killed()
  expect(ok('doctor')).toContain(`removed: ${other}, which a killed command had left\n`)
  expect(second === running || !existsSync(file(second))).toBe(true)
  expect(leftovers(folder)).toEqual([running])
})

it('every folder that commands write to is looked through', () => {
  const { folder, file, ok } = desk()
  for (const name of ['tmp', 'away', 'copies']) mkdirSync(file(name))
  const pid = gonePid()
  const env = { TMPDIR: file('tmp') }
  const put = (name: string): void => writeFileSync(file(name), 'people')
  // A list of rejects, a page, a backup.
  put(unfinished('mend.csv', pid))
  writeFileSync(file('list.csv'), 'name,email\nAcme,none\nGood,\n')
  ok('import', 'clients', 'list.csv', '--rejects', 'mend.csv')
  put(unfinished('page.html', pid))
  ok('report', 'open', '--html', 'page.html')
  put(unfinished('copies/funnel.db.2026-01-01T000000Z', pid))
  ok('backup', 'copies')
  expect([
    ...leftovers(folder),
    ...readdirSync(file('copies')).filter((one) => one.endsWith('.new')),
  ]).toEqual([])
  // What came in on stdin, of a command that is gone and of one that runs.
  const spools = [
    `tmp/funnel-${pid}-aaaaaa`,
    `tmp/funnel-${process.pid}-aaaaaa`,
    'tmp/funnel-notes',
  ]
  for (const spool of spools) mkdirSync(file(spool))
  put(`${spools[0]}/stdin`)
  const input = 'name\nBeta\n'
  expect(runIn(folder, ['import', 'clients', '-'], { env, input }).code).toBe(0)
  expect(spools.map((spool) => existsSync(file(spool)))).toEqual([false, true, true])
  // Doctor looks next to the book, where it is called and in the folder for temporary files.
  mkdirSync(file(spools[0] ?? ''))
  put(unfinished('away/o.csv', pid))
  put(unfinished('p.csv', pid))
  const words = ['doctor', '--book', file('funnel.db')]
  const { code, out } = runIn(path.join(folder, 'away'), words, { env })
  expect([code, out.match(/^removed: .*$/gm)?.length]).toEqual([0, 3])
  expect([...readdirSync(file('away')), ...leftovers(folder)].toSorted()).toEqual(
    [`funnel-${process.pid}-aaaaaa`, 'funnel-notes'].toSorted(),
  )
})
