import { rmSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newFolder } from '../support/funnel.ts'
import { type Inside, inside, runInside } from '../support/inside.ts'

const FOLDER = newFolder()
afterAll(() => rmSync(FOLDER, { recursive: true }))

let book: Inside

async function run(...args: string[]): Promise<{ code: number | null; err: string; out: string }> {
  return runInside(book.folder, args)
}

/** The reasons for which an import rejects rows. */
async function reasons(what: string, text: string): Promise<string[]> {
  book.save(`${what}.csv`, text)
  const { out } = await run('import', what, `${what}.csv`, '--yes', '--json')
  return (JSON.parse(out) as { rejects: { reason: string }[] }).rejects.map(({ reason }) => reason)
}

beforeAll(async () => {
  book = await inside(FOLDER, 'retired')
  const { ok } = book
  for (const owner of ['Ann', 'Bo']) await ok('owner', 'add', owner)
  await ok('source', 'add', 'Expo 2019')
  await ok('client', 'add', 'Harbour Foods', '--owner', 'Ann', '--source', 'Expo 2019')
  await ok('client', 'add', 'Pier Nine', '--owner', 'Bo')
  await ok('deal', 'add', 'Pier', 'Oven', '--process', 'plain')
  await ok('deal', 'add', 'Pier', 'Sold', '--process', 'plain')
  await ok('win', 'Sold')
  await ok('owner', 'edit', 'Ann', '--retire')
  await ok('source', 'edit', 'Expo 2019', '--retire')
  await ok('reason', 'edit', 'no budget', '--retire')
})

