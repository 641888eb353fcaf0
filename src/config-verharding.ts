/** Settings that shut doors: where StUF may go, who scans for viruses, and whom a finder of a leak should tell. */
import { isIP } from 'node:net';
import { z } from 'zod';

/** One address or more, as RFC 9116 wants them: a mail address or a page, as a URI. */
const CONTACT = /^(?:mailto:[^\s,]+@[^\s,]+|https:\/\/[^\s,]+|tel:\+[0-9-]+)$/;
const lijst = (tekst: string): readonly string[] =>
  tekst
    .split(',')
    .map((deel) => deel.trim())
    .filter((deel) => deel !== '');
const HOST = /^(?:\*\.)?[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63})*(?::[0-9]{1,5})?$/i;
/** A name, with or without `*.` and port; an address; or a network as address/bits. */
function isDoelregel(regel: string): boolean {
  const [net = '', bits] = regel.split('/', 2);
  const soort = isIP(net);
  if (bits !== undefined) return soort > 0 && /^[0-9]{1,3}$/.test(bits) && Number(bits) <= (soort === 4 ? 32 : 128);
  return soort > 0 || HOST.test(regel);
}
/** host:poort, [ipv6]:poort, or the path of a socket. */
const CLAMD = /^(?:\/[^\0]+|(?:\[[0-9a-f:.]+\]|[a-z0-9.-]+):[0-9]{1,5})$/i;

export const VERHARDING_SLEUTELS = {
  /** For security.txt: who to tell, with commas between. Without it there is no security.txt. */
  KNOOPPUNT_BEVEILIGING_CONTACT: z
    .string()
    .transform(lijst)
    .pipe(z.array(z.string().regex(CONTACT)).min(1))
    .optional(),
  /** Until when that may be relied on; after it security.txt is not served. */
  KNOOPPUNT_BEVEILIGING_VERLOOPT: z.iso
    .datetime({ offset: true })
    .transform((tekst) => new Date(tekst))
    .optional(),
  /** Page with the rules for reporting. */
  KNOOPPUNT_BEVEILIGING_BELEID: z
    .string()
    .regex(/^https:\/\/[^\s,]+$/)
    .optional(),
  /** Hosts and networks that StUF may be pushed to; see bezorging/doelen.ts. */
  KNOOPPUNT_STUF_TOEGESTAAN: z
    .string()
    .default('')
    .transform(lijst)
    .pipe(z.array(z.string().refine(isDoelregel))),
  /** PEM: what we show to receivers over StUF, for all of them. */
  KNOOPPUNT_STUF_CERTIFICAAT: z.string().min(1).optional(),
  KNOOPPUNT_STUF_SLEUTEL: z.string().min(1).optional(),
  /** PEM: whose certificates we trust there, in place of the authorities that Node knows. */
  KNOOPPUNT_STUF_CA: z.string().min(1).optional(),
  /** Folder with, per receiver that has an authority of its own, `<code of the organisation>.pem`. */
  KNOOPPUNT_STUF_CA_MAP: z.string().min(1).optional(),
  /** Where clamd listens. Without it nothing is scanned. */
  KNOOPPUNT_CLAMD: z.string().regex(CLAMD).optional(),
  /** What intake does while clamd cannot be reached: refuse for now (503), or take in unscanned. */
  KNOOPPUNT_CLAMD_UITVAL: z.enum(['weiger', 'doorlaten']).default('weiger'),
} as const;

export interface Beveiligingscontact {
  readonly contacten: readonly string[];
  readonly verloopt: Date;
  readonly beleid: string | undefined;
}

export interface Clamdconfig {
  readonly adres: string;
  readonly bijUitval: 'weiger' | 'doorlaten';
}

/** Paths of the files for pushing StUF over TLS; see bezorging/tls-middelen.ts. */
export interface StufTls {
  readonly certificaat?: string | undefined;
  readonly sleutel?: string | undefined;
  readonly ca?: string | undefined;
  readonly caMap?: string | undefined;
}

export interface Verharding {
  readonly beveiliging: Beveiligingscontact | undefined;
  readonly stufToegestaan: readonly string[];
  readonly stufTls: StufTls;
  readonly clamd: Clamdconfig | undefined;
}

type Gelezen = Readonly<z.infer<z.ZodObject<typeof VERHARDING_SLEUTELS>>>;

/**
 * @param gelezen the settings, each right by itself
 * @returns them together; or the names of those that need each other
 */
export function verhardingVan(gelezen: Gelezen): Verharding | readonly string[] {
  const contacten = gelezen.KNOOPPUNT_BEVEILIGING_CONTACT;
  const verloopt = gelezen.KNOOPPUNT_BEVEILIGING_VERLOOPT;
  // RFC 9116 demands both: a contact without an end may long be somebody else.
  if ((contacten === undefined) !== (verloopt === undefined))
    return ['KNOOPPUNT_BEVEILIGING_CONTACT', 'KNOOPPUNT_BEVEILIGING_VERLOOPT'];
  const { KNOOPPUNT_STUF_CERTIFICAAT: certificaat, KNOOPPUNT_STUF_SLEUTEL: sleutel } = gelezen;
  if ((certificaat === undefined) !== (sleutel === undefined))
    return ['KNOOPPUNT_STUF_CERTIFICAAT', 'KNOOPPUNT_STUF_SLEUTEL'];
  const { KNOOPPUNT_STUF_CA: ca, KNOOPPUNT_STUF_CA_MAP: caMap } = gelezen;
  const adres = gelezen.KNOOPPUNT_CLAMD;
  return Object.freeze({
    beveiliging: contacten && verloopt && { contacten, verloopt, beleid: gelezen.KNOOPPUNT_BEVEILIGING_BELEID },
    stufToegestaan: gelezen.KNOOPPUNT_STUF_TOEGESTAAN,
    stufTls: Object.freeze({ certificaat, sleutel, ca, caMap }),
    clamd: adres === undefined ? undefined : { adres, bijUitval: gelezen.KNOOPPUNT_CLAMD_UITVAL },
  });
}
