import { expect, it } from 'vitest'
import { desk } from '../support/funnel.ts'

it('invoices are found by their numbers and orders, with words of the client and the deal', () => {
  const { ok, run, json } = desk()
  ok('client', 'add', 'Harbour Foods', '--region', 'North')
  ok('client', 'add', 'Quay Café')
  ok('deal', 'add', '1', 'Cold store', '--amount', '1000')
  ok('invoice', 'add', '--deal', '1')
  ok('invoice', 'issue', 'd1', '--incomplete')
  ok('invoice', 'add', '2', '--line', 'Work @ 90', '--order-ref', 'PO-7714')
  ok('invoice', 'issue', 'd2', '--incomplete')
  // A draft has no number to be found by.
  ok('invoice', 'add', '2', '--line', 'Work @ 90', '--order-ref', 'PO-7715')
  const found = (...words: string[]): string[] =>
    json<{ hits: { kind: string; text: string; client: string }[] }>('find', ...words).hits.map(
      ({ kind, text, client }) => `${kind} ${text} ${client}`,
    )
  const [first, second] = ['invoice 2026-0001 Harbour Foods', 'invoice 2026-0002 Quay Café']
  expect(found('2026-0001')).toEqual([first])
  expect(found('2026-000')).toEqual([second, first])
  expect(found('0002')).toEqual([second])
  expect(found('po-771')).toEqual(['invoice PO-7714 Quay Café'])
  expect(found('harbour', '0001')).toEqual(['invoice Harbour Foods Harbour Foods'])
  expect(found('cold', '0001')).toEqual(['invoice Cold store Harbour Foods'])
  expect(found('quay', '0001')).toEqual([])
  expect(found('2026-000', '--where', 'region=North')).toEqual([first])
  expect(run('find', '%').code).toBe(0)
})
