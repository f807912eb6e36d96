import { describe, expect, it } from 'vitest'
import { desk, type Desk } from '../support/funnel.ts'

function shop(): Desk {
  const made = desk()
  for (const name of ['Ann', 'Bo']) made.ok('owner', 'add', name)
  made.ok('client', 'add', 'Harbour', '--owner', 'Ann')
  made.ok('client', 'add', 'Pier', '--owner', 'Bo')
  made.ok('deal', 'add', 'Harbour', 'Boiler', '--amount', '900')
  made.ok('deal', 'add', 'Pier', 'Pump', '--amount', '400')
  made.ok('log', 'call', 'Harbour', 'wants one', '--on', '2026-11-20')
  return made
}

/** How a command was refused: its exit code, and what was said. */
function refused(made: Desk, ...args: string[]): string {
  const { code, out, err } = made.run(...args)
  expect(out).toBe('')
  return `${code} ${err}`
}

describe('several at once', () => {
  it('names each once, with or without commas, whatever is typed twice', () => {
    const made = shop()
    expect(made.ok('deal', 'edit', '2', '2', '#2', '--owner', 'Ann')).toContain(
      'changed deal 2 (Pump)',
    )
    expect(made.ok('deal', 'edit', '1,2', '--owner', 'Bo')).toContain('changed 2 deals')
    for (const text of ['Call', 'Write']) made.ok('task', 'add', text)
    expect(made.ok('task', 'drop', '3,4', '3')).toContain('dropped 2 tasks')
    expect(refused(made, 'deal', 'edit', '1', 'pump', '--owner', 'Bo')).toContain('“pump” is not')
  })

  it('sets a property in the words of conditions', () => {
    const made = shop()
    made.ok('deal', 'edit', '--where', 'deal:owner=Bo', '--set', 'property:Colour=red')
    expect(made.ok('deal', 'show', '2')).toMatch(/Colour +red/)
    const said = refused(made, 'deal', 'edit', '2', '--set', 'bogus=1')
    expect(said).toContain('2 funnel: “bogus” cannot be set')
    expect(said).toContain('expected-close')
    expect(said).not.toContain('expectedClose')
    expect(refused(made, 'deal', 'edit', '2', '--set', 'owner')).toContain(
      '“owner” does not say what to set to what',
    )
    expect(refused(made, 'deal', 'edit', 'pump', '--where', 'amount>1', '--owner', 'Bo')).toContain(
      'leave out the names',
    )
  })
})

describe('corrections', () => {
  it('show the numbers that they ask for, and take no number for what was said', () => {
    const made = shop()
    expect(made.ok('interaction', 'list')).toMatch(/No\. +Day.*\n +1 +2026-11-20/)
    made.ok('log', 'call', 'Pier', 'called back')
    expect(refused(made, 'interaction', 'edit', '1', '2', '--owner', 'Bo')).toContain(
      '2 funnel: “2” is a number and not what was said',
    )
    made.ok('interaction', 'edit', '1', '2 of them')
    expect(made.ok('interaction', 'list')).toContain('2 of them')
  })

  it('take the tasks of a deal to its new client', () => {
    const made = shop()
    made.ok('deal', 'edit', '1', '--client', 'Pier')
    expect(made.ok('client', 'show', 'Pier')).toMatch(/To do[\s\S]*Pier +Boiler/)
    expect(made.ok('client', 'show', 'Harbour')).not.toContain('To do')
    made.ok('undo')
    expect(made.ok('client', 'show', 'Harbour')).toContain('To do')
  })

  it('say how many deals were lost for a reason that is merged, also if they were reopened', () => {
    const made = shop()
    made.ok('lose', '1', '--reason', 'no budget')
    made.ok('reopen', '1')
    expect(made.ok('reason', 'merge', 'too expensive', 'no budget')).toContain('1 deal')
  })
})

describe('slips of the hand', () => {
  it('are answered with what to type', () => {
    const made = shop()
    made.ok('product', 'add', 'Cold room', '--code', 'CR-20', '--price', '4000')
    const hint = (...args: string[]): string => refused(made, ...args).split('\n')[1] ?? ''
    expect(hint('product', 'delete', 'CR-20')).toContain('funnel product edit CR-20 --retire')
    expect(hint('goal', 'delete', '1')).toContain('funnel goal drop 1')
    expect(hint('interaction', 'show', '1')).toContain('funnel interaction list')
    expect(hint('interactions')).toContain('funnel interaction list')
    expect(hint('contacts', 'list')).toContain('funnel contact list')
    expect(hint('hand-over', 'Bo')).toContain('funnel owner hand-over')
    expect(hint('lines')).toContain('funnel deal line list')
    expect(hint('task', 'postpone', '1', 'tomorrow')).toContain('--to tomorrow')
    expect(hint('deal', 'list', '--columns', '')).toContain('--columns id,client')
    expect(hint('source', 'add', 'web')).toContain('funnel source list')
    expect(hint('client', 'list', '--columns', 'foo')).toContain('there are ')
    expect(hint('product', 'add', 'X', '--price', '1.23456')).toBe('  write 1.2345')
    made.ok('terms', 'add', '30 days', '--days', '30')
    const both = ['--end-of-month', '--not-end-of-month']
    expect(refused(made, 'terms', 'edit', '1', ...both)).toContain('cannot be used together')
    expect(refused(made, 'terms', 'drop', 'foo')).toContain('there are no terms “foo”')
    expect(made.run('company', 'set', '--email', 'foo').err).toContain('is not an e-mail address')
    expect(refused(made, 'owner', 'show', 'x'.repeat(60_000))).toMatch(/^3 /)
  })

  it('set no goal for somebody who has left', () => {
    const made = shop()
    made.ok('owner', 'edit', 'Bo', '--retire')
    const goal = ['goal', 'set', 'won-deals', '4', '--owner', 'Bo'] as const
    expect(refused(made, ...goal, '--every', 'month')).toContain('the owner Bo is retired')
    made.ok(...goal, '--period', '2026-10')
  })

  it('leave figures as the book writes them', () => {
    const made = shop()
    made.ok('settings', 'set', 'locale', 'de')
    made.ok('product', 'add', 'Cold room', '--code', 'CR-20', '--price', '4000')
    made.ok('deal', 'line', 'add', '1', 'CR-20', '--quantity', '1000,5')
    const line = made.ok('deal', 'line', 'list', '1')
    expect(line).toContain('1.000,5')
    expect(line).toContain('4.000,00')
  })
})
