#!/usr/bin/env node
/** `knooppunt <opdracht>`: the one entry. Texts for users are Dutch; exit code 2 is wrong usage or an unreadable file. */
import { parseArgs } from 'node:util';
import { FOUT_GEBRUIK, GEWEIGERD, Gebruiksfout, geenRecht } from './cli/gebruik.ts';
import { isDag } from './cli/moment.ts';
import { ConfiguratieFout } from './fouten.ts';

const HULP = `Gebruik: knooppunt <opdracht>

  start [--demo] [--poort N] [--data MAP] [--rol api,verwerker,planner]
        Start het knooppunt; zonder DATABASE_URL en REDIS_URL met eigen PostgreSQL en Redis onder MAP.
  demo [--eenmalig]
        Laat berichten van afzender naar ontvanger reizen en vertelt wat er gebeurt.
  simuleer [--maanden N] [--gemeenten N] [--aanbieders N] [--berichten N] [--zaad N] [--adres URL] [--data MAP]
        Vult een knooppunt dat met --demo draait met verzonnen levens van de laatste maanden. Hetzelfde zaad geeft dezelfde berichten.
  controleer [--json] [--peildatum JJJJ-MM-DD] BESTAND...
        Controleert berichten zonder ze te versturen, ook die in een envelop van StUF-GGk of in een ZIP-bestand. Een dagtekening
        mag niet na de peildatum liggen (vandaag, als die ontbreekt). Uitkomst: 0 alles goed, 1 bevindingen, 2 niet leesbaar.
  retour BESTAND
        Toont het antwoord dat het knooppunt op een bericht zou sturen: een retour, een declaratie-antwoord of een Fo01.
  regels [--json]
        Toont elke regel van de norm: wat zij vraagt, in welke berichten, en of het knooppunt haar controleert.
  organisaties importeer BESTAND [--reden TEKST] | lijst [--soort SOORT] [--csv | --json]
        Voegt organisaties uit een CSV-bestand toe of wijzigt ze, alles of niets; of toont ze.
  machtiging geef|trek-in CLIENT ORGANISATIE DOMEIN [--vanaf MOMENT] [--tot MOMENT] --reden TEKST | lijst [--json]
        Laat een client voor een organisatie handelen, of niet meer.
  venster zet BERICHTSOORT RELEASE VANAF/TOT... --reden TEKST | lijst [--json]
        Bepaalt wanneer een berichtsoort verstuurd mag worden.
  bevries --vanaf MOMENT [--tot MOMENT] [--domein DOMEIN] [--berichtsoort SOORT]... --reden TEKST
  bevries hef-op NUMMER --reden TEKST | lijst [--json]
        Kondigt een bevriezing aan of heft haar op. Een moment is JJJJ-MM-DD of JJJJ-MM-DDTUU:MM, in Nederlandse tijd; een
        dag als einde hoort erbij.
  samenwerking zet CODE NAAM --reden TEKST | lijst [--json]
        Maakt een samenwerkingsverband van gemeenten, of geeft het een andere naam.
  mandaat geef GEMEENTE SAMENWERKINGSVERBAND [--vanaf DAG] [--tot DAG] --reden TEKST
  mandaat trek-in GEMEENTE NUMMER --reden TEKST | lijst [--json]
        Laat de ketencijfers van een gemeente meetellen in een samenwerkingsverband, of niet meer.
  landelijk publiceer --reden TEKST
        Publiceert de landelijke ketencijfers die aan de beurt zijn (de planner doet dat elk uur); eenmaal gepubliceerd blijft zo.
  stop zet ORGANISATIE [--aanlevering] [--bezorging] --reden TEKST
  stop hef-op ORGANISATIE --reden TEKST | lijst [--json]
        Weigert wat een organisatie aanlevert, of houdt haar post vast in de postbus; of heft dat op. Niets gaat verloren.
  tarieven invoer --gemeente CODE --domein DOMEIN BESTAND
        Vervangt de tarievenlijst van een gemeente door die in een CSV-bestand, alles of niets.
  dossier invoer --organisatie CODE --domein DOMEIN --peildatum JJJJ-MM-DD [--volledig] BESTAND
        Voert in wat er liep voordat het knooppunt kwam: een ZIP-bestand met eerdere berichten, of een CSV-bestand met lopende
        toewijzingen. Met --volledig is dat alles wat er op de peildatum liep.
  dossier herbouw [--baan NUMMER | --organisatie CODE [--domein DOMEIN]] [--herstel] [--json]
        Rekent dossiers na uit de bewaarde berichten. Uitkomst: 0 geen verschil, of hersteld; 1 verschil.
  sleutel lijst | draai [--hoofd | --verder] | verwijder SLEUTEL --reden TEKST --bevestig
        Toont de gegevenssleutels; draait ze (alles wordt herversleuteld, terwijl het verkeer doorgaat; --verder gaat door waar het
        was afgebroken) of draait de hoofdsleutel; of verwijdert een sleutel: wat eronder ligt is dan voorgoed onleesbaar.
  database migreer
        Brengt het schema van de database bij (start doet dat zelf, als de databasegebruiker de eigenaar is).
  database rechten [--voorvoegsel NAAM] [--controleer]
        Geeft de rollen NAAM_api, NAAM_verwerker, NAAM_planner, NAAM_beheer en NAAM_inzien (NAAM is knooppunt) precies wat zij
        nodig hebben. Met --controleer: alleen wat er verschilt. Uitkomst dan: 0 niets, 1 verschillen.
  bewaren [--proef] [--json]
        Past de bewaartermijnen nu toe (de planner doet dat elke tien minuten); met --proef: wat er zou gaan, en tot wanneer.
  herstel controleer [--alles] [--json] | vrijgeven | noteer-kopie
        Na het terugzetten van een reservekopie: klopt de database, en daarna: er mag weer verstuurd worden. Met noteer-kopie
        weet de bewaking dat er een reservekopie is gemaakt.
  ketendata herbouw [--json]
        Maakt alle cijfers van de ketendata opnieuw uit de berichten die er zijn, terwijl het verkeer doorgaat; wat verwijderde
        berichten telden, blijft staan.
  ketendata stand [--json]
        Toont hoe ver de cijfers van de ketendata bij zijn.
  wlz import BESTAND [--manifest BESTAND] [--vorm ciz-dat|io31|indicatieregister] [--sta-toe gat,krimp,afgekeurd --reden TEKST]
        Leest een levering van het CIZ in: alles of niets. Zonder --manifest geldt BESTAND.manifest.json, of anders de eerste regel.
  wlz stand
        Van wanneer het Wlz-register is, en hoe ver een levering is die wordt ingelezen.
  wlz voorzieningen GEMEENTE BESTAND [--leeg]
        Levert alle Wmo-voorzieningen van een gemeente aan (CSV of JSON); de vorige levering vervalt.
  wlz vergelijk [--json] [--reden TEKST] | wlz runs [--json]
        Vergelijkt alle Wmo-voorzieningen met het Wlz-register en maakt signalen; of toont de laatste rapporten.
  wlz advies lijst | zet CATEGORIE VERWACHT|BEOORDELEN VANAF TEKST [--reden TEKST]
        Toont of zet wat er per productcategorie als advies bij een signaal staat.
  logboek controleer [--ankers BESTAND] [--json] [--reden TEKST]
        Zoekt in het logboek naar regels die gewijzigd, verwijderd of ingevoegd zijn. Uitkomst: 0 niets, 1 bevindingen.
  logboek exporteer [--vanaf MOMENT] [--tot MOMENT] [--bestand BESTAND | --otlp URL] [--reden TEKST]
        Levert het logboek: per betrokkene een record, als JSON-regels of over OTLP. Dezelfde opdracht gaat verder waar zij bleef.
  inzage [--json] [--reden TEKST]
        Toont alles wat er over een persoon is bewaard en gedaan. Het BSN komt van de standaardinvoer.
  nza uitvoer --vanaf JJJJ-MM-DD --tot JJJJ-MM-DD [--uit BESTAND] [--reden TEKST]
        Levert de gegevens voor de NZa (Regeling Jeugdwet art. 8f) als CSV, gepseudonimiseerd: de toewijzingen die in die periode liepen.
  nza aan GEMEENTE --reden TEKST | lijst [--json]
  nza uit GEMEENTE --reden TEKST
        Houdt die gegevens voor een gemeente bij, of niet meer (dan gaat weg wat er was); standaard voor geen enkele gemeente.
  client maak NAAM [--namens CODE,...] [--geheim] [--sleutels BESTAND] [--oin OIN]... [--certificaat BESTAND]...
         [--extern UITGEVER=NAAM]... [--beheerder] [--wlz-register] [--landelijk] --reden TEKST
        Registreert een client en hoe zij zich aanmeldt. Een geheim wordt één keer getoond.
  client draai NAAM [--sleutels BESTAND | --overlap UREN | --meteen] --reden TEKST
  client draai --uitgever [--meteen] --reden TEKST
        Geeft een client een nieuw geheim of andere sleutels, of de uitgever van tokens een nieuwe sleutel.
  client intrek NAAM --reden TEKST | toon [NAAM] [--json]
        Trekt een client in, met alle tokens die zij nog heeft; of toont wat er bekend is.
  gebruiker maak NAAM [--organisatie CODE] [--rol ROL] [--diensten DIENST,...] [--identificatie NUMMER] --reden TEKST
        Nodigt iemand uit voor het portaal, en toont één keer de code waarmee dat gaat. Zonder --rol: gebruikersbeheerder.
  gebruiker lijst [--organisatie CODE] [--alles] [--json]
  gebruiker nodig-uit|trek-in GEBRUIKER --reden TEKST
        Toont wie er in het portaal mag; geeft iemand een nieuwe code, of trekt de toegang meteen in.
  gebruiker identificaties
  gebruiker koppel|ontkoppel NUMMER ORGANISATIE --reden TEKST
        Toont of zegt namens welke organisatie iemand met dit KvK-nummer of OIN inlogt; - is geen: van het knooppunt of landelijk.
`;

