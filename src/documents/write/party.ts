import type { PartyFields } from '../fields.ts'

/** Somebody's address as a book keeps it. */
interface Party {
  name: string | null
  street: string | null
  postcode: string | null
  town: string | null
  region: string | null
  country: string | null
  vat_id: string | null
  tax_number: string | null
}

/** Where the postcode stands behind the town, and after what. */
const AFTER: Readonly<Record<string, 'region' | 'line'>> = {
  US: 'region',
  CA: 'region',
  AU: 'region',
  TH: 'region',
  GB: 'line',
  IE: 'line',
}

const joined = (parts: readonly (string | null)[], by: string): string =>
  parts.filter((part) => part !== null && part !== '').join(by)

/** Town, region and postcode as the country of the address has them, a line each. */
function placeLines({ postcode, town, region, country }: Party): string[] {
  const how = country === null ? undefined : AFTER[country]
  if (how === 'region') return [joined([joined([town, region], ', '), postcode], ' ')]
  if (how === 'line') return [joined([town, region], ', '), postcode ?? '']
  return [joined([postcode, town], ' ')]
}

/** The name of a country in a language; what is not a country's code as it is. */
function countryName(country: string, tag: string): string {
  if (!/^[A-Z]{2}$/.test(country)) return country
  return new Intl.DisplayNames(tag, { type: 'region' }).of(country) ?? country
}

/** A VAT ID as its country writes it: `CHE-123.456.788`. */
function vatIdText(id: string): string {
  return id.replace(/^CHE(\d{3})(\d{3})(\d{3})$/, 'CHE-$1.$2.$3')
}

/**
 * Somebody's name and address, written out in a language.
 * @param home the country that need not be named.
 */
export function partyFields(party: Party, home: string | null, tag: string): PartyFields {
  const country =
    party.country === null || party.country === home ? '' : countryName(party.country, tag)
  const streets = (party.street ?? '').split('\n')
  return {
    name: party.name ?? '',
    street: party.street ?? '',
    postcode: party.postcode ?? '',
    town: party.town ?? '',
    region: party.region ?? '',
    country,
    address: [...streets, ...placeLines(party), country].filter((line) => line !== ''),
    vat_id: vatIdText(party.vat_id ?? ''),
    tax_number: party.tax_number ?? '',
  }
}
