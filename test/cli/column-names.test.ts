import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Inside, inside, runInside } from '../support/inside.ts'

let parent: string
let book: Inside

beforeAll(async () => {
  parent = mkdtempSync(path.join(tmpdir(), 'funnel-'))
  book = await inside(parent, 'book')
  await book.ok('client', 'add', 'Harbour', '--property', 'Fleet=12', '--owner', 'none')
  book.save(
    'd.csv',
    'client,title,amount,Wattage,Delivery\nHarbour,Pump,100,1.5,3 weeks\nHarbour,Hoist,90,12,\n',
  )
  await book.ok('import', 'deals', 'd.csv', '--yes')
  await book.ok('log', 'call', 'Harbour', 'rang')
})
afterAll(() => rmSync(parent, { recursive: true, force: true }))

const header = async (...argv: string[]): Promise<string[]> =>
  ((await book.ok(...argv)).split(/\r?\n/)[0] ?? '').split(',')

/** The columns that a command has by itself. */
async function columnsOf(kind: 'client' | 'deal' | 'task', from: 'list' | 'file') {
  const argv = from === 'list' ? [kind, 'list', '--csv'] : ['export', `${kind}s`]
  return (await header(...argv)).filter((name) => name !== 'properties')
}

describe('columns', () => {
  it.each(['client', 'deal', 'task'] as const)(
    'of %ss go by their names in lists and in files, or it is said where they are',
    async (kind) => {
      const names = [...(await columnsOf(kind, 'list')), ...(await columnsOf(kind, 'file'))]
      let known = 0
      for (const name of names) {
        for (const argv of [
          [kind, 'list', '--columns', name],
          ['export', `${kind}s`, '--columns', name],
        ]) {
          const { code, err } = await runInside(book.folder, [...argv, '--csv'])
          if (code === 0) known += 1
          else expect(`${argv.join(' ')}: ${err}`).toMatch(/the (?:list|export) has it: funnel /)
          const [, next = ''] = /has it: funnel (.+)/.exec(err) ?? []
          if (next !== '') expect((await runInside(book.folder, next.split(' '))).code).toBe(0)
        }
      }
      expect(known).toBeGreaterThan(names.length)
    },
  )

  it.each([
    [
      'deal list --columns outcome,opened,closed,expected-close',
      'status,opened_on,closed_on,expected_close',
    ],
    ['deal list --columns property:Wattage,delivery', 'property:Wattage,property:Delivery'],
    [
      'export deals --columns Status,opened-on,expected,deal',
      'outcome,opened,expected-close,title',
    ],
    ['export deals --columns property:wattage', 'Wattage'],
    ['client list --columns category,Fleet,client', 'categories,property:Fleet,name'],
    ['export clients --columns categories,property:fleet,people', 'category,Fleet,contact'],
    ['task list --columns task,closed,Added_On', 'text,closed_on,added_on'],
    ['export tasks --columns title,closed-on', 'text,closed'],
    ['export interactions --columns date,type,note', 'at,kind,text'],
    ['export history --columns date,kind', 'at,event'],
  ])('%s', async (line, columns) => {
    expect(await header(...line.split(' '), '--csv')).toEqual(columns.split(','))
  })

  it.each([
    ['deal list --columns outcom', 'did you mean outcome?'],
    ['deal list --sort expceted', 'did you mean expected?'],
    ['export deals --columns amonut', 'did you mean amount?'],
    ['client list --columns emial', 'did you mean email?'],
    ['export clients --columns rateing', 'did you mean rating?'],
    ['task list --columns reslut', 'did you mean result?'],
    ['export interactions --columns drection', 'did you mean direction?'],
    ['export tasks --columns zzz', 'there are text, due'],
  ])('%s is a slip', async (line, hint) => {
    const { code, err } = await runInside(book.folder, line.split(' '))
    expect(code).toBe(2)
    expect(err).toContain(hint)
  })

  it('of properties of deals are sorted by what they hold', async () => {
    const titles = async (by: string): Promise<string[]> => {
      const out = await book.ok('deal', 'list', '--sort', by, '--columns', 'title', '--csv')
      return out.trim().split(/\r?\n/).slice(1)
    }
    expect(await titles('property:Wattage')).toEqual(['Pump', 'Hoist'])
    expect(await titles('-wattage')).toEqual(['Hoist', 'Pump'])
  })
})
