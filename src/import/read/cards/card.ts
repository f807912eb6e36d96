import { type Address, addressLine } from '../../../domain/address.ts'
import { type Addresses, CARD_PROGRAM, OWN_CARD_TEXTS } from '../../../domain/client-record.ts'
import type { ClientTexts } from '../../../domain/text-fields.ts'
import { type CardLine, cardParts, cardText } from './lines.ts'
import { addAll } from '../../../domain/lists.ts'

/** What a card says about a person or a company. */
export interface Card extends Addresses {
  /** Its place in the file, counted from 1. */
  number: number
  /** Its place, if an export of this program wrote it. */
  isOwn: boolean
  /** A company, a person, or a list of other cards. */
  what: 'company' | 'person' | 'group'
  ref: string | null
  name: string
  company: string | null
  role: string | null
  region: string | null
  /** Its first address, of which other cards' may differ. */
  address: Address
  birthday: string | null
  /** Texts that vCards have no property for, if an export of this program wrote them. */
  texts: Partial<ClientTexts>
  notes: string[]
  categories: string[]
  /** Everything else that it says, by name. */
  extras: { name: string; value: string }[]
  /** What was left out, such as pictures. */
  leftOut: string[]
  /** True if it says whether numbers and addresses are home, work and so on. */
  hasKinds: boolean
}

const NAMES: Record<string, string> = {
  ANNIVERSARY: 'Anniversary',
  'X-ANNIVERSARY': 'Anniversary',
  NICKNAME: 'Nickname',
  GENDER: 'Gender',
  LANG: 'Language',
  TZ: 'Time zone',
  GEO: 'Geo',
  IMPP: 'Messenger',
  RELATED: 'Related',
  'X-ABRELATEDNAMES': 'Related',
  'X-ABDATE': 'Date',
}

/** What is about the card itself, or repeats another property. */
const TECHNICAL =
  /^(?:BEGIN|END|VERSION|PRODID|REV|UID|SORT-STRING|CLASS|MAILER|PROFILE|SOURCE|NAME|XML|CLIENTPIDMAP|X-ABLABEL|X-ABADR|X-ABUID|X-ABSHOWAS|X-ADDRESSBOOKSERVER-KIND|X-IMAGE(?:TYPE|HASH)|X-MS-(?:OL-)?[\w-]+|X-SHARED-PHOTO-[\w-]+|X-EVOLUTION-[\w-]+|X-RADICALE-NAME|MEMBER|X-ADDRESSBOOKSERVER-MEMBER)$/
const BINARY = /^(?:PHOTO|LOGO|SOUND|KEY|AGENT|X-[\w-]*PHOTO)$/
const KINDS = /^(?:home|work|cell|car|pager|video|textphone|main|iphone|other|msg|pcs)$/

// No name is longer, and searching for each of its words would be slow.
const LONGEST_NAME = 1000

/** `X-SKYPE-USERNAME` as `Skype username`. */
function plainName(name: string): string {
  const words = name.replace(/^X-/, '').replaceAll(/[-_]/g, ' ').toLowerCase()
  return words.charAt(0).toUpperCase() + words.slice(1)
}

function personName(value: string): string {
  const [family = '', given = '', middle = '', prefix = '', suffix = ''] = cardParts(value, ';')
  return [prefix, given, middle, family, suffix].filter((part) => part !== '').join(' ')
}

/** An address, also on one line, and the region in it. */
function address(value: string): { region: string; whole: string; parts: Address | null } {
  const [box = '', more = '', street = '', city = '', region = '', code = '', country = ''] =
    cardParts(value, ';')
  const town = [code, city].filter((part) => part !== '').join(' ')
  const rest = [box, more, street, town, country].filter((part) => part !== '')
  const parts = [box, more, street, town, region, country].filter((part) => part !== '')
  const own = {
    street: street || null,
    postcode: code || null,
    town: city || null,
    country: country || null,
  }
  const isPlain = box === '' && more === '' && rest.length > 0
  return { region, whole: rest.length === 0 ? '' : parts.join(', '), parts: isPlain ? own : null }
}

const NOWHERE: Address = { street: null, postcode: null, town: null, country: null }

class CardReader {
  readonly card: Card
  #structuredName = ''
  #title = ''
  #roleName = ''
  #addresses: string[] = []
  #first = ''

