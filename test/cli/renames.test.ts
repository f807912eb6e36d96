import { rmSync } from 'node:fs'
import { afterAll, expect, it } from 'vitest'
import { newFolder } from '../support/funnel.ts'
import { inside, runInside } from '../support/inside.ts'

const FOLDER = newFolder()
afterAll(() => rmSync(FOLDER, { recursive: true }))

it('A rename says the old name and the new one, whatever is renamed', async () => {
  const { folder, ok } = await inside(FOLDER, 'renames')
  await ok('client', 'add', 'Harbour Fods')
  await ok('deal', 'add', '1', 'Cold store')
  await ok('owner', 'add', 'Ann')
  const said = async (...args: string[]): Promise<string> => (await runInside(folder, args)).out
  for (const [args, summary] of [
    [
      ['client', 'edit', '1', '--name', ' Harbour  Foods'],
      'client 1 (Harbour Fods → Harbour Foods)',
    ],
    [['deal', 'edit', '1', '--title', 'Two cold stores'], 'deal 1 (Cold store → Two cold stores)'],
    [['owner', 'edit', 'Ann', '--name', 'Ann Lee'], 'owner 1 (Ann → Ann Lee)'],
    [['source', 'edit', 'web', '--name', 'Website'], ' → Website)'],
    [['reason', 'edit', 'no budget', '--name', 'Budget cut'], ' → Budget cut)'],
    [['stage', 'edit', 'proposal', '--name', 'Offer'], '(Proposal → Offer)'],
    [['process', 'edit', 'free', '--name', 'My way'], '(free → My way)'],
  ] as const) {
    expect(await said(...args)).toContain(summary)
  }
  expect(await ok('history')).toContain('changed client 1 (Harbour Fods → Harbour Foods)')
})
