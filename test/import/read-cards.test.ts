import { describe, expect, it } from 'vitest'
import { failure, read, save } from '../support/table-files.ts'

/** The clients of cards: for each row what its filled cells are. */
async function clients(...cards: string[][]): Promise<Record<string, string>[]> {
  const { rows } = await people(cards)
  return rows
}

async function people(cards: string[][]) {
  const text = cards
    .map((lines) => ['BEGIN:VCARD', ...lines, 'END:VCARD', ''].join('\r\n'))
    .join('')
  const { headers, rows, notes, numbers } = await read(save('x.vcf', text))
  const filled = rows.map((cells) =>
    Object.fromEntries(
      headers.map((key, index) => [key, cells[index] ?? '']).filter(([, cell]) => cell),
    ),
  )
  return { rows: filled as Record<string, string>[], notes, numbers }
}

describe('one card', () => {
  it.each<[what: string, lines: string[], client: Record<string, string>]>([
    ['a person', ['FN:Zoë Roe'], { name: 'Zoë Roe', kind: 'person' }],
    ['a name in parts', ['N:Lee;Ann;B.;Dr.;MBA'], { name: 'Dr. Ann B. Lee MBA', kind: 'person' }],
    ['a company', ['ORG:Acme', 'FN:Acme'], { name: 'Acme', kind: 'company' }],
    [
      'a company, as Apple says it',
      ['FN:Acme HQ', 'ORG:Acme', 'X-ABShowAs:COMPANY'],
      { name: 'Acme', kind: 'company' },
    ],
    [
      'a person of a company',
      ['FN:Ann', 'ORG:Acme', 'TITLE:Buyer'],
      { name: 'Acme', contact: 'Ann', role: 'Buyer', kind: 'company' },
    ],
    [
      'a department',
      ['FN:A', 'ORG:Acme;Sales;EU'],
      { name: 'Acme', contact: 'A', Department: 'Sales, EU', kind: 'company' },
    ],
    [
      'escaped signs',
      [String.raw`FN:a\, b\; c \\ d\ne`],
      { name: 'a, b; c \\ d\ne', kind: 'person' },
    ],
    ['a folded line', ['FN:Zo', ' ë R', '\toe'], { name: 'Zoë Roe', kind: 'person' }],
    ['a broken line', ['FN:Z', 'NOTE:one', 'two'], { name: 'Z', note: 'one\ntwo', kind: 'person' }],
    [
      'quoted-printable',
      ['VERSION:2.1', 'FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:J=C3=B6rg M=C3=BC=', 'ller'],
      { name: 'Jörg Müller', kind: 'person' },
    ],
    [
      'quoted-printable in another encoding',
      ['FN;CHARSET=windows-1252;QUOTED-PRINTABLE:J=F6rg'],
      { name: 'Jörg', kind: 'person' },
    ],
    [
      'addresses with types',
      [
        'FN:Z',
        'EMAIL;TYPE=INTERNET,HOME:z@x.example',
        'item1.TEL;TYPE="cell,voice":+49 1',
        'item1.X-ABLabel:x',
      ],
      { name: 'Z', email: 'z@x.example', phone: "'+49 1", kind: 'person' },
    ],
    [
      'addresses as links',
      ['FN:Z', 'EMAIL:mailto:z@x.example', 'TEL;VALUE=uri:tel:123', 'URL:https://z.example'],
      {
        name: 'Z',
        email: 'z@x.example',
        phone: '123',
        website: 'https://z.example',
        kind: 'person',
      },
    ],
    [
      'a fax is no phone',
      ['FN:Z', 'TEL;TYPE=WORK,FAX:12'],
      { name: 'Z', Fax: '12', kind: 'person' },
    ],
    [
      'an address',
      ['FN:Z', 'ADR;TYPE=HOME:;;Main 4;Bonn;NRW;53111;Germany'],
      {
        name: 'Z',
        region: 'NRW',
        street: 'Main 4',
        postcode: '53111',
        town: 'Bonn',
        country: 'Germany',
        kind: 'person',
      },
    ],
    ['a region', ['FN:Z', 'ADR:;;;;North;;'], { name: 'Z', region: 'North', kind: 'person' }],
    [
      'tags',
      ['FN:Z', String.raw`CATEGORIES:Fair,a\,b`],
      { name: 'Z', category: 'Fair; "a,b"', kind: 'person' },
    ],
    [
      'all else',
      ['FN:Z', 'BDAY:1980-03-04', 'X-SKYPE:zz', 'IMPP:xmpp:z', 'TITLE:Chef'],
      {
        name: 'Z',
        birthday: '1980-03-04',
        Skype: 'zz',
        Messenger: 'xmpp:z',
        'property:Role': 'Chef',
        kind: 'person',
      },
    ],
    [
      'a name that says more',
      ['FN:Annie', 'N:Lee;Ann;;;'],
      { name: 'Annie', 'Full name': 'Ann Lee', kind: 'person' },
    ],
  ])('%s', async (_, lines, client) => {
    expect(await clients(lines)).toEqual([client])
  })
})

describe('cards together', () => {
  it('people of one company are contacts of one client, and say what each of them says', async () => {
    const ann = ['FN:Ann', 'ORG:Acme', 'EMAIL:ann@x.example', 'NOTE:likes tea', 'CATEGORIES:A']
    const roe = ['FN:Roe', 'EMAIL:roe@x.example']
    const bo = ['FN:Bo', 'ORG:ACME', 'TEL:12', 'BDAY:1970-01-02', 'CATEGORIES:A,B']
    const { rows, numbers } = await people([ann, roe, bo])
    const acme = {
      name: 'Acme',
      kind: 'company',
      note: 'Ann: likes tea',
      category: 'A; B',
      'property:Birthday': 'Bo: 1970-01-02',
    }
    expect(rows).toEqual([
      { ...acme, contact: 'Ann', email: 'ann@x.example' },
      { ...acme, contact: 'Bo', phone: '12' },
      { name: 'Roe', kind: 'person', email: 'roe@x.example' },
    ])
    expect(numbers).toEqual([1, 3, 2])
  })

  it('says what was left out', async () => {
    const photo = ['FN:Z', 'PHOTO;ENCODING=b;TYPE=JPEG:AAAA', ' BBBB', 'TEL;TYPE=HOME:1']
    const { notes } = await people([photo, ['FN:Friends', 'KIND:group', 'MEMBER:urn:uuid:1']])
    expect(notes).toEqual([
      'left out: PHOTO of 1 card',
      '1 card of a group was left out',
      'which numbers and addresses are of home, work or mobile is not kept',
    ])
  })
})

describe('cards that are refused', () => {
  it('for what is no client, or breaks off', async () => {
    const file = save('x.vcf', 'BEGIN:VCARD\nFN:A\nEND:VCARD\n')
    expect(await failure(file, { kind: 'deals' })).toBe(
      'x.vcf holds cards of people, not deals | funnel import clients x.vcf',
    )
    expect(await failure(save('y.vcf', 'BEGIN:VCARD\nFN:A\n'))).toMatch(
      /^y.vcf ends in the middle of a card/,
    )
  })

  it('a picture of many megabytes takes no room', async () => {
    const photo = Array.from({ length: 200_000 }, () => ` ${'A'.repeat(72)}`).join('\r\n')
    const file = save(
      'x.vcf',
      `BEGIN:VCARD\r\nFN:A\r\nPHOTO:\r\n${photo}\r\nTEL:1\r\nEND:VCARD\r\n`,
    )
    const began = Date.now()
    expect((await read(file)).rows).toHaveLength(1)
    expect(Date.now() - began).toBeLessThan(10_000)
  })
})
