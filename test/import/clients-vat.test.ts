import { expect, it } from 'vitest'
import { importsInside } from '../support/imports.ts'

it('clients are recognised by VAT ID, unless branches share it, and by tax number', async () => {
  const { bring, ok } = await importsInside()
  const header = 'Name,VAT ID,Tax number,Town,Region'
  await bring('clients', [
    header,
    'Harbour Cooling,DE136695976,,Hamburg,',
    'Pier Nine,,22/815/08150,,',
  ])
  const again = await bring('clients', [
    header,
    // The name is another one, the company is not.
    'HC Kältetechnik,DE 136 695 976,,Hamburg,North',
    'HC Süd,DE136695976,,Ulm,',
    'Pier Nine Ltd,,22/815/08150,Kiel,',
    'Dock,,22/815/08150,,',
  ])
  expect(again).toMatchObject({ updated: 2, created: 2 })
  expect(again.notes.join('\n')).toMatch(
    /\(HC Kältetechnik\) is client 1, by its VAT ID[^]*\(HC Süd\) is new, but shares a VAT ID with client 1/,
  )
  expect(await ok('client', 'show', '1')).toContain('North')
  expect(await ok('client', 'show', '2')).toContain('Kiel')
  // With two clients of one VAT ID, the name says which.
  const both = await bring('clients', ['Name,VAT ID,Note', 'HC Süd,DE136695976,x'])
  expect(both).toMatchObject({ updated: 1 })
  expect(await ok('client', 'show', 'HC Süd')).toContain('Note: x')
})
