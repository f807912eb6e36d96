#!/usr/bin/env node
'use strict'

const { existsSync } = require('node:fs')
const { homedir } = require('node:os')
const path = require('node:path')

try {
  homedir()
} catch {
  // A container may run us as a user that the system does not know: then there is no home to look into.
  process.env.HOME = '/nonexistent'
}

const main = path.join(__dirname, '../dist/main.cjs')
if (existsSync(main)) {
  void require(main).start()
} else {
  process.stderr.write('funnel: the program is not built yet\n  run: npm ci (or npm run build)\n')
  process.exitCode = 1
}
