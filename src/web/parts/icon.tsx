import type { FC } from 'hono/jsx'

/** Paths on a grid of 24, drawn with lines of 1.75. */
const paths = {
  inbox: 'M3 13l3-8h12l3 8v6H3zM3 13h5l1.5 3h5L16 13h5',
  bell: 'M6 17V11a6 6 0 0 1 12 0v6l1.5 2h-15zM10 21h4',
  shield: 'M12 3l7 3v6c0 4.5-3 7.5-7 9-4-1.5-7-4.5-7-9V6z',
  send: 'M4 12l16-8-5 17-4-7zM11 14l9-10',
  person: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4 21c.8-4 4-6 8-6s7.200 2 8 6',
  log: 'M6 3h9l4 4v14H6zM9 12h7M9 16h7M9 8h3',
  settings: 'M4 7h10M18 7h2M4 17h2M10 17h10M16 5v4M8 15v4',
  rules: 'M12 4v16M6 20h12M5 7h14M5 7l-2.500 6h5zM19 7l-2.500 6h5z',
  flag: 'M6 21V4M6 5h11l-2 4 2 4H6',
  mail: 'M3 6h18v12H3zM3 7l9 7 9-7',
  page: 'M6 3h9l4 4v14H6zM14 3v5h5M9 13h7M9 17h5',
  link: 'M10 14l4-4M9 17l-2 2a3.500 3.500 0 0 1-5-5l4-4a3.500 3.500 0 0 1 5 0M15 7l2-2a3.500 3.500 0 0 1 5 5l-4 4a3.500 3.500 0 0 1-5 0',
  key: 'M15 13a4.500 4.500 0 1 0-4-2.500L4 17.500V20h3v-2h2v-2h2l1.500-2M16 8.500v.100',
  grid: 'M4 4h7v7H4zM13 4h7v7h-7zM4 13h7v7H4zM13 13h7v7h-7z',
  check: 'M5 12.500l4.500 4.500L19 7.500',
  alert: 'M12 4l9 16H3zM12 10v4M12 17v.500',
  eye: 'M2 12s4-7 10-7 10 7 10 7-4 7-10 7-10-7-10-7zM12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6z',
  clip: 'M8 12l6-6a3 3 0 0 1 4.500 4.500l-8 8a5 5 0 0 1-7-7l8-8',
  at: 'M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM16 8v5.500a2.500 2.500 0 0 0 5 0V12a9 9 0 1 0-4 7.500',
  chart: 'M4 20V4M4 20h16M8 16v-5M12 16V7M16 16v-3',
  heart:
    'M12 20C7 16.500 4 13 4 9.500A4.500 4.500 0 0 1 12 7a4.500 4.500 0 0 1 8 2.500C20 13 17 16.500 12 20z',
  bubble: 'M4 5h16v11h-9l-5 4v-4H4zM8 9h8M8 12h5',
  dot: 'M12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6z',
  diamond: 'M12 4l8 8-8 8-8-8z',
} as const

export type IconName = keyof typeof paths

export const Icon: FC<{ name: IconName }> = ({ name }) => (
  <svg class='icon' viewBox='0 0 24 24' aria-hidden='true' focusable='false'>
    <path d={paths[name]} />
  </svg>
)
