import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { type Desk, desk, emptyDesk } from '../support/funnel.ts'

/** Desks of several people with one book. */
function sharedBy<const N extends string>(...names: N[]): Record<N, Desk> {
  const { folder } = desk({ env: { FUNNEL_USER: names[0] ?? '' } })
  const each = names.map((name) => [name, emptyDesk({ env: { FUNNEL_USER: name } }, folder)])
  return Object.fromEntries(each) as Record<N, Desk>
}

interface Line {
  id: number
  author: string | null
  undone_by: number | null
}

const linesOf = (one: Desk, ...more: string[]): Line[] =>
  one.json<{ operations: Line[] }>('history', ...more).operations

describe('who ran a command', () => {
  it('is kept with it, shown once there are several, and asked for with --by', () => {
    const { ann, bo } = sharedBy('ann', 'bo')
    ann.ok('client', 'add', 'Harbour')
    expect(ann.ok('history')).not.toContain('Who')
    bo.ok('client', 'add', 'Pier')
    expect(ann.ok('history')).toMatch(/bo +added client 2 \(Pier\)/)
    expect(linesOf(ann).map(({ author }) => author)).toEqual(['bo', 'ann'])
    expect(linesOf(ann, '--by', 'bo').map(({ id }) => id)).toEqual([2])
    expect(linesOf(ann, '--by', 'me').map(({ id }) => id)).toEqual([1])
    expect(ann.ok('history', '--by', 'cy')).toContain('Nothing in this book was done by cy.')
  })

  it('decides what a plain undo takes back', () => {
    const { ann, bo, cy } = sharedBy('ann', 'bo', 'cy')
    ann.ok('client', 'add', 'Harbour')
    bo.ok('client', 'add', 'Pier')
    const { err } = ann.run('undo')
    expect(err).toContain('operation 2 (funnel client add Pier) is by bo, and stays: funnel undo 2')
    expect(bo.ok('client', 'list')).not.toContain('Harbour')
    const none = cy.run('undo')
    expect(none.code).toBe(3)
    expect(none.err).toContain('there is nothing of yours to undo: you are cy')
    expect(none.err).toContain('funnel undo 2')
    expect(cy.ok('undo', '2')).toContain('undid 2')
    expect(ann.run('undo').err).toContain('there is nothing to undo')
  })

  it('is FUNNEL_USER, else the user of the machine, else the account', () => {
    const one = desk({ env: { FUNNEL_USER: '' } })
    const account = one.ok('settings', 'get', 'user').trim()
    expect(account).not.toBe('')
    expect(one.ok('settings', 'set', 'user', ' Ann  Berg ')).toBe(
      'you are Ann Berg on this machine\n',
    )
    expect(readFileSync(one.file('.config/funnel/user'), 'utf8')).toBe('Ann Berg\n')
    one.ok('client', 'add', 'Harbour')
    expect(linesOf(one)).toMatchObject([{ author: 'Ann Berg' }])
    expect(one.ok('settings', 'list')).toMatch(/user +Ann Berg/)
    const other = emptyDesk({ env: { FUNNEL_USER: 'bo\u001b[31m' } }, one.folder)
    expect(other.ok('settings', 'set', 'user', 'cy')).toBe(
      'you are bo[31m on this machine (FUNNEL_USER says so)\n',
    )
    expect(one.ok('settings', 'set', 'user', 'none')).toBe(`you are ${account} on this machine\n`)
    expect(one.run('settings', 'set', 'user', ' ').code).toBe(2)
    // It is not the book's, so there is nothing to undo of it.
    expect(linesOf(one)).toHaveLength(1)
  })
})

describe('--mine', () => {
  it('is the owner linked to the user', () => {
    const { ann, bo } = sharedBy('ann', 'bo')
    ann.ok('owner', 'add', 'Ann', '--user', 'me')
    ann.ok('owner', 'add', 'Bo')
    ann.ok('client', 'add', 'Harbour', '--owner', 'Ann')
    ann.ok('client', 'add', 'Pier', '--owner', 'Bo')
    ann.ok('task', 'add', 'call', '--client', 'Harbour', '--due', 'today')
    ann.ok('task', 'add', 'write', '--client', 'Pier', '--due', 'today', '--owner', 'Bo')
    expect(ann.ok('task', 'list', '--mine')).not.toContain('write')
    const lost = bo.run('task', 'list', '--mine')
    expect(lost.code).toBe(2)
    expect(lost.err).toContain('funnel owner edit NAME --user bo')
    expect(bo.ok('owner', 'edit', 'Bo', '--user', 'BO')).toContain('changed owner 2 (Bo)')
    expect(bo.ok('task', 'list', '--mine')).toContain('write')
    const taken = bo.run('owner', 'edit', 'Bo', '--user', 'Ann')
    expect(taken.code).toBe(2)
    expect(taken.err).toContain('Ann is Ann already')
    bo.ok('undo')
    expect(bo.run('task', 'list', '--mine').code).toBe(2)
  })
})
