/**
 * Headers that are not fields of ours, though they are spelled like one (`Contract`) or their cells
 * look like one (`Birthday`, `Last Modified Date`). Neither spelling nor content is considered.
 */
export const UNKNOWN_FIELDS = `
  contract, contracts, contract date, contract id, content, industry, address,
  po box,
  latitude, longitude,
  anniversary, gender, salutation, prefix, suffix,
  middle name, nickname, name prefix, name suffix, additional name, file as, initials, department,
  type, account type, deal type, record type, lead status, lead stage, lifecycle stage, contract type, parent id,
  parent account, parent account id, owner id, created by, created by id, last modified by id,
  modified by, last modified, last modified date, modified, modified on, modified date, updated,
  updated at, updated on, update date, update time, last update, last updated, system modstamp,
  last activity, last activity date, last contacted, last contact date, last seen, first seen,
  next activity date, next step, next steps, next contact, last referenced date, last viewed date,
  converted date, email bounced date, email bounced reason, email opt out, has opted out of email,
  opted out of email, do not call, do not email, unsubscribed, is deleted, deleted, active, ownership,
  annual revenue, expected revenue, weighted amount, weighted value, forecast category, probability,
  currency, discount, margin, profit, quantity, age, days, stage duration, fiscal period,
  fiscal quarter, fiscal year, from amount,
  trade, stats, owned, graded, valued, sourced, area code, store, staff id, party, partner type,
  instagram, linkedin, facebook, twitter, skype, photo, language, currency code,
  opportunity from, opportunity type, series, naming series, conversion rate, exchange rate, base amount,
  deal value in base currency, expected deal value, prorated revenue, recurring revenue, forecast revenue,
  originating lead, originating contact, do not modify row checksum, do not modify modified on,
  row checksum, version number, deal owner id, created by id, contact name id, campaign source id,
  sales cycle duration, overall sales duration, lead conversion time, modified time, last modified time,
  last activity time, locked, sales team, sales team id, won lost by, confidence, value period,
  annualized value, expected value, expected value formatted, contact id, user id,
  days to close, days to assign, first response time, last stage update, market segment, competitors,
  assistant, assistant name, assistant phone, assistant s phone, manager s name, manager s phone,
  spouse, children, hobby, pager, telex, callback, isdn, iban,
  КПП, ОГРН, адрес,
  дата изменения, дата редактирования, дата модификации, дата последнего изменения, изменена,
  кем изменена, договор, вероятность, валюта, отрасль, сфера деятельности, пол, отчество, обращение,
  тип, тип компании, тип сделки, ближайшая задача, следующий контакт, последняя активность,
  расчетный счет,
  Adresse, Anrede, Titel, Branche,
  Geändert am, Letzte Änderung, Letzter Kontakt, Nächster Kontakt, Währung, Wahrscheinlichkeit,
  Abteilung, Vertrag, Typ, PLZ Ort, Wiedervorlage, Nächster Schritt, Rabatt, MwSt,
  Mehrwertsteuer, Lieferdatum, Liefertermin, Rechnungsdatum, Gültig bis, Angebot gültig bis,
  adresse, civilité, secteur d'activité,
  modifié le, dernière modification, dernier contact, devise, probabilité, service, contrat, SIRET,
  SIREN, TVA,
  dirección, tratamiento, sector,
  fecha de modificación, última modificación, último contacto, moneda, probabilidad, contrato,
  地址, 行业, 修改时间, 更新时间, 最后跟进时间, 下次跟进时间, 币种, 可能性,
  赢单率, 性别, 部门,
  ที่อยู่, ตำบล, แผนก, อุตสาหกรรม, ประเภทธุรกิจ, คำนำหน้า, วันที่แก้ไข,
  วันที่แก้ไขล่าสุด, ติดต่อล่าสุด, สกุลเงิน, ความน่าจะเป็น`

/** A fax is not a phone that anybody answers, whatever it is called. */
export const FAX = /fax|факс|โทรสาร|แฟกซ์|แฟ็กซ์|传真|傳真|telecopie/

/** Words of headers whose cells belong to somebody other than the client, whatever they look like. */
export const OF_OTHERS = new Set(
  `owner, rep, manager, assistant, agent, seller, salesperson, user, referrer, referred, created,
  modified, bounced, sales, ответственный, менеджер, ответственного, менеджера, betreuer,
  verkaufer, vendeur, commercial, vendedor, responsable`
    .split(',')
    .map((word) => word.trim()),
)
