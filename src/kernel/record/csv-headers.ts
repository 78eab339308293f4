/**
 * Words by which tables of the coalition and its partners head their columns, in English, Dutch, French, German, Spanish, Italian and Portuguese,
 * without case, accents and signs. A word stands for one property; what several schemata have is decided by the other columns.
 */

/** Property → headings. `id` is the key of the row and no property. */
export const HEADINGS: Readonly<Record<string, string>> = {
  id: 'id|identifier|record id|key|sleutel|identifiant|kennung|identificador|identificativo|nr|no|number|nummer|numero',
  name: 'name|full name|naam|volledige naam|nom|nom complet|vollstandiger name|nombre|nombre completo|nome|nome completo|denominazione|denominacion|denominacao|bezeichnung|benaming|denomination',
  alias:
    'alias|aliases|aka|also known as|bijnaam|surnom|spitzname|apodo|soprannome|alcunha|other names|trading name|handelsnaam|nom commercial|handelsname|nombre comercial|nome commerciale|nome comercial|nome fantasia',
  previousName: 'previous name|former name|vorige naam|ancien nom|fruherer name|nombre anterior|nome precedente|nome anterior',
  firstName:
    'first name|given name|given names|forename|voornaam|voornamen|prenom|prenoms|vorname|vornamen|primer nombre|nombres|nome proprio|primeiro nome',
  lastName:
    'last name|surname|family name|achternaam|familienaam|nom de famille|nachname|familienname|apellido|apellidos|cognome|sobrenome|apelido',
  middleName: 'middle name|tweede naam|deuxieme prenom|zweiter vorname|segundo nombre|secondo nome|segundo nome',
  fatherName: 'patronymic|father s name|patroniem|patronyme|vatersname|patronimico',
  birthDate:
    'birth date|date of birth|dob|born|geboortedatum|date de naissance|ne le|geburtsdatum|geboren am|fecha de nacimiento|data di nascita|data de nascimento',
  birthPlace:
    'birth place|place of birth|geboorteplaats|lieu de naissance|geburtsort|lugar de nacimiento|luogo di nascita|local de nascimento|naturalidade',
  deathDate: 'death date|date of death|overlijdensdatum|date de deces|sterbedatum|fecha de defuncion|data di morte|data de obito',
  nationality: 'nationality|nationaliteit|nationalite|staatsangehorigkeit|nationalitat|nacionalidad|nazionalita|cittadinanza|nacionalidade',
  gender: 'gender|sex|geslacht|sexe|genre|geschlecht|sexo|genero|sesso|genere',
  passportNumber:
    'passport|passport number|passport no|paspoort|paspoortnummer|passeport|numero de passeport|reisepass|passnummer|reisepassnummer|pasaporte|numero de pasaporte|passaporto|numero di passaporto|passaporte|numero do passaporte',
  idNumber:
    'id number|identity card|id card|identity number|national id|identiteitskaart|rijksregisternummer|bsn|carte d identite|numero national|ausweisnummer|personalausweis|dni|nie|cedula|cedula de identidad|carta d identita|codice fiscale|cartao de cidadao|cpf|curp',
  socialSecurityNumber:
    'social security number|ssn|sofinummer|numero de securite sociale|sozialversicherungsnummer|numero de seguridad social|numero de seguranca social',
  jurisdiction:
    'jurisdiction|country of registration|country of incorporation|land van oprichting|pays d immatriculation|pays d enregistrement|registerland|pais de registro|pais de constitucion|paese di registrazione|pais de registo',
  country: 'country|land|pays|pais|paese|country code|landcode|code pays|landercode|codigo de pais|codice paese|codigo do pais',
  registrationNumber:
    'registration number|company number|company no|registration no|kvk nummer|kvk|ondernemingsnummer|kbo nummer|handelsregisternummer|siren|siret|rcs|numero d entreprise|numero d immatriculation|hrb|handelsregisternr|handelsregister nr|handelsregister|hrb nummer|registernummer|numero de registro|numero di registrazione|numero rea|matricula|numero de registo|nire|licence plate|license plate|kenteken|plaque|kennzeichen|targa',
  vatCode:
    'vat|vat number|vat no|btw|btw nummer|tva|numero tva|numero de tva|ust id|ust idnr|umsatzsteuer id|iva|numero iva|partita iva|numero de iva',
  taxNumber:
    'tax number|tax id|tin|fiscaal nummer|numero fiscal|steuernummer|nif|cif|rut|ruc|rfc|numero fiscale|nit|cnpj|contribuinte|numero de contribuinte|numero de identificacion fiscal',
  leiCode: 'lei|lei code',
  swiftBic: 'bic|swift|swift code|swift bic',
  isinCode: 'isin',
  dunsCode: 'duns|duns number|d u n s',
  legalForm: 'legal form|rechtsvorm|forme juridique|rechtsform|forma juridica|forma giuridica|natureza juridica',
  incorporationDate:
    'incorporation date|date of incorporation|founded|oprichtingsdatum|date de creation|date de constitution|grundungsdatum|fecha de constitucion|data di costituzione|data de constituicao|data de abertura',
  dissolutionDate:
    'dissolution date|date of dissolution|datum ontbinding|date de dissolution|date de radiation|auflosungsdatum|fecha de disolucion|data di scioglimento|data de dissolucao',
  sector: 'sector|industry|activity|activiteit|activite|branche|actividad|attivita|atividade|secteur|settore|setor',
  address: 'address|adres|adresse|anschrift|direccion|domicilio|indirizzo|endereco|morada|registered office|zetel|siege|sitz|sede|domicile',
  street: 'street|straat|rue|strasse|calle|via|rua|logradouro',
  city: 'city|town|stad|gemeente|woonplaats|ville|commune|stadt|ort|ciudad|localidad|municipio|citta|comune|cidade',
  postalCode: 'postal code|postcode|zip|zip code|code postal|plz|postleitzahl|codigo postal|cap|cep',
  email:
    'email|e mail|mail|email address|e mailadres|courriel|adresse email|correo|correo electronico|posta elettronica|correio eletronico',
  phone:
    'phone|telephone|telephone number|phone number|mobile|tel|telefoon|telefoonnummer|gsm|telefon|telefonnummer|handy|telefono|movil|celular|cellulare|telefone|telemovel',
  website: 'website|web|url|site web|site|webseite|sitio web|pagina web|sito web|sito',
  iban: 'iban|account iban|bankrekening|rekeningnummer|compte bancaire|bankverbindung|kontonummer|cuenta bancaria|conto corrente|conta bancaria',
  status: 'status|statut|estado|stato|situacao|toestand',
  description:
    'description|omschrijving|beschreibung|beschrijving|descripcion|descrizione|descricao|notes|remarks|opmerkingen|remarques|bemerkungen|observaciones|osservazioni|observacoes',
  imoNumber: 'imo|imo number|imo no|imo nummer|numero imo|numero omi|omi',
  mmsi: 'mmsi|mmsi number',
  callSign: 'call sign|callsign|roepletters|indicatif|rufzeichen|indicativo|nominativo',
  flag: 'flag|flag state|vlag|vlaggenstaat|pavillon|flagge|flaggenstaat|bandera|pabellon|bandiera|bandeira|pavilhao',
  grossRegisteredTonnage: 'gross tonnage|gt|grt|brutotonnage|jauge brute|bruttoraumzahl|arqueo bruto|stazza lorda|arqueacao bruta',
  containerNumber:
    'container|container number|container no|containernummer|numero de conteneur|conteneur|contenedor|numero de contenedor|container nr|numero container|numero do contentor|contentor|conteiner',
  containerType: 'container type|containertype|type de conteneur|containertyp|tipo de contenedor|tipo container|tipo de contentor',
  sealNumber: 'seal|seal number|seal no|zegel|zegelnummer|scelle|numero de scelle|siegel|plombe|precinto|sigillo|selo|lacre',
  billOfLading:
    'bill of lading|b l|bl|bl number|b l number|cognossement|connaissement|konnossement|conocimiento de embarque|polizza di carico|conhecimento de embarque',
  bookingNumber: 'booking|booking number|boekingsnummer|reservation|buchungsnummer|reserva|prenotazione',
  declarationNumber:
    'declaration number|mrn|aangiftenummer|numero de declaration|anmeldenummer|numero de declaracion|numero di dichiarazione|numero da declaracao|dua|dau',
  goodsDescription:
    'goods|goods description|description of goods|cargo|goederen|goederenomschrijving|marchandise|marchandises|designation des marchandises|ware|waren|warenbezeichnung|mercancia|mercancias|descripcion de mercancias|merce|merci|mercadoria|mercadorias',
  hsCode:
    'hs|hs code|commodity code|taric|cn code|goederencode|code sh|code marchandise|warennummer|zolltarifnummer|partida arancelaria|codigo arancelario|codice doganale|ncm|codigo sh',
  grossWeight: 'gross weight|brutogewicht|poids brut|bruttogewicht|peso bruto|peso lordo',
  netWeight: 'net weight|nettogewicht|poids net|peso neto|peso netto|peso liquido',
  voyageNumber: 'voyage|voyage number|reisnummer|reise|numero de voyage|viaje|viaggio|viagem',
  amount: 'amount|bedrag|montant|betrag|importe|monto|importo|montante|valor|quantia',
  currency: 'currency|munt|valuta|devise|wahrung|moneda|divisa|moeda',
  date: 'date|datum|fecha|data',
  startDate:
    'start date|from|begin|begindatum|date de debut|beginn|startdatum|fecha de inicio|data di inizio|data de inicio|since|sinds|depuis|seit|desde|dal',
  endDate: 'end date|until|einddatum|date de fin|enddatum|ende|fecha de fin|data di fine|data de fim|tot|jusqu au|bis|hasta|fino al|ate',
  percentage:
    'percentage|percent|share|aandeel|pourcentage|part|anteil|porcentaje|participacion|percentuale|quota|percentagem|participacao',
  role: 'role|functie|fonction|funktion|rol|ruolo|position|positie|funcao|qualite',
  summary: 'summary|samenvatting|resume|zusammenfassung|resumen|riassunto|resumo',
  sourceUrl: 'source|source url|bron|quelle|fuente|fonte',
}

