import { expect, it } from 'vitest'
import { importsInside } from '../support/imports.ts'

/** Long enough that sixty rows are a large file, whose deals are collected and indexed at the end. */
const remark = (row: number): string => `said ${row} `.repeat(2200)

const row = (number: number, client: string, ref: string, owner: string): string =>
  [client, ref, `deal ${number}`, owner, remark(number)].join(',')

it('a refused row of a large file takes nothing with it of those before', async () => {
  const { bring, look, ok } = await importsInside()
  await ok('owner', 'add', 'Ann')
  const rows = Array.from({ length: 64 }, (_, at) => row(at, 'Pier', `R-${at}`, 'Ann'))
  // It asks for the deal of an earlier row, so that all are put into the book while it is read.
  rows[30] = row(30, 'Pier', 'R-4', 'Ann')
  // Its client is added, then its owner is not known.
  rows[40] = row(40, 'Quay', 'R-40', 'Nobody')
  rows[41] = row(41, 'Ferry', 'R-41', 'Ann')
  const done = await bring(
    'deals',
    ['Client,Ref,Title,Owner,Remarks', ...rows],
    '--create',
    'clients',
    '--on-duplicate',
    'error',
  )
  expect(done.rejects.map((reject) => reject.row)).toEqual([32, 42])
  expect(look('SELECT id, name FROM clients')).toEqual([
    { id: 1, name: 'Pier' },
    { id: 2, name: 'Ferry' },
  ])
  const taken = [...rows.keys()].filter((at) => at !== 30 && at !== 40)
  expect(look('SELECT id, ref, import_row FROM deals ORDER BY id')).toEqual(
    taken.map((at, index) => ({ id: index + 1, ref: `R-${at}`, import_row: at + 2 })),
  )
  expect(look('SELECT id AS deal_id, note FROM deals ORDER BY id')).toEqual(
    taken.map((at, index) => ({ deal_id: index + 1, note: remark(at).trim() })),
  )
  await ok('doctor')
})

it('calls that a file names twice are two, and the book is sound after a refused one', async () => {
  const { bring, look, ok } = await importsInside()
  const said = (number: number): string => `Pier,2026-01-13,${remark(number % 40)}`
  const rows = Array.from({ length: 64 }, (_, at) => said(at))
  rows[50] = `Quay,no day,${remark(50)}`
  const list = ['Client,Date,Remarks', ...rows]
  const done = await bring('interactions', list, '--create', 'clients')
  expect(done.rejects.map((reject) => reject.row)).toEqual([52])
  expect(look('SELECT count(*) AS calls, max(id) AS last FROM interactions')).toEqual([
    { calls: 63, last: 63 },
  ])
  const again = await bring('interactions', list, '--create', 'clients')
  expect(again).toMatchObject({ created: 0, unchanged: 63, rejected: 1 })
  await ok('doctor')
})
