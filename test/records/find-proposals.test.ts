import { expect, it } from 'vitest'
import { desk } from '../support/funnel.ts'

it('proposals are found by their numbers and subjects, with words of the client', () => {
  const { ok, json } = desk()
  ok('client', 'add', 'Harbour Foods', '--region', 'North')
  ok('client', 'add', 'Quay Café')
  ok('deal', 'add', '1', 'Kühlhaus', '--amount', '1000')
  ok('deal', 'add', '2', 'Service', '--amount', '500')
  ok('proposal', 'make', '1')
  ok('deal', 'edit', '1', '--amount', '900', '--title', 'Kühlhaus Nord')
  ok('proposal', 'make', '1')
  ok('proposal', 'make', '2')
  const found = (...words: string[]): string[] =>
    json<{ hits: { kind: string; text: string; client: string }[] }>('find', ...words)
      .hits.filter(({ kind }) => kind === 'proposal')
      .map(({ text, client }) => `${text}, ${client}`)
  const [first, second] = ['P-2026-0001, Harbour Foods', 'P-2026-0002, Quay Café']
  expect(found('P-2026-0001')).toEqual([first])
  expect(found('p-2026')).toEqual([second, first])
  // Whatever its versions, it is one proposal, and says what the latest one says.
  expect(found('kuhlhaus')).toEqual(['P-2026-0001: Kühlhaus Nord, Harbour Foods'])
  expect(found('service', '0002')).toEqual(['P-2026-0002: Service, Quay Café'])
  expect(found('quay', '0001')).toEqual([])
  expect(found('p-2026', '--where', 'region=North')).toEqual([first])
})
