/**
 * Words that many names of organisations have, with what they are in other languages: bank, banco, банк. Two of one line are the same word; and a name that only
 * differs in such a word differs less than in a name proper. Latin letters, lower case.
 * Data derived from opensanctions/rigour, resources/names/symbols.yml, sections org_symbols and org_domains (MIT, see NOTICE).
 */
import { readTable } from './lexicon-table.ts'

const WORDS = `
co: co|company|somranu|corporation|corp|compagnie|kompaniya|kompani|kompania|komaniya|kompaniy|kampaniia|kompaniia|kompanija|kampaniya|
kompanii|vallalat|kmpani|kospaniya|kompany|kompana|coy|comp|shrka|compania|companie|companhia|kampani|kongsi|kaisha|gongsi|shirkat|chbra|
societa|societe|sociedad|gesellschaft|vennootschap|bendrove|intreprinderea|ettevote|firma|firm|eteria|etaireia|spolecnost|sirket|yhtio|
qiye|fuamu|kmpni|hoesa; org: org|organization|organisation|organisations|orhanyzatsiya|orhanizatsiia|orhanizatsiya|organisasjon|
organisasjonen|organisatie|organzation|orhanizatsiino|organizatsiya|organizacion|organizacja|organizacie|organizacia|organizaciju|
organizace|organizacije|organizacija|organizaci|organizatia|organishchatsiya|organizatsiyami|organizatsii|organisaatio|organismos|
obshchestvo|tuanti|xiehui; corp: corporaton|corporate|korp|korporatsiya|mussa|corporacion|koroporatsiya|korporatsiyi|corporatia|
corporaciia|korporatsiia|korporacija|corporations|corporatie|corporacao|korporation|corporatn|corprtn|corpo|korporatsii|korparatsiya|
korporatsy|societatea|sociedade|eterikos omilos|xielidena|shenghuoxietongzuhe|hezuoshe; coop: coop|co op|co operation|cooperation|
co operative|cooperative|coop society|koperasi|cooperative society|cooperatif|kooperatif|kooperativa|kooperattiva|cooperativa|kooperatsia|
cooperatieve|cooperatives|cooperativo|corporativo|corporativos|sociedad cooperativa|spoldzielni|spoldzielczy|kooperatsiya|syneterismos|
synetairismos; assoc: assoc|association|associations|assotsiatsiya|obedinenie|asotsiatsiya|obyednannya|associaciya|assotsiacija|
obyedineniye|obyedinenie|asotsiatsiia|associazione|asociacion|associacao|stowarzyszenie|zwiazek; ngo: ngo|nko|
obshchestvennaya organizatsiya|obshchestvennoe obedinenie|obshchestvennoye obyedineniye|obscestvennoe obedinenie|
obschestvennoe obyedinenie|obschestvennaya organizatsiya|obscestvennaja organizacija|nekommercheskaya organizatsiya|
nekommercheskaya organizaciya|nekommerceskaya organizatsiya|nekommerceskaja organizacija|blagotvoritelny fond|blagotvoritelnyy fond|
blagotvoritelnaya organizatsiya|blagotvoritelnyj fond|blahodiyny fond|blahodiynyy fond|blahodijnyj fond|blahodiyna orhanizatsiya|
blagotvoritelnaja organizacija|blahodijna orhanizacija|nedzyarzhaunaya arganizatsyya|nedziarzhaunaya arhanizatsyya|
nedzarzaunaja arhanizacyja|nedzjarzhaunaja arhanizacyja|niegovorni organizaciji|nevladine organizacije|nevladina organizacija|charity|
charitable organization|charitable organisation|charitable fund|charity fund|nichtregierungsorganisation|ong|cso|
organizatia neguvernamentala|organizacja pozarzadowa|nevladni organizace|mimovladna organizacia; partner: partner|partners|partnery|
partneri|spilnyk|spilnyky|al shrka|hehuoren|huoban|gongtongjingyingzhe|zuheyuan; bros: bros|brothers|fratelli|flli|f lli|hermanos|freres|irmaos;
center: center|tsentr|cntr|centre|centras|centro|centrum|centr|tsentrov|mrkz; holding: holding|holdings|provedenie|kholding|khlding|
kholdihg|kholdyng|al qabda|symmetochon|symmetoches|jiti|baochi|baoyouzichan|kooperativ|kooperativne|kooperativna|kooperativi|kooperativu|
kooperatyviv|spozhivche tovaristvo|spozhivcha kooperatsiya; business: business|businesses|biznes|aamal|delovoy|delovaya|epichirisi|shangye|
shang; nominee: nominee|nominees|nominalny|nominalnaya|nominalna|dovirena osoba; concern: concern|kontsern|konzern|mjmwaa|consorcio;
consortium: consortium|consortum|konsortsium|consortile; service: service|services|servicio|servicios|servico|servicos|servis|servizio|
servizi|sluzhby|sluzhba|uslug|obsluzhivaniya; dept: dept|department|departement|departament|departamento|departamentul|dipartimento|
abteilung|afdeling|afdelingen|otdel; special: special|specjalnych|speciala|speciale|speciaal|specijalni|spetsialny|spetsialnaya|
spetsialnoe|spetsialna|spetsialne; spv: spv; agency: agency|agence|agentur|agencia|agencja|agentschap|agenzia|ajans|agentstva|agentstve|
agentstvo|ejemsi|wkala; fund: fund|funds|fond|fondo|fonds|fundo|fondovy|snduq; intl: intl|international|internantional|internatsionale|
internationales|internasional|internatsionalny|internatsionalnaya|internatsionalnye|internationale|internacional|internacionais|
internacionales|interneyshnl|internazionale|internazionali|guojide|guoji; grp: grp|group|gruppa|grupp|gruppy|grup|gurupu|groupement|groupe|
grupa|grupe|grupo|gruppo|grupul|csoport|omilos eterion|gruppa kompany|groupe dentreprise|group company|omilos|omada|skupina|hrupa|tuan;
mgmt: mgmt|management|gestion|gerenciamento|menedzhment|uprvleniyu|menedzhmenta|menedzhmentu|idara|upravlenie|upravleniya|upraulennya|
uparvleniyu|uparvleniya|upravleniyu|diachirisi|epicheirisi|guanli|xia; fed: fed|federal|federalnoe|federalnoaya|fedeoalnaya|federelnaya|
federallnaya|fderalnaya|federalnoy|federpalnoe|fedearlnaya|federalnaya|federalne|fednralnaya|federalnye|federalnymi|federalnykh|
federalnomu|federalna|fedralnoe|federalny|federalnogo|glsudarstvennoe|federalnym|federalnikh|federalnom|federalnoyi|federalnyy|federatsyy|
federatsii|federalni|federatsiyi|federala; natl: natl|national|natsionalny|natsionalnaya|natsionalnye|natsionalnogo|natsionalnoy|
natsionalnykh|natsionalnoe|nationalnyy|nacionalnyy|nacionalna|nazionale|nacional|nationell|nasjonale|ulusal|narodowy|narodni|landelijk|
valstybinis|guoli|guojiade; allrussian: allrussian|vserossiysky|all russian; repu: repu|republic|republics|respublika|respublikansky|
respublikanskaya|respublikanskie|respublikanskogo|respublikanskoy|respubliki|respublik|respublike|republique|respublikos|respubliky|
republik|repubblica|republika|republica|gongheguo|cumhuriyet|jmhurya; institute: institute|insitute|institut|shkola|instytut|institouto|
institutu|instituta|instituto|instituti|instituicao|ynstytut|institiut|instituts|instytutu|instituut|istituto|institutas|institutul|
instituutti|industite|instituutin|institutului|yanjiusuo|xueyuan; club: club|clube|circolo|klub|kulup|julebu|kurabu;
institution: institution|uchrezhdenie|institucija|institutia|uchrazhdenie|uchredzhenie|uchrezhdenienie; fdn: fdn|foundation|foudation|
fundacja|fundacion|fondation|fundatie|fundacija|fondacion|fondacioni|fundatia|stiftung|stichting|idryma|caituan|jijin|sheli;
private: private|privat|privato|privati|privatiy|privatny|privatnaya|privatnoe|privatnye; public: public|publiczny|publiczna|publiczne|
obshchestvenny|obshchestvennaya|obshchestvennye|obshchestvennykh|obshchestvennogo|obshchestvennoy|gonggongde|gonggongdena;
industry: industry|industries|indastris|industrial|industriyi|industriilor|industrialnyi|indastri|industriya|industrii|industrialny|
industralny|promyshlennosti|industrijo|industria|industriia|industriala|industriji|industrji|industrije|industriei|industriju|industriales|
indastrial|industriel|industriale|industrie|industra|industrier|industrias|industriele|industriell|industrija|industrialna|industriais|
endustriyel|endustri|sanayi|yejie; associates: associates|assotsiirovannye; network: network|networks|netzwerk|setevoy|setevye|setevoe;
dev: dev|development|devt|anaptyxi|razvitie|razvitiya|razvitiyu|anaptyxis; enterprise: enterprise|enterprises|entreprise|enterpraizes|
entreprises|empreendimento|empreendimentos|interprise|predpriyatie|predpriiyatie|predpriyatiya|predpryatie|predpriyaty|empresa|impresa|
predpriemstvo|pidpryyemstvo|giop|prtisthan|yritys; committee: committee|committees|komitet|komiteta|komitety|komitetu; kombinat: kombinat|
kombinatas|kombinirovannogo; central: central|centrala|centrale|centralele|centrali|tsentralny|tsentralnaya|tsentralnye|tsentralnogo|
tsentralnoy|tsentralizovannaya; general: general|generale|generalny|generalnaya|generalnye|generalnogo|generalnoy|generalnykh; base: base|
bases|baza; global: global|weltweit|mondial|mondiale|globalni|globalny|kuresel|globalnaya|globalnye|globalnogo|globalnoy|globalnykh|
globalno; world: world|welt|worldwide|mundo|monde|mir|shijie; system: system|systems|systeme|sistema|sistemy|sistemas|systemes|shisutemu|
shisutemuzu; association: asociaciones|assotsiatsii; venture: venture|ventures|venchurny|venchurnaya|venchurnye|venchurnykh|venchurnogo|
venchurnoy|venchurnoe; commerce: commerce|commercial|kommertsiya|kommercheskaya|kommercheskie|kommercheskikh|kommercheskogo|kommercheskoy|
komertsiyny; commercial: kommerchesky|kommercheskoe|komerchesky|comercial|commerciale|commerciaux|commercieel|comerciale|commerciele|
kommercial|commerical|comerciala|emboriki|commerciell|kumrtsyali|sangopjok|kommersiel|shangyede; municipal: municipal|municipality|
munitsipalny|munitsipalnaya|munitsipalnye|munitsipalnogo|munitsipalnoy|munitsipalnykh|munitsypalny|munitsypalna|munitsypalni|
munitsypalnoho|munitsypalnoyi|munitsypalnykh|munisipalitas|munisipaliteti|munisipalitetet|munitsipalnoe; city: city|cities|city of|
city council|city government|municipalite|municipale|municipals|municipale de|municipale du|municipale des|munitsipalitet|munitsipalitety|
munitsipaliteta|munitsipalitetam|gorodskaya|gorodskogo|gorodskie|gorodskikh|goroda; office: office|offices|offis|ofis|ofisy|ofisa|oficina|
oficinas|bureau|bureaux; bureau: byuro|buro|buron|buronu; gov: gov|govmnt|government|government of|governmental|regierung|regierung von|
regierung der|staat|staatlich|staatliche|staatliches|zhengfu|state|state of|pravitelstvo|gouvernement|gouvernement de|gouvernementale|
gosudarstvennoe|gosudarstvennaya|gosudarstvenny|gosudarstvenne|gosudarstvennoy|gosudastvennym|gomudarstvennoy|gosudarsvennym|gosudarstvnny|
gosudarsovenny|gosudrarstvennoe|gosudarstvennom|gosudarstvenno|gosudarstvennogo|gosudarstvennym|gosudarstvennye|gosudarstvennykh|
pravitelsto|gospredpriyatie|kazennoe|gobierno|gobierno de|kyvernisi|kyvernitiki; region: region|oblasti|oblast|oblastnoe|oblastnaya|
oblastnye|rayona|rayon|rayonov|regions|regional|regionalny|regionala|regionali|regionales; named: named|imeni|named after|named for;
socalled: socalled|so called|self proclaimed|asa numita|den sakaldte|takozvana|sogenannte|soi disant|javni pokret|ta saukta|
samhallsrorelsen|nepi mozgalom|tzv|t nar; ministry: ministry|ministries|minidztru|ministere|ministeru|ministero|ministerio|ministerul|
ministerium|ministerie|ministrerio|ministerstvo|ministerului|ministerij|ministerstva; export: export|exports|eksportu|eksporty|eksport|
eksporti|eksporta|eksporte|eksportiv|eksportive|eksportivu|eksportivy|eksportivom; import: import|imports|importy|importa|importny|
importnaya|importnye|importnykh|importnogo|importnoy; trade: trade|trading|torgovlya|torhivlya|torgovy|torgovo|torgovaya|torgovye|
torgovykh|treid|comercio|commercio|impex|imp exp|usaha dagang|ticaret|san tic|san ve|sanayi ticaret|dis ticaret|foreign trade|tejarat|
zovnishnotorhovelna|maoyi|xingye|shangxing|maoyigongsi; solution: solution|solutions|lysi|lysis|lyseon|reshenie|resheniya|resheniyu|
reshenii|resheniei|soluzioni|solutii|solucoes|soluciones|solusi; project: project|projects|projetos|proekt|proekty|proekta|proektov|
proektu|proektno|proektny|projekat|projekt|projektas|projekti|projektiu|projekto|projektu|projektoje|projektuje; product: product|products|
produktsiya|produktsii|produktsiyeyu|produkt|produtos|prodotto|prodotti|proion|proionta|urun|urunler; alliance: alliance|alianca|allians|
allianz|alianza|alleanza|alliantie|alianta|ittifak|sojusz|alyans|thalf|gthbmdhn|tongmeng|dongmaeng; capital: capital|kefaleo|kefaleaki|
kapital|capitale|kapitala|capitalul|capitals; credit: credit|kredit|credits|kreditnaya|kreditny|kreditnoe|kredity|kreditna|kreditne;
asset: asset|assets|aktivy|aktiv|aktivov|aktivi|aktyviv; trust: trust|trusts|trast|trest|trastovy|trastova|trastovi|trastovoyi|trastovogo|
fondova|fondovi; union: union|soyuz|soyuza|uniao|yunion|zuhe|lianmeng|zveza|savez|szakszervezet; authority: authority|autoridad|autoridade|
autorita|autoritat|autoritate|autorite|autoriteet|autoriteit|autoritet|autoritetas|autorytet|avtoritet|avtoriteta|awtoridad|awtorita|
behorde|hatosag|otoritas|otorite|udaras|viranomainen|autarytet|avtoriteti|rshut|al slta|adhikar|quanwei|quanxian; party: party|pairti|
partai|partei|parti|partia|partid|partido|partij|partija|strana|stranka|partiya|komma|hzb|zhengdang|dang; liquidation: liquidation|in liqu|
in liquidation|in liquidazione|en liquidacion|en liquidation|qingsuanzhong; repoff: repoff|representative office|rep office|
representative off|rep off|repr office; branch: branch|branch of|filial|filiale|zweigstelle|branch office|br office|branch off|br off|
subsidiary branch|sub branch; house: house|housing|maison|haus|huis|hus|casa|dom|konut|fangwu|zhuzhai; supply: supply|supplies|supplier|
postavshchik|postachalnik|tedarik|tedarikci|suministro|suministros|proveedor|gongying|gonggei|gongyingshang; culture: culture|kultura|
kulturny|kulturna|kulturne|kultur|cultura|cultural|wenhua; defence: defence|defense|defensie|defensiv|defesa|difesa|forsvar|verteidigung|
verdediging|protectia|defensa|oboronny|oboron|savunma|guofang; skb: skb|okb; instrmak: instrmak|priborostroeniya|instrument making|
instrument engineering|fabrication dinstruments|priborostroitelny|pryladobudivny|priladobuduvannya|pryladobudivna|pryladobudivne;
tech: tech|technology|technical|tekhnologiya|tekhnologii|tekhnika|tekhniki|tekhnikal|tekhnolohiya|tekhnolohiyi|tekhnalogii|tekhnalogy|
tekhnolohy|tekhnology|tekhnichesky|tekhnicheskoy|tekhnolodzhi|tekhnologiyami|tekhnolohichne|technalohiy|tekhnolohiia|technologiai|
tehnologiei|tehnologica|technologickou|technological|technologique|tekhnichnyi|tehnolosko|tecnologies|tecnologia|technologii|tehnologie|
tehnologiju|tekhnologi|teknologiya|tehnoloski|teknologija|tehnologia|technologicka|technik|teknologii|tehnologii|tekhnologiy|technologiak|
technologie|technologia|technologies|technologiju|tecnologias|tekhnolohii|jishu|gongyixue|technologias|tekhnologichesky|tekhnologicheskaya|
tekhnicheskogo|teknoloji|teknik|tecnologica|keji; insurance: insurance|insurans|insurance company|insurer|versicherung|versicherungen|
versicherungsgesellschaft|verzekeringsmaatschappij|verzekeringsmaatschappijen|strakhovogo|strakhovaya|sigorta|sigortacilik|seguro|seguros|
aseguradora|baoxian|baoxiangongsi; intel: intel|intelligence|inteligencia|intelijen|inteligjenca|inteligjences|wywiadu|razvedyvatelnoe|
istihbarat|istihbarati|qingbao; property: property|properties|sobstvennost|sobstvennostyu|sobstvennosti|mulk|gayrimenkul|propiedad|
propiedades|inmueble|wuye|fangdechan; realty: realty|realtor|real estate|immobilier|immobilien|imobiliare|imobiliaria|inmobiliaria|
nedvizhimost|nedvizhimostyu|nedvizhimostyami|nedvizhimostyakh|emlak|emlakci|bienes raices|inmobiliario|budongchan; jail: jail|jailhouse|
gaol|gaolhouse|maison darret|carcel|untersuchungshaftanstalt|tutkintavankila|sizo|kanshousuo; prison: prison|penitentiary|maison centrale|
prision|priosun|vankila|gefangnis|tyurma|ispravitelnaya koloniya|sjn|jianyu; royal: royal|royale|koniglich|kunglig|korolevsky|korolevskaya|
korolevskoe|korolivsky|korolivska|korolivske; tv: tv|television|telly|tele|televisioon|televize|televisio|televisao|televisi|televisione|
televisjon|telewizja|televisheni|televizia|televizija|televizyon|televizor|fernsehen|telebachennya|televidenie|telivijn|tlfaz|tlfzyun|
telrebijon|telrebijyon|dianshi|terebi|telibhisn|durdrsn; equipment: equipment|equipement|equipamento|equipamentos|equipo|equipos|
ausrustung|oborudovanie|obrudovanie|obrudovaniya|obrudovaniyami|obrudovaniyakh|obrudovaniyam|obrudovanii|oborudovaniyu|ekipman|techizat|
shebei|zhuangbei; hardware: hardware|hardwares|donanim; innovation: innovation|innovations|innovative|innovativo|innovativa|innovazione|
innovazioni|innovacio|innovatie|innovatsioon|innovasjon|innovasjonar|innovasiyon|innovacoes|innovatii|innovatiii|innovatiilor|innovatiei|
innovatsiya|innovatsionnoe|innovatsionnaya|inovasyon|yenilik|innovacion|innovaciones|chuangxin; university: university|universitet|
universytet|univirsitet|universitnt|universiti|universiteta|universidad|universite|universtiy|universitat|univ|uni|univ of|universitesi|
daxue; military: military|voenny|militare|militsii|askeri|askeriye|militar|militares|askri|junshi|jundui; army: army|armee|armeen|armiya|
armeysky|armeyskaya|armeyskie|armeyskikh|armeyskogo|armeyskoy|ejercito|ordu|kara kuvvetleri|lujun|askr; aviation: aviation|aviacion|
aerospace|luftfahrt|aviatsiya|aviatsionny|aviatsionnaya|aviatsionnye|havacilik|havaciligi|hangkong|hangkongye; aircraft: aircraft|airplane|
airplanes|aeroplane|aeroplanes|plane|planes|flugzeug|flugzeuge|samolet|aeroplan|samolety|aeroplani|aereo|aerei|avion|aviones|avions|aviao|
avioes|ndege|bihaenggi|bihaenggidul|taira|tairat|hvai jhaj|feiji|feixingji; airline: airline|airlines|aviakompaniya|aviakompanii|
aviakompany|aviakompaniyu|aviaperevozchik|aviaperevozchiki|aviaperevozchika|aviaperevozchikakh|aviaperevozchikam; airport: airport|
airports|aeroport|aerodrome|aerodromes|flughafen|lufthaven|aeroports|aeropuerto|aeropuertos|aerodromo|aerodromos|aeroporto|aeroporti|
aerodromi|aeroportos|luchthaven|luchthavens|aeroporty|aeroporta|aeroportov|letnoe pole|aviaport|letovishche|lotnisko|lotniska|
port lotniczy|letiste|letisti|letistni|aerodrom|havaalani|jichang|hangkonggang|feijichang|konggang|eapoto|feixingchang|gonghang|
bihaengjang|hanggonghang; brigade: brigade|brigada|briqada|brigaad|brigata|brygada|brigedi|brigad|lwa|briged; flight: flight|flights|polet|
polety|poletakh|poletam|poletami|polete|poletov|reys|reysy|reysov; maritime: maritime|maritim|morskaya|morskoy|morskie|morskikh|morskogo|
marine|denizcilik; naval: naval|navy|voenno morskoy|voenno morskaya|voenno morskie; railway: railway|railways|railway company|zheleznoy|
zheleznodorozhnoy|zheleznodorozhny; auto: auto|automobile|automotive|car|vehicle|vehicular|avtomobil|automobiles|automoviles|automobily|
automobilii|automobilyi|automobilya|automobiliai|automobilis|automobilov|automobilu|automobilei|automobilele|automobilelor|automobiluv;
nuclear: nuclear|branduolinis|branduoline|jadrowy|kjernefysisk|niwclear|nucleair|nucleare|nucleares|nucleaire|nucleaires|nukleaarinen|
nukleaarne|nuklear|nukleare|nuklearis|nukleer|nyuklia|nuklearny|nuklearna|nuklearne|pyrinikos|pyriniki|pyriniko|yaderny|yadernaya|yadernoe|
yadernye|yaderna|yaderne|yaderni|nuui|nabhikiy|haek|heneng; uranium: uranium|uraan|uraani|uran|urani|urans|uranas|uranio|uranyum|ouranio|
al yuranyum|yureniym|vran|you; oil: oil|petroleum|petrochemical|aceite|huile|olje|neftepererabotka|neft|tatneft|neftyanaya|neftyanoy|zit|
shiyou|petrol|petrokimya|petroleo|petrolero; steel: steel|metal|steelworks|metallurgical|metallurgy|metallurgichesky|stal|celik|metalurji|
acero|metalurgico|metalurgica|siderurgico|gangtie|jinshu|yejin; diamond: diamond|diamonds|brylant|brylanty|deimantai|deimantas|diamant|
diamantar|diamante|diamanten|diamanter|diamantes|diamants|diament|diamenty|elmas|elmaslar|gyemant|gyemantok|teemandid|teemant|timantteja|
timantti|pirlanta|pirlantalar|almaz|almazy|almazi|brilliant|brillianty|diamanty|al mas|almas|daymmd|hire|hira|daia|daiamondu|daiya|
daiyamondo|jingangshi|zuanshi; jewelry: jewelry|jewellery|bijoux|bizuteria|ehted|ekszerek|gioielli|joias|joyas|joyeria|juwelen|korut|
mucevher|papuosalai|schmuck|sieraden|smycke|smykker|sperky|taki|kosmimata|ukrasheniya|yuvelirnye izdeliya|prikrasi|yuvelirni virobi|
mjuhrat|abhusn|bosokryu|juolri|baoshipin|diyueri|shoushi|zhubao; mining: mining|mines|bergbau|gornodobyvayushchaya|madencilik|maden|
mineria|minera|kuangye; factory: factory|factories|fabrika|rasteniye|rastenie|usine|werk|werke|zavod|fabriek|fabrik|fabrique|fabbriche|
fabbrica|gongchang|chang|changjia|changzi|plant; lab: lab|laboratory|laboratories|labs|labor|laboratoire|laboratoires|laboratoria|
laboratorien|laboratorier|laboratorija|laboratorijos|laboratorio|laboratorios|laboratoriot|laboratorium|laboratoriumok|laboratuvar|
laboratuvarlar|labore|laborid|laboratorii|laboratoriya|laboratoriyi|al mkhtbr|al mkhtbrat|maml|maaml|pryogsala|pryogsalaem|silhomsil|
shiyanshi|yanjiushi; invfund: invfund|investment fund|investmentfonds|investitsionny fond|investitsionny fondov|investitsionnykh fondov|
investitsionnykh fond|investitsionnyy fond|investycyjny fundusz|investicinis fondas|investiciju fondas|investiciju fondu|
investiciniu fondu|investiciniu fondas|mutual fund; academy: academy|academie|akademie|akademija|akademiia|akademiya|akademi|akademijas|
akademijai|akademijam|akademii|akademiii|akademiiyu; adviser: adviser|advisor|advisers|advisors|sovetnik|sovetniki|konsultant|konsultanty|
radnik|radniki|konsultanti; eng: eng|engineering|inzheneriya|inzhiniring|iinzhiniring|iinzhenerno|inzhinirium|ingenierie|ingegneri|
ingenieria|inzenyrstvi|inzeniring|engineers|inzhenerny|gongxue|endiniaringu; scientific: scientific|science|sciences|nauchny|nauchnaya|
nauchnye|nauchnykh|nauchnogo|nauchnoy|nauchno issledovatelsky|nauchnoe; health: health|healthcare|zdravookhraneniya|zdravookhranenie|
okhorona zdorovya|zdorovya; pharmacy: pharmacy|farmatsevtichesky|apotheke|farmatsevticheskaya|farmatsevticheskie|farmatsiya|apteka|
farmatsevtichny|farmatsevtichna|farmatsevtychni; machine: machine|machines|machining|machinery|mashinostroenie|mashinostroitelny|
mashinostroitelnaya|mashinostroitelnye|mashinostroitelnykh|mashinostroitelnogo|mashinostroitelnoy|mashinostroeniya; investment: investment|
investmet|invest|investments|investitsii|investitsionny|investitsionnaya|investitsionnye|investitsionnykh|iinvestitsionny|investitsionnoy|
investitsionnogo|investicni|investitsiy|investimenti|investimento|investeringen|investimentos|inversion|inversiones|investissement|
investitorii|tuja|touzi|hshkah|investasi|investice|investicija|invesment|invesmenti; casino: casino|cazinou|kasino|kasiino|kaszino|kasyno|
kazino; leasing: leasing|lease|lizing|lizingovaya|lizingovye; education: education|educational|obrazovaniya|obrazovatelnoe|obrazovatelnaya|
obshcheobrazovatelnoe; islamic: islamic|islamsky|islamskaya|islamskie|islamskikh|islamskogo|islamskoy|islamitische|islamique|islamske|
islamiya|islamiyah|islamskiej|islamskych|islamiske|islam|islami|islamo|islamico; reinsurance: reinsurance|re assurance|reinsurer|
reinsurance company|reassurance|reaseguro|riassicurazione|resseguro|ruckversicherung|perestrakhovanie|jaebohom; research: research|
recherche|issledovanie|issledovatelsky|izuchenie|forschung; resources: resources|resource|ressource|ressources|recurso|recursos|resursy|
resurs|resursov|resursi|resursiv; shipping: shipping|shipping company|shipping line|shipping lines|schiffahrt|sudokhodstvo|nakliye|shpg|
sudokhodnaya|sudokhodnye|sudokhodnykh|sudokhodnogo|sudokhodnoy|sudokhodstva|sudnoplavstvo|sudnoplavnaya|sudnoplavnye|sudnoplavnykh|
sudnoplavnogo|sudnoplavnoy|sudnoplavstva; agriculture: agriculture|agricultural|agricola|agricole|agricoltura|agricultura|agrikultura|
selskoe khozyaystvo|selskokhozyaystvenny|silske gospodarstvo|silskohospodarsky|selskokhozyaystvennykh|selskokhozyaystvennogo|
selskokhozyaystvennaya; shipbuilding: shipbuilding|shipyard|shipyards|sudostroenie|sudostroitelny|sudostroitelnaya|sudostroitelnye|
sudostroitelnykh|sudostroitelnogo|sudostroitelnoy; production: production|productions|proizvodstvennoe|proizvodstvenno;
construction: construction|stroitelstvo|construtora|construcoes|construcao|stroitelny|stroitelnoe|stroitelstva|stroitelnaya|insaat|
construccion|constructora|jianshe|jianzhu; building: building|buildings|edificio|edificios|batiment|batiments|gebaude|zgrada|zgrade|zdanie|
zdaniya|gonmul|jianzhuwu|yapi; consulting: consulting|konsalting|konsulting|consultancy|consultants|constultants|konsaltingovaya|consult|
konsult|consulenza|conseils|beratung|konsaruteingu|danismanlik|danisman|consultoria|consultora|asesoria|zixun|guwen; design: design|
designer|designers|designing|diseno|disenador|dizayn|progettazione|dezain|proektirovanie|proektirovshchik|proektirovshchiki|
proektirovshchitsa|proektirovshchitsy|proektirovshchits|tasarim|tasarimci|sheji|shejishi; hotel: hotel|hotell|albergo|otel|hoteru|jiudian;
restaurant: restaurant|restoran|restaurante|restauranteza|restauracja|restaurace|fandian; wine: wine|sarap|viini|vin|vinho|vino|wein|wijn|
wino|krasi|wain|putaojiu|khmr|nbidh; revolutionary: revolutionary|revolutsioonilise|revolutsionny|rewolucji|revolution|revolucio|
revolucnych|revolucnich|revoliucijos|revolucionarne|revolucionaro|rivoluzionarie|revolutionaire|revolyutsionny|revolyutsionnaya|
revolyutsionnye|revolyutsionnykh; theater: theater|theatre|divadlo|teater|teatteri|teatro|teatr|tiyatro|theatro|thietr|natysala|rmgmmc|
gukjang|msrh|juyuan|juchang; professional: professional|professionel|professionalnyi|professionalnogo|professionolnogo|professionalonogo|
professonalnogo|professionalnaya|professionalnoe|professionalno|professionalnykh; operations: operations|operation|operating|operatsiyakh|
operatsii|operaciones|operacoes|operativos|operativa|operazioni|operasional|operativni|operationeel|operasyonel|operacyjne|opereshiyon|
yunying; mechanical: mechanical|mekhanichesky|mekhanicheskaya|mekhanicheskie|mekhanicheskogo|mekhanicheskoy|mekhanicheskikh|mekhanika|
mechanicky|mecanique|mekhanicheskiy|mecanica; transport: transport|transportation|transporte|transportes|trasporto|transpor|vervoer|
transportny|transportnaya|transportnye|transportirovke|transportirovok|transportnogo|ulasim|tasimacilik|yunshu|jiaotong|yunshugongsi;
financial: financial|finance|finances|finans|finansirovanie|finansirovaniya|finansovy|finansovaya|finansovye|finansovykh|finansovogo|
finansovoy|finansal|mali|financiero|financiera|finanzas|jinrong|caiwu|caizheng; comms: comms|communications|communication|kommunikation|
kommyunikatsii|kommunikatsiya|kommunikatsii|kommunikatsy|svyazi|svyaz|iletisim|haberlesme|comunicacion|comunicaciones|tongxin|tongxun|
chuanbo; information: information|info|informatics|informatyka|informatica|informatyki|informatsiya|informatsiyami|informatsiey|
informatsionnoe|informatsionnye|informatsionnykh|bilgi|enformasyon|informacion|xinxi; electronic: electronic|electronics|electronical|
elektronisch|elektronische|electronique|elettronico|elettronica|electronico|electronica|elektronisk|elektronny|elektronna|elektronski|
elektronnaya|elektronnye|elektronnykh|elektronika|elektroniki|dianzi|dianzino|jonja|jonjaui|elektronik|elektronikci; electric: electric|
electrical|electrically|electricity|elektrichesky|elektricheskaya|elektricheskie|elektricheskikh|elektricheskogo|elektricheskoy|elektrik|
elektrikli|electrico|electrica|electricidad|dianqi|dianli; energy: energy|energies|energie|energia|energias|energieen|energi|energier|
energii|energije|energija|enerji|energiya|enerhiya|enerhiyi|nengyuan|nengliang|enerugi|enoji; police: police|police force|constabulary|
poilini|policia|policie|policija|policja|poliisi|polis|polisi|polisie|politi|politie|politsei|polizei|astynomia|politsiya|gyongchal|pulis|
shrta|tmarwch|jingcha; power: power|powers|energetika|energetichesky|energeticheskaya|energetichny|energetichna|guc|potencia|poder|dongli;
chemical: chemical|chemicals|khimichesky|khimicheskaya|khimicheskie|khimicheskikh|khimicheskogo|khimicheskoy|kimya|kimyasal|kimyevi|
quimico|quimica|huaxue|huagong; museum: museum|museums|muzey|muzeya|muzeyakh|muzeyam|muzeyami|museu|museos|musee|musei|muzej|muzeum|muzeji|
muze|muzesi|museo|bowuguan; security: security|seguridad|securities|securite|guvenlik|bezopasnosti|emniyet|securidad|anquan|baoan|anbao;
logistics: logistics|logistic|logistika|logistiki|logisticheskaya|logisticheskoy|logisticheskikh|logisticheskomu|logistiks|lojistik|
logistica|wuliu|houqin; marketing: marketing|marketingovy|marketingovaya|marketingovye|marketingovykh|marketingu|markedsforing|
marketingova|marketingove|marketingovych|marketingo|marketinga|pazarlama|mercadeo|mercadotecnia|yingxiao|shichangyingxiao; bank: bank|
banking|investment bank|investment banking|commercial bank|trade bank|merchant bank|clearing bank|savings bank|handelsbank|kreditanstalt|
handelsbanken|banka|investitsionny bank|kommerchesky bank|bankivska|bankivska ustanova|trapeza|banque|banca|banco|bankasi|banki|yinxing|
baimk|unhaeng|msrf|bankacilik; motor: motor|motors|motoren|motoru|motorlari|motorlar|motorlu|motory|motorny|motornaya|motornye|fadongji;
offshore: offshore|ofshor|offshor|offshorny|offshornaya|offshornye|offshornoy|offshornogo|offshores|ofushiyoa; distrib: distrib|
distributors|distributor|distribution|distribuidora|distribyutor|distributsiya|distributora|distributsii; budget: budget|budgetary|
byudzhet|byudzhetny|byudzhetnaya|byudzhetnye|byudzhetnoe|byudzhetnogo|byudzhetnoy|byudzhetna|byudzhetni|byudzhetnoyi|byudzhetnikh;
stockexch: stockexch|stock exchange|stock market|securities exchange|bourse|borse|borsa valori|bursa efek|effectenbeurs|beurs|aandelebeurs|
aktiemarknad|gielda|porssi|chrimatistirio|fondovy rynok|fondovaya birzha|seyr bajar|zhengquanjiaoyisuo|zhengquanquyinsuo|junggwongoraeso;
united: united|unita|uniti|unidas|unifie|unificato|unificata|unificati|unificadas|obedinenny|obedinennaya|obedinennye|obedinennykh|
obyednany|obyednana|obyednani; exchange: exchange|exchanges|birzha|birzhi|birzhevoy|birzhevoe; tactical: tactical|tactics|taktik|taktische|
takticki|taktichesky|takticheskaya|takticheskie|takticheskikh|takticheskogo|takticheskoy|taktichna|taktychni|taktichnogo|taktichnoy;
manufacturing: manufacturing|manufakturynh|manufacturies|mfg|proizvodstvo|proizvodstvenny|proizvodstvennaya; medical: medical|medicine|
medichny|medichna|medychni|medichnikh|meditsinsky|meditsinskaya|meditsinskie|meditsinskogo|meditsinskoy|tibbi|tip|saglik|medico|medica|
medicina|yiliao|yixue; hospital: hospital|hospitals|gospital|gospitalya|gospitalyakh|gospitalyam|gospitalyami|gospitale|bolnitsa|bolnitsy|
bolnitsakh|bolnitsam|hastane|hastanesi|yiyuan; cartel: cartel|cartels|dto|kartell|cartello|carteis|carteles|cartelli|kartel|karteli|kartl|
kateer|karuteru|karutel|kartele|karteller|kartellit|karteliai|kartellid|kartellek; social: social|sotsialny|sotsialnaya|sotsialnye|
sotsialnogo|sotsialnoy|sotsialnykh|socialnyy|socjalny|socjalna|socjalne|socjalnych|sosyal; media: media|medios|medias|medien|massmedia|
massmedier|tiedotusvalineet|meedia|ziniasklaida|mediji|medya|zmi|smi|meiti|medeia|midio|chuanmei; school: school|ecole|escola|escuela|
schule|scuola|skola|szkola|sola|okul|colegio|xuexiao; crypto: crypto|cryptocurrency|cryptocurrencies|cripto|criptomoeda|criptomoedas|
criptomoneda|criptomonedas|crypto monnaies|cryptomonnaies|cryptomonnaie|cryptovalutas|cryptovaluta|kripto|kriptovaliuta|kriptovaliutos|
kriptovaluta|kriptovalutak|krupto|kruptovaluuta|kruptovaluutad|krypto|kryptovaluta|kryptovalutaer|kryptovalutor|kryptovaluutat|
kryptovaluutta|kryptowahrung|kryptowahrungen|kryptowaluta|kryptowaluty|kriptovalyuta|kriptovalyuti|kriptovalyuty|kriptokremsi|amhohwapye|
jiamihuobi|anhaozichan|kuriputo; tpb: tpb; npp: npp|spe|nauchno proizvodstvennoe|naukovo virobniche; snco: snco; nbco: nbco|nco|
nekreditnaya organizatsiya|nekreditna orhanizatsiya; hezbollah: hezbollah|hizbollah|hezballah|hizballah|hizbullah|hzb allah|hzballh;
irgc: irgc|pasdaran; pla: pla|chinese pla|zhongguorenminjiefangjun; ccp: ccp|zhongguogongchandang; cia: cia|tsru;
`

/** The word's key by each of its spellings, of one to four words. */
export const COMMON_WORDS: ReadonlyMap<string, string> = readTable(WORDS, 'keys-too')
