import { describe, expect, it } from 'vitest'
import { desk, type Desk } from '../support/funnel.ts'

interface Merged {
  operation: number
  client: number
  merged: number
  moved: Record<string, number>
  joined: string[]
  filled: string[]
  kept: string[]
}

/** Harbour Foods twice: once from a fair, once from a call, a letter off. */
function twice(): Desk {
  const made = desk()
  const { ok } = made
  for (const name of ['Ann', 'Bo']) ok('owner', 'add', name)
  ok('client', 'add', 'Harbour Foods', '--ref', 'C-1', '--owner', 'Ann', '--region', 'North')
  ok('client', 'edit', '1', '--contact', 'Ines Maro', '--email', 'ines@harbour.example')
  ok('client', 'edit', '1', '--category', 'expo', '--property', 'Fleet=14', '--consent', 'yes')
  ok('client', 'add', 'Habour Foods Ltd', '--ref', 'C-77', '--owner', 'Bo', '--region', 'South')
  ok('client', 'edit', '2', '--contact', 'INES MARO', '--role', 'Buyer')
  ok('client', 'edit', '2', '--email', 'ines@harbour.example', '--phone', '+1 512 757 6000')
  ok('client', 'edit', '2', '--category', 'expo', '--category', 'food', '--property', 'Fleet=20')
  ok('client', 'edit', '2', '--size', 'big', '--note', 'Met at the fair', '--consent', 'no')
  ok('deal', 'add', '2', 'Cold store', '--amount', '9000')
  ok('log', 'call', '2', 'Wants a price')
  return made
}

function states(made: Desk): unknown[] {
  return [
    made.json('client', 'list'),
    ...['1', '2'].map((id) => made.json('client', 'show', id)),
    made.json('deal', 'list', '--status', 'all'),
  ]
}

describe('merging two clients', () => {
  it('leaves a number that tells where it went', () => {
    const { ok, run } = twice()
    ok('client', 'merge', '1', '2')
    expect(run('client', 'show', '2')).toMatchObject({
      code: 3,
      err:
        'funnel: there is no client “2” any more: operation 13: merged client 2 (Habour Foods Ltd) ' +
        'into client 1 (Harbour Foods)\n  to have it back: funnel undo 13\n',
    })
    ok('undo', '13')
    expect(ok('client', 'show', '2')).toContain('Habour Foods Ltd')
    expect(run('client', 'show', '3').err).toBe(
      'funnel: there is no client “3”\n  see: funnel client list\n',
    )
  })

  it('brings everything together and loses nothing', () => {
    const { ok, json, run } = twice()
    expect(ok('client', 'merge', '1', '2')).toBe(
      [
        'merged client 2 (Habour Foods Ltd) into client 1 (Harbour Foods)',
        '  moved: 1 deal, 1 interaction, 1 task, 1 address, 1 category',
        '  joined: INES MARO',
        '  filled: size, note, consent',
        '  differed, both kept: owner, region, name, ref, Fleet',
        '',
      ].join('\n'),
    )
    const card = json('client', 'show', '1')
    expect(card).toMatchObject({
      name: 'Harbour Foods',
      ref: 'C-1',
      owner: 'Ann',
      region: 'North',
      size: 'big',
      consent: 'no',
      categories: ['expo', 'food'],
      merged_names: ['Habour Foods Ltd'],
      merged_refs: ['C-77'],
      contacts: [{ name: 'Ines Maro', role: 'Buyer' }],
      properties: [{ name: 'Fleet', value: '14' }],
      deals: [{ title: 'Cold store' }],
      interactions: [{ text: 'Wants a price' }],
    })
    expect(String(card.note).split('\n')).toEqual([
      'Met at the fair',
      'owner of client 2 (Habour Foods Ltd): Bo',
      'region of client 2 (Habour Foods Ltd): South',
      'Fleet of client 2 (Habour Foods Ltd): 20',
    ])
    expect(card.contact_points).toMatchObject([
      { value: 'ines@harbour.example', contact: 'Ines Maro' },
      { value: '+1 512 757 6000' },
    ])
    expect(run('client', 'show', '2').code).toBe(3)
    expect(run('doctor')).toMatchObject({ code: 0 })
  })

  it('is one operation, which undo takes back and does again', () => {
    const made = twice()
    const before = states(made)
    const merged = made.json<Merged>('client', 'merge', 'C-1', 'C-77')
    expect(merged).toMatchObject({
      client: 1,
      merged: 2,
      moved: { deals: 1 },
      joined: ['INES MARO'],
    })
    const after = made.json('client', 'show', '1')
    made.ok('undo')
    expect(states(made)).toEqual(before)
    expect(made.run('doctor')).toMatchObject({ code: 0 })
    made.ok('undo', String(merged.operation + 1))
    expect(made.json('client', 'show', '1')).toEqual(after)
  })

  it('takes over a reference that the first lacks, and gives it back', () => {
    const { ok, json } = desk()
    ok('client', 'add', 'Acme')
    ok('client', 'add', 'Acme Ltd', '--ref', 'X9')
    ok('client', 'merge', '1', '2')
    expect(json('client', 'show', 'X9')).toMatchObject({ id: 1, ref: 'X9', merged_refs: [] })
    ok('undo')
    expect(json('client', 'show', 'X9')).toMatchObject({ id: 2, name: 'Acme Ltd' })
    expect(json('client', 'show', '1')).toMatchObject({ ref: null })
  })

  it('leaves a client that answers to the old name and reference, through a second merge', () => {
    const { ok, json } = twice()
    ok('client', 'merge', '1', '2')
    ok('client', 'add', 'Pier Nine', '--ref', 'P-1')
    ok('client', 'merge', 'pier', 'habour foods ltd')
    for (const name of ['C-1', 'C-77', 'Harbour Foods', 'Habour Foods Ltd']) {
      expect(json('client', 'show', name)).toMatchObject({ id: 3, name: 'Pier Nine' })
    }
    expect(ok('client', 'show', '3')).toContain('Merged names: Harbour Foods; Habour Foods Ltd')
  })

  it('refuses one client twice, and clients that are not there', () => {
    const { run } = twice()
    expect(run('client', 'merge', '1', 'harbour')).toMatchObject({
      code: 2,
      err: expect.stringContaining('client 1 cannot be merged with itself'),
    })
    expect(run('client', 'merge', '1', '9')).toMatchObject({ code: 3 })
  })
})

