import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseChance, readChance, writtenChance } from '../../src/domain/chance/typed.ts'
import { importsInside, type ImportsInside } from '../support/imports.ts'
import { runInside } from '../support/inside.ts'
import { faultOf } from '../support/fault-of.ts'

/** Pier’s Winch (10,000) and Crane (5,000), both in Proposal since the first of November: 40 % by the template. */
async function filled(): Promise<ImportsInside> {
  const made = await importsInside()
  const list = [
    'Id,Client,Title,Amount,Stage,Opened',
    'D1,Pier,Winch,10000,Proposal,2026-11-01',
    'D2,Pier,Crane,5000,Proposal,2026-11-01',
  ]
  await made.bring('deals', list, '--create', 'clients', '--process', 'typical')
  return made
}

interface Deal {
  title: string
  chance: number | null
  chance_by: string | null
  chance_learnt: number | null
  weighted: number | null
}

async function deals(made: ImportsInside, ...args: string[]): Promise<Deal[]> {
  return (await made.json<{ deals: Deal[] }>('deal', 'list', ...args)).deals
}

async function titles(made: ImportsInside, ...conditions: string[]): Promise<string[]> {
  const where = conditions.flatMap((one) => ['--where', one])
  return (await deals(made, '--status', 'all', ...where)).map(({ title }) => title).toSorted()
}

async function refusal({ folder }: ImportsInside, ...args: string[]): Promise<string> {
  const { code, err } = await runInside(folder, args)
  return `${code}: ${err}`
}

describe('a chance as it is typed', () => {
  it('is a percentage, and 0.7 is asked about', () => {
    expect(['70%', '70', '7,5 %', '0%', '100', '33.3333%'].map(parseChance)).toEqual([
      0.7, 0.7, 0.075, 0, 1, 0.333333,
    ])
    expect(faultOf(() => parseChance('0.7'))).toMatchObject({ hint: 'write 70% or 0.7%' })
    for (const text of ['', 'high', '101%', '-5%', '1e1']) {
      expect(() => parseChance(text)).toThrow(Error)
    }
  })

  it('may be a fraction in a file, and survives being written there', () => {
    expect(['0.7', '.25', '0,5', '70', '70 %', '0', '66.666666%'].map(readChance)).toEqual([
      0.7, 0.25, 0.5, 0.7, 0.7, 0, 0.666666,
    ])
    expect(() => readChance('1')).toThrow('1% or 100%')
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000_000 }), (millionths) => {
        const chance = millionths / 1_000_000
        expect(readChance(writtenChance(chance))).toBe(chance)
      }),
    )
  })
})

