import { expect, it } from 'vitest'
import { importsInside } from '../support/imports.ts'
import { runInside } from '../support/inside.ts'

it('first and last name next to a contact of another name are kept as properties', async () => {
  const { save, folder } = await importsInside()
  save(
    'list.csv',
    'Company,Contact,First name,Last name\n' +
      'Nord,Sales desk,Anna,Berg\nSüd,Bo Lind,Bo,Lind\nWest,,Cy,Dahl\n',
  )
  await runInside(folder, ['import', 'clients', 'list.csv'])
  const card = async (client: string) =>
    JSON.parse((await runInside(folder, ['client', 'show', client, '--json'])).out) as {
      contacts: { name: string }[]
      properties: { name: string; value: string }[]
    }
  expect(await card('Nord')).toMatchObject({
    contacts: [{ name: 'Sales desk' }],
    properties: [
      { name: 'First name', value: 'Anna' },
      { name: 'Last name', value: 'Berg' },
    ],
  })
  expect(await card('Süd')).toMatchObject({ contacts: [{ name: 'Bo Lind' }], properties: [] })
  expect(await card('West')).toMatchObject({ contacts: [{ name: 'Cy Dahl' }], properties: [] })
})
