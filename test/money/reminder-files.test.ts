import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { desk, emptyDesk } from '../support/funnel.ts'

it('each instalment has a letter of its own, which the next one does not replace', () => {
  const { ok, folder, file } = desk({ env: { FUNNEL_TODAY: '2026-09-01' } })
  ok('client', 'add', 'Harbour Foods')
  ok('invoice', 'add', '1', '--line', 'Work @ 100', '--instalments', '30% at once, 70% 30d')
  ok('invoice', 'issue', 'd1', '--incomplete')
  const on = (day: string) => emptyDesk({ env: { FUNNEL_TODAY: day } }, folder)
  on('2026-09-10').ok('remind', '--out', 'letters')
  on('2026-09-11').ok('payment', 'add', '1', '30', '--for', '2026-0001')
  on('2026-10-10').ok('remind', '--out', 'letters')
  const [first, second] = ['2026-09-01', '2026-10-01'].map(
    (day) => `reminder-1-2026-0001-${day}.txt`,
  )
  expect(readdirSync(file('letters')).toSorted()).toEqual([first, second])
  expect(readFileSync(file(`letters/${first}`), 'utf8')).toContain('30.00 EUR')
  expect(readFileSync(file(`letters/${second}`), 'utf8')).toContain('70.00 EUR')
})
