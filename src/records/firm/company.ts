import type { Db } from '../../book/store/db.ts'
import { COMPANY_TEXTS, type CompanyTexts } from '../../domain/firm/company.ts'
import { Fault } from '../../domain/fault.ts'
import type { Logo, LogoKind } from '../../domain/firm/logo.ts'
import { givenTexts, namesOf, perField } from '../../domain/text-fields.ts'

/** Your own company as the book has it. */
export interface Company extends CompanyTexts {
  logo: Logo | null
}

/** Values of your own company; what is left out stays, null clears. */
export type CompanyValues = { [name in keyof CompanyTexts]?: string | null | undefined } & {
  logo?: Logo | null | undefined
}

/** Your own company; all of it null until something is set. */
export async function loadCompany(db: Db): Promise<Company> {
  const row = await db.selectFrom('company').selectAll().executeTakeFirst()
  const logo = row?.logo ?? null
  return {
    ...perField(COMPANY_TEXTS, (name) => row?.[name] ?? null),
    logo:
      logo === null
        ? null
        : { kind: row?.logo_kind as LogoKind, bytes: Buffer.from(logo, 'base64') },
  }
}

/**
 * Changes your own company. Returns the names of what was given.
 * @throws Fault `usage` if nothing is.
 */
export async function setCompany(db: Db, { logo, ...texts }: CompanyValues): Promise<string[]> {
  const given = givenTexts(COMPANY_TEXTS, texts)
  const picture =
    logo === undefined
      ? {}
      : { logo: logo?.bytes.toString('base64') ?? null, logo_kind: logo?.kind ?? null }
  const set = { ...given, ...picture }
  if (Object.keys(set).length === 0) {
    throw new Fault('usage', 'nothing to set was given', 'see: funnel company set --help')
  }
  const row = await db.selectFrom('company').select('id').executeTakeFirst()
  if (row) await db.updateTable('company').set(set).where('id', '=', row.id).execute()
  else {
    const none = { ...perField(COMPANY_TEXTS, () => null), logo: null, logo_kind: null }
    await db
      .insertInto('company')
      .values({ ...none, ...set })
      .execute()
  }
  return [
    ...namesOf(COMPANY_TEXTS).filter((name) => name in given),
    ...(logo === undefined ? [] : ['logo']),
  ]
}