/** What stands before or after a heading, or alone for the name, when it is of another record of the same row. */
export const ROLE_WORDS: Readonly<Record<string, string>> = {
  director:
    'director|manager|bestuurder|zaakvoerder|administrateur|dirigeant|gerant|geschaftsfuhrer|vorstand|administrador|gerente|amministratore|socio gerente',
  owner:
    'owner|shareholder|ubo|beneficial owner|eigenaar|aandeelhouder|proprietaire|actionnaire|eigentumer|gesellschafter|inhaber|propietario|accionista|titular|proprietario|azionista|socio|acionista',
  shipper:
    'shipper|consignor|exporter|sender|verzender|afzender|exporteur|expediteur|chargeur|exportateur|absender|versender|embarcador|remitente|exportador|mittente|speditore|esportatore|expedidor|remetente',
  consignee:
    'consignee|importer|receiver|ontvanger|geadresseerde|importeur|destinataire|importateur|empfanger|consignatario|destinatario|importador|ricevente|importatore|recebedor',
  notifyParty: 'notify|notify party|melden aan|partie a notifier|zu benachrichtigen|notificar a|parte da notificare|parte a notificar',
  vessel: 'vessel|ship|schip|navire|schiff|buque|nave|navio|embarcacion|embarcacao',
  payer:
    'payer|debtor|ordering customer|betaler|opdrachtgever|payeur|donneur d ordre|zahler|auftraggeber|ordenante|pagador|ordinante|pagante',
  beneficiary: 'beneficiary|payee|creditor|begunstigde|beneficiaire|begunstigter|zahlungsempfanger|beneficiario',
}

/** Words of companies, by which a name without other hints is told from a person's. */
export const COMPANY_WORDS =
  'company|company name|entity|entity name|firm|firm name|bedrijf|bedrijfsnaam|onderneming|vennootschap|handelsnaam onderneming|societe|nom de la societe|entreprise|raison sociale|firma|unternehmen|firmenname|gesellschaft|empresa|nombre de la empresa|razon social|sociedad|societa|azienda|impresa|ragione sociale|sociedade|nome da empresa|razao social|denominacao social'
export const PERSON_WORDS = 'person|persoon|personne|persona|pessoa|subject|suspect|verdachte'
