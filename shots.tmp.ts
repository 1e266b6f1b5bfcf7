import { openBrowser } from './test/support/browser.ts'
import { readFileSync, mkdirSync } from 'node:fs'
const demo = JSON.parse(readFileSync('/tmp/demo.json','utf8'))
mkdirSync('/tmp/shots',{recursive:true})
const b = await openBrowser()
const who = process.argv[2] ?? 'reviewer'
const pages = process.argv.slice(3)
const user = demo.users.find((u:any)=>u.role===who)
for (const [lang, theme, w, h] of [['ja','light',1280,900],['en','dark',1280,900],['ja','dark',390,844],['en','light',390,844]] as const) {
  const ctx = await b.newContext({ viewport:{width:w,height:h}, colorScheme: theme, locale: lang==='ja'?'ja-JP':'en-GB' })
  await ctx.addCookies([{name:'lang',value:lang,url:demo.url}])
  const p = await ctx.newPage()
  p.on('console', m=>{ if(m.type()==='error') console.log('CONSOLE', m.text()) })
  await p.goto(demo.url+'/sign-in'); await p.screenshot({path:`/tmp/shots/sign-in-${lang}-${theme}-${w}.png`})
  await p.fill('#email', user.email); await p.fill('#password', user.password); await p.click('main button.primary'); await p.waitForURL(u=>!u.pathname.includes('sign-in'))
  if (lang==='en') { await p.goto(demo.url+'/settings'); await p.check('main input[name=language][value=en]'); await p.click('main button.primary'); await p.waitForURL(/done/) } else { await p.goto(demo.url+'/settings'); await p.check('main input[name=language][value=ja]'); await p.click('main button.primary'); await p.waitForURL(/done/) }
  for (const path of pages) {
    let url = path
    if (path==='thread') { await p.goto(demo.url+'/queue'); url = await p.locator('.thread-row').first().getAttribute('href') ?? '/queue' }
    if (path==='harass') { await p.goto(demo.url+'/queue'); url = await p.locator('.thread-row', {hasText:'黒岩'}).first().getAttribute('href') ?? '/queue' }
    if (path==='form') { await p.goto(demo.url+'/queue'); url = await p.locator('.thread-row', {hasText:'黒岩'}).first().getAttribute('href') ?? '/queue' }
    await p.goto(demo.url+url); await p.waitForTimeout(300)
    if (path==='form') await p.locator('input[name=verdict][value=harassment]').first().check().catch(()=>{})
    await p.screenshot({path:`/tmp/shots/${path.replace(/\W+/g,'_')}-${who}-${lang}-${theme}-${w}.png`, fullPage: true})
  }
  await ctx.close()
}
await b.close()
