let collator: { locale: string | null; compare: (a: string, b: string) => number } | undefined

/**
 * Compares names as a language sorts them: `Bäckerei` before `Brauerei`. Without a locale they are sorted as
 * in most languages in Latin script. Made when first needed: it takes some milliseconds.
 * @param locale a language tag, such as `de`.
 */
export function nameOrder(locale: string | null): (a: string, b: string) => number {
  if (collator?.locale !== locale) {
    collator = { locale, compare: new Intl.Collator(locale ?? 'en').compare }
  }
  return collator.compare
}
