import { execFileSync } from 'node:child_process'
import {
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statfsSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { desk, newFolder } from '../support/funnel.ts'
import { type Ended, expectSound, finish, inCopy, leftovers, stateOf, TIMES } from './programs.ts'
import { ready, type Work, WORKS } from './works.ts'

const TRIES = 3 * TIMES
const TOLD =
  /disk is full|could not be written|could not be copied|may not be that large|erased, but traces/

/** A small disk of its own, where this machine lets a test have one. */
function smallDisk(): string | null {
  const folder = newFolder()
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=128m,mode=700', 'funnel-test', folder], {
      stdio: 'ignore',
    })
    return folder
  } catch {
    rmSync(folder, { recursive: true })
    return null
  }
}

const disk = process.platform === 'linux' ? smallDisk() : null

afterAll(() => {
  if (disk === null) return
  execFileSync('umount', [disk])
  rmSync(disk, { recursive: true })
})

/** What an end without room must be like: all or nothing, said so, and mended by making room. */
async function expectClean(folder: string, ended: Ended, work: Work, fates: string[]) {
  const [before, after] = fates
  const { code, err, out } = ended
  const state = stateOf(folder)
  expect([before, after]).toContain(state)
  if (code === 0) {
    expect(state).toBe(after)
  } else {
    expect([code === 1 || code === 4, out]).toEqual([true, ''])
    expect(err).toMatch(/^funnel: (?!unexpected)/)
    expect(err).toMatch(TOLD)
    expect(state).toBe(err.includes('is erased') ? after : before)
    expect(leftovers(folder)).toEqual([])
    expect(readdirSync(folder).filter((name) => /\.(?:v1|replaced-)/.test(name))).toEqual([])
  }
  work.look?.(folder, state === after)
  await expectSound(folder)
  if (state === after) return
  expect((await finish(folder, work.args)).code).toBe(0)
  expect(stateOf(folder)).toBe(after)
  work.look?.(folder, true)
}

async function fatesOf(folder: string, { args }: Work): Promise<string[]> {
  const before = stateOf(folder)
  const after = await inCopy(folder, async (copy) => {
    expect((await finish(copy, args)).code).toBe(0)
    return stateOf(copy)
  })
  return [before, after]
}

const BLOCK = 512

/** Words that let no file grow beyond a size, in bytes. */
function limit(bytes: number): string[] {
  return ['sh', '-c', 'ulimit -f "$0"; exec "$@"', String(Math.ceil(bytes / BLOCK))]
}

/** A number of sizes from small to large. */
function sizes(smallest: number, largest: number): number[] {
  const step = (largest / smallest) ** (1 / Math.max(1, TRIES - 1))
  return Array.from({ length: TRIES }, (_, index) => Math.round(smallest * step ** index))
}

function largestFile(folder: string): number {
  const files = readdirSync(folder).map((name) => statSync(path.join(folder, name)))
  return Math.max(...files.map((file) => (file.isFile() ? file.size : 0)))
}

describe('an export', () => {
  it('that finds no room leaves the file that was there, at whatever byte', async () => {
    const { folder, file, ok } = desk()
    const lines = Array.from({ length: 5000 }, (_, row) => `Company ${row},North`)
    writeFileSync(file('list.csv'), ['name,region', ...lines].join('\n'))
    ok('import', 'clients', 'list.csv')
    ok('export', 'clients', '--out', 'whole.csv')
    const { size } = statSync(file('whole.csv'))
    writeFileSync(file('out.csv'), 'of last week')
    // A book that is only read needs 32 KiB beside it.
    for (const bytes of [size / 2, size - 4096, size - BLOCK]) {
      const words = ['export', 'clients', '--out', 'out.csv']
      const ended = await finish(folder, words, limit(bytes - BLOCK))
      expect(ended).toMatchObject({ code: 1, out: '' })
      expect(ended.err).toContain('out.csv cannot be written: a file may not be that large here')
      expect(readFileSync(file('out.csv'), 'utf8')).toBe('of last week')
      expect(leftovers(folder)).toEqual([])
    }
  })
})

describe('a backup', () => {
  it('that finds no room leaves no part of it, and the one before as it was', async () => {
    const { folder, file, ok } = desk()
    const lines = Array.from({ length: 2000 }, (_, row) => `Company ${row},${'note '.repeat(20)}`)
    writeFileSync(file('list.csv'), ['name,note', ...lines].join('\n'))
    ok('import', 'clients', 'list.csv')
    mkdirSync(file('copies'))
    ok('backup', 'copies')
    const before = readdirSync(file('copies'))
    const size = statSync(path.join(file('copies'), before[0] ?? '')).size
    for (const bytes of [size / 8, size / 2, size - BLOCK]) {
      const ended = await finish(folder, ['backup', 'copies', '--keep', '1'], limit(bytes))
      expect(ended).toMatchObject({ code: 1, out: '' })
      expect(ended.err).toContain('the copy could not be written to')
      expect(ended.err).toContain('make room, or name another folder')
      expect(readdirSync(file('copies'))).toEqual(before)
    }
  })
})

describe.each(WORKS)('$name', (work) => {
  it('is taken back where a file may not grow', async () => {
    const folder = ready(work)
    const fates = await fatesOf(folder, work)
    const codes = new Set<number | null>()
    for (const size of sizes(8192, 2 * largestFile(folder) + (1 << 23))) {
      await inCopy(folder, async (copy) => {
        const ended = await finish(copy, work.args, limit(size))
        codes.add(ended.code)
        await expectClean(copy, ended, work, fates)
      })
    }
    expect(codes.size).toBeGreaterThan(1)
    rmSync(folder, { recursive: true })
  }, 300_000)

  it.skipIf(disk === null)(
    'is taken back where the disk is full',
    async () => {
      const folder = ready(work)
      const fates = await fatesOf(folder, work)
      const codes = new Set<number | null>()
      for (const size of [0, ...sizes(40_000, 2 * largestFile(folder) + (1 << 23))]) {
        const copy = path.join(disk ?? '', 'copy')
        const ballast = path.join(disk ?? '', 'ballast')
        cpSync(folder, copy, { recursive: true })
        cpSync(folder, path.join(copy, 'tmp'), {
          recursive: true,
          filter: (name) => name === folder,
        })
        const { bavail, bsize } = statfsSync(copy)
        writeFileSync(ballast, Buffer.alloc(Math.max(0, bavail * bsize - size)))
        const ended = await finish(copy, work.args)
        codes.add(ended.code)
        truncateSync(ballast)
        await expectClean(copy, ended, work, fates)
        rmSync(copy, { recursive: true })
      }
      expect(codes.size).toBeGreaterThan(1)
      rmSync(folder, { recursive: true })
    },
    300_000,
  )
})
