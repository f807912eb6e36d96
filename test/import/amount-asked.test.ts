import { writeFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { desk } from '../support/funnel.ts'
import { atTerminal, KEY } from '../support/terminal.ts'

it('asks at a terminal which column is the amount of the deals', async () => {
  const made = desk()
  writeFileSync(made.file('list.csv'), 'Client,Title,Zorb,Wibble\nNord,Boiler,€ 300,€ 20\n')
  const args = ['import', 'deals', 'list.csv', '--create', 'clients']
  const terminal = atTerminal(made.folder, args)
  await terminal.see('No column is the amount of the deals. Which one is it?')
  await terminal.see('Zorb (€ 300)')
  await terminal.see('none of them')
  terminal.type(KEY.enter)
  await terminal.see('Import them like this?')
  terminal.type(KEY.enter)
  expect(await terminal.ended).toBe(0)
  expect(made.json('deal', 'list')).toMatchObject({
    deals: [{ amount: 300, properties: [{ name: 'Wibble', value: '€ 20' }] }],
  })
})
