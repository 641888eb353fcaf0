/** An organisation brings along what was running before the switch came, and reads row by row what became of it. */
import { z } from 'zod';
import { leesInvoeringen } from '../../../dossier/invoer/ingevoerd.ts';
import type { Omgeving } from '../../../http/omgeving.ts';
import { leesInstelling } from '../../../routering/instellingen.ts';
import type { Kaart } from '../../../routering/kaart.ts';
import { dag } from '../../../standards/dag.ts';
import { datum } from '../../../tijd.ts';
import type { Ingevuld } from '../../onderdelen/formulier.ts';
import { type Pagina, type Paginaverzoek, pagina, type Scherm, type Uitkomst, type Veldfouten } from '../../pagina.ts';
import { type Formulier, metUpload } from '../../upload.ts';
import { dossierscherm, verslagscherm } from './dossier-scherm.ts';
import { domeinenVan, eigenKaart, Wetveld } from './eigen.ts';
import { bezwaarVan, eenTegelijk, leesOpdracht } from './invoerbestand.ts';
import { Aangekruist } from './velden.ts';
import { Reden } from './wijziging.ts';

/** An import may be as large as so many messages, as over the API. */
const MAX_BERICHTEN = 4;
/** So many imports are shown. */
const GETOOND = 10;

const Velden = z.object({
  domein: Wetveld,
  peildatum: dag('Vul de peildatum in.').refine(
    (peildatum) => peildatum <= datum(new Date()),
    'De peildatum mag niet in de toekomst liggen.',
  ),
  volledig: Aangekruist,
  reden: Reden,
});

export function dossierpaginas({ config, database, loket, uploadruimte, invoerder }: Omgeving): readonly Pagina[] {
  const maxBytes = MAX_BERICHTEN * config.maxBerichtBytes;

  async function toon(verzoek: Paginaverzoek, kaart: Kaart, terug: Ingevuld): Promise<Scherm> {
    const domeinen = domeinenVan(kaart);
    const [invoeringen, instellingen] = await Promise.all([
      leesInvoeringen(database.pool, kaart.code, GETOOND),
      Promise.all(
        domeinen.map(async (domein) => ({
          domein,
          instelling: await leesInstelling(database.pool, kaart.code, domein),
        })),
      ),
    ]);
    return dossierscherm(verzoek, { kaart, domeinen, instellingen, invoeringen, maxBytes, terug });
  }

  async function voerIn(verzoek: Paginaverzoek, kaart: Kaart, vorm: Formulier): Promise<Uitkomst> {
    const mis = (veldfouten: Veldfouten) => toon(verzoek, kaart, { veldfouten, ingevuld: vorm.velden });
    const gevraagd = leesOpdracht(Velden, verzoek, kaart, vorm);
    if (gevraagd instanceof Map) return mis(gevraagd);
    const { gelezen, bestand, client } = gevraagd;
    try {
      const opdracht = { ...gelezen, organisatie: kaart.code, actor: client.id };
      const verslag = await invoerder.dossier(opdracht, bestand.bytes);
      return verslagscherm(verzoek, { kaart, naam: bestand.naam, gevraagd: gelezen, verslag });
    } catch (fout) {
      return mis(new Map([['bestand', bezwaarVan(fout)]]));
    }
  }

  const pad = '/beheer/organisaties/:code/dossier';
  return [
    pagina({
      methode: 'get',
      pad,
      id: 'beheer-dossier',
      toegang: 'beheer',
      voer: async (verzoek) => toon(verzoek, await eigenKaart({ database }, verzoek), {}),
    }),
    pagina({
      methode: 'post',
      pad,
      id: 'beheer-dossier-invoeren',
      toegang: 'beheer',
      eigenLijf: true,
      async voer(verzoek) {
        const grenzen = { maxBestanden: 1, maxBytes };
        const { gebruiker, req, eisCsrf } = verzoek;
        return eenTegelijk({ invoerder }, () =>
          metUpload({ loket, uploadruimte }, gebruiker.client.id, req, grenzen, eisCsrf, async (vorm) =>
            voerIn(verzoek, await eigenKaart({ database }, verzoek), vorm),
          ),
        );
      },
    }),
  ];
}
