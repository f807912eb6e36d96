import { documentLanguage, type DocumentLanguage } from '../language.ts'

/** A deposit is billed before the work, a part while it goes on. */
export type PartKind = 'deposit' | 'part'

const WORDS: Record<DocumentLanguage, Record<PartKind, (share: string) => string>> = {
  en: {
    deposit: (share) => (share === '' ? 'Deposit' : `Deposit of ${share}`),
    part: (share) => (share === '' ? 'Part payment' : `Part payment of ${share}`),
  },
  de: {
    deposit: (share) => (share === '' ? 'Anzahlung' : `Anzahlung ${share}`),
    part: (share) => (share === '' ? 'Abschlag' : `Abschlag ${share}`),
  },
  ru: {
    deposit: (share) => (share === '' ? 'Аванс' : `Аванс ${share}`),
    part: (share) => (share === '' ? 'Промежуточный платёж' : `Промежуточный платёж ${share}`),
  },
  th: {
    deposit: (share) => (share === '' ? 'เงินมัดจำ' : `เงินมัดจำ ${share}`),
    part: (share) => (share === '' ? 'ค่างวด' : `ค่างวด ${share}`),
  },
}

/**
 * What the line of a deposit or a part says: `Deposit of 30%: Cold store generator`.
 * @param tag the language of the client; one that documents are not written in is English.
 * @param percentage `30%`; null for an amount.
 */
export function partText(
  kind: PartKind,
  tag: string,
  percentage: string | null,
  title: string,
): string {
  const language = documentLanguage(tag) ?? 'en'
  // German and Russian put a space before the sign.
  const isSpaced = language === 'de' || language === 'ru'
  const decimal = language === 'en' || language === 'th' ? '.' : ','
  const share = (percentage ?? '').replace('.', decimal).replace('%', isSpaced ? '\u00A0%' : '%')
  return `${WORDS[language][kind](share)}: ${title}`
}

const CREDITS: Record<DocumentLanguage, (number: string) => string> = {
  en: (number) => `Credit on ${number}`,
  de: (number) => `Korrektur der Rechnung ${number}`,
  ru: (number) => `Корректировка счёта № ${number}`,
  th: (number) => `ลดหนี้ตามใบแจ้งหนี้เลขที่ ${number}`,
}

/**
 * What the line of a credit note on an amount says: `Credit on 2026-0001`.
 * @param tag the language of the client; one that documents are not written in is English.
 */
export function creditText(tag: string, number: string): string {
  return CREDITS[documentLanguage(tag) ?? 'en'](number)
}
