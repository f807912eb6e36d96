import { describe, expect, it } from 'vitest'
import { type BookType, utils, write } from 'xlsx'
import { importsInside } from '../support/imports.ts'
import { runInside } from '../support/inside.ts'

const HEADER = 'ref,client,title,outcome,opened,closed,amount'
const ROWS = [
  'D1,Pier,Crane,won,2026-10-01,2026-10-31,100',
  'D2,Pier,Winch,won,,2026-11-10,200',
  'D3,Pier,Rope,lost,0000-00-00,2026-11-12,300',
  'D4,Pier,Buoy,open,9999-12-31,,400',
  'D5,Pier,Mast,open,2026-11-20,,500',
]

async function book() {
  const made = await importsInside()
  const done = await made.bring('deals', [HEADER, ...ROWS], '--create', 'clients')
  return { ...made, done }
}

describe('deals without an opening day', () => {
  it('are counted at import, with the dates that stand for none', async () => {
    const { done } = await book()
    expect(done).toMatchObject({ created: 5, rejected: 0 })
    expect(done.notes).toEqual([
      '2 dates such as 0000-00-00 stand for none, and were read as empty',
      '3 deals have no opening day: new deals, cohorts and days to win are counted without them ' +
        'until a later import, or funnel deal edit --opened DAY, gives the day',
      'added 1 client: Pier',
    ])
  })

  it.each<BookType>(['xlsx', 'ods', 'biff8'])('may be cells of a workbook (%s)', async (type) => {
    const made = await importsInside()
    const day = (v: number) => ({ t: 'n', v, z: 'yyyy-mm-dd' })
    // 2958465 is the last day that a spreadsheet knows, 0 the one that a blank becomes.
    const rows = [
      ['Client', 'Title', 'Opened'],
      ['Pier', 'Crane', day(2_958_465)],
      ['Pier', 'Winch', day(0)],
      ['Pier', 'Rope', day(46_000)],
    ]
    const sheet = utils.aoa_to_sheet(rows)
    const workbook = utils.book_new(sheet, 'List')
    made.save('list.bin', write(workbook, { type: 'buffer', bookType: type }) as Buffer)
    const args = ['import', 'deals', 'list.bin', '--create', 'clients', '--json']
    const { out } = await runInside(made.folder, args)
    expect((JSON.parse(out) as { notes: string[] }).notes[0]).toBe(
      '2 dates such as 9999-12-31 stand for none, and were read as empty',
    )
    expect(made.look('SELECT title, opened_on, opened_known FROM deals ORDER BY id')).toMatchObject(
      [
        { title: 'Crane', opened_known: 0 },
        { title: 'Winch', opened_known: 0 },
        { title: 'Rope', opened_on: '2025-12-09', opened_known: 1 },
      ],
    )
  })

  it('are in no cohort, no count of new deals and no days to win, and notes say so', async () => {
    const { json, ok } = await book()
    const cohort = await json<{ totals: object; notes: string[] }>('report', 'cohort')
    expect(cohort.totals).toMatchObject({ deals: 2, won: 1, lost: 0, open: 1 })
    expect(cohort.notes).toContain('Left out of cohorts: 3 deals whose opening day is not known.')
    // The crane took 30 days; nobody knows of the winch.
    const velocity = await json<{ totals: object; notes: string[] }>('report', 'velocity')
    expect(velocity.totals).toMatchObject({ won: 2, days_to_win: 30 })
    expect(await json('report', 'open')).toMatchObject({ totals: { deals: 2, median_days: 3 } })
    expect(await json('report', 'sources')).toMatchObject({ totals: { opened: 2, won: 2 } })
    expect(await json('snapshot')).toMatchObject({ totals: { opened: 1 } })
    expect(await ok('doctor')).toContain('is sound')
  })

  it('are named by the report of activity and by check, where those leave them out', async () => {
    const { json, ok } = await book()
    // The winch was won; the buoy may have come to its first stage at any time, the rope too.
    const activity = await json<{ totals: object; notes: string[] }>(
      'report',
      'activity',
      '--stage',
      'qualification',
      '--period',
      '2026-11',
    )
    expect(activity.totals).toMatchObject({ won: 0, proposals: 1 })
    expect(activity.notes).toEqual(
      expect.arrayContaining([
        'Left out of deals won and their touches: 1 deal whose opening day is not known.',
        'Left out of proposals: 3 deals whose opening day is not known.',
      ]),
    )
    const decision = await json<{ notes: string[] }>('report', 'activity', '--stage', 'decision')
    expect(decision.notes.join()).not.toContain('proposals')
    const check = await json<{ checks: object[]; notes: string[] }>(
      'check',
      'new-leads>=1/week',
      'new-leads>=1/month',
      'new-leads<=9/month',
    )
    expect(check.checks).toMatchObject([{ value: 1 }, { value: 1 }, { value: 1 }])
    expect(check.notes).toEqual([
      'Left out of new-leads/week: 1 deal whose opening day is not known.',
      'Left out of new-leads/month: 3 deals whose opening day is not known.',
    ])
    expect(await ok('check', 'new-leads>=1/week')).toContain(check.notes[0])
    expect(await json('check', 'open>=1')).not.toHaveProperty('notes')
  })

  it('have no such day in JSON, in exports and on a card, until somebody gives it', async () => {
    const { json, ok, bring } = await book()
    expect(await json('deal', 'show', 'buoy')).toMatchObject({ opened_on: null, stage_since: null })
    expect(await ok('deal', 'show', 'buoy')).toContain('Opened: –')
    const line = (await ok('export', 'deals')).split('\n').find((one) => one.startsWith('D4'))
    expect(line?.trim()).toMatch(/^D4,Pier,,,Buoy,typical,Qualification,open,,,400\.00,+$/)
    await ok('deal', 'edit', 'buoy', '--opened', '2026-11-01')
    expect(await json('deal', 'show', 'buoy')).toMatchObject({ opened_on: '2026-11-01' })
    const again = [HEADER, 'D2,Pier,Winch,won,2026-09-01,2026-11-10,200']
    expect(await bring('deals', again)).toMatchObject({ updated: 1 })
    expect(await json('deal', 'show', 'winch')).toMatchObject({ opened_on: '2026-09-01' })
    await ok('undo')
    expect(await json('deal', 'show', 'winch')).toMatchObject({ opened_on: null })
    await ok('deal', 'edit', 'buoy', '--opened', 'none')
    expect(await json('deal', 'show', 'buoy')).toMatchObject({ opened_on: null })
    expect(await ok('doctor')).toContain('is sound')
  })

  it('that were won without a stage show none', async () => {
    const { json, ok } = await book()
    expect(await json('deal', 'show', 'crane')).toMatchObject({ status: 'won', stage: null })
    expect(await json('deal', 'show', 'rope')).toMatchObject({ stage: 'Qualification' })
    await ok('win', 'mast')
    expect(await json('deal', 'show', 'mast')).toMatchObject({ stage: 'Qualification' })
  })

  it('may have ended before the day of the import', async () => {
    const { json, ok } = await book()
    await ok('reason', 'add', 'price')
    await ok('lose', 'buoy', '--on', '2026-11-15', '--reason', 'price')
    const shown = { status: 'lost', closed_on: '2026-11-15', opened_on: null }
    expect(await json('deal', 'show', 'buoy')).toMatchObject(shown)
    expect(await ok('doctor')).toContain('is sound')
  })
})
