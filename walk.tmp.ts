// drives the story to a proposal so that a supervisor's page has content
import { readFileSync } from 'node:fs'
const demo = JSON.parse(readFileSync('/tmp/demo.json','utf8'))
async function login(i: number) { const u = demo.users[i]; const r = await fetch(demo.url+'/sign-in',{method:'POST',redirect:'manual',headers:{'content-type':'application/x-www-form-urlencoded'},body:new URLSearchParams({email:u.email,password:u.password})}); const cookie=r.headers.get('set-cookie')!.split(';')[0]!; const html = await (await fetch(demo.url+'/settings',{headers:{cookie}})).text(); const csrf=/name="csrf" content="([^"]+)"/.exec(html)![1]!; return {get:(p:string)=>fetch(demo.url+p,{headers:{cookie}}).then(r=>r.text()), post:(p:string,f:any)=>fetch(demo.url+p,{method:'POST',redirect:'manual',headers:{cookie,'content-type':'application/x-www-form-urlencoded'},body:new URLSearchParams({csrf,...f})}).then(async r=>[r.status, r.headers.get('location'), r.status>=400? (await r.text()).slice(-1500):''])} }
const sato = await login(0), suzuki = await login(1)
const q = await sato.get('/queue')
const row = [...q.matchAll(/href="(\/threads\/[^"]+)"><span class="who">([^<]+)/g)].find(m=>m[2]!.includes('黒岩'))!
const form = {revision:'3',verdict:'harassment',category:'threat',severity:'3',superiorPosition:'yes',improperWhich:'conduct',improperWhy:'担当者への加害を予告している',harmToWorkEnvironment:'yes',statuteParty:'yes',statuteBeyond:'yes',statuteHarm:'yes',demand:'partly',fairRequest:'修理代の内訳の説明',reason:'十一月二十三日のメールで、担当者の帰り道を調べたと書き、刺すと予告している。'}
console.log(await sato.post(row[1]+'/reviews', form)); console.log(await suzuki.post(row[1]+'/reviews', form)); console.log(await suzuki.post(row[1]+'/measures', {kind:'suspension',measureReason:'身の危険があり、警告では足りない。警察への相談もあわせて行う。'}))
const rows = [...q.matchAll(/href="(\/threads\/[^"]+)"><span class="who">([^<]+)/g)]
const ord = rows.find(m=>m[2]!.includes('橋本'))!
console.log(await sato.post(ord[1]+'/replies',{revision:'1',how:'submit',replySubject:'Re: 住所変更',replyBody:'橋本様\n\nお引っ越しのご連絡をありがとうございます。\n住所の変更は会員ページの「ご契約内容」からお手続きいただけます。\n\nひなたくらし お客様相談窓口'}))
const dis = rows.find(m=>m[2]!.includes('みつ'))!
console.log(await sato.post(dis[1]+'/reviews',{...form,revision:'1',category:'verbal_abuse',severity:'2'})); console.log(await suzuki.post(dis[1]+'/reviews',{revision:'1',verdict:'ordinary',needsReply:'no',demand:'none'}))
