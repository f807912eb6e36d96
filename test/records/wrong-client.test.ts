import { beforeEach, describe, expect, it } from 'vitest'
import { importsInside, type ImportsInside } from '../support/imports.ts'

describe('what was entered at the wrong client', () => {
  let made: ImportsInside
  const ok = (...words: string[]): Promise<string> => made.ok(...words)

  beforeEach(async () => {
    made = await importsInside()
    await ok('client', 'add', 'Harbour', '--contact', 'Kai Lund')
    await ok('client', 'add', 'Pier', '--contact', 'Kai Lund', '--rating', 'A')
    await ok('deal', 'add', 'Harbour', 'Cold store', '--process', 'free')
    await ok('deal', 'add', 'Pier', 'Winch', '--process', 'free')
  })

  it('moves with the person of that name, and without the deal', async () => {
    await ok('log', 'call', 'Harbour', 'wants one', '--contact', 'Kai', '--deal', '1')
    const said = await ok('interaction', 'edit', '1', '--client', 'Pier')
    expect(said).toContain('now with client 2 (Pier), without deal 1 (Cold store)')
    const { interactions } = await made.json<{ interactions: unknown[] }>('client', 'show', 'Pier')
    expect(interactions).toMatchObject([{ text: 'wants one' }])
    expect(await ok('interaction', 'list')).toMatch(/Pier +Kai Lund/)
    expect(await ok('doctor')).toContain('is sound')
    expect(await ok('interaction', 'edit', '1', '--deal', 'Winch')).toContain('changed')
    await ok('undo')
    await ok('undo')
    expect(await ok('interaction', 'list')).toMatch(/Harbour +Kai Lund +Cold store/)
  })

  it('or another deal, if it is a task', async () => {
    await ok('task', 'add', 'Ring', '--deal', '1')
    await ok('task', 'add', 'Ring again', '--client', 'Harbour')
    await ok('task', 'edit', 'Ring', '--client', 'Pier')
    await ok('task', 'edit', 'Ring again', '--deal', 'Winch')
    const { tasks } = await made.json<{ tasks: unknown[] }>('task', 'list')
    expect(tasks).toMatchObject([
      { client: 'Pier', deal: null },
      { client: 'Pier', deal: 'Winch' },
    ])
    await ok('task', 'edit', '1', '--client', 'none')
    expect(await made.json('task', 'list')).toMatchObject({ tasks: [{ client: null }, {}] })
  })

  it('is deleted, several at once', async () => {
    for (const text of ['one', 'two price lists', 'three']) await ok('log', 'call', 'Pier', text)
    expect(await made.json('interaction', 'list', 'price', 'pier')).toMatchObject({
      interactions: [{ text: 'two price lists' }],
    })
    expect(await ok('interaction', 'delete', '1', '3')).toContain('deleted 2 interactions')
    expect(await ok('deal', 'delete', '1,2')).toContain('deleted 2 deals with 2 events')
    await ok('undo')
    expect(await made.json('deal', 'list')).toMatchObject({ deals: [{ id: 1 }, { id: 2 }] })
  })

  it('is not to be added first', async () => {
    await expect(ok('contact', 'drop', 'Pier', 'Bo')).rejects.toThrow('funnel contact list 2')
  })
})

it('a day that is still to come is doubted where it must have been', async () => {
  const made = await importsInside()
  const { err } = await made.attempt('clients', [
    'Name,Birthday,Client since',
    'Ann,2030-01-01,2020-01-01',
  ])
  expect(err).toBe('')
  const { notes } = await made.bring('clients', ['Name,Birthday', 'Bo,2031-01-01'])
  expect(notes).toContain('row 2 (Bo): the birthday 2031-01-01 is still to come')
  expect(await made.ok('client', 'show', 'Ann')).toContain('2030-01-01 (is still to come)')
})
