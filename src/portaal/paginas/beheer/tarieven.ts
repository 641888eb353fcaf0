/** The tariffs that a gemeente agreed: what holds now, and a new list in its place. All or nothing. */
import { z } from 'zod';
import { leesTarieflijst } from '../../../dossier/invoer/ingevoerd.ts';
import type { Omgeving } from '../../../http/omgeving.ts';
import { leesInstelling } from '../../../routering/instellingen.ts';
import type { Kaart } from '../../../routering/kaart.ts';
import type { Csvfout } from '../../../standards/codelijsten/csv.ts';
import type { Ingevuld } from '../../onderdelen/formulier.ts';
import { aantal } from '../../opmaak.ts';
import { type Pagina, type Paginaverzoek, pagina, type Scherm, type Uitkomst } from '../../pagina.ts';
import { type Formulier, metUpload } from '../../upload.ts';
import { domeinenVan, eigenGemeente, Wetveld } from './eigen.ts';
import { DOMEINTITEL } from './instellingwoorden.ts';
import { bezwaarVan, eenTegelijk, leesOpdracht } from './invoerbestand.ts';
import { tarievenpad, tarievenscherm } from './tarieven-scherm.ts';
import { Reden } from './wijziging.ts';

/** As over the API. */
const MAX_BYTES = 8 * 1024 * 1024;
/** So many tariffs of a domein are shown. */
const GETOOND = 100;

const Velden = z.object({ domein: Wetveld, reden: Reden });

export function tariefpaginas({ database, loket, uploadruimte, invoerder }: Omgeving): readonly Pagina[] {
  async function toon(
    verzoek: Paginaverzoek,
    kaart: Kaart,
    terug: Ingevuld,
    afgewezen: readonly Csvfout[] = [],
  ): Promise<Scherm> {
    const domeinen = domeinenVan(kaart);
    const lijsten = await Promise.all(
      domeinen.map(async (domein) => ({
        domein,
        lijst: await leesTarieflijst(database.pool, kaart.code, domein, GETOOND),
        controleniveau: (await leesInstelling(database.pool, kaart.code, domein)).controleniveau,
      })),
    );
    return tarievenscherm(verzoek, { kaart, lijsten, maxBytes: MAX_BYTES, terug, afgewezen });
  }

  async function vervang(verzoek: Paginaverzoek, kaart: Kaart, vorm: Formulier): Promise<Uitkomst> {
    const { velden: ingevuld } = vorm;
    const gevraagd = leesOpdracht(Velden, verzoek, kaart, vorm);
    if (gevraagd instanceof Map) return toon(verzoek, kaart, { veldfouten: gevraagd, ingevuld });
    const { gelezen, bestand, client } = gevraagd;
    try {
      const opdracht = { ...gelezen, gemeente: kaart.code, actor: client.id };
      const { lijst, fouten: afgewezen } = await invoerder.tarieven(opdracht, bestand.bytes);
      if (afgewezen) return toon(verzoek, kaart, { ingevuld }, afgewezen);
      const tekst = `De tarieven voor ${DOMEINTITEL[gelezen.domein]} zijn vervangen. De lijst heeft nu ${aantal(lijst, 'regel', 'regels')}.`;
      return { naar: tarievenpad(kaart.code), melding: { soort: 'ok', tekst } };
    } catch (fout) {
      return toon(verzoek, kaart, { veldfouten: new Map([['bestand', bezwaarVan(fout)]]), ingevuld });
    }
  }

  const pad = '/beheer/organisaties/:code/tarieven';
  return [
    pagina({
      methode: 'get',
      pad,
      id: 'beheer-tarieven',
      toegang: 'beheer',
      voer: async (verzoek) => toon(verzoek, await eigenGemeente({ database }, verzoek), {}),
    }),
    pagina({
      methode: 'post',
      pad,
      id: 'beheer-tarieven-vervangen',
      toegang: 'beheer',
      eigenLijf: true,
      async voer(verzoek) {
        const grenzen = { maxBestanden: 1, maxBytes: MAX_BYTES };
        const { gebruiker, req, eisCsrf } = verzoek;
        return eenTegelijk({ invoerder }, () =>
          metUpload({ loket, uploadruimte }, gebruiker.client.id, req, grenzen, eisCsrf, async (vorm) =>
            vervang(verzoek, await eigenGemeente({ database }, verzoek), vorm),
          ),
        );
      },
    }),
  ];
}
