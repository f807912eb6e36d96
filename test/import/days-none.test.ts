import { expect, it } from 'vitest'
import { importsInside } from '../support/imports.ts'

const read = (count: number, example: string): string =>
  `${count} dates such as ${example} stand for none, and were read as empty`

it('a task is not done on a day that is none, and done on a day in its column Done', async () => {
  const { bring, look } = await importsInside()
  const list = ['Task,Done', 'Ring,0000-00-00', 'Write,9999-12-31', 'Send,2026-11-20', 'Ask,yes']
  const done = await bring('tasks', list)
  expect(done).toMatchObject({ created: 4, rejected: 0 })
  expect(done.notes).toContain(read(2, '0000-00-00'))
  expect(look('SELECT text, status, closed_on AS day FROM tasks ORDER BY id')).toEqual([
    { text: 'Ring', status: 'open', day: null },
    { text: 'Write', status: 'open', day: null },
    { text: 'Send', status: 'done', day: '2026-11-20' },
    { text: 'Ask', status: 'done', day: '2026-11-23' },
  ])
  expect(await bring('tasks', list)).toMatchObject({ operation: null, unchanged: 4 })
  const wrong = await bring('tasks', [
    'Task,Done',
    'Ring,2027-01-01',
    'Ring,12.34.5678',
    'Ring,soon',
  ])
  expect(wrong.rejects.map(({ reason }) => reason)).toEqual([
    'it was closed on 2027-01-01, which is still to come',
    'the status “12.34.5678” is not one of: open, done, dropped',
    'the status “soon” is not one of: open, done, dropped',
  ])
})

it('what has to have a day says that its day is none', async () => {
  const { bring } = await importsInside()
  const calls = ['Client,Date,Text', 'Nord,0000-00-00,hi', 'Nord,,hi']
  const { rejects } = await bring('interactions', calls, '--create', 'clients')
  expect(rejects.map(({ reason }) => reason)).toEqual([
    'the date “0000-00-00” stands for none',
    'the row has no date',
  ])
  await bring('deals', ['Ref,Client,Title', 'D-1,Nord,Boiler'], '--create', 'clients')
  const steps = await bring('history', ['Deal,Stage,Date', 'D-1,Proposal,9999-12-31'])
  expect(steps.rejects[0]?.reason).toBe('the date “9999-12-31” stands for none')
})

it('is empty and counted in what is kept as a property too', async () => {
  const { bring, look } = await importsInside()
  const list = ['Name,Renewal', 'Nord,0000-00-00', 'Quay,31.12.9999 23:59:59', 'Mole,00000000']
  const done = await bring('clients', list)
  expect(done.notes).toContain(read(2, '0000-00-00'))
  expect(look('SELECT value FROM client_properties')).toEqual([{ value: '00000000' }])
})

it.each([
  ['1970-01-01', []],
  ['1970-01-01T00:00:00+00:00', []],
  ['01.01.1970 01:00:00', ['--date-format', 'dmy']],
  ['12/31/1969', ['--date-format', 'mdy']],
  ['1900-01-01 00:00:00.000', []],
  ['1753-01-01', []],
  ['1/1/1904', ['--date-format', 'mdy']],
])('%s, from which programs count, is none, but a birthday may be that day', async (day, args) => {
  const { bring, look } = await importsInside()
  const deals = ['Client,Deal,Created,Birthday', `Nord,Boiler,${day},${day}`]
  const done = await bring('deals', deals, '--create', 'clients', ...args)
  expect(done.notes).toContain(
    read(1, day).replace('dates', 'date').replace('stand', 'stands').replace('were', 'was'),
  )
  expect(look('SELECT opened_known FROM deals')).toEqual([{ opened_known: 0 }])
  expect(look('SELECT value FROM deal_properties')).toEqual([{ value: day }])
})
