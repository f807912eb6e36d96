import { describe, expect, it } from 'vitest'
import { DIRECTIONS, KINDS } from '../../src/import/values/contact-words.ts'
import { wordKey } from '../../src/import/values/words.ts'
import { importDesk } from '../support/imports.ts'

const CLIENTS = ['ref,name,contact', 'C1,Pier Nine,Samuel Roy', 'C2,Harbour,', ',Twin,', ',Alder,']
const CALLS = [
  'Client,Client ID,Contact,Deal ID,Kind,Direction,Result,Date,Owner,Text',
  'Pier Nine,,Samuel Roy,,call,out,no answer,2026-02-01,Ann,rang twice',
  ',C2,Jo Moss,,Treffen,,interested,2026-02-02,,"at the fair, long talk"',
  ',,,D1,письмо,incoming,,2026-02-03,,asked for terms',
  'Pier Nine,,,,,,,2026-02-04,,just a note',
]
const BAD = [
  'Pier Nine,,,,call,,,2027-02-01,Zoe,still to come',
  'Pier Nine,,,,call,,,,,no day',
  'Peer Nine,,,,call,,,2026-02-01,,who',
  ',,,,call,,,2026-02-01,,nobody',
  ',,,D9,call,,,2026-02-01,,no such deal',
  'Pier Nine,,,,smoke,,,2026-02-01,,signals',
  'Pier Nine,,,,call,up,,2026-02-01,,where',
  'Pier Nine,,,,call,,maybe,2026-02-01,,what',
]

const DEAL = ['ref,client,title', 'D1,Harbour,Mast']

describe('importing calls, mails and meetings', () => {
  it('keeps every field, rejects what it cannot read, and changes nothing the second time', () => {
    const { bring, look, ok } = importDesk()
    bring('clients', CLIENTS)
    bring('deals', DEAL)
    // The rejected row comes first: what it would have added is not missed by the next.
    const lines = [CALLS[0] ?? '', ...BAD, ...CALLS.slice(1)]
    const done = bring('interactions', lines, '--create', 'owners')
    expect(done).toMatchObject({ read: 12, created: 4, rejected: 8 })
    const reasons = done.rejects.map(({ reason }) => reason)
    const expected = [
      'still to come',
      'the row has no date',
      'no client of the name “Peer Nine”; nearest: Pier Nine',
      'the row names no client',
      'no deal with the reference or title “D9”; nearest: D1',
      'the kind “smoke” is not one of: call',
      'the direction “up” is not one of: in, out',
      'the result “maybe” is not one of: reached',
    ]
    expected.forEach((reason, index) => expect(reasons[index]).toContain(reason))
    expect(
      look(`SELECT c.name AS client, p.name AS person, d.ref AS deal, i.kind, direction, result, at,
          o.name AS owner, text, i.import_row AS row
        FROM interactions i JOIN clients c ON c.id = i.client_id
        LEFT JOIN contacts p ON p.id = i.contact_id LEFT JOIN deals d ON d.id = i.deal_id
        LEFT JOIN owners o ON o.id = i.owner_id ORDER BY i.id`),
    ).toEqual([
      {
        client: 'Pier Nine',
        person: 'Samuel Roy',
        deal: null,
        kind: 'call',
        direction: 'out',
        result: 'no-answer',
        at: '2026-02-01',
        owner: 'Ann',
        text: 'rang twice',
        row: 10,
      },
      {
        client: 'Harbour',
        person: null,
        deal: null,
        kind: 'meeting',
        direction: null,
        result: 'interested',
        at: '2026-02-02',
        owner: null,
        text: 'Jo Moss: at the fair, long talk',
        row: 11,
      },
      expect.objectContaining({ client: 'Harbour', deal: 'D1', kind: 'email', direction: 'in' }),
      expect.objectContaining({ client: 'Pier Nine', kind: 'note', text: 'just a note' }),
    ])
    expect(look('SELECT name FROM owners')).toEqual([{ name: 'Ann' }])
    const again = bring('interactions', CALLS)
    expect(again).toMatchObject({ operation: null, unchanged: 4 })
    ok('undo')
    expect(look('SELECT * FROM interactions')).toEqual([])
    expect(ok('doctor')).toContain('is sound')
  })

  it('adds clients where it may, and asks how days are meant', () => {
    const { attempt, bring, look } = importDesk()
    const lines = ['client,date,text', 'Pier Nine,03/04/2026,hello']
    expect(attempt('interactions', lines, '--create', 'clients')).toMatchObject({ code: 2 })
    const args = ['--create', 'clients', '--date-format', 'dmy', '--default', 'kind=call']
    expect(bring('interactions', lines, ...args)).toMatchObject({ created: 1 })
    expect(look('SELECT at, kind FROM interactions')).toEqual([{ at: '2026-04-03', kind: 'call' }])
  })
})

describe('words for interactions', () => {
  it.each([
    ['call', 'Telefonat, Anruf, Phone call, звонок, Appel téléphonique, llamada, 电话, โทรศัพท์'],
    ['email', 'E-Mail, Mail, письмо, Courriel, Correo electrónico, 邮件, อีเมล'],
    [
      'meeting',
      'Besuch, Termin, Besprechung, Treffen, визит, Rendez-vous, RDV, Visita, 拜访, ประชุม',
    ],
    ['sms', 'SMS, смс, 短信'],
    ['message', 'Brief, WhatsApp, Fax, Nachricht, Letter, факс, Lettre, Carta, 微信, ไลน์'],
    ['mailing', 'Mailing, Newsletter, рассылка, Rundschreiben'],
    ['note', 'Notiz, Vermerk, заметка, Remarque, Nota, 备注, บันทึก'],
  ])('say that one is of the kind %s: %s', (kind, words) => {
    const read = words.split(', ').map((word) => [word, KINDS.get(wordKey(word))])
    expect(read.filter(([, found]) => found !== kind)).toEqual([])
  })

  it.each([
    ['in', 'eingehend, Eingang, kommend, Inbound, входящий, entrant, entrante, 呼入, ขาเข้า'],
    ['out', 'ausgehend, Ausgang, gehend, Sent, исходящий, sortant, saliente, 呼出, โทรออก'],
  ])('say that one went %s: %s', (direction, words) => {
    const read = words.split(', ').map((word) => [word, DIRECTIONS.get(wordKey(word))])
    expect(read.filter(([, found]) => found !== direction)).toEqual([])
  })

  it('come in from a German list of calls', () => {
    const { bring, look } = importDesk()
    bring('clients', CLIENTS)
    const lines = [
      'Kunde,Art,Richtung,Datum,Notiz',
      'Pier Nine,Telefonat,eingehend,2026-02-01,Rückfrage',
      'Pier Nine,WhatsApp,ausgehend,2026-02-02,Foto',
    ]
    expect(bring('interactions', lines)).toMatchObject({ created: 2 })
    expect(look('SELECT kind, direction FROM interactions ORDER BY id')).toEqual([
      { kind: 'call', direction: 'in' },
      { kind: 'message', direction: 'out' },
    ])
  })
})
