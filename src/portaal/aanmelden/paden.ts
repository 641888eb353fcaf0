/** Addresses of logging in, as the pages link to them. */
export const PADEN = {
  aanmelden: '/portaal/aanmelden',
  start: '/portaal/aanmelden/start',
  /** Where the broker sends people back to: registered with it. */
  terug: '/portaal/aanmelden/terug',
  demo: '/portaal/aanmelden/demo',
  uitnodiging: '/portaal/uitnodiging',
  afmelden: '/portaal/afmelden',
  afgemeld: '/portaal/afgemeld',
} as const;

const BASIS = '/portaal';

/** As the table of pages has them. */
export const padVan = (naam: keyof typeof PADEN): string => PADEN[naam].slice(BASIS.length);
