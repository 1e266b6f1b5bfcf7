import { openBrowser } from './test/support/browser.ts'
import { readFileSync } from 'node:fs'
const demo = JSON.parse(readFileSync('/tmp/demo.json','utf8'))
const [,, role, lang, theme, w, out, ...steps] = process.argv
const b = await openBrowser()
const ctx = await b.newContext({ viewport:{width:Number(w),height:900}, colorScheme: theme as any })
const p = await ctx.newPage(); p.setDefaultTimeout(8000)
p.on('console', m=>{ if(m.type()==='error') console.log('CONSOLE', m.text()) })
const user = demo.users.find((u:any)=>u.role===role)
await p.goto(demo.url+'/sign-in'); await p.fill('#email', user.email); await p.fill('#password', user.password); await p.click('main button.primary'); await p.waitForURL(u=>!u.pathname.includes('sign-in'))
await p.goto(demo.url+'/settings'); await p.check(`main input[name=language][value=${lang}]`); await p.click('main button.primary'); await p.waitForURL(/done/)
for (const s of steps) { if (s.startsWith('/')) await p.goto(demo.url+s); else if (s.startsWith('row:')) await p.locator('.thread-row',{hasText:s.slice(4)}).first().click(); else if (s.startsWith('click:')) await p.locator(s.slice(6)).first().click(); await p.waitForTimeout(250) }
await p.screenshot({path:out!, fullPage: !out!.includes('fold')})
await b.close()