const START_OPTIES = {
  demo: { type: 'boolean' },
  poort: { type: 'string' },
  data: { type: 'string' },
  rol: { type: 'string' },
} as const;

type Opdracht = (args: string[]) => Promise<number>;

const routering =
  (naam: string): Opdracht =>
  async (args) =>
    (await import('./cli/routering.ts')).voerRouteringUit(naam, args);

/** What a command needs is loaded when it is given: most need a small part. */
const OPDRACHTEN: Readonly<Record<string, Opdracht>> = {
  start: async (args) => {
    const { values } = parseArgs({ args, options: START_OPTIES });
    return (await import('./cli/start.ts')).voerStartUit(values);
  },
  demo: async (args) => {
    const { values } = parseArgs({ args, options: { ...START_OPTIES, eenmalig: { type: 'boolean' } } });
    const { eenmalig, ...opties } = values;
    return (await import('./demo/demo.ts')).voerDemoUit({ ...opties, demo: true }, eenmalig === true);
  },
  controleer: async (args) => {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { json: { type: 'boolean' }, peildatum: { type: 'string' } },
    });
    if (positionals.length === 0) throw new Gebruiksfout('Geef een of meer bestanden op.');
    if (values.peildatum !== undefined && !isDag(values.peildatum))
      throw new Gebruiksfout('De peildatum is een bestaande dag, als JJJJ-MM-DD.');
    const { controleerBestanden } = await import('./cli/controleer.ts');
    return controleerBestanden(positionals, values.json === true, values.peildatum);
  },
  simuleer: async (args) => (await import('./cli/simuleer.ts')).voerSimuleerUit(args),
  retour: async (args) => {
    const { positionals } = parseArgs({ args, allowPositionals: true });
    const [bestand, ...meer] = positionals;
    if (bestand === undefined || meer.length > 0) throw new Gebruiksfout('Geef één bestand op.');
    return (await import('./cli/retour.ts')).toonRetour(bestand);
  },
  regels: async (args) => {
    const { values } = parseArgs({ args, options: { json: { type: 'boolean' } } });
    return (await import('./cli/regels.ts')).toonRegels(values.json === true);
  },
  organisaties: routering('organisaties'),
  machtiging: routering('machtiging'),
  venster: routering('venster'),
  bevries: routering('bevries'),
  stop: routering('stop'),
  tarieven: routering('tarieven'),
  dossier: routering('dossier'),
  samenwerking: routering('samenwerking'),
  mandaat: routering('mandaat'),
  landelijk: routering('landelijk'),
  database: async (args) => (await import('./cli/database.ts')).voerDatabaseUit(args),
  bewaren: async (args) => (await import('./cli/bewaren.ts')).voerBewarenUit(args),
  herstel: async (args) => (await import('./cli/herstel.ts')).voerHerstelUit(args),
  sleutel: async (args) => (await import('./cli/sleutel.ts')).voerSleutelUit(args),
  wlz: async (args) => (await import('./cli/wlz.ts')).voerWlzUit(args),
  logboek: async (args) => (await import('./cli/logboek.ts')).voerLogboekUit(args),
  inzage: async (args) => (await import('./cli/inzage.ts')).voerInzageUit(args),
  nza: async (args) => (await import('./cli/nza.ts')).voerNzaUit(args),
  ketendata: async (args) => (await import('./cli/ketendata.ts')).voerKetendataUit(args),
  client: async (args) => (await import('./cli/client.ts')).voerClientUit(args),
  gebruiker: async (args) => (await import('./cli/gebruiker.ts')).voerGebruikerUit(args),
};

async function hoofd([naam, ...args]: readonly string[]): Promise<number> {
  const opdracht = naam === undefined ? undefined : OPDRACHTEN[naam];
  if (!opdracht) {
    console.error(HULP);
    return FOUT_GEBRUIK;
  }
  try {
    return await opdracht([...args]);
  } catch (fout) {
    const recht = geenRecht(fout, [naam ?? '', ...args]);
    if (recht !== undefined) {
      console.error(recht);
      return GEWEIGERD;
    }
    const gebruik =
      fout instanceof Gebruiksfout ||
      (fout instanceof TypeError && 'code' in fout && String(fout.code).startsWith('ERR_PARSE_ARGS'));
    if (!gebruik && !(fout instanceof ConfiguratieFout)) throw fout;
    console.error(fout instanceof TypeError ? `Onbekende optie.\n\n${HULP}` : fout.message);
    return FOUT_GEBRUIK;
  }
}

// Whoever reads our output may stop before the end (| head): then there is nobody left to tell.
process.stdout.on('error', (fout: NodeJS.ErrnoException) => {
  if (fout.code !== 'EPIPE') throw fout;
  process.exit();
});
process.exitCode = await hoofd(process.argv.slice(2));
