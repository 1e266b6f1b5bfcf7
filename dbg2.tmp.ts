import { openBrowser } from './test/support/browser.ts'
import { readFileSync } from 'node:fs'
const demo = JSON.parse(readFileSync('/tmp/demo.json','utf8'))
const b = await openBrowser(); const p = await (await b.newContext()).newPage()
await p.goto(demo.url+'/sign-in')
console.log(await p.evaluate(()=>[...document.styleSheets].map(s=>[s.href, s.cssRules.length, s.cssRules[0]?.cssText.slice(0,100), (s.cssRules[0] as any)?.cssRules?.length])))
await b.close()