describe('the chance of a deal that is set by hand', () => {
  it('is used in lists, on cards and in the weighted pipeline, next to the one learnt', async () => {
    const made = await filled()
    expect(await made.ok('deal', 'edit', '1', '--chance', '70%')).toContain('chance 70%')
    expect(await deals(made, '--sort', '-chance')).toMatchObject([
      { title: 'Winch', chance: 0.7, chance_by: 'set', chance_learnt: 0.4, weighted: 7000 },
      { title: 'Crane', chance: 0.4, chance_by: 'template', chance_learnt: 0.4, weighted: 2000 },
    ])
    expect(await made.json('deal', 'show', '1')).toMatchObject({ chance: 0.7, chance_by: 'set' })
    expect(await made.ok('deal', 'show', '1')).toContain(
      'Chance: 70%, set by hand on 2026-11-23 (40% by template)',
    )
    expect((await made.json('client', 'show', 'Pier')).deals).toMatchObject([
      { chance: 0.7, chance_by: 'set' },
      { chance: 0.4, chance_by: 'template' },
    ])
    // 10,000 × 70 % + 5,000 × 40 % = 9,000; by the template alone 15,000 × 40 % = 6,000.
    expect((await made.json('report', 'open')).totals).toMatchObject({
      set_by_hand: 1,
      weighted: 9000,
      weighted_learnt: 6000,
    })
    expect(await made.ok('report', 'open')).toContain(
      'Chance set by hand: 1 deal; without, Weighted would be 6,000.',
    )
    expect(await made.json('forecast', '--weighted', '--measure', 'amount')).toMatchObject({
      set_by_hand: 1,
      total: { mean: 9000 },
      totals: { weighted_template: 6000, set_by_hand: 1 },
    })
  })

  it('is left aside by whoever says where chances come from, and by the simulation', async () => {
    const made = await filled()
    const before = await made.json<{ total: object }>('forecast')
    await made.ok('deal', 'edit', '1', '--chance', '99%', '--on', '2026-11-20')
    const after = await made.json<{ total: object; notes: string[]; set_by_hand: number }>(
      'forecast',
    )
    expect(after.total).toEqual(before.total)
    expect(after.set_by_hand).toBe(1)
    expect(after.notes).toContain(
      'Not used here: the chance to win set by hand for 1 open deal; funnel forecast --weighted uses them.',
    )
    expect(await made.ok('forecast', '--explain', '1')).toContain('99% was set by hand')
    expect(await made.ok('snapshot')).toContain('set by hand for 1 open deal')
    expect((await made.json('report', 'open', '--probability', 'template')).totals).toMatchObject({
      set_by_hand: 0,
      weighted: 6000,
    })
  })

  it('is that of the day in reports of the past, by process, owner and deal', async () => {
    const made = await filled()
    await made.ok('deal', 'edit', '1', '--chance', '50%', '--on', '2026-11-10')
    await made.ok('deal', 'edit', '1', '--chance', '80%', '--on', '2026-11-15')
    await made.ok('deal', 'edit', '1', '--chance', 'none', '--on', '2026-11-20')
    const weighted = async (day: string, ...args: string[]): Promise<unknown> => {
      const { totals } = await made.json<{ totals: { weighted: number; set_by_hand: number } }>(
        'report',
        'open',
        '--as-of',
        day,
        ...args,
      )
      return [totals.set_by_hand, totals.weighted]
    }
    // 10,000 × 40 %, 50 %, 80 %, 40 %, each with the Crane's 2,000.
    expect(await weighted('2026-11-09')).toEqual([0, 6000])
    expect(await weighted('2026-11-10')).toEqual([1, 7000])
    expect(await weighted('2026-11-19')).toEqual([1, 10_000])
    expect(await weighted('2026-11-20')).toEqual([0, 6000])
    expect(await weighted('2026-11-19', '--where', 'deal:title=Winch')).toEqual([1, 8000])
    const { groups, deals: listed } = await made.json<{ groups: object[]; deals: object[] }>(
      'report',
      'open',
      '--as-of',
      '2026-11-19',
      '--by',
      'process',
    )
    expect(listed).toBeUndefined()
    expect(groups).toMatchObject([{ key: 'typical', totals: { weighted: 10_000 } }])
    const list = await made.json('report', 'open', '--list', '--as-of', '2026-11-12')
    expect(list.deals).toMatchObject([
      { title: 'Winch', probability: 0.5, chance_by: 'set', probability_learnt: 0.4 },
      { title: 'Crane', probability: 0.4, chance_by: 'template' },
    ])
  })

  it('can be asked for, set for many, and taken back with everything', async () => {
    const made = await filled()
    const before = made.look('SELECT * FROM deals')
    await made.ok('deal', 'edit', '--where', 'deal:amount>1', '--set', 'chance=55%')
    await made.ok('advance', '2', '--chance', '60%')
    expect(await titles(made, 'deal:chance>55%')).toEqual(['Crane'])
    expect(await titles(made, 'chance>=55%')).toEqual(['Crane', 'Winch'])
    expect(await titles(made, 'chance=55%,60%')).toEqual(['Crane', 'Winch'])
    expect(await titles(made, 'chance-by=set', 'chance!=60%')).toEqual(['Winch'])
    await made.ok('deal', 'edit', '1', '--chance', 'none')
    expect(await titles(made, 'chance-by=template')).toEqual(['Winch'])
    expect(await titles(made, 'chance>30%', 'chance<50%')).toEqual(['Winch'])
    expect(await refusal(made, 'deal', 'list', '--where', 'chance-by=hand')).toContain('set, age')
    expect(await refusal(made, 'deal', 'list', '--where', 'deal:chance>much')).toMatch(/^2: .*much/)
    for (let step = 0; step < 3; step += 1) await made.ok('undo')
    expect(made.look('SELECT * FROM deals')).toEqual(before)
    expect(await made.ok('doctor')).toContain('sound')
  })

  it('belongs to open deals: a closed one has none, and 100 % wins nothing', async () => {
    const made = await filled()
    const { err } = await runInside(made.folder, ['deal', 'edit', '1', '--chance', '100%'])
    expect(err).toContain('stays open with a chance of 100%; to close it: funnel win 1')
    expect(await titles(made, 'status=open', 'chance=100%')).toEqual(['Winch'])
    await made.ok('lose', '1')
    expect(await titles(made, 'chance')).toEqual(['Crane'])
    expect(await refusal(made, 'deal', 'edit', '1', '--chance', '5%')).toMatch(
      /^1: .*is lost: only open deals have a chance\n.*funnel reopen 1/,
    )
    await made.ok('deal', 'edit', '1', '--chance', 'none')
    expect(await refusal(made, 'deal', 'edit', '2', '--chance', '0.7')).toMatch(/^2: .*70% or 0.7%/)
  })
})

