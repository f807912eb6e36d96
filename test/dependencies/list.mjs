/** The day on which this table was last gone through. */
export const TAKEN_ON = '2026-11-28'

/**
 * Published advisories on what the program ships or is installed with, and the version in which each
 * was mended; `reach` says what it would mean here. A new one is an entry here.
 */
export const ADVISORIES = [
  {
    package: 'xlsx',
    ids: ['CVE-2023-30533', 'GHSA-4r6h-8v6p-xvw6'],
    fixed: '0.19.3',
    what: 'a crafted workbook changes the prototype of objects',
    reach:
      'reachable: any workbook is read. The package called xlsx ends at 0.18.5, with both faults; here ' +
      'its name stands for @e965/xlsx, the same SheetJS at 0.20.3, and a process of its own reads files',
  },
  {
    package: 'xlsx',
    ids: ['CVE-2024-22363', 'GHSA-5pgg-2g8v-p4x9'],
    fixed: '0.20.2',
    what: 'a crafted workbook keeps a pattern busy',
    reach: 'reachable as the one above; the process that reads workbooks has a bound on its time',
  },
  {
    package: 'kysely',
    ids: ['CVE-2026-32763', 'GHSA-wmrf-hv6w-mr66'],
    fixed: '0.28.12',
    what: 'keys of JSON paths become SQL',
    reach: 'not reachable: no query has a JSON path made of what somebody typed',
  },
  {
    package: 'kysely',
    ids: ['CVE-2026-44635', 'GHSA-pv5w-4p9q-p3v2'],
    fixed: '0.28.17',
    what: 'keys of JSON paths lead to other fields',
    reach: 'not reachable: as above',
  },
  {
    package: 'kysely',
    ids: ['GHSA-8cpq-38p9-67gx'],
    fixed: '0.28.17',
    what: 'sql.lit() becomes SQL on MySQL',
    reach: 'not reachable: the book is SQLite',
  },
  {
    package: 'liquidjs',
    ids: ['CVE-2022-25948', 'GHSA-45rm-2893-5f49'],
    fixed: '10.0.0',
    what: 'a template sees what objects inherit',
    reach: 'reachable by a template of the user; it is asked for own properties alone',
  },
  {
    package: 'jszip',
    ids: ['CVE-2021-23413', 'GHSA-jg8v-48h5-wgxg'],
    fixed: '3.7.0',
    what: 'names of files in an archive change the prototype of objects',
    reach: 'reachable by a template of the user, which easy-template-x opens with it',
  },
  {
    package: 'jszip',
    ids: ['CVE-2022-48285', 'GHSA-36fh-84j7-cv5h'],
    fixed: '3.8.0',
    what: 'names of files in an archive lead out of the folder',
    reach: 'not reachable: no file of an archive is written under its name',
  },
  {
    package: '@xmldom/xmldom',
    ids: ['CVE-2022-37616', 'GHSA-9pgh-qqpf-7wqj'],
    fixed: '0.8.3',
    what: 'attributes change the prototype of objects',
    reach: 'reachable by a template of the user, which easy-template-x reads with it',
  },
  {
    package: '@xmldom/xmldom',
    ids: ['CVE-2022-39353', 'GHSA-crh6-fp67-6883'],
    fixed: '0.8.4',
    what: 'a document with several roots is taken for a sound one',
    reach: 'not reachable: templates are read with saxes before, which refuses them',
  },
  {
    package: 'json5',
    ids: ['CVE-2022-46175', 'GHSA-9c47-m6qq-7p4h'],
    fixed: '2.2.2',
    what: 'a key changes the prototype of an object',
    reach: 'reachable by a tag with options in a template of the user',
  },
  {
    package: 'nodemailer',
    ids: ['CVE-2020-7769'],
    fixed: '6.4.16',
    what: 'addresses become options of sendmail',
    reach: 'reachable where mail goes through sendmail',
  },
  {
    package: 'nodemailer',
    ids: ['CVE-2021-23400'],
    fixed: '6.6.1',
    what: 'line ends in addresses begin new headers',
    reach: 'addresses are checked before they become a message',
  },
  {
    package: 'nodemailer',
    ids: ['GHSA-9h6g-pr28-7cqp'],
    fixed: '6.9.9',
    what: 'embedded pictures keep a pattern busy',
    reach: 'not reachable: nothing is embedded',
  },
  {
    package: 'nodemailer',
    ids: ['CVE-2025-13033', 'GHSA-mm7p-fcc7-pg87'],
    fixed: '7.0.7',
    what: 'a quoted address is taken for another one',
    reach: 'addresses are checked before they become a message',
  },
  {
    package: 'nodemailer',
    ids: ['CVE-2025-14874', 'GHSA-rcmh-qjqh-p98v'],
    fixed: '7.0.11',
    what: 'nested addresses end the program',
    reach: 'addresses are checked before they become a message',
  },
  {
    package: 'nodemailer',
    ids: ['CVE-2026-82659', 'GHSA-p6gq-j5cr-w38f'],
    fixed: '9.0.1',
    what: 'raw messages read files in spite of their ban',
    reach: 'not reachable: messages are composed here',
  },
  {
    package: 'nodemailer',
    ids: ['GHSA-2x7j-588g-ccc2'],
    fixed: '9.1.0',
    what: 'long lists of addresses take quadratic time',
    reach: 'only those who send mail write such lists',
  },
  {
    package: 'tar-fs',
    ids: ['CVE-2024-12905', 'GHSA-pq67-2wwv-3xjx'],
    fixed: '2.1.2',
    what: 'an archive writes outside its folder',
    reach: 'not reachable: only the installation of better-sqlite3 unpacks anything',
  },
  {
    package: 'tar-fs',
    ids: ['CVE-2025-48387', 'GHSA-8cj5-5rvv-wf4v'],
    fixed: '2.1.3',
    what: 'an archive writes outside its folder',
    reach: 'not reachable: as above',
  },
  {
    package: 'tar-fs',
    ids: ['CVE-2025-59343', 'GHSA-vj76-c3g6-qr5v'],
    fixed: '2.1.4',
    what: 'an archive follows links out of its folder',
    reach: 'not reachable: as above',
  },
]
