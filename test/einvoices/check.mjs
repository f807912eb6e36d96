// Runs the public rules of EN 16931 and Peppol over the e-invoices in test/golden/einvoices: npm run einvoice-check -- DIR
// DIR has the rules, wherever in it: EN16931-UBL-validation.xslt and EN16931-CII-validation.xslt, and for Peppol either
// PEPPOL-EN16931-UBL.xslt or PEPPOL-EN16931-UBL.sch with SchXslt (pipeline-for-svrl.xsl). With xmllint and the schemas of
// UBL 2.1 or CII D16B in it, these too. It needs Java and Saxon-HE (Debian: default-jre-headless libsaxonhe-java).
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const GOLDENS = fileURLToPath(new URL('../golden/einvoices', import.meta.url))
const SAXON = process.env.SAXON_JAR ?? '/usr/share/java/Saxon-HE.jar'

function stop(text) {
  process.stderr.write(`${text}\n`)
  process.exit(2)
}

const say = (text) => process.stdout.write(`${text}\n`)

const [dir] = process.argv.slice(2)
if (dir === undefined || !existsSync(dir)) {
  stop('which folder has the rules? npm run einvoice-check -- DIR (see test/einvoices/check.mjs)')
}
if (spawnSync('java', ['-version']).error) stop('Java is missing (Debian: default-jre-headless)')
if (!existsSync(SAXON))
  stop(`${SAXON} is missing (Debian: libsaxonhe-java), or name it in SAXON_JAR`)

const files = readdirSync(dir, { recursive: true }).map((file) => path.join(dir, file))
const found = (name) => files.find((file) => path.basename(file) === name)

function needed(name) {
  const file = found(name)
  if (file === undefined) stop(`${dir} has no ${name}`)
  return file ?? ''
}

function saxon(...args) {
  const { status, stderr } = spawnSync(
    'java',
    ['-cp', SAXON, 'net.sf.saxon.Transform', '-warnings:silent', ...args],
    { encoding: 'utf8' },
  )
  if (status !== 0) stop(stderr)
}

const work = mkdtempSync(path.join(tmpdir(), 'einvoices-'))
let failures = 0

/** Runs rules over the files of a folder whose names end so, and says what is against them. */
function check(title, rules, folder, ending) {
  const from = path.join(work, `${title}-${folder}`.replaceAll(/\W+/g, '-'))
  const [inbox, outbox] = [path.join(from, 'in'), path.join(from, 'out')]
  mkdirSync(inbox, { recursive: true })
  mkdirSync(outbox)
  const names = readdirSync(path.join(GOLDENS, folder)).filter((name) => name.endsWith(ending))
  for (const name of names) {
    execFileSync('cp', [path.join(GOLDENS, folder, name), inbox])
  }
  saxon(`-s:${inbox}`, `-xsl:${rules}`, `-o:${outbox}`)
  let wrong = 0
  for (const name of names) {
    const report = readFileSync(path.join(outbox, name), 'utf8')
    if (!report.includes('fired-rule')) stop(`${title} says nothing of ${name}`)
    for (const [, head, text] of report.matchAll(
      /<svrl:failed-assert([^>]*)>[\s\S]*?<svrl:text[^>]*>([\s\S]*?)<\/svrl:text>/g,
    )) {
      const id = /\bid="([^"]*)"/.exec(head)?.[1] ?? ''
      const flag = /\b(?:flag|role)="([^"]*)"/.exec(head)?.[1] ?? 'fatal'
      say(`  ${flag} ${folder}/${name}: ${id} ${text.replaceAll(/\s+/g, ' ').trim()}`)
      wrong += 1
    }
  }
  say(`${title}, ${folder}: ${names.length} files, ${wrong} against the rules`)
  failures += wrong
}

/** Compares files with a schema, where it is in the folder. */
function checkSchema(schema, ending, root) {
  const xsd = found(schema)
  if (xsd === undefined || spawnSync('xmllint', ['--version']).error) {
    say(
      `${schema}: not checked (${xsd === undefined ? 'not in the folder' : 'xmllint is missing'})`,
    )
    return
  }
  const all = ['peppol', 'en16931'].flatMap((folder) =>
    readdirSync(path.join(GOLDENS, folder))
      .filter((name) => name.endsWith(ending))
      .map((name) => path.join(GOLDENS, folder, name))
      .filter((file) => readFileSync(file, 'utf8').includes(`<${root}`)),
  )
  const { status, stderr } = spawnSync('xmllint', ['--noout', '--nonet', '--schema', xsd, ...all], {
    encoding: 'utf8',
  })
  const wrong = stderr.split('\n').filter((line) => line !== '' && !line.endsWith(' validates'))
  for (const line of wrong) say(`  ${line}`)
  say(`${schema}: ${all.length} files, ${status === 0 ? 'all valid' : 'not valid'}`)
  if (status !== 0) failures += 1
}

try {
  const ubl = needed('EN16931-UBL-validation.xslt')
  const cii = needed('EN16931-CII-validation.xslt')
  let peppol = found('PEPPOL-EN16931-UBL.xslt') ?? found('PEPPOL-EN16931-UBL.xsl')
  if (peppol === undefined) {
    peppol = path.join(work, 'peppol.xsl')
    const pipeline = files.find((file) => file.endsWith('2.0/pipeline-for-svrl.xsl'))
    if (pipeline === undefined) stop(`${dir} has no pipeline-for-svrl.xsl of SchXslt`)
    saxon(`-s:${needed('PEPPOL-EN16931-UBL.sch')}`, `-xsl:${pipeline}`, `-o:${peppol}`)
  }
  for (const folder of ['peppol', 'en16931']) {
    check('EN 16931 for UBL', ubl, folder, '.ubl.xml')
    check('EN 16931 for CII', cii, folder, '.cii.xml')
  }
  check('Peppol BIS Billing', peppol, 'peppol', '.ubl.xml')
  checkSchema('UBL-Invoice-2.1.xsd', '.ubl.xml', 'Invoice')
  checkSchema('UBL-CreditNote-2.1.xsd', '.ubl.xml', 'CreditNote')
  checkSchema('CrossIndustryInvoice_100pD16B.xsd', '.cii.xml', 'rsm:CrossIndustryInvoice')
} finally {
  rmSync(work, { recursive: true })
}
if (failures > 0) process.exitCode = 1
