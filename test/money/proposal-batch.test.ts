import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { contents } from '../support/contents.ts'
import { type Desk, desk } from '../support/funnel.ts'

const CLIENTS = `Name,Region,Town,Email,Consent,Language
North Star,North,Kiel,north@c.example,yes,de
South Bay,South,Rom,,,
East End,East,Riga,east@c.example,,
Quiet Ltd,North,Bonn,quiet@c.example,no,
Nowhere Ltd,North,,,,
`

const LINES = `Product,Text,Quantity,Unit price,Discount,Optional,No.,Alternative to,If
Cold room,,3,,5%,,1,,
,Transport,1,400,,yes,2,,
,Winter kit,1,50,,,3,,region=North
,Smaller room,1,900,,,4,1,region!=East; name~bay
`

const OFFER = ['--lines', 'offer.csv', '--out', 'offers', '--format', 'html']

interface Made {
  made: number
  known: number
  proposals: { number: string; client: string; net: number; deal: number }[]
  left_out: { client: string; why: string }[]
  files: string[]
}

function shop(): Desk {
  const made = desk()
  writeFileSync(made.file('clients.csv'), CLIENTS)
  writeFileSync(made.file('offer.csv'), LINES)
  made.ok('import', 'clients', 'clients.csv', '--create', 'all')
  made.ok('tax', 'add', 'Standard', '19%')
  made.ok('product', 'add', 'Cold room', '--price', '1249.99')
  made.ok('segment', 'add', 'All', '--where', 'region')
  return made
}

const offer = (made: Desk, ...more: string[]): Made =>
  made.json<Made>('proposal', 'make', '--segment', 'All', ...OFFER, ...more)

const files = ({ file }: Desk, folder = 'offers'): string[] => readdirSync(file(folder)).toSorted()

describe('an offer to a segment', () => {
  it('is a deal and a proposal for each client, of the lines that are for it', () => {
    const made = shop()
    const { proposals, left_out: left } = offer(made, '--title', 'Autumn offer')
    // 3 × 1,249.99 − 5 % = 3,562.47, and 50.00 for those in the north.
    expect(proposals.map(({ client, net }) => [client, net])).toEqual([
      ['East End', 3562.47],
      ['North Star', 3612.47],
      ['South Bay', 3562.47],
    ])
    expect(left).toMatchObject([
      { client: 'Nowhere Ltd', why: 'it has neither an e-mail nor a postal address' },
      { client: 'Quiet Ltd', why: 'it wants no mailings' },
    ])
    expect(files(made)).toEqual([
      'P-2026-0001-East-End.html',
      'P-2026-0002-North-Star.html',
      'P-2026-0003-South-Bay.html',
    ])
    expect(readFileSync(made.file('offers/P-2026-0002-North-Star.html'), 'utf8')).toContain(
      'Angebot P-2026-0002',
    )
    const { lines } = made.json<{ lines: object[] }>('proposal', 'show', '3')
    expect(lines).toMatchObject([
      { text: 'Cold room', counts: true },
      { text: 'Transport', optional: true, counts: false },
      { text: 'Smaller room', alternative_to: 1, counts: false },
    ])
    expect(made.ok('deal', 'list')).toContain('Autumn offer')
    expect(made.ok('doctor')).toContain('is sound')
  })

  it('is one operation: an undo takes all of it back, and nothing is done twice', () => {
    const made = shop()
    const before = contents(made)
    offer(made)
    const { made: fresh, known } = made.json<Made>(
      'proposal',
      'make',
      '--segment',
      'All',
      '--lines',
      'offer.csv',
      '--out',
      'again',
      '--format',
      'html',
    )
    expect([fresh, known]).toEqual([0, 3])
    for (const name of files(made)) {
      expect(readFileSync(made.file(`again/${name}`))).toEqual(
        readFileSync(made.file(`offers/${name}`)),
      )
    }
    // More have come into the segment; they alone are offered something.
    made.ok('client', 'edit', 'nowhere', '--town', 'Jena')
    const more = made.json<Made>(
      'proposal',
      'make',
      '--segment',
      'All',
      '--lines',
      'offer.csv',
      '--out',
      'more',
    )
    expect([more.made, more.known]).toEqual([1, 3])
    made.ok('undo')
    made.ok('undo')
    made.ok('undo')
    const rows = (all: ReturnType<typeof contents>) =>
      Object.fromEntries(all.filter(([table]) => table !== 'sqlite_sequence'))
    expect(rows(contents(made))).toEqual(rows(before))
  })

  it('shows what it would do, and leaves nothing behind', () => {
    const made = shop()
    const shown = made.json<Made>(
      'proposal',
      'make',
      '--where',
      'region=North',
      '--lines',
      'offer.csv',
      '--dry-run',
    )
    expect(shown).toMatchObject({ made: 1, files: [] })
    expect(made.json('proposal', 'list')).toMatchObject({ proposals: [] })
    expect(made.json<Made>('proposal', 'make', '--segment', 'All', ...OFFER, '--all').made).toBe(5)
  })

  it('refuses what it cannot do before it has done anything', () => {
    const made = shop()
    const refused = (...more: string[]): string =>
      made.run('proposal', 'make', '--segment', 'All', ...more).err
    mkdirSync(made.file('full'))
    writeFileSync(made.file('full/other.txt'), '')
    expect(refused('--lines', 'offer.csv', '--out', 'full')).toContain('full is not empty')
    expect(refused('--lines', 'offer.csv', '--out', 'a/b')).toContain('there is no folder a')
    expect(refused('--lines', 'offer.csv')).toContain('need --out')
    expect(refused('1', ...OFFER)).toContain('of a deal, or for each client')
    writeFileSync(
      made.file('offer.csv'),
      'Product,Quantity,If\nCold room,1,\nWarm room,1,\nCold room,many,\n',
    )
    expect(refused(...OFFER)).toMatch(/row 3: there is no product Warm room.*\n.*row 4: /)
    writeFileSync(made.file('offer.csv'), 'Product,If\nCold room,regoin=North\n')
    expect(refused(...OFFER)).toContain('row 2: ')
    expect(existsSync(made.file('offers'))).toBe(false)
    expect(made.json('proposal', 'list')).toMatchObject({ proposals: [] })
  })

  it('gives each client its own price, and leaves out those that have none', () => {
    const made = shop()
    made.ok('product', 'price', 'add', 'Cold room', '1000', '--list', 'Wholesale')
    made.ok('client', 'edit', 'east', '--price-list', 'Wholesale')
    made.ok('product', 'add', 'Pump', '--price', '100 USD')
    writeFileSync(
      made.file('offer.csv'),
      'Product,Quantity,If\nCold room,1,\nPump,1,region=South\n',
    )
    const { proposals, left_out: left } = offer(made)
    expect(proposals.map(({ client, net }) => [client, net])).toEqual([
      ['East End', 1000],
      ['North Star', 1249.99],
    ])
    const south = left.find(({ client }) => client === 'South Bay')
    expect(south?.why).toContain('USD')
  })

  it('sends each its own, once', () => {
    const made = shop()
    offer(made)
    const sent = made.json<{ sent_files: object[] }>(
      'proposal',
      'send',
      '--segment',
      'All',
      '--out',
      'sent',
    )
    expect(sent.sent_files).toHaveLength(3)
    expect(files(made, 'sent')).toHaveLength(3)
    expect(made.ok('proposal', 'send', '--segment', 'All', '--out', '.')).toContain(
      'no proposal of these clients waits to be sent',
    )
    expect(made.json<{ proposals: object[] }>('proposal', 'list', '--sent').proposals).toHaveLength(
      3,
    )
  })
})
