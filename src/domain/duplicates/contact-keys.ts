import type { ContactPointKind } from '../contact-point.ts'

/** Hosts where many people have an address: sharing one means nothing. */
const PUBLIC_HOSTS = new Set(
  `gmail.com googlemail.com outlook.com outlook.de outlook.fr hotmail.com hotmail.co.uk hotmail.fr
  hotmail.de hotmail.it hotmail.es live.com live.co.uk live.fr msn.com yahoo.com yahoo.co.uk
  yahoo.co.jp yahoo.co.in yahoo.co.th yahoo.fr yahoo.de yahoo.it yahoo.es yahoo.com.br ymail.com
  rocketmail.com icloud.com me.com mac.com aol.com aim.com proton.me protonmail.com pm.me
  tutanota.com gmx.com gmx.de gmx.net gmx.at gmx.ch web.de t-online.de freenet.de online.de
  orange.fr wanadoo.fr free.fr sfr.fr laposte.net neuf.fr bbox.fr libero.it virgilio.it tiscali.it
  alice.it tin.it terra.com.br uol.com.br bol.com.br mail.com email.com zoho.com zohomail.com
  fastmail.com hushmail.com yandex.ru yandex.com yandex.by yandex.kz ya.ru mail.ru bk.ru list.ru
  inbox.ru internet.ru rambler.ru lenta.ru autorambler.ru ro.ru ukr.net i.ua meta.ua bigmir.net
  qq.com foxmail.com 163.com 126.com yeah.net sina.com sina.cn sohu.com aliyun.com 139.com 189.cn
  naver.com hanmail.net daum.net nate.com rediffmail.com btinternet.com sky.com virginmedia.com
  talktalk.net ntlworld.com comcast.net verizon.net att.net sbcglobal.net bellsouth.net cox.net
  charter.net earthlink.net shaw.ca rogers.com bigpond.com optusnet.com.au seznam.cz email.cz
  centrum.cz wp.pl o2.pl onet.pl interia.pl op.pl abv.bg mail.bg telenet.be skynet.be ziggo.nl
  kpnmail.nl bluewin.ch abc.se telia.com online.no
  facebook.com instagram.com linkedin.com vk.com t.me twitter.com x.com youtube.com tiktok.com
  line.me wa.me github.io wordpress.com blogspot.com wixsite.com tilda.ws taplink.cc linktr.ee
  google.com sites.google.com business.site etsy.com ebay.com amazon.com avito.ru ozon.ru`.split(
    /\s+/,
  ),
)

/** Something that clients can share, with the key that its spellings have in common. */
export interface SharedKey {
  kind: 'email' | 'phone' | 'website' | 'domain' | 'number' | 'ref'
  key: string
  /** How it is shown. */
  text: string
  /** For a phone: the whole number, with a `+` if it is international. */
  number?: string
}

/** Can two with the same key be the same? Phone numbers of two countries may end alike. */
export function agree(a: SharedKey, b: SharedKey): boolean {
  if (a.kind !== 'phone' || a.number === b.number) return true
  return !a.number?.startsWith('+') || !b.number?.startsWith('+')
}

/** How many digits at the end of a phone number its national and international forms share. */
const NATIONAL_DIGITS = 9

function phoneKey(key: string): string {
  const number = key.replace(/;.*$/, '')
  const extension = key.slice(number.length)
  return number.replaceAll(/\D/g, '').slice(-NATIONAL_DIGITS) + extension
}

/** Can two keys stand for the same phone number, in national and international form? */
export function isSamePhone(one: string, other: string): boolean {
  if (one.startsWith('+') && other.startsWith('+')) return one === other
  return phoneKey(one) === phoneKey(other)
}

/**
 * The keys by which clients can share a contact point: an e-mail address also by its domain, a website only
 * by its domain; public hosts do not count. Phone numbers are compared by their last nine digits, since
 * `081 234 5678` and `+66 81 234 5678` are the same.
 */
export function contactKeys(point: {
  kind: ContactPointKind
  value: string
  key: string
}): SharedKey[] {
  const { kind, value, key } = point
  if (kind === 'phone') return [{ kind, key: phoneKey(key), text: value, number: key }]
  const host = kind === 'email' ? key.slice(key.lastIndexOf('@') + 1) : key.split(/[/?#:]/)[0]
  const own: SharedKey[] = kind === 'email' ? [{ kind, key, text: value }] : []
  if (!host) return own
  if (!PUBLIC_HOSTS.has(host)) return [...own, { kind: 'domain', key: host, text: host }]
  return kind === 'website' ? [{ kind, key, text: value }] : own
}

const LONG_NUMBER = /^[A-Z]{0,3}\d{8,15}[A-Z\d]{0,3}$/

/** A property that holds a long number, such as one for taxes, with its name. Null for others. */
export function numberKey(name: string, value: string): SharedKey | null {
  const key = value.replaceAll(/[\s.-]/g, '').toUpperCase()
  // A day has that many digits.
  if (!LONG_NUMBER.test(key) || /^\d{4}-\d{2}-\d{2}/.test(value)) return null
  return { kind: 'number', key, text: `${name} ${value}` }
}

/** The key of a reference, without case, punctuation and leading zeros: `C-0012`, `c12`. */
export function refKey(ref: string): SharedKey | null {
  const key = ref
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '')
    .replaceAll(/(?<!\p{N})0+(?=\p{N})/gu, '')
  return key.length < 3 ? null : { kind: 'ref', key, text: ref }
}
