import { expect, it } from 'vitest'
import { importsInside } from '../support/imports.ts'

it('values that are not what their property is are named with their rows, and kept', async () => {
  const made = await importsInside()
  await made.ok('client', 'add', 'Pier Nine', '--property', 'Fleet=3', '--property', 'Paint=red')
  await made.ok('client', 'edit', 'Pier Nine', '--property', 'Survey=2026-01-05')
  await made.ok('property', 'edit', 'Fleet', '--kind', 'number')
  await made.ok('property', 'edit', 'Survey', '--kind', 'day')
  await made.ok('property', 'edit', 'Paint', '--choice', 'red', '--choice', 'blue')
  const lines = [
    'Name,Fleet,Survey,Paint',
    // The day of Zeta is first: that settles how the other slashed day is read.
    'Eta,many,03/04/2026,BLUE',
    'Zeta,4,25/12/2026,green',
    'Theta,MANY,soon,red',
    'Iota,"1,200",,Blue',
  ]
  const done = await made.bring('clients', lines)
  expect(done.rejects).toEqual([])
  expect(done.unfit).toEqual([
    { property: 'Fleet', kind: 'number', cells: 2, rows: [2, 4], sample: 'many' },
    { property: 'Paint', kind: 'choice', cells: 1, rows: [3], sample: 'green' },
    { property: 'Survey', kind: 'day', cells: 1, rows: [4], sample: 'soon' },
  ])
  expect(done.notes).toEqual(
    expect.arrayContaining([
      '2 values of Fleet are not a number, and kept as written (rows 2, 4): “many”, “MANY”',
      '1 value of Paint is not one of red, blue, and kept as written (row 3): “green”',
      '1 value of Survey is not a day, and kept as written (row 4): “soon”',
    ]),
  )
  expect(await made.json('client', 'show', 'Theta')).toMatchObject({
    properties: [
      { name: 'Fleet', value: 'MANY' },
      { name: 'Paint', value: 'red' },
      { name: 'Survey', value: 'soon' },
    ],
  })
  // What is in no row that came in is not named.
  const again = await made.bring('deals', ['Client,Title,Fleet', 'Nobody,Mast,lots', 'Eta,Mast,9'])
  expect(again).toMatchObject({ rejected: 1, unfit: [] })
})

it('a file whose properties have no kind names none', async () => {
  const made = await importsInside()
  expect(await made.bring('clients', ['Name,Fleet', 'Eta,many'])).toMatchObject({ unfit: [] })
})
