import { openBrowser } from './test/support/browser.ts'
import { readFileSync } from 'node:fs'
const demo = JSON.parse(readFileSync('/tmp/demo.json','utf8'))
const b = await openBrowser(); const p = await (await b.newContext()).newPage()
p.on('console', m=>console.log('CONSOLE', m.type(), m.text())); p.on('response', r=>{ if(r.status()>=400) console.log(r.status(), r.url()) }); p.on('pageerror', e=>console.log('PAGEERR', e.message))
await p.goto(demo.url+'/sign-in'); await p.fill('#email', demo.users[0].email); await p.fill('#password', demo.users[0].password); await p.click('main button.primary'); await p.waitForURL(/queue/)
await p.waitForTimeout(1500)
console.log(await p.evaluate(()=>{ const e=document.getElementById('offline')!; return [e.outerHTML, getComputedStyle(e).display, document.getElementById('news')?.outerHTML] }))
await b.close()
