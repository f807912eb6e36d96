import { expect, it } from 'vitest'
import { importsInside } from '../support/imports.ts'

interface Hit {
  kind: string
  id: number
  field: string
  text: string
  client: string | null
}

it('products are found by name, code and text, and deals by the products in their lines', async () => {
  const made = await importsInside()
  await made.ok('client', 'add', 'Pier Nine', '--region', 'North')
  await made.ok('client', 'add', 'Hafen')
  await made.ok('product', 'add', 'Kühlraum', '--code', 'CR-20', '--text', 'walk-in, with shelves')
  await made.ok('product', 'add', 'Screw')
  await made.ok('deal', 'add', 'Pier Nine', 'Mast')
  await made.ok('deal', 'add', 'Hafen', 'Kühlraum')
  await made.ok('deal', 'line', 'add', 'Mast', 'CR-20', '--price', '900')
  await made.ok('deal', 'line', 'add', 'Mast', 'Screw', '--price', '1')
  const find = async (...args: string[]): Promise<string[]> => {
    const { hits } = await made.json<{ hits: Hit[] }>('find', ...args)
    return hits.map(({ kind, id, field }) => `${kind} ${id} ${field}`)
  }
  expect(await find('kuhlraum')).toEqual(['deal 2 title', 'product 1 name', 'deal 1 product'])
  expect(await find('cr-20')).toEqual(['product 1 code', 'deal 1 product'])
  expect(await find('shelves')).toEqual(['deal 1 product', 'product 1 text'])
  // Words of the title and of a product together.
  expect(await find('mast', 'screw')).toEqual(['deal 1 product'])
  expect(await find('kühlraum', '--where', 'region=North')).toEqual(['deal 1 product'])
  // A better hit is not crowded out.
  expect(await find('kühlraum', '--limit', '1')).toEqual(['deal 2 title'])
  await made.ok('product', 'edit', 'Screw', '--name', 'Bolt')
  expect(await find('bolt')).toEqual(['product 2 name', 'deal 1 product'])
  expect(await find('screw')).toEqual([])
  expect(await made.ok('find', 'bolt')).toContain('product')
})
