import { rmSync } from 'node:fs'
import { afterAll, describe, expect, it } from 'vitest'
import { addDays } from '../../src/domain/day.ts'
import { day } from '../support/book.ts'
import { newFolder } from '../support/funnel.ts'
import { type Inside, inside } from '../support/inside.ts'

const FOLDER = newFolder()
afterAll(() => rmSync(FOLDER, { recursive: true }))

interface Activity {
  rows: Record<string, unknown>[]
  totals: Record<string, unknown>
  weeks: { week: string; calls: number }[]
  notes: string[]
}

async function activity({ ok }: Inside, ...args: string[]): Promise<Activity> {
  return JSON.parse(await ok('report', 'activity', ...args, '--json')) as Activity
}

describe('activity', () => {
  it('is that of the clients and of the process that are asked for', async () => {
    const made = await inside(FOLDER, 'chosen')
    await made.ok('client', 'add', 'Harbour Foods', '--region', 'North')
    await made.ok('client', 'add', 'Pier Nine')
    await made.ok('deal', 'add', 'Harbour Foods', 'Oven', '--process', 'free')
    await made.ok('log', 'call', 'Harbour Foods', '--deal', 'Oven')
    await made.ok('log', 'email', 'Harbour Foods')
    await made.ok('log', 'meeting', 'Pier Nine')
    const all = { calls: 1, emails: 1, meetings: 1, touches: 3 }
    expect((await activity(made)).totals).toMatchObject(all)
    // What is about no deal is about none of a process.
    expect((await activity(made, '--process', 'free')).totals).toMatchObject({
      ...all,
      emails: 0,
      meetings: 0,
      touches: 1,
    })
    expect((await activity(made, '--where', 'region=North')).totals).toMatchObject({
      ...all,
      meetings: 0,
      touches: 2,
    })
  })

  it('counts no proposals where no stage is called so, until one is named', async () => {
    const made = await inside(FOLDER, 'offers')
    await made.ok('stage', 'edit', 'Proposal', '--name', 'Offer')
    await made.ok('client', 'add', 'Harbour Foods')
    await made.ok('deal', 'add', '1', 'Oven', '--process', 'free')
    await made.ok('move', 'Oven', 'Offer')
    await made.ok('log', 'call', '1')
    await made.ok('log', 'call', '1')
    const note = 'No stage is called proposal; --stage names the one that counts as such.'
    const without = await activity(made)
    expect(without.totals).toMatchObject({ calls: 2, proposals: null, calls_per_proposal: null })
    expect(without.notes).toContain(note)
    const named = await activity(made, '--stage', 'offer')
    expect(named.totals).toMatchObject({ calls: 2, proposals: 1, calls_per_proposal: 2 })
    expect(named.notes).not.toContain(note)
  })

  it('leaves a long list of weeks to programs', async () => {
    const made = await inside(FOLDER, 'weeks')
    const calls = (weeks: number): string =>
      Array.from(
        { length: weeks },
        (_, at) => `Harbour Foods,call,${addDays(day('2026-11-23'), -7 * at)}\n`,
      ).join('')
    await made.ok('client', 'add', 'Harbour Foods')
    const bring = async (weeks: number) => {
      made.save('calls.csv', `Client,Kind,Date\n${calls(weeks)}`)
      await made.ok('import', 'interactions', 'calls.csv')
    }
    const asked = ['--period', 'last-365d']
    await bring(40)
    expect(await made.ok('report', 'activity', ...asked)).toMatch(/^By week$/m)
    await bring(41)
    const text = await made.ok('report', 'activity', ...asked)
    expect(text).not.toMatch(/^By week$/m)
    expect(text).toContain('By week and owner: --json.')
    const { weeks, rows } = await activity(made, ...asked)
    expect(weeks).toHaveLength(41)
    // The trend is that of the last 26.
    expect(rows[0]?.trend).toEqual(Array.from({ length: 26 }, () => 1))
  })
})