  constructor(number: number) {
    this.card = {
      number,
      isOwn: false,
      what: 'person',
      ref: null,
      name: '',
      company: null,
      role: null,
      region: null,
      address: NOWHERE,
      birthday: null,
      texts: {},
      email: [],
      phone: [],
      website: [],
      notes: [],
      categories: [],
      extras: [],
      leftOut: [],
      hasKinds: false,
    }
  }

  #extra(name: string, value: string): void {
    if (value !== '') this.card.extras.push({ name, value })
  }

  #telephone(types: readonly string[], value: string): void {
    const number = cardText(value).replace(/^tel:/i, '')
    if (types.some((type) => /fax/.test(type))) this.#extra('Fax', number)
    else if (number !== '') this.card.phone.push(number)
  }

  #organisation(value: string): void {
    const [company = '', ...units] = cardParts(value, ';')
    this.card.company ??= company || null
    this.#extra('Department', units.filter((unit) => unit !== '').join(', '))
  }

  #address(value: string): void {
    const { region, whole, parts } = address(value)
    const isFirst = this.#addresses.length === 0 && addressLine(this.card.address) === null
    this.card.region ??= region || null
    if (isFirst && parts !== null) {
      this.card.address = parts
      this.#first = whole
    } else if (whole !== this.#first && whole !== '' && !this.#addresses.includes(whole))
      this.#addresses.push(whole)
  }

  #kind(value: string): void {
    const kind = value.trim().toLowerCase()
    if (kind === 'org' || kind === 'company') this.card.what = 'company'
    if (kind === 'group') this.card.what = 'group'
  }

  add({ name, types, value }: CardLine): void {
    const { card } = this
    const text = cardText(value)
    const ownText = OWN_CARD_TEXTS.get(name)
    if (/^(?:TEL|EMAIL|URL|ADR|IMPP)$/.test(name) && types.some((type) => KINDS.test(type)))
      card.hasKinds = true
    if (name === 'FN') card.name ||= text
    else if (name === 'N') this.#structuredName ||= personName(value)
    else if (name === 'ORG') this.#organisation(value)
    else if (name === 'TITLE') this.#title ||= text
    else if (name === 'ROLE') this.#roleName ||= text
    else if (name === 'EMAIL') addAll(card.email, text ? [text.replace(/^mailto:/i, '')] : [])
    else if (name === 'TEL') this.#telephone(types, value)
    else if (name === 'URL') addAll(card.website, text ? [text] : [])
    else if (name === 'ADR') this.#address(value)
    else if (name === 'NOTE') addAll(card.notes, text ? [text] : [])
    else if (name === 'CATEGORIES')
      card.categories = card.categories.concat(cardParts(value, ',').filter((one) => one !== ''))
    else if (name === 'X-FUNNEL-REF') card.ref = text
    else if (ownText !== undefined) card.texts[ownText] = text
    else if (name === 'BDAY') card.birthday ??= text || null
    else if (name === 'PRODID') card.isOwn = text === CARD_PROGRAM
    else if (/^(?:KIND|X-ABSHOWAS|X-ADDRESSBOOKSERVER-KIND)$/.test(name)) this.#kind(value)
    else if (BINARY.test(name)) card.leftOut.push(name)
    else if (!TECHNICAL.test(name)) this.#extra(NAMES[name] ?? plainName(name), text)
  }

  done(): Card {
    const { card } = this
    const full = this.#structuredName
    const words = full.length > LONGEST_NAME ? [full] : full.split(/\s+/)
    const hasAll = words.every((word) => card.name.includes(word))
    if (card.name === '') card.name = full
    else if (!hasAll && card.name !== card.company) this.#extra('Full name', full)
    card.role = this.#title || this.#roleName || null
    if (this.#title !== '') this.#extra('Role', this.#roleName)
    this.#extra('Address', this.#addresses.join('\n'))
    const isCompany = card.company !== null && (card.name === '' || card.name === card.company)
    if (isCompany && card.what === 'person' && !card.isOwn) card.what = 'company'
    if (card.what === 'company') card.name ||= card.company ?? ''
    return card
  }
}

/** A card from its properties. */
export function readCard(number: number, lines: readonly CardLine[]): Card {
  const reader = new CardReader(number)
  for (const line of lines) reader.add(line)
  return reader.done()
}
