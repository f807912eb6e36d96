import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { importsInside } from '../support/imports.ts'
import { runInside } from '../support/inside.ts'

interface Client extends Record<string, unknown> {
  kind: string
  birthday: string | null
  since: string | null
}

it('has a birthday and a first day, and says whether it is a person, as one operation', async () => {
  const { ok, json, folder } = await importsInside()
  const first = { kind: 'company', birthday: null, since: null }
  await ok('client', 'add', 'Ann Lee')
  await ok('client', 'edit', '1', '--person', '--birthday', '1980-05-17', '--since', '2019-02-01')
  const given = { kind: 'person', birthday: '1980-05-17', since: '2019-02-01' }
  expect(await json<Client>('client', 'show', '1')).toMatchObject(given)
  expect(await ok('client', 'show', '1')).toMatch(/Birthday: 1980-05-17\nClient since: 2019-02-01/)
  expect(await ok('client', 'list', '--where', 'birthday<1981-01-01', '--csv')).toMatch(/Ann Lee/)
  expect(await ok('client', 'list', '--where', 'birthday<1980-01-01', '--csv')).not.toMatch(/Ann/)
  const both = await runInside(folder, ['client', 'edit', '1', '--person', '--company'])
  expect(`${both.code}: ${both.err}`).toMatch(/^2: [^]*not both[^]*--company/)
  const wrong = await runInside(folder, ['client', 'edit', '1', '--birthday', '1980-13-01'])
  expect(wrong.code).toBe(2)

  for (const file of ['out.vcf', 'out.csv']) {
    await ok('export', 'clients', '--out', path.join(folder, file))
    const again = await importsInside()
    await again.ok('import', 'clients', path.join(folder, file))
    expect(await again.json<Client>('client', 'show', '1')).toMatchObject(given)
  }
  await ok('undo')
  expect(await json<Client>('client', 'show', '1')).toMatchObject(first)
})

it('is read from lists, where days that can be two stay as they are written', async () => {
  const { ok, json, folder } = await importsInside()
  const rows = [
    'Firma,Kundenart,Geburtstag,Kunde seit',
    'Ann Lee,Privatperson,17.05.1980,1/2/2019',
    'Acme,Unternehmen,0/0/00,20190201',
  ]
  writeFileSync(path.join(folder, 'list.csv'), `${rows.join('\n')}\n`)
  await ok('import', 'clients', 'list.csv')
  expect(await json<Client>('client', 'show', '1')).toMatchObject({
    kind: 'person',
    birthday: '1980-05-17',
    since: '1/2/2019',
  })
  expect(await json<Client>('client', 'show', '2')).toMatchObject({
    kind: 'company',
    birthday: null,
    since: '2019-02-01',
  })
})
