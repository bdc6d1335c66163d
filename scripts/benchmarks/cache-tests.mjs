// Plays the public HTTP cache tests (npm: http-cache-tests) through a forward proxy. Server and client of the tests both run here.
//   node cache-tests.mjs FOLDER PROXY-HOST PROXY-PORT SITE-ADDRESS SITE-PORT BASE-URL [TEST]
import fs from 'node:fs'
import http from 'node:http'
import { createRequire } from 'node:module'
import path from 'node:path'

const [folder, proxyHost, proxyPort, siteAddress, sitePort, base, only] = process.argv.slice(2)
const engine = fs.existsSync(path.join(folder, 'test-engine')) ? 'test-engine/' : '' // where newer versions keep it
const load = file => import(path.join(folder, file))
const fetch = createRequire(path.join(folder, 'package.json'))('node-fetch')

// The tests' server would listen everywhere.
const listen = http.Server.prototype.listen
http.Server.prototype.listen = function (port) {
  return listen.call(this, Number(port), siteAddress)
}
process.env.npm_config_protocol = 'http'
process.env.npm_config_port = sitePort
process.env.npm_config_pidfile = '/dev/null'
const say = console.log
console.log = () => {}
await load(engine + 'server/server.mjs')

// Their client knows of no proxy: every request goes there, in absolute form.
class ByProxy extends http.Agent {
  addRequest (request, options) {
    request._header = null
    request.path = base + request.path
    super.addRequest(request, { ...options, host: proxyHost, port: Number(proxyPort) })
  }
}
const agent = new ByProxy({ keepAlive: true, maxSockets: 100 })
const { runTests, getResults } = await load(engine + 'client/runner.mjs')
const all = (await load('tests/index.mjs')).default
const chosen = only
  ? all.map(suite => ({ ...suite, tests: suite.tests.filter(test => test.id === only).map(test => ({ ...test, dump: true })) }))
  : all
if (only) console.log = say
globalThis.fetch = (url, init) => fetch(url, { ...init, agent })
await (engine ? runTests(chosen, false, base) : runTests(chosen, globalThis.fetch, false, base))
console.log = say

const results = getResults()
const count = {}
const failed = []
for (const test of chosen.flatMap(suite => suite.tests).filter(test => !test.browser_only)) {
  const kind = test.kind || 'required'
  count[kind] ??= { passed: 0, of: 0 }
  count[kind].of++
  if (results[test.id] === true) {
    count[kind].passed++
  } else if (kind === 'required' || only) {
    failed.push(`${test.id}: ${results[test.id]?.join?.(': ') ?? 'not run'}`)
  }
}
for (const line of failed) say(line)
for (const [kind, { passed, of }] of Object.entries(count)) say(`${kind}: ${passed} of ${of}`)
process.exit(0)
