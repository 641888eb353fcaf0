/** A browser without a screen: keeps cookies, follows nothing by itself, fills in forms with the token that they hold. */

export interface Bladzijde {
  readonly status: number;
  readonly koppen: Headers;
  readonly tekst: string;
  /** Where it sends the browser, if it does. */
  readonly naar: string | null;
}

export interface Invulling {
  /** The page with the form. Default the address that it is sent to. */
  readonly van?: string;
  /** In the place of the token on the page; null: none. */
  readonly token?: string | null;
  readonly koppen?: Readonly<Record<string, string>>;
}

/** The form token on a page. */
export const tokenVan = (tekst: string): string => /name="_csrf" value="([^"]+)"/.exec(tekst)?.[1] ?? '';

export class Browser {
  readonly #adres: string;
  /** Per origin, by name. */
  readonly #koekjes = new Map<string, Map<string, string>>();

  readonly #koppen: Readonly<Record<string, string>>;

  /** @param koppen sent with every request */
  constructor(adres: string, koppen: Readonly<Record<string, string>> = {}) {
    this.#adres = adres;
    this.#koppen = koppen;
  }

  /** The cookies of our own. */
  get koekjes(): Map<string, string> {
    return this.#van(new URL(this.#adres).origin);
  }

  async haal(pad: string, opties: RequestInit = {}): Promise<Bladzijde> {
    const url = new URL(pad, this.#adres);
    const potje = this.#van(url.origin);
    const cookie = [...potje].map(([naam, waarde]) => `${naam}=${waarde}`).join('; ');
    const eigen = { 'Sec-Fetch-Site': 'same-origin', ...this.#koppen, ...(cookie && { cookie }) };
    const antwoord = await fetch(url, { redirect: 'manual', ...opties, headers: { ...eigen, ...opties.headers } });
    for (const regel of antwoord.headers.getSetCookie()) {
      const [, naam = '', waarde = ''] = /^([^=]+)=([^;]*)/.exec(regel) ?? [];
      if (waarde === '' || /expires=Thu, 01 Jan 1970/i.test(regel)) potje.delete(naam);
      else potje.set(naam, waarde);
    }
    const naar = antwoord.headers.get('location');
    return { status: antwoord.status, koppen: antwoord.headers, tekst: await antwoord.text(), naar };
  }

  /** Goes where it is sent, until it is somewhere. */
  async volg(pad: string): Promise<Bladzijde & { readonly adres: string }> {
    let adres = new URL(pad, this.#adres).href;
    for (let sprong = 0; sprong < 15; sprong += 1) {
      const bladzijde = await this.haal(adres);
      if (bladzijde.naar === null) return { ...bladzijde, adres };
      adres = new URL(bladzijde.naar, adres).href;
    }
    throw new Error(`sent on and on, last to ${adres}`);
  }

  /** Sends a form of a page. */
  async stuur(
    pad: string,
    velden: Readonly<Record<string, string | readonly string[]>>,
    { van = pad, token, koppen = {} }: Invulling = {},
  ): Promise<Bladzijde> {
    const csrf = token === undefined ? tokenVan((await this.haal(van)).tekst) : token;
    const body = new URLSearchParams(csrf === null ? {} : { _csrf: csrf });
    for (const [naam, waarden] of Object.entries(velden))
      for (const waarde of [waarden].flat()) body.append(naam, waarde);
    return this.haal(pad, { method: 'POST', body, headers: koppen });
  }

  /** Becomes a user of the demo. */
  wordt(wie: string): Promise<Bladzijde> {
    return this.stuur('/portaal/aanmelden/demo', { wie }, { van: '/portaal/aanmelden' });
  }

  #van(origin: string): Map<string, string> {
    const potje = this.#koekjes.get(origin) ?? new Map<string, string>();
    this.#koekjes.set(origin, potje);
    return potje;
  }
}
