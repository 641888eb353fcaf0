/** The switch that a simulation fills, as its clients see it: its REST API, with the tokens that only a demo accepts. */

export interface Antwoord {
  readonly status: number;
  readonly lijf: unknown;
}

export interface Vraag {
  /** Code of an organisation, beheer, or ciz. */
  readonly wie: string;
  readonly methode?: 'GET' | 'POST' | 'PUT';
  readonly pad: string;
  /** An object goes as JSON. */
  readonly lijf?: object | Buffer | string;
  readonly type?: string;
  readonly koppen?: Readonly<Record<string, string>>;
}

/** Something that should have gone well did not. The text says which call, and never what was in it. */
export class Simulatiefout extends Error {}

export class Knooppunt {
  readonly #adres: string;

  constructor(adres: string) {
    this.#adres = adres.replace(/\/$/, '');
  }

  async vraag({ wie, methode = 'GET', pad, lijf, type = 'application/json', koppen }: Vraag): Promise<Antwoord> {
    const ruw = typeof lijf === 'string' || Buffer.isBuffer(lijf);
    const antwoord = await fetch(`${this.#adres}${pad}`, {
      method: methode,
      headers: { Authorization: `Bearer demo-${wie}`, ...(lijf !== undefined && { 'Content-Type': type }), ...koppen },
      ...(lijf !== undefined && { body: ruw ? (lijf as string) : JSON.stringify(lijf) }),
    });
    const tekst = await antwoord.text();
    return { status: antwoord.status, lijf: tekst === '' ? null : JSON.parse(tekst) };
  }

  /** @throws Simulatiefout when the switch refuses */
  async eis<T>(vraag: Vraag): Promise<T> {
    const { status, lijf } = await this.vraag(vraag);
    if (status < 300) return lijf as T;
    const { detail, title } = (lijf ?? {}) as { detail?: string; title?: string };
    throw new Simulatiefout(`${vraag.methode ?? 'GET'} ${vraag.pad}: ${status} ${detail ?? title ?? ''}`);
  }

  /**
   * Is this a demo? Only a demo knows these tokens.
   * @throws Simulatiefout when it is not, or nobody answers
   */
  async eisDemo(): Promise<void> {
    const antwoord = await this.vraag({ wie: 'beheer', pad: '/v1/beheer/organisaties?aantal=1' }).catch(
      () => undefined,
    );
    if (!antwoord) throw new Simulatiefout('Op dit adres antwoordt geen knooppunt.');
    if (antwoord.status !== 200)
      throw new Simulatiefout(
        'Dit knooppunt draait niet met --demo: alleen een demo mag gevuld worden met een simulatie.',
      );
  }
}

/** Does work on all of these, so many at a time, beginning in their order. */
export async function samen<T>(
  stukken: Iterable<T>,
  tegelijk: number,
  werk: (stuk: T) => Promise<unknown>,
): Promise<void> {
  const rij = stukken[Symbol.iterator]();
  const loop = async (): Promise<void> => {
    for (let stuk = rij.next(); !stuk.done; stuk = rij.next()) await werk(stuk.value);
  };
  await Promise.all(Array.from({ length: tegelijk }, loop));
}
