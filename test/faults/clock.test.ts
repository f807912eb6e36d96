import { expect, it } from 'vitest'
import { desk, type Desk, emptyDesk, temporaryFolder } from '../support/funnel.ts'

/** The same folder on another day. */
function on(folder: string, today: string): Desk {
  return emptyDesk({ env: { FUNNEL_TODAY: today } }, folder)
}

it('a clock that jumps back loses nothing, and keeps the order in which things were done', () => {
  const folder = temporaryFolder()
  const later = desk({ env: { FUNNEL_TODAY: '2026-11-23' } }, folder)
  later.ok('client', 'add', 'Acme', '--property', 'Fleet=1')
  later.ok('deal', 'add', 'acme', 'Roof', '--amount', '100')
  later.ok('deal', 'add', 'acme', 'Wall', '--on', '2026-11-01')
  later.ok('deal', 'add', 'acme', 'Door', '--on', '2026-11-01')
  later.ok('advance', 'roof')
  later.ok('advance', 'door')
  later.ok('log', 'call', 'acme', 'hello')
  later.ok('win', 'wall')
  const earlier = on(folder, '2026-11-20')
  earlier.ok('client', 'add', 'Beta')
  earlier.ok('task', 'add', 'Call', '--due', '2026-11-21')
  // A step cannot come before the one it follows; the message names the day.
  for (const line of ['advance roof', 'win roof', 'lose roof --reason none', 'reopen wall']) {
    const { code, out, err } = earlier.run(...line.split(' '), '--no-input')
    expect([line, out, code === 1 || code === 2 || code === 3]).toEqual([line, '', true])
    expect(err).toMatch(/^funnel: (?!unexpected)/)
  }
  expect(earlier.run('win', 'roof').err).toContain('was opened on 2026-11-23')
  expect(earlier.run('win', 'door').err).toContain('took its last step on 2026-11-23, after')
  for (const line of ['report open', 'report closed', 'today', 'forecast', 'client show acme']) {
    const text = earlier.ok(...line.split(' '), '--json')
    expect([line, text.match(/"(?:days|median_days|age)\w*": -\d/g)]).toEqual([line, null])
  }
  // Reports are of the day that it is said to be: what is still to come does not count.
  expect(earlier.json('report', 'open').totals).toMatchObject({ deals: 2 })
  const { operations } = earlier.json<{ operations: { id: number }[] }>('history')
  const ids = operations.map(({ id }) => id)
  expect(ids).toEqual(ids.toSorted((a, b) => b - a))
  expect(earlier.ok('undo')).toContain('undid 10')
  expect(earlier.ok('doctor')).toContain('is sound')
  const again = on(folder, '2026-11-24')
  again.ok('win', 'roof')
  expect(again.json('report', 'closed', '--period', 'all').totals).toMatchObject({ won: 2 })
  // A battery that died: the clock begins anew.
  const dead = on(folder, '1970-01-01')
  for (const line of ['today', 'report open', 'report closed', 'forecast', 'find acme', 'doctor']) {
    dead.ok(...line.split(' '))
  }
  dead.ok('client', 'add', 'Gamma')
  expect(again.ok('doctor')).toContain('is sound')
  expect(again.json('report', 'closed', '--period', 'all').totals).toMatchObject({ won: 2 })
})
