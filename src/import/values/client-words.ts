import type { ClientKind } from '../../book/schema/clients.ts'
import { nameKey } from '../../domain/name.ts'

const words = (list: string): ReadonlySet<string> => new Set(list.split(',').map(nameKey))

const COMPANY =
  words(`company, organization, organisation, business, corporate, firm, firma, unternehmen, geschäftskunde,
  gewerbe, gewerblich, juristische person, entreprise, société, professionnel, personne morale, empresa, persona
  jurídica, компания, организация, юридическое лицо, юрлицо, 公司, 企业, บริษัท, นิติบุคคล`)

const PERSON =
  words(`person, individual, private, consumer, contact, privat, privatperson, privatkunde, natürliche person,
  particulier, personne physique, persona, particular, persona física, физическое лицо, физлицо, частное лицо, 个人,
  บุคคล, บุคคลธรรมดา`)

/** Whether a word says company or person: `Firma`, `физлицо`; null for any other word. */
export function clientKind(text: string): ClientKind | null {
  const word = nameKey(text)
  if (COMPANY.has(word)) return 'company'
  return PERSON.has(word) ? 'person' : null
}