describe('likely duplicates', () => {
  it('are listed with the evidence and the command to merge', () => {
    const { ok, json, run } = twice()
    ok('client', 'add', 'Pier Nine', '--phone', '0812345678')
    ok('client', 'add', 'Nine Pier GmbH', '--phone', '+66 81 234 5678')
    ok('client', 'add', 'Somebody Else', '--email', 'else@gmail.com')
    ok('client', 'add', 'Another', '--email', 'another@gmail.com')
    const why =
      'same e-mail ines@harbour.example; names differ by 1 letter; regions differ (North, South)'
    expect(json('client', 'duplicates')).toMatchObject({
      duplicates: [
        { score: 0.925, a: 3, b: 4, why: 'same phone 0812345678; same words in another order' },
        { score: 0.771, a: 1, a_name: 'Harbour Foods', b: 2, b_name: 'Habour Foods Ltd', why },
      ],
    })
    const screen = ok('client', 'duplicates', '--limit', '1')
    expect(screen).toContain('Likely duplicates (1 of 2)')
    expect(screen).toContain('funnel client merge 3 4')
    expect(ok('client', 'duplicates', '--min-score', '0.8', '--csv').split('\r\n')).toEqual([
      'score,a,a_name,b,b_name,why',
      '0.925,3,Pier Nine,4,Nine Pier GmbH,same phone 0812345678; same words in another order',
      '',
    ])
    expect(ok('client', 'duplicates', '--min-score', '1')).toContain('No two clients look like one')
    expect(run('client', 'duplicates', '--min-score', '2')).toMatchObject({ code: 2 })
  })

  it('are not those that share what many have, or numbers of two countries', () => {
    const { ok, json } = desk()
    const names = [
      'Alder',
      'Birch',
      'Cedar',
      'Dogwood',
      'Elm',
      'Fir',
      'Ginkgo',
      'Hazel',
      'Ironwood',
    ]
    for (const name of names) ok('client', 'add', name, '--phone', '+49 30 1234567')
    ok('client', 'add', 'Maple', '--phone', '+44 812345678')
    ok('client', 'add', 'Mapel', '--phone', '+66 812345678')
    const found = json<{ duplicates: { score: number; why: string }[] }>(
      'client',
      'duplicates',
      '--min-score',
      '0.1',
    )
    expect(found.duplicates.filter(({ score }) => score > 0.2)).toEqual([])
    expect(found.duplicates.map(({ why }) => why).join()).not.toContain('+44')
  })
})
