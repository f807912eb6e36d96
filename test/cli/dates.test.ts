import fc from 'fast-check'
import { Readable } from 'node:stream'
import { afterEach, describe, expect, it } from 'vitest'
import { readDayWords } from '../../src/cli/day-text.ts'
import type { Io } from '../../src/cli/io.ts'
import { addDays, type Day, dayOf, weekday } from '../../src/domain/day.ts'
import { run } from '../../src/main.ts'
import { emptyDesk, runIn } from '../support/funnel.ts'

const ZONES = ['UTC', 'America/Los_Angeles', 'Asia/Bangkok', 'Pacific/Apia', 'Europe/Berlin']
const HERE = process.env.TZ

afterEach(() => {
  process.env.TZ = HERE
})

describe('a day in words', () => {
  const today = '2026-11-23' as Day

  it.each([
    ['in 2 weeks', '2026-12-07', '2026-12-07'],
    ['1 Dec', '2026-12-01', '2025-12-01'],
    ['march 1', '2027-03-01', '2026-03-01'],
    ['next monday', '2026-11-30', '2026-11-30'],
    ['last friday', '2026-11-20', '2026-11-20'],
    ['3 days ago', '2026-11-20', '2026-11-20'],
    ['1 December 2027', '2027-12-01', '2027-12-01'],
  ])('“%s” is %s to come and %s gone by', (words, future, past) => {
    expect(readDayWords(words, today, 'future')?.day).toBe(future)
    expect(readDayWords(words, today, 'past')?.day).toBe(past)
  })

  it.each([
    '1/12',
    '01.12.2026',
    '2026-13-01',
    '2026-31-12',
    '12:30',
    'soon',
    'call on friday',
    '30 feb',
    'mon to fri',
  ])('“%s” is none', (words) => expect(readDayWords(words, today, 'future')).toBeUndefined())

  it('is the same wherever the machine stands, through clock changes and leap days', () => {
    const days = fc
      .integer({ min: 0, max: 12_000 })
      .map((count) => addDays(dayOf(2010, 1, 1), count))
    fc.assert(
      fc.property(days, fc.integer({ min: 1, max: 60 }), (from, count) => {
        for (const zone of ZONES) {
          process.env.TZ = zone
          expect(readDayWords(`in ${count} days`, from, 'future')?.day).toBe(addDays(from, count))
          expect(readDayWords(`${count} weeks ago`, from, 'past')?.day).toBe(
            addDays(from, -7 * count),
          )
          const friday = readDayWords('next friday', from, 'future')?.day
          expect(friday !== undefined && friday > from && weekday(friday) === 5).toBe(true)
          expect(process.env.TZ).toBe(zone)
        }
      }),
      { numRuns: 60 },
    )
  })
})

describe('a book in Bangkok', () => {
  /** Runs in this process at a moment, as if the machine stood in a zone. */
  async function at(folder: string, zone: string, moment: string, ...args: string[]) {
    let text = ''
    const io: Io = {
      stdin: Readable.from([]),
      stdout: { write: (part: string) => (text += part) },
      stderr: { write: () => true },
      env: {},
      cwd: folder,
      now: () => new Date(moment),
    }
    process.env.TZ = zone
    expect(await run(args, io)).toBe(0)
    return text
  }

  it.each(['UTC', 'America/Los_Angeles'])(
    'counts its own days on a machine in %s',
    async (zone) => {
      const { folder } = emptyDesk()
      // 17:30 UTC on the 22nd is half past midnight on Monday the 23rd in Bangkok.
      const moment = '2026-11-22T17:30:00Z'
      const book = (...args: string[]): Promise<string> => at(folder, zone, moment, ...args)
      await book('init', '--currency', 'THB', '--timezone', 'Asia/Bangkok')
      await book('client', 'add', 'ร้านอาหารไทย', '--rating', 'A')
      await book('standard', 'set', 'A', '14')
      await book('task', 'add', 'today', '--due', 'today', '--client', '1')
      await book('task', 'add', 'friday', '--due', 'friday')
      await book('task', 'add', 'words', '--due', 'in 2 weeks')
      await book('log', 'call', '1', 'hello', '--on', 'friday')
      const list = JSON.parse(await book('task', 'list', '--json'))
      expect(list.tasks.map((task: { due: string }) => task.due)).toEqual([
        '2026-11-23',
        '2026-11-27',
        '2026-12-07',
      ])
      expect(await book('today')).toContain('Today, 2026-11-23\n1 due today')
      expect(JSON.parse(await book('client', 'show', '1', '--json')).timeline[0].at).toBe(
        '2026-11-23',
      )
      expect(JSON.parse(await book('client', 'show', '1', '--json')).timeline[1].at).toBe(
        '2026-11-20',
      )
      expect(await book('report', 'closed', '--period', 'this-week')).toContain(
        '2026-11-23 … 2026-11-29',
      )
      // A minute before midnight in Bangkok it is still the 22nd.
      const before = await at(folder, zone, '2026-11-22T16:59:00Z', 'today')
      expect(before).toContain('Today, 2026-11-22\n')
      // Fourteen days after the call on the 20th the client is in time, on the fifteenth late.
      expect(await at(folder, zone, '2026-12-04T16:59:00Z', 'report', 'standards')).not.toContain(
        'Late\n',
      )
      expect(await at(folder, zone, '2026-12-04T17:01:00Z', 'report', 'standards')).toContain(
        'Late\n',
      )
    },
  )

  it.each(['UTC', 'America/Los_Angeles'])('through the binary too, in %s', (zone) => {
    const { folder, ok } = emptyDesk()
    ok('init', '--currency', 'THB', '--timezone', 'Asia/Bangkok')
    const env = { TZ: zone, FUNNEL_TODAY: '2028-02-28' }
    const task = (due: string): unknown =>
      JSON.parse(runIn(folder, ['task', 'add', due, '--due', due, '--json'], { env }).out).due
    expect(task('tomorrow')).toBe('2028-02-29')
    expect(task('in 2 days')).toBe('2028-03-01')
    expect(task('+1m')).toBe('2028-03-28')
    expect(task('29 Feb')).toBe('2028-02-29')
  })
})
