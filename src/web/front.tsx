import type { Child, FC } from 'hono/jsx'
import type { Ctx } from './env.ts'
import { LanguageSwitch } from './top-bar.tsx'

/** A page in front of the product: who we are, one question, and the other language. */
export const Front: FC<{ c: Ctx; title: string; lead: string; children?: Child }> = (props) => (
  <section class='sign-in'>
    <p class='brand'>
      <span class='mark' aria-hidden='true'>
        守
      </span>
      {props.c.var.text.product}
    </p>
    <h1>{props.title}</h1>
    <p class='help'>{props.lead}</p>
    {props.children}
    <LanguageSwitch c={props.c} />
  </section>
)