describe('a column of chances in a file', () => {
  const LIST = [
    'Id,Client,Title,Amount,Stage,Status,Opened,Closed,Probability',
    'D1,Pier,Winch,900,Proposal,open,2026-11-01,,75%',
    'D2,Pier,Crane,500,Proposal,open,2026-11-01,,0.3',
    'D3,Pier,Mast,700,,won,2026-10-01,2026-11-01,100%',
    'D4,Pier,Sail,700,Proposal,open,2026-10-01,,high',
  ]

  it('is a property, as it mostly follows the stage, unless somebody says otherwise', async () => {
    const made = await importsInside()
    const plain = await made.bring('deals', LIST, '--create', 'clients', '--process', 'typical')
    expect(plain).toMatchObject({ created: 4, rejected: 0 })
    expect(plain.notes.join('\n')).toContain('--map "Probability=chance"')
    expect(await titles(made, 'chance-by=set')).toEqual([])
    expect(await titles(made, 'deal:property:Probability=75%')).toEqual(['Winch'])
    const other = await importsInside()
    const words = ['--create', 'clients', '--process', 'typical', '--map', 'Probability=chance']
    const done = await other.bring('deals', LIST, ...words)
    expect(done.rejects).toEqual([{ row: 5, reason: '“high” is not a chance to win' }])
    expect((await deals(other)).map(({ chance }) => chance)).toEqual([0.75, 0.3])
    expect(other.look('SELECT chance FROM deals WHERE closed_on IS NOT NULL')).toEqual([
      { chance: null },
    ])
    await other.ok('deal', 'edit', '1', '--chance', '80%')
    const again = await other.bring('deals', LIST.slice(0, 2), ...words, '--on-duplicate', 'update')
    expect(again.updated).toBe(1)
    expect((await deals(other))[0]).toMatchObject({ chance: 0.75 })
  })

  it('goes out and comes back, with its history', async () => {
    const made = await filled()
    await made.ok('deal', 'edit', '1', '--chance', '50%', '--on', '2026-11-10')
    await made.ok('deal', 'edit', '1', '--chance', '72.5%', '--on', '2026-11-15')
    const other = await importsInside()
    for (const what of ['clients', 'deals', 'history']) {
      other.save(`${what}.csv`, await made.ok('export', what))
      await other.ok('import', what, `${what}.csv`, '--create', 'all')
    }
    const events = 'SELECT deal_id, kind, at, chance FROM events ORDER BY deal_id, at, id'
    expect(other.look(events)).toEqual(made.look(events))
    expect(await other.json('report', 'open', '--as-of', '2026-11-12')).toEqual(
      await made.json('report', 'open', '--as-of', '2026-11-12'),
    )
    // An older file has no such column.
    const old = (await made.ok('export', 'deals', '--columns', 'ref,client,title'))
      .trim()
      .split('\n')
    expect((await other.bring('deals', old)).updated).toBe(0)
  })
})
