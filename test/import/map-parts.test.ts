import { describe, expect, it } from 'vitest'
import type { ImportKind } from '../../src/import/map/fields.ts'
import { proposeColumns } from '../../src/import/map/propose.ts'
import { importDesk } from '../support/imports.ts'

function fieldsOf(kind: ImportKind, headers: string[], samples: string[][] = []): string[] {
  return proposeColumns(kind, headers, { map: [], ignore: [] }, samples).map(({ target }) =>
    target.to === 'field' ? target.field : '–',
  )
}

/** Each header alone, as `Header→field`; `–` is no field. */
function expectAlone(kind: ImportKind, line: string): void {
  const pairs = line.split('; ')
  const headers = pairs.map((pair) => pair.slice(0, pair.lastIndexOf('→')))
  expect(headers.map((header) => `${header}→${fieldsOf(kind, [header]).join()}`)).toEqual(pairs)
}

describe('headers of several names', () => {
  it.each<[ImportKind, string]>([
    ['clients', 'Firma/Kunde→name; Kunde/Firma→name; Firma (Name)→name; Company / Client→name'],
    ['clients', 'E-Mail (Büro)→email; Telefon/Mobil→phone; Telefon (Zentrale)→phone'],
    ['clients', 'Kunde/Interessent→name; Interessent / Kunde→name; Kunde (intern)→name'],
    ['clients', 'Клиент / Компания→name; Телефон (моб.)→phone; Société / Client→name'],
    ['clients', '客户/公司→name; 电话（手机）→phone; ลูกค้า/บริษัท→name; Empresa | Cliente→name'],
    ['clients', 'Name (Contact)→contact; Firma – Name→name; Betreuer/Verkäufer→owner'],
    ['clients', 'Newsletter (ja/nein)→consent; Notiz (intern)→note; Phone [work]→phone'],
    ['deals', 'Kunde/Firma→client; Projekt/Auftrag→title; Wert / Summe→amount; Status/Phase→stage'],
    ['interactions', 'Kunde/Firma→client; Art/Typ→kind; Notiz/Text→text'],
    ['tasks', 'Aufgabe/Text→text; Fällig/Frist→due; Wer/Zuständig→owner'],
  ])('that say one thing are it, for %s: %s', expectAlone)

  it.each<[ImportKind, string]>([
    [
      'clients',
      'Deal / Client→–; Email (Owner)→–; Phone (Assistant)→–; Telefon/Fax→–; Email/Phone→–',
    ],
    ['clients', 'Kunde (alt)→–; Firma (2024)→–; Firma (seit 2020)→–; Company (parent)→–'],
    ['clients', 'Kunde (ja/nein)→–; Customer (Y/N)→–; Newsletter (Art)→–; Kontakt (Datum)→–'],
    ['clients', 'Besuche/Kunde→–; Umsatz/Kunde→–; Kunde/Ort→–; PLZ/Ort→–; Straße/Hausnr.→street'],
    ['clients', 'Name (English)→–; Fleet (Name)→–; Firma – Sitz→–; Vorname/Nachname→–; / ()→–'],
    [
      'deals',
      'Deal / Client→–; Kunde/Projekt→–; Preis/Stück→–; Betrag/Monat→–; Erstellt/Geändert→–',
    ],
    ['deals', 'Amount (weighted)→–; Close date (expected)→–; Closed (Won)→–; Phase (alt)→–'],
    ['interactions', 'Kontakt/Kunde→–; Datum (alt)→–'],
    ['tasks', 'Fällig (alt)→–; Kunde / Aufgabe→–'],
  ])('that say two things, or another one, are nothing, for %s: %s', expectAlone)

  it.each<[ImportKind, string]>([
    ['clients', 'Client owner→owner; State/Region→region; Telefon (geschäftlich)→phone'],
    ['deals', 'Amount (USD)→amount; Betrag (EUR)→amount; Gewonnen/Verloren→outcome'],
  ])('mean what they do as a whole where that is known, for %s: %s', expectAlone)

  it.each<[ImportKind, string]>([
    ['clients', 'Person - Besitzer→owner; Organisation - Besitzer→owner; Person - Telefon→phone'],
    ['clients', 'Персона - Телефон→phone; Personne - Email→email; Person - Name→contact'],
    ['deals', 'Person - Besitzer→–; Auftrag am→won-on; Abgelehnt am→lost-on'],
  ])('are read past the name of the record before them, for %s: %s', expectAlone)

  it('leave the firm its own owner next to the owner of the person', () => {
    const headers = ['Person - Besitzer', 'Organisation - Name', 'Organisation - Besitzer']
    expect(fieldsOf('clients', headers)).toEqual(['–', 'name', 'owner'])
  })

  it('give way to a column with a good name of its own, but not to a mere “Name”', () => {
    expect(fieldsOf('clients', ['Firma/Kunde', 'Unternehmen'])).toEqual(['–', 'name'])
    expect(fieldsOf('clients', ['Kunde (intern)', 'Unternehmen'])).toEqual(['–', 'name'])
    expect(fieldsOf('clients', ['Name', 'Firma/Kunde'])).toEqual(['contact', 'name'])
    expect(fieldsOf('clients', ['Kunde (intern)', 'Kunde/Firma'])).toEqual(['–', 'name'])
  })

  it('are no names above numbers', () => {
    expect(fieldsOf('clients', ['Kunde/Besuche'], [['12'], ['3']])).toEqual(['–'])
    expect(fieldsOf('clients', ['Kunde/Besuche'], [['Pier Nine']])).toEqual(['name'])
  })

  it('bring in clients by their names', () => {
    const { bring, look } = importDesk()
    const lines = ['Firma/Kunde,E-Mail (Büro)', 'Nordsee Reederei,post@nordsee.example']
    expect(bring('clients', lines).notes).toEqual([])
    expect(look('SELECT name, kind FROM clients')).toEqual([
      { name: 'Nordsee Reederei', kind: 'company' },
    ])
  })
})
