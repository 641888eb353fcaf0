/** A browser without a screen: keeps cookies, follows nothing by itself, fills in forms with the token that they hold. */

export interface Bladzijde {
  readonly status: number;
  readonly koppen: Headers;
  readonly tekst: string;
  /** Where it sends the browser, if it does. */
  readonly naar: string | null;
}

export class Browser {
  readonly #adres: string;
  readonly koekjes = new Map<string, string>();
  /** Sent with every request. */
  readonly koppen: Record<string, string> = { 'Sec-Fetch-Site': 'same-origin' };

  constructor(adres: string) {
    this.#adres = adres;
  }

  async haal(pad: string, opties: RequestInit = {}): Promise<Bladzijde> {
    const url = new URL(pad, this.#adres);
    const eigen = url.origin === new URL(this.#adres).origin;
    const cookie = [...this.koekjes].map(([naam, waarde]) => `${naam}=${waarde}`).join('; ');
    const koppen = { ...this.koppen, ...(eigen && cookie && { cookie }), ...(opties.headers as object) };
    const antwoord = await fetch(url, { redirect: 'manual', ...opties, headers: koppen });
    if (eigen)
      for (const regel of antwoord.headers.getSetCookie()) {
        const [, naam = '', waarde = ''] = /^([^=]+)=([^;]*)/.exec(regel) ?? [];
        if (waarde === '' || /expires=Thu, 01 Jan 1970/i.test(regel)) this.koekjes.delete(naam);
        else this.koekjes.set(naam, waarde);
      }
    const naar = antwoord.headers.get('location');
    return { status: antwoord.status, koppen: antwoord.headers, tekst: await antwoord.text(), naar };
  }

  /** Sends a form of a page, with the token that stands on it. @param token in its place; null: none */
  async stuur(
    pad: string,
    velden: Readonly<Record<string, string | readonly string[]>>,
    { van = pad, token }: { readonly van?: string; readonly token?: string | null } = {},
  ): Promise<Bladzijde> {
    const csrf = token === undefined ? tokenVan((await this.haal(van)).tekst) : token;
    const lijf = new URLSearchParams(csrf === null ? {} : { _csrf: csrf });
    for (const [naam, waarden] of Object.entries(velden))
      for (const waarde of [waarden].flat()) lijf.append(naam, waarde);
    return this.haal(pad, { method: 'POST', body: lijf });
  }

  /** Becomes a user of the demo. */
  async wordt(wie: string): Promise<Bladzijde> {
    return this.stuur('/portaal/aanmelden/demo', { wie }, { van: '/portaal/aanmelden' });
  }
}

/** The form token on a page. */
export const tokenVan = (tekst: string): string => /name="_csrf" value="([^"]+)"/.exec(tekst)?.[1] ?? '';
