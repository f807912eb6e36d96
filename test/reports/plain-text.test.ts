import { describe, expect, it } from 'vitest'
import { desk } from '../support/funnel.ts'
import { onTerminal } from '../support/screen.ts'

const LONG = ['Annabella Fearnley of the North', 'Annabella Featherstonehaugh']

function twoOwners() {
  const made = desk()
  made.ok('client', 'add', 'Harbour Foods')
  for (const name of LONG) made.ok('owner', 'add', name)
  for (const [at, name] of LONG.entries()) {
    made.ok('deal', 'add', '1', `Oven ${at}`, '--owner', name, '--amount', '100')
    made.ok('lose', `${at + 1}`)
  }
  return made
}

describe('names over columns', () => {
  it('are whole in a pipe, each over its own columns', () => {
    const made = twoOwners()
    const lines = made.ok('report', 'closed', '--by', 'owner').split('\n')
    const at = lines.findIndex((line) => line.includes(LONG[0] ?? ''))
    const [names = '', heads = ''] = lines.slice(at)
    expect(names.trim().split(/ {2,}/)).toEqual(LONG)
    // The second name begins where the second group's first column does.
    const second = names.indexOf(LONG[1] ?? '')
    expect(heads.slice(second)).toMatch(/^Reached +Step$/)
    expect(made.ok('report', 'losses')).toContain('No reason given')
    expect(made.ok('report', 'losses')).not.toContain('…  ')
  })

  it('are whole on a screen too, as far as it is wide enough for one of them', async () => {
    const made = twoOwners()
    for (const columns of [60, 80, 120]) {
      const text = await onTerminal(made, ['report', 'closed', '--by', 'owner'], columns)
      for (const name of LONG) expect(text).toContain(name)
    }
    expect(await onTerminal(made, ['report', 'closed', '--by', 'owner', '--no-color'], 40)).toMatch(
      /^ +Annabella F.*…$/m,
    )
  })
})

describe('what is not known', () => {
  it('has one name in all tables and pictures', () => {
    const made = twoOwners()
    const losses = made.ok('report', 'losses', '--chart')
    expect(losses.match(/No reason given/g)).toHaveLength(3)
    expect(losses).not.toMatch(/^–/m)
    const sources = made.ok('report', 'sources', '--chart')
    expect(sources.match(/No source/g)).toHaveLength(1)
    expect(made.ok('report', 'closed', '--by', 'source')).toContain('No source')
    expect(made.ok('report', 'sources')).not.toMatch(/Unknown|^–/m)
    const { rows } = made.json<{ rows: { reason: string | null }[] }>('report', 'losses')
    expect(rows.map(({ reason }) => reason)).toEqual([null])
  })
})

describe('deals of processes without stages', () => {
  it('are not said to be none', () => {
    const made = desk()
    made.ok('client', 'add', 'Harbour Foods')
    for (const title of ['Oven', 'Hood']) made.ok('deal', 'add', '1', title, '--process', 'plain')
    made.ok('win', '1')
    made.ok('lose', '2')
    for (const name of ['closed', 'bottlenecks']) {
      for (const format of [[], ['--md'], ['--html', '-']]) {
        const text = made.ok('report', name, ...format)
        expect(text).toContain('2 deals closed')
        expect(text).toContain('there is no funnel to draw')
        expect(text).not.toContain('No deal was closed')
      }
      const earlier = made.ok('report', name, '--period', '2025')
      expect(earlier).toContain('No deal was closed in this period')
    }
  })
})
