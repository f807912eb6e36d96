import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { importsInside } from '../support/imports.ts'

const LINES = ['name,email,City', 'Good,g@x.example,Bonn', 'Bad,nope', 'Worse,n@,Ulm']

describe('rejected rows', () => {
  it('keep their reasons in one column, however long each is', async () => {
    const { bring, folder } = await importsInside()
    await bring('clients', LINES, '--rejects', 'mend.csv')
    const mend = readFileSync(path.join(folder, 'mend.csv'), 'utf8').replace('\uFEFF', '')
    const [head, short, long] = mend.split('\n')
    expect(head).toBe('name,email,City,Rejected because')
    expect(short).toMatch(/^Bad,nope,,.*nope/)
    expect(long).toMatch(/^Worse,n@,Ulm,/)
  })

  it('are said in plain words not to be kept, and then nothing is imported', async () => {
    const { attempt, folder, json } = await importsInside()
    mkdirSync(path.join(folder, 'taken'))
    const nowhere = await attempt('clients', LINES, '--rejects', 'no/mend.csv')
    expect(nowhere).toMatchObject({ code: 2, out: '' })
    expect(nowhere.err).toBe(
      `funnel: ${folder}/no/mend.csv cannot be written: there is no folder ${folder}/no; ` +
        'nothing was imported\n  name another file with --rejects\n',
    )
    const folderItself = await attempt('clients', LINES, '--rejects', 'taken')
    expect(folderItself.err).toContain('taken cannot be written: it is a folder; nothing was')
    const underFile = await attempt('clients', LINES, '--rejects', 'clients.csv/mend.csv')
    expect(underFile.err).toContain(`there is no folder ${folder}/clients.csv; nothing was`)
    expect(await json('client', 'list')).toMatchObject({ clients: [] })
  })

  it('may be none or any number, but no other', async () => {
    const { attempt, bring } = await importsInside()
    for (const count of ['-1', '1.5', 'few', '']) {
      const refused = await attempt('clients', LINES, '--max-rejects', count)
      expect(refused.code).toBe(2)
      expect(refused.err).toContain(`“${count}” is not a number of rows`)
      expect(refused.err).toContain('--max-rejects 0')
    }
    expect(await attempt('clients', LINES, '--max-rejects', '0')).toMatchObject({ code: 1 })
    expect(await bring('clients', LINES, '--max-rejects', '02')).toMatchObject({ created: 1 })
  })
})

describe('a profile that cannot be read', () => {
  it('is said to be missing, a folder, no JSON or no profile', async () => {
    const { attempt, folder } = await importsInside()
    mkdirSync(path.join(folder, 'folder.json'))
    writeFileSync(path.join(folder, 'torn.json'), '{"kind": "cli')
    writeFileSync(path.join(folder, 'null.json'), 'null')
    writeFileSync(path.join(folder, 'list.json'), '[1]')
    const says = async (profile: string): Promise<string> => {
      const { code, err } = await attempt('clients', LINES, '--profile', profile)
      expect(code).toBe(2)
      return err
    }
    expect(await says('no.json')).toBe(
      'funnel: no.json cannot be read: there is no such file\n  check the name of the file\n',
    )
    expect(await says('folder.json')).toContain('folder.json cannot be read: it is a folder')
    expect(await says('torn.json')).toBe(
      'funnel: torn.json is not a profile: it is not JSON\n' +
        '  funnel profile export writes such a file\n',
    )
    expect(await says('null.json')).toContain('null.json is not a profile')
    expect(await says('list.json')).toContain('list.json is not a profile')
  })
})

describe('two things said of one column', () => {
  it('are refused before anything is read', async () => {
    const { attempt } = await importsInside()
    const refused = await attempt('clients', LINES, '--map', 'City=region', '--map', 'City=size')
    expect(refused).toMatchObject({ code: 2, out: '' })
    expect(refused.err).toBe(
      'funnel: the column “City” is to be read twice, as region and as size\n' +
        '  give one --map for each column\n',
    )
    const both = await attempt('clients', LINES, '--map', 'City=region', '--ignore', 'City')
    expect(both.err).toContain('the column “City” is to be read as region and left out')
  })
})