describe('what is retired', () => {
  const OWNER =
    'the owner Ann is retired\nname another with --owner, or bring it back: ' +
    'funnel owner edit "Ann" --restore'
  const SOURCE = 'funnel source edit "Expo 2019" --restore'

  it.each([
    [['deal', 'add', 'Pier', 'Fan', '--owner', 'Ann'], OWNER],
    // The owner of the client is the usual one.
    [['deal', 'add', 'Harbour', 'Fan'], OWNER],
    [['deal', 'add', 'Pier', 'Fan', '--source', 'Expo 2019'], SOURCE],
    [['deal', 'edit', 'Oven', '--owner', 'Ann'], OWNER],
    [['deal', 'edit', 'Oven', '--source', 'expo'], SOURCE],
    [['client', 'add', 'Mole Inn', '--owner', 'Ann'], OWNER],
    [['client', 'edit', 'Pier', '--owner', 'ann'], OWNER],
    [['client', 'edit', 'Pier', '--source', 'expo'], SOURCE],
    [['task', 'add', 'Ring', '--owner', 'Ann'], OWNER],
    [['task', 'add', 'Ring', '--client', 'Harbour'], OWNER],
    [['log', 'call', 'Harbour', '--next', 'Ring again'], OWNER],
    [['log', 'call', 'Pier', '--owner', 'Ann', '--open-deal', 'Fan'], OWNER],
    [['process', 'edit', 'typical', '--stage', 'proposal', '--who', 'Ann'], OWNER],
    [['lose', 'Oven', '--reason', 'no budget'], 'funnel reason edit "no budget" --restore'],
  ])('%j is refused with the way out', async (args, said) => {
    const { code, err } = await run(...args)
    expect(code).toBe(2)
    for (const line of said.split('\n')) expect(err).toContain(line)
  })

  it('stays with what is past', async () => {
    await book.ok('log', 'call', 'Harbour', 'said goodbye', '--owner', 'Ann')
    await book.ok('deal', 'edit', 'Sold', '--owner', 'Ann', '--source', 'Expo 2019')
    expect(await book.ok('deal', 'show', 'Sold')).toContain('Ann')
  })

  it('comes with an import of what is past, and is refused for what is open', async () => {
    const refused = 'the owner Ann is retired (bring it back: funnel owner edit "Ann" --restore)'
    const head = 'Client,Title,Outcome,Opened,Closed,Owner,Source,Reason\n'
    expect(
      await reasons(
        'deals',
        `${head}Pier Nine,Hood,won,2026-01-01,2026-02-01,Ann,Expo 2019,\n` +
          'Pier Nine,Door,lost,2026-01-01,2026-02-01,Ann,,no budget\n' +
          'Pier Nine,Lamp,open,2026-01-01,,Ann,,\n' +
          'Pier Nine,Desk,open,2026-01-01,,Bo,Expo 2019,\n',
      ),
    ).toEqual([refused, `the source Expo 2019 is retired (bring it back: ${SOURCE})`])
    expect(
      await reasons(
        'clients',
        'Name,Owner,Source,Region\nHarbour Foods,Ann,Expo 2019,North\nMole Inn,Ann,,\nQuay,Bo,Expo 2019,\n',
      ),
    ).toEqual([refused, `the source Expo 2019 is retired (bring it back: ${SOURCE})`])
    // The client that had them keeps them, and gets the rest of its row.
    expect(await book.ok('client', 'show', 'Harbour')).toContain('Region: North')
    expect(
      await reasons(
        'tasks',
        'Task,Due,Owner,Status\nRing,2026-12-01,Ann,open\nRang,2026-11-01,Ann,done\n',
      ),
    ).toEqual([refused])
    expect(
      await reasons('interactions', 'Client,Kind,Date,Owner\nPier Nine,call,2026-03-01,Ann\n'),
    ).toEqual([])
  })

  it('is retired with a warning of what is open and has it', async () => {
    const { ok } = await inside(FOLDER, 'in-use')
    const edit = (...args: string[]) => runInside(`${FOLDER}/in-use`, args)
    await ok('owner', 'add', 'Cy')
    await ok('source', 'add', 'Fair')
    await ok('client', 'add', 'Quay', '--owner', 'Cy')
    await ok('deal', 'add', 'Quay', 'Lift', '--source', 'Fair')
    await ok('deal', 'add', 'Quay', 'Ramp', '--process', 'plain')
    await ok('deal', 'add', 'Quay', 'Sold', '--process', 'plain')
    await ok('win', 'Sold')
    await ok('process', 'edit', 'typical', '--stage', 'proposal', '--who', 'Cy')
    expect((await edit('owner', 'edit', 'Cy', '--retire')).err).toBe(
      'warning: Cy still has 2 open deals; see: funnel deal list --owner "Cy"; to change one: funnel deal edit DEAL --owner NAME\n' +
        'warning: Cy still has 1 open task; see: funnel task list --owner "Cy"\n' +
        'warning: Cy still has 1 client; see: funnel client list --where "owner=Cy"; to change one: funnel client edit CLIENT --owner NAME\n' +
        'warning: Cy still has 1 stage with tasks of theirs; see: funnel process list; to change one: funnel process edit PROCESS --stage STAGE --who NAME\n',
    )
    expect(JSON.parse(await ok('owner', 'edit', 'Cy', '--retire', '--json'))).toMatchObject({
      in_use: { deals: 2, tasks: 1, clients: 1, stages: 1 },
    })
    expect((await edit('source', 'edit', 'Fair', '--retire')).err).toContain(
      'Fair still has 1 open deal; see: funnel deal list --source "Fair"',
    )
    expect((await edit('process', 'edit', 'plain', '--retire')).err).toBe(
      'warning: plain still has 1 open deal; see: funnel deal list --process "plain"\n',
    )
    const stages = ['Meeting preparation', 'Proposal', 'Completion'].join(', ')
    expect((await edit('process', 'edit', 'typical', '--stages', stages)).err).toContain(
      'warning: typical still has 1 open deal in Qualification; see: funnel deal list --process "typical" --stage "Qualification"',
    )
    // What is named can be typed: it lists the deals that are meant.
    expect(await ok('deal', 'list', '--process', 'typical', '--stage', 'Qualification')).toContain(
      'Lift',
    )
    expect(await ok('deal', 'list', '--owner', 'Cy')).toContain('Ramp')
    expect(await ok('client', 'list', '--where', 'owner=Cy')).toContain('Quay')
    await ok('owner', 'add', 'Di')
    expect((await edit('owner', 'edit', 'Di', '--retire')).err).toBe('')
  })

  it('is not taken up again with a closed deal', async () => {
    const { ok, folder } = await inside(FOLDER, 'again')
    const refused = async (): Promise<string> => {
      const { code, err } = await runInside(folder, ['reopen', 'Lift'])
      expect(code).toBe(2)
      return err
    }
    await ok('owner', 'add', 'Cy')
    await ok('source', 'add', 'Fair')
    await ok('client', 'add', 'Quay')
    await ok('deal', 'add', 'Quay', 'Lift', '--owner', 'Cy', '--source', 'Fair')
    await ok('lose', 'Lift')
    await ok('owner', 'edit', 'Cy', '--retire')
    await ok('source', 'edit', 'Fair', '--retire')
    const owner = await refused()
    expect(owner).toContain('the owner Cy is retired')
    expect(owner).toContain('funnel deal edit 1 --owner NAME, or bring it back: funnel owner edit')
    await ok('deal', 'edit', '1', '--owner', 'none')
    expect(await refused()).toContain('funnel deal edit 1 --source NAME')
    await ok('source', 'edit', 'Fair', '--restore')
    expect(await ok('reopen', 'Lift')).toContain('reopened')
  })

  it('is taken again once it is back', async () => {
    await book.ok('owner', 'edit', 'Ann', '--restore')
    expect(await book.ok('task', 'add', 'Ring', '--client', 'Harbour')).toContain('added task')
  })
})
