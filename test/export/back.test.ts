import { writeFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { desk } from '../support/funnel.ts'

it('two calls of a day that nobody answered stay two, however often they come', () => {
  const { file, json, ok } = desk()
  ok('client', 'add', 'Pier Nine')
  const call = 'Pier Nine,2026-11-02,call,out\n'
  writeFileSync(file('calls.csv'), `Client,Date,Kind,Direction\n${call}${call}`)
  expect(json('import', 'interactions', 'calls.csv')).toMatchObject({ created: 2 })
  expect(json('import', 'interactions', 'calls.csv')).toMatchObject({ created: 0, unchanged: 2 })
})

it('a history that names its events to the letter is refused where they are no course', () => {
  const { file, ok, run } = desk()
  writeFileSync(file('deals.csv'), 'Id,Client,Title\nD1,Pier Nine,Winch\n')
  ok('import', 'deals', 'deals.csv', '--create', 'all')
  const before = ok('export', 'history')
  writeFileSync(
    file('history.csv'),
    'deal,stage,at,event\nD1,Qualification,2026-01-02,opened\nD1,,2026-01-03,reopened\n',
  )
  const { code, out } = run('import', 'history', 'history.csv', '--json')
  expect(code).toBe(1)
  const { rejects } = JSON.parse(out) as { rejects: { reason: string }[] }
  expect(rejects).toHaveLength(2)
  expect(rejects[0]?.reason).toContain('nothing to reopen')
  expect(ok('export', 'history')).toBe(before)
})

it('a property may hold any sign in its name and its value', () => {
  const { file, json, ok } = desk()
  writeFileSync(file('list.csv'), 'Name,Sum\nPier Nine,=A1\n')
  ok('import', 'clients', 'list.csv', '--map', 'Sum=property:a=b')
  expect(json('client', 'show', '1').properties).toEqual([{ name: 'a=b', value: '=A1' }])
})

it('tags and addresses that hold a comma stay whole', () => {
  const first = desk()
  first.ok('client', 'add', 'Pier Nine', '--category', 'small, old', '--website', 'x.example/a;b')
  writeFileSync(first.file('c.csv'), first.ok('export', 'clients'))
  const second = desk()
  second.ok('import', 'clients', first.file('c.csv'))
  expect(second.json('client', 'show', '1')).toMatchObject({ categories: ['small, old'] })
  expect(second.ok('export', 'clients')).toBe(first.ok('export', 'clients'))
})

it('namesakes and clients that share an address stay apart', () => {
  const first = desk()
  first.ok('client', 'add', 'Pier Nine', '--email', 'ann@x.example')
  first.ok('client', 'add', 'Pier Nine', '--email', 'ann@x.example', '--region', 'North')
  first.ok('client', 'add', 'Harbour Foods', '--email', 'ann@x.example')
  const csv = first.ok('export', 'clients')
  const second = desk({ input: csv })
  expect(second.json('import', 'clients', '-')).toMatchObject({ created: 3 })
  expect(second.ok('export', 'clients')).toBe(csv)
})
