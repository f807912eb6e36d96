import { rmSync } from 'node:fs'
import { afterAll, describe, expect, it } from 'vitest'
import { newFolder } from '../support/funnel.ts'
import { type Inside, inside } from '../support/inside.ts'

const FOLDER = newFolder()
afterAll(() => rmSync(FOLDER, { recursive: true }))

async function json<T>(made: Inside, ...args: string[]): Promise<T> {
  return JSON.parse(await made.ok(...args, '--json')) as T
}

/** Deals lost for a reason at a stage, as a file has them. */
function many(reason: string, stage: string, count: number): string[] {
  return Array.from(
    { length: count },
    (_, at) =>
      `${reason}${stage}${at},Harbour Foods,Deal ${reason} ${stage} ${at},lost,${stage},` +
      `2026-01-10,2026-03-01,100,${reason}`,
  )
}

/** A book with lost deals that came by import. */
async function lost(name: string, rows: string[]): Promise<Inside> {
  const made = await inside(FOLDER, name)
  const head = 'Deal ID,Client,Deal title,Status,Stage,Opened,Closed,Amount,Loss reason'
  made.save('deals.csv', [head, ...rows].join('\n'))
  await made.ok('import', 'deals', 'deals.csv', '--create', 'clients,reasons')
  return made
}

describe('losses of which the import says no stage', () => {
  it('are counted, said, and left out of the test of reasons by stage', async () => {
    const made = await lost('placed', [
      ...many('no budget', '', 30),
      ...many('no budget', 'Proposal', 20),
      ...many('too late', 'Proposal', 20),
      ...many('no budget', 'Decision', 20),
      ...many('too late', 'Decision', 20),
    ])
    const losses = await json<{
      by_stage: { stage: string; reason: string; deals: number; over: boolean | null }[]
      notes: string[]
    }>(made, 'report', 'losses', '--period', '2026')
    const first = losses.by_stage.find(({ stage }) => stage === 'Qualification')
    expect(first).toMatchObject({ reason: 'no budget', deals: 30, over: null })
    expect(losses.by_stage.filter(({ over }) => over)).toEqual([])
    expect(losses.notes.join('\n')).toContain('110 deals came by import with an outcome')
    expect(losses.notes.join('\n')).toContain('Of 30 deals at the first stage the import names no')
    // Where the history is known they are tested like all others.
    expect(await made.ok('report', 'losses', '--period', '2026')).not.toContain('30*')
  })
})

describe('a reason that weighs more at one stage than at others', () => {
  it('has a star there, and only there', async () => {
    const made = await lost('starred', [
      ...many('no budget', '', 1),
      ...many('no budget', 'Proposal', 40),
      ...many('too late', 'Proposal', 10),
      ...many('no budget', 'Decision', 10),
      ...many('too late', 'Decision', 40),
    ])
    const losses = await json<{ by_stage: Record<string, unknown>[]; notes: string[] }>(
      made,
      'report',
      'losses',
      '--period',
      '2026',
    )
    // 50 at each stage, 50 for each reason: 25 expected, (40 − 25) / √(25 × ½ × ½) = 6.
    const chance = { expected: 25, p_adjusted: expect.closeTo(0, 6) as number }
    expect(losses.by_stage).toMatchObject([
      { stage: 'Qualification', reason: 'no budget', deals: 1, over: null },
      { stage: 'Proposal', reason: 'no budget', deals: 40, ...chance, residual: 6, over: true },
      { stage: 'Proposal', reason: 'too late', deals: 10, ...chance, residual: -6, over: false },
      { stage: 'Decision', reason: 'no budget', deals: 10, ...chance, residual: -6, over: false },
      { stage: 'Decision', reason: 'too late', deals: 40, ...chance, residual: 6, over: true },
    ])
    expect(losses.notes).toContain(
      '* more than chance gives: standardised residuals, false discovery rate 10%.',
    )
    expect(losses.notes).toContain(
      'Of 1 deal at the first stage the import names no way there: it is left out of that test.',
    )
    const text = await made.ok('report', 'losses', '--period', '2026')
    expect(text).toMatch(/^Proposal +40\* +4,000(\.00)? +10 +1,000/m)
    expect(text).toMatch(/^Decision +10 +1,000(\.00)? +40\* +4,000/m)
  })
})

describe('losses beside those of an earlier period', () => {
  it('have a row for what was lost only then, without a reason too', async () => {
    const made = await inside(FOLDER, 'earlier')
    await made.ok('client', 'add', 'Pier')
    for (const [title, day, ...why] of [
      ['Oven', '2026-02-10'],
      ['Hood', '2026-03-10', '--reason', 'too expensive'],
    ] as const) {
      await made.ok('deal', 'add', '1', title, '--amount', '100', '--on', '2026-01-10')
      await made.ok('lose', title, '--on', day, ...why)
    }
    const args = ['report', 'losses', '--period', '2026-03', '--compare', 'previous']
    const { rows } = await json<{ rows: Record<string, unknown>[] }>(made, ...args)
    expect(rows).toHaveLength(2)
    expect(rows[0]).toMatchObject({ deals: 1, deals_before: 0, share: 1, share_before: 0 })
    expect(rows[1]).toMatchObject({
      reason: null,
      deals: 0,
      deals_before: 1,
      deals_change: -1,
      share: 0,
      share_before: 1,
      amount_change: -100,
    })
  })
})
