import { rmSync } from 'node:fs'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import {
  bookIn,
  expectPrivate,
  expectSound,
  finish,
  inCopy,
  leftovers,
  pause,
  start,
  TIMES,
} from './programs.ts'
import { isLong, ready, stateAfter, type Work } from './works.ts'

const KILLS = 7 * TIMES
const GIVEN = [
  'list.csv',
  'deals.csv',
  'tasks.csv',
  'lines.csv',
  'offer.csv',
  'rates.csv',
  'processes.json',
  'bookings.csv',
  'invoices.csv',
  'copies',
  'post',
  'post.sh',
]

interface Fates {
  before: string
  after: string
  /** How long the command takes, in ms. */
  duration: number
  /** What it says on stderr. */
  said: string
}

/** What the book holds before and after the command, where nothing disturbs it. */
async function undisturbed(folder: string, work: Work): Promise<Fates> {
  const before = stateAfter(work, folder)
  return inCopy(folder, async (copy) => {
    const began = Date.now()
    const { code, err } = await finish(copy, work.args, [], work.env)
    expect([code, err.includes('funnel:')]).toEqual([0, false])
    const duration = Date.now() - began
    return { before, after: stateAfter(work, copy), duration, said: err }
  })
}

/** Is another program in the middle of a change, or has it just begun to write one down? */
function isWriting(folder: string): boolean {
  const probe = new Database(bookIn(folder), { timeout: 0 })
  try {
    probe.exec('BEGIN IMMEDIATE; ROLLBACK')
    return false
  } catch {
    return true
  } finally {
    probe.close()
  }
}

/**
 * Waits for the moment number `index` of `of`: spread evenly, but every other one while the book is
 * being written, of these every other one as soon as it is.
 */
async function moment(
  folder: string,
  index: number,
  of: number,
  { duration }: Fates,
  { outcome }: Work,
): Promise<void> {
  if (outcome || (index % 2 === 0 && index < of)) {
    await pause((duration * ((index % of) + Math.random())) / of)
    return
  }
  const deadline = Date.now() + 2 * duration
  while (!isWriting(folder) && Date.now() < deadline) await pause(1)
  if (index % 4 === 3) await pause(Math.random() * 20)
}

/** How many times a moment is tried for again that the machine's load let slip. */
const SECOND_TRIES = 20

/** What becomes of works that are killed, or interrupted, at any moment. */
export function describeKills(works: readonly Work[]): void {
  describe.each(works)('$name', (work) => {
    it('happens as a whole or not at all, at whatever moment it is killed', async () => {
      const folder = ready(work)
      const fates = await undisturbed(folder, work)
      expect(fates.after).not.toBe(fates.before)
      const seen = { none: 0, all: 0, writing: 0 }
      const missed = (): boolean => seen.none === 0 || (isLong(work) && seen.writing === 0)
      for (let kill = 0; kill < KILLS || (missed() && kill < KILLS + SECOND_TRIES); kill += 1) {
        await inCopy(folder, async (copy) => {
          const { child, ended } = start(copy, work.args, [], work.env)
          await moment(copy, kill, KILLS, fates, work)
          if (isWriting(copy)) seen.writing += 1
          child.kill('SIGKILL')
          const { code, out } = await ended
          const state = stateAfter(work, copy)
          expect([fates.before, fates.after]).toContain(state)
          const done = state === fates.after
          // What was acknowledged has happened.
          if (code === 0 || out !== '') expect(done).toBe(true)
          seen[done ? 'all' : 'none'] += 1
          work.look?.(copy, done)
          expectPrivate(copy, GIVEN)
          await expectSound(copy)
          // The next one finds nothing in its way.
          if (done) return
          expect((await finish(copy, work.args, [], work.env)).code).toBe(0)
          expect(stateAfter(work, copy)).toBe(fates.after)
          work.look?.(copy, true)
        })
      }
      expect(missed()).toBe(false)
      rmSync(folder, { recursive: true })
    }, 600_000)

    // Those that hold no book are interrupted where there is time.
    it.skipIf(work.outcome !== undefined && TIMES === 1).each(['SIGINT', 'SIGTERM'] as const)(
      'leaves nothing behind when it is ended by %s',
      async (signal) => {
        const folder = ready(work)
        const fates = await undisturbed(folder, work)
        const { before, after, said } = fates
        const interrupted = 'interrupted; nothing was changed\n'
        const ends = work.saysFirst ? [interrupted, said + interrupted] : [interrupted]
        const times = 3 * TIMES
        const codes = new Set<number>()
        const told = signal === 'SIGINT' ? 130 : 143
        const missed = (): boolean => /import/.test(work.name) && !codes.has(told)
        for (let time = 0; time < times || (missed() && time < times + SECOND_TRIES); time += 1) {
          await inCopy(folder, async (copy) => {
            const { child, ended } = start(copy, work.args, [], work.env)
            await moment(copy, time, times, fates, work)
            child.kill(signal)
            const { code, signal: by, err, out } = await ended
            const state = stateAfter(work, copy)
            expect([before, after]).toContain(state)
            if (code === 0) expect(state).toBe(after)
            else if (code !== null) {
              expect(ends).toContain(err)
              expect([code, out, state]).toEqual([told, '', before])
            } else expect(by).toBe(signal)
            if (code !== null) {
              codes.add(code)
              expect(leftovers(copy)).toEqual([])
            }
            work.look?.(copy, state === after)
            await expectSound(copy)
          })
        }
        expect(missed()).toBe(false)
        rmSync(folder, { recursive: true })
      },
      300_000,
    )
  })
}
