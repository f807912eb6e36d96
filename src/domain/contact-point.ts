import { Fault } from './fault.ts'
import { tidyName } from './name.ts'
import { quoted } from './plain-text.ts'

/** A way to reach a client or a contact. */
export type ContactPointKind = 'email' | 'phone' | 'website'

/** A contact point as shown, with the key that all its spellings share. */
export interface ContactPoint {
  kind: ContactPointKind
  value: string
  key: string
}

const EMAIL = /^[^\s@<>,;:"()[\]]+@[^\s@<>,;:"()[\]]+\.[^\s@<>,;:"()[\].]{2,}$/u

/** Is a text an e-mail address? */
export function isEmail(text: string): boolean {
  return EMAIL.test(text.trim())
}

function email(text: string): ContactPoint {
  const value = tidyName(text.replace(/^mailto:/i, '')).toLowerCase()
  if (!EMAIL.test(value)) {
    throw new Fault(
      'usage',
      `${quoted(text)} is not an e-mail address`,
      'write it as ann@example.com',
    )
  }
  return { kind: 'email', value, key: value }
}

function phone(text: string): ContactPoint {
  const value = tidyName(text)
  const digits = value.replaceAll(/\D/g, '')
  if (digits.length < 4) {
    throw new Fault('usage', `${quoted(text)} is not a phone number`, 'write it as +1 512 757 6000')
  }
  return { kind: 'phone', value, key: value.startsWith('+') ? `+${digits}` : digits }
}

function website(text: string): ContactPoint {
  const value = tidyName(text)
  const address = value
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .replace(/^www\./, '')
  let end = address.length
  while (address[end - 1] === '/') end -= 1
  return { kind: 'website', value, key: address.slice(0, end) }
}

/**
 * Reads an e-mail address, phone number or website.
 * @throws Fault `usage` if the text is not one.
 */
export function parseContactPoint(kind: ContactPointKind, text: string): ContactPoint {
  return { email, phone, website }[kind](text)
}
