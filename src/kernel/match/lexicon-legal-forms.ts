/**
 * Legal forms of companies: for each the kind it is of (llc, jsc, lp …) and how it is written in many languages, in Latin letters, lower case, without points.
 * Data derived from opensanctions/rigour, resources/names/org_types.yml (MIT, see NOTICE).
 */
import { FORMS_ADDED } from './lexicon-legal-forms-added.ts'
import { readTable } from './lexicon-table.ts'

const FORMS = `
plc=jsc: public limited company|public limited co|public ltd co|public limited|plc ltd|plc company|plco|public limited corporation|
publicly limited company|pub limited co|pub ltd co|public limted company|public limited compnay|public limitd company|
pubic limited company|public limitied company|public limitted company|pub lt co|public lt co|public lt company|pub limited|
publicly ltd company|public ltd corporation|public lmtd company|publi limited company|publc limited company|plcs;
jsc=jsc: halafinetu yetewesene yegl mahber|gufenyouxiangongsi|aksiyadorlik jamiyati|aktsiyadorlik zhamiyati|
det offentligretlige aktieselskab|kumpanija bishma kongunti|aandelenvennootschap|joint stock company|jointstock company|joint stock compan|
joint stock companie|joint stock co|js co|jsc company|jnt stock co|joint stock corp|j stock company|jt stock co|evropeysko druzhestvo|
aktsionernoe obshchestvo finansovo stroitelnaya kompaniya|jusikhoesa|joo|zhushihuishe|sharikat al mossahamah|shrka al msahma|
atviroji akcine bendrove|avatud aktsiaselts|avoin osakeyhtio|cuideachta comhstoic oscailte; shpk=llc: sh pk|
shoqeri me pergjegjesi te kufizuar; sha=jsc: sh a|shoqeri aksionere|shoqeri anonime; shk=lp: sh k|shoqeri komandite;
fze=llc: free zone establishment|fz establishment|free zone enterprise|fz enterprise|free zone entity|fz entity; fzco=llc: fz llc|fzllc|
free zone co|freezone company|free economic zone llc|trade free zone company|special economic zone llc|free zone llc|llc fz|fz co|
free zone company|free zone limited liability company; dmcc=llc: dubai multi commodities centre|dubai multi commodities centre company|
dmcc company|dmcc co|dmcc llc|dmcc free zone; scs=lp: sociedad en comandita simple|secs|societe en commandite simple;
scpa=lp: sociedad en comandita por acciones; scei=lp: sce i|sociedad de capital e industria; se=soe: sociedad del estado;
sgr: sociedad de garantia reciproca; sas=llc: sociedad por acciones simplificada|sociedades por acciones simplificada|
societe par actions simplifiee|soc par actions simplifiee|societe actions simplifiee|s par a s; sau=sp: sociedad anonima unipersonal;
saica=jsc: sociedades anonimas inscritas de capital abierto; sacif=jsc: saci yf|sociedad anonima comercial industrial y financiera;
sacifi=jsc: sociedad anonima comercial industrial financiera e inmobiliaria; sacifia=jsc: sacifi ya|
sociedad anonima comercial industrial financiera inmobiliaria y agropecuaria; sacv=jsc: sa de cv|sociedad anonima de capital variable|
soc anon de cap var|sa de c v|s a de c v|sadecv; sapicv=jsc: sapi de cv|sociedad anonima promotora de inversion de capital variable|
soc anon prom de inv de cap var|sapi de c v|sa pi de cv|sa pi de c v; srlcv=llc: s de rl de cv|
sociedad de responsabilidad limitada de capital variable; epe=llc: eteria periorismenis efthynis; llp=llp: limited liability partnership|
youxianzerenshiyezuhe; ilp=lp: incorporated limited partnership; na=fin: national association; ntandsa=fin: nt and sa|
national trust and savings association; nl: no liability; ip=sp: indyvidualny pradprymalnik|individualny predprinimatel;
pup=sp: pryvatnae unitarnae pradpryemstva; dd=jsc: dionicko drustvo; ad=jsc: akcionarsko drustvo|a d|aktsionerno druzhestvo|
aktsionarsko drushtvo; dno=llc: drustvo s neogranicenom solidarnom odgovornoscu; doo=llc: drustvo s ogranicenom odgovornoscu|
druzba z omejeno odgovornostjo|drustvo ogranicene odgovornosti|drustv ogranic odgovor|drustvo sa ogranicenom odgovornoscu|
drushtvo sa ogranichenom odgovornoscu; sro=llc: spolecnost s rucenim omezenym|spol s ro|spol s ruc omez; kd=lp: komanditno drustvo|
komanditno druzhestvo; =lp: kd|komanditno drushtvo; =sp: sp|samostalni preduzetnik;
eireli=llc: empresa individual de responsabilidade limitada; sp=sp: sole proprietorship|private enterprise|empresa unipersonal|
eingetragenes einzelunternehmen|oilaviy korxona|oilavy korkhona|statni podnik|egyeni vallalkozo|egyeni ceg; gp=gp: general partnership|
heminghuishe; lp=lp: limited partnership|hezihuishe|limited ortaklik|l p|lianghegongsi|tokumei kumiai|nimingzuhe;
peec=soe: public establishment with economic characteristics; spa=jsc: sociedad por acciones|societa per azioni|sociedade por acoes;
eirl=llc: empresa individual de responsabilidad limitada; sc=gp: sociedad colectiva|
compania comerciala si de productie societatea cu responsabilitate limitata|societatea comerciala|aksiyun mahber; sc=lp: s en c|
comandita simple; sca=jsc: comandita por acciones|societe en commandite par actions; cpa=jsc: c por a|compania por acciones;
ep=soe: empresa publica; gmbh=llc: mbh|gesellschaft mit beschrankter haftung|gesellschaft mbh|gmb h|gesellschaft mit besch haftung|
gesellschaft mit beschr haftung|gesellschaft mit beschraenkter haftung|gesellschaft mit beschraenker haftung|
gesellschaft mit beschrankter haftng|ges mit beschr haftung|ges mit besch haftung|gmbeschr haftung|gmbesch haftung|mit besch haftung|
mit beschr haftung|mit beschrankter haftung|gmbhs|ges m b h|ges mbh|gesmbh|gesellsch m b h|gmbkh; ggmbh=llc: gemeinnutzige gmbh|
gemeinnutzige gesellschaft mit beschrankter haftung; ug=llc: ug haftungsbeschrankt|unternehmergesellschaft haftungsbeschrankt|
unternehmergesellschaft|ug haftungsbeschr|ug hb|unternehmerges haftungsbeschrankt|unternehmerges|unternehmerg; gmbhcokg=lp: gmbh and co kg|
gmbh u co kg|gmbh und co kg|gesellschaft mit beschrankter haftung and co kg|gesellschaft mbh and co kg|gmbh and co|gmbkh end ko kg|
mbh and co kg|mbh u co kg; ag=jsc: aktiengesellschaft|aktienges|aktiengeselschaft|aktien gesellschaft|aktien ges|aktg|akt ges|ags|
ag societe anonyme; kg=lp: kommanditgesellschaft|k g|kommandit gesellschaft; ek=sp: e k|eingetragener kaufmann|eingetr kaufmann|e kfm|ekfm|
kfm|e kfr|ekfr|kfr|eingetragene kauffrau; kgaa=lp: kommanditgesellschaft auf aktien; ohg=gp: offene handelsgesellschaft|
offene handels gesellschaft; gug=llc: gug haftungsbeschrankt|gemeinnutzige ug|gemeinnutzige ug haftungsbeschrankt|
gemeinnutzige unternehmergesellschaft|gemeinnutzige unternehmergesellschaft haftungsbeschrankt; ugcokg=lp: ug and co kg|
ug haftungsbeschrankt and co kg|unternehmergesellschaft and co kg|unternehmergesellschaft haftungsbeschrankt and co kg;
agcokg=lp: ag and co kg|ag und co kg|aktiengesellschaft and co kg; secokg=lp: se and co kg|europaische gesellschaft and co kg|
societas europaea and co kg; stiftungcokg=lp: stiftung and co kg|stiftung und co kg; gmbhcoohg=gp: gmbh and co ohg|
gesellschaft mit beschrankter haftung and co ohg; ugcoohg=gp: ug and co ohg|ug haftungsbeschrankt and co ohg; egcokg=lp: eg and co kg|
eingetragene genossenschaft and co kg|genossenschaft and co kg; secokgaa=lp: se and co kgaa|europaische gesellschaft and co kgaa|
societas europaea and co kgaa; gmbhcokgaa=lp: gmbh and co kgaa|gesellschaft mit beschrankter haftung and co kgaa;
ltdcokg=lp: ltd and co kg|limited and co kg; bvcokg=lp: bv and co kg; agcokgaa=lp: ag and co kgaa|aktiengesellschaft and co kgaa;
stiftungcokgaa=lp: stiftung and co kgaa; gag=jsc: gemeinnutzige ag|gemeinnutzige aktiengesellschaft; egbr=gp: e gbr|eingetragene gbr|
eingetragene gesellschaft burgerlichen rechts|eingetragene gesellschaft des burgerlichen rechts; partg=gp: part g|
partnerschaftsgesellschaft|partnerschaft; partgmbb=llp: partg mbb|mbb|partnerschaft mbb|partnerschaftsgesellschaft mbb|part g mbb|part mbb|
partmbb|partnerschaftsgesellschaft mit beschrankter berufshaftung|partnerschaft mit beschrankter berufshaftung; eg=coop: e g|
eingetragene genossenschaft|genossenschaft|egen; stiftung=ngo: rechtsfahige stiftung|gemeinnutzige stiftung|
stiftung des offentlichen rechts|stiftung des burgerlichen rechts|rechtsf stiftung; sce=coop: societas cooperativa europaea|
europaische genossenschaft; vvag=coop: versicherungsverein auf gegenseitigkeit|versicherungsverein ag;
aor=soe: anstalt des offentlichen rechts|anstalt offentlichen rechts; kdor=soe: kor|korperschaft des offentlichen rechts|
korperschaft offentlichen rechts; ku=soe: kommunalunternehmen|gku|gemeinnutziges kommunalunternehmen; spzoo=llc: sp z oo|sp zoo|spz oo|
sp z oo sp k|sp z ogr odp|spolka z ogr odpow|spolka z ograniczona odpowiedzialnoscia|spolka z oo|spolka z oo sp k;
3at: zakrytae atsyyanernae tavarystva; aat=jsc: adkritaye aktsiyanernaye tavaristva|adkrytae akcyyanernae tavarystva|
adkrytae aktsyyanernae tavarystva; ab: abp|aktiebolag|aktie bolag|aktiebol|a bolag|publikt aktiebolag;
abv: aandeelhouder bestuurde vennootschap; adsic: adsitz|aktsionerno druzhestvo sas spetsialna investitsionna tsel|adsits|
aktsionerno druzhestvo ss spetsialna investitsionna tsel; ae=jsc: anonimi eteria|anonymi eteria; amba=llc: andelsselskab med begraenset ansvar;
anl=coop: andelslag|andelslag med begraenset ansvar; pa=ngo: professional association; pllc=llc: professional limited liability company;
anpo=ngo: autonomous non profit organization; ss=jsc: saaktsio sazogadoeba|dakhuruli saaktsio sazogadoeba; pjsc=jsc: public stock company|
public jsc|public stock company pjsc|public joint stock company|sociedade publica por acoes|kumpanija bishma kongunti pubblici|
javno dionicko drustvo|javna delniska druzba|allami tulajdonban levo reszvenytarsasag|viesoji akcine bendrove;
ojsc=jsc: otwarta spolka akcyjna|open joint stock company|openbare aandelenvennootschap|publichno aktsionerno druzhestvo|
dimosia symmetochiki eteria|panstwowa spolka akcyjna|vennootschap op aandelen|openbare vennootschap op aandelen|
openbare publiek private vennootschap op aandelen|sociedad limitada por acciones abierta|sociedade por acoes aberta|
societe par actions ouverte|verejna akciova spolocnost|societe publique par actions|societatea publica pe actiuni|
offene aktiengesellschaft|open jnt stock co|o joint stock co|open jsc|verejna akciova spolecnost; atx=jsc: aktsionerne tovaristvo|
aktsionerne tovarystvo|aktsionernoho tovaristva; kb=fin: kommerchesky bank; aps=llc: anpartsselskab; as=jsc: akciju sabiedriba|
akciova spolecnost|akciova spolocnost|akc spolecnost|a spolecnost|aktieselskab|aktieselskabet|aktsiaselts|anonim sirket|a s|
anonim ortaklik|anonim sirketi; asbl=ngo: aisbl|association internationale sans but lucratif|association sans but lucratif;
asc=ngo: aciq sehmdar cemiyyeti; ay=gp: avoin yhtio; bhd=llc: berhad; bv=llc: besloten vennootschap|besl vennootschap|b vennootschap|
besloten vennotschap|beslotn vennootschap; bvba=llc: besloten vennootschap met beperkte aansprakelijkheid|
vennootschap met beperkte aansprakelijkheid|eenpersoons bvba|eenpersoons besloten vennootschap met beperkte aansprakelijkheid;
ca=llc: compania anonima; cic=ngo: community interest company; coltd=llc: co ltd|cia ltda|compania limitada; coop=coop: co op|cooperation|
cooperative|cooperatif|kooperatsia|kooperatif|sociedad cooperativa|spoldzielni|kooperatsiya|kooperativ|hbret sra mahberat|
gospodarsko interesno udruzenje|gensidigt selskab|societe en participation; finx=fin: fond commun de placement|fond de placement|
nini kumiai|renyizuhe|non bank credit organization|nebankovskaya kreditnaya organizatsiya|
raschetnaya nebankovskaya kreditnaya organizatsiya|settlement non banking credit organization|
intervalny kombinirovanny paevoy investitsionny fond|zakryty kombinirovanny paevoy investitsionny fond|
birzhevoy paevoy investitsionny fond rynochnykh finansovykh instrumentov|otkryty paevoy investitsionny fond|
intervalny paevoy investitsionny fond|zakryty paevoy investitsionny fond|birzhevoy paevoy investitsionny fond|
zakrytyy kombinirovannyy paevoy investitsionnyy fond|birzhevoy paevoy investitsionnyy fond rynochnykh finansovykh instrumentov|
otkrytyy paevoy investitsionnyy fond; ctycp=jsc: cty cp|cong ty co phan; ctytnhh=llc: cty tnhh|cong ty trach nhiem huu han;
ctytnhhmtv=llc: cty tnhh mtv|cong ty trach nhiem huu han mot thanh vien; cv=lp: comm v|commanditaire vennootschap|
gewone commanditaire vennootschap; cva=lp: comm va|commanditaire vennootschap op aandelen;
cvba=coop: cooperatieve vennootschap met beperkte aansprakelijkheid; cvoa=coop: cooperatieve vennootschap met onbeperkte aansprakelijkheid;
cia=llc: compania; disticltd=llc: dis tic ltd; dnnn=soe: doanh nghiep nha nuoc; dntn=llc: doanh nghiep tu nhan;
llc=llc: drustveno preduzece|ribotos atsakomybes bendrove|dp|drushtveno preduzece|tavaristva z abmezhavanaj adkaznastsiu|
limited liability company|limited liability co|limited liability comp|limited liability corp|limited liability corporation|
foreign limited liability company|ltd liability company|ltd liability comp|ltd liability co|llcs|lc|lmtd liability company|
lt liability company|limited liab co|ltd liab company|limitd liability co|limted liability co|private limited liability company;
dtnn=llc: doanh nghiep co von dau tu nuoc ngoai; dzzd=llc: druzhestvo uchredeno po zakona za zadalzheniyata i dogovorite|
druzhestvo uchredeno po zakona za zadlzheniyata i dogovorite; ead=jsc: ednolichno aktsionerno druzhestvo;
eeig=coop: european economic interest grouping|evropeysko obedinenie po ikonomicheski interesi|ewiv|
europaische wirtschaftliche interessenvereinigung|eoii; ehf=llc: einkahlutafelag; ei=sp: entreprise individuelle; ekfor=coop: ek for|
ekonomisk forening; ekd=coop: evropeysko kooperativno druzhestvo; eood=llc: ednolichno druzhestvo s ogranichena otgovornost;
esv=coop: economisch samenwerkingsverband; etx=sp: ednolichen targovets|ednolichen trgovets;
eurl=llc: entreprise unipersonnelle a responsabilite limitee; ev=ngo: e v|eingetragener verein|eingetr verein|verein|
eingetragene vereinigung; fma: f ma|enskild naringsidkare; fie: fuusilisest isikust ettevotja; fmba: forening med begraenset ansvar;
gbr=gp: gesellschaft burgerlichen rechts|gesellschaft des burgerlichen rechts|bgb gesellschaft|ges burgerlichen rechts|gesbr|
ges bur rechts; gie=coop: groupement dinteret economique; gk=llc: hetonghuishe;
gnpp=soe: gosudarstvennoe nauchno proizvodstvennoe predpriyatie|scientific and production enterprise|
derzhavne naukovo virobniche pidpryyemstvo; haao=jsc: halka acik anonim ortaklik; hf=llc: hlutafelag; htx=coop: hop tac xa;
huf=soe: hindu undivided family; iix=sp: inteprinderea individuala|interprinderea individuala|intreprindere individuala|
intreprinderea ibdividuala|intreprinderea individuala|intreprinderea indiviuala|intreprinzator individual|intreprindera individuala|
intreprinderea individuali|intreprindserea individuala|intreprinzatorul individual; ik=soe: individualais komersants;
imx=soe: intreprinderea municipala; inc=llc: incorp|incorporated|incorporation|incorporee|incorported|incorporatd|incorporado|incs;
isx=soe: interessentskab|intreprindere de stat alimentatiei publice|intreprinderea de stat; ivs=llc: ivaerksaetterselskab;
jdoo=llc: jednostavno drustvo s ogranicenom odgovornoscu; jp=soe: javno preduzece|j p; jscb=jsc: joint stock commercial bank|
public joint stock commercial bank|joint stock bank|pjscb|akb|aktsionerny komertsiyny bank|aktsionerny kommerchesky bank|
aktsionerny kommercheskiy bank|aktsionerny komerchesky bank|aktsyonerny kommerchesky bank|aktsionerny komercheski bank;
jtd=jsc: javno trgovacko drustvo; jv: joint venture; kb=lp: kommanditbolag; kda=lp: komanditno druzhestvo s aktsii|
komanditno druzhestvo s aktsiyami; keg=gp: kommanditerwerbsgesellschaft; kft=llc: korlatolt felelossegu tarsasag|
korlatolt felelossegu tarsasag organizacni slozka; kollsti=gp: koll sti|kolektif sirket; komsti=lp: kom sti|komandit sirket;
koop=coop: kooperatif sirket; ks=lp: komanditni spolecnost|komanditsabiedriba|kommanditselskab; ky=lp: kommandiittiyhtio; ooo=llc: tov|
tovaristvo z obmezhenoyu vidpovidalnistyu|tzov|obshchestvo s ohranychennoi otvetstvennostiu|obshchestvo s ogranichennoj otvetstvennostyu|
obshchestvo s ogranichennoy otvetstvennostyu|obshchestvo s ogranichennoi otvetstvennostyu|obshchestvo s ogranichennoi otvetstvennostiu|
obshchestva s ogranichennoy otvetstvennostyu|obshchestvo c ogranichennoy otvetstvennostyu|obshchestvo s ogranichennoy otvetstvennotyu|
obshchestvo s ograniennoy otvetstvennostyu|obshchestvo s organichennoy otvetstvennostyu|obshchestvo s ogranichennoy otvetsvennostyu|
obshchestvo s ogranichennoy otvestvennostyu|obshestvo s ogranichennoy otvetstvennostyu|obshchestvo s ogranichennoy otvestvtennsotyu|
obshchestvl s ogranichennoy otvetstvennostyu|obshchestvo s ogranichennoy otvetstvennost|obshchestvo s ogranichennoy otvetstvenostyu|
obshchestvo s ogranichenoy otvetstvennostyu|obshchestvo s ogranichennoy otvetstvenoost|obshchestvo s ogragichennoy otvetstvennostyu|
obshchestvo s goranichennoy otvetstvennostyu|obshchestvo s ogranichennoy otvetstvennostyui|
obshchestvo s ogranichennoy otvetstvetstvennostyu|obshchestvo s ogrvnichennoy otvetstvennostyu|
obshchestvo s ogranichennoy otvetstvennochtyu|obshchestvo s orgranichennoy otvetstvennostyu|obshchestvo s ogranichennoy otveetstvennostyu|
obshchestvo s ogrnichennoy otstvennostyu|obshchestvo s ogranichennoy ovetstvennostyu|obshchestvo s ogranichennoy otvesttvennostyu|
obshchesivo s ogranichennoy otvetstvennostyu|obshchestvo s ogranichennoy ovtetstvennostyu|obshchestvo s ogranichennoy otvettstvennostyu|
obshchestvr s ogranichennoy otvetstvennostyu|obshchestvo s ogranichennoy otetstvennostyu|obshchestvo s ogranichennoy otvetstvennosyu|
obshchestvo s ogranichennoy otvetstvennoy|obshchestvo s ogranichennoy otvetstvennosttyu|obshchestvo s ogranichennoy otvetvtvennostyu|
obshchestvo s ogranichennoy otvetstennostyu|obshchestvo s ogrnanichennoy otvetstvennostyu|obshchestvo s ogranichennoy otvetstvennoltyu|
obshchestvo s ogranischennoy otvetstvennostyu|obshchestvo s ogranichunnoy otvetstvennostyu|obshchestvo s ogranichennry otvetstvennostyu|
obshchestvo s ogranichennoy otevtstvennostyu|obshchestvo s ogranichennoy otvetvtsennostyu|obshchestvo s ogranichennoy otvetvennostyu|
obshchestvo s ogranichennoy otaetstvennostyu|obshchestvo s ogragnichennoy otvetstvennostyu|obshchestvo s ogranichennoy otvetstveknnostyu|
obshchestvo s ograntchennoy otvetstvennostyu|obshchestvo s ogranichennoy otvetstvennogstyu|obshchestvo s ogranmchennoy otvetstvennostyu|
obshchestvo s ogranichennoy otventstvennostyu|obshchestvo s ogranichennoy otvetstvennostyuv|obshchestvo s ogranichennoy otvetstvennostiyu|
obshchestvo s ogranichennoy otvetstvetsvennostyu|obshchestvo s otranichennoy otvetstvennostyu|obshchestvo s ogranichennoy otetvennostyu|
obshchestvo s ogranichennoy otvetvetstvennostyu|obshchestvo s ograngichennoy otvetstvennostyu|obshchestvo s ogranichennoy otvetstvenonstyu|
obshchestvo s ogranichennoy otvetstvuennostyu|obshchestvo s ogarnichennoy otvetstvennostyu|obshchestvo s ogranichennoy otvuetstvennostyu|
obshchestvo s ogranichennoy otvetstsvennostyu|obshchestvo s ogrnaichennoy otvetstvennostyu|obshchestvo s ogranichennoy oltvetstvennostyu|
obshchestvo s organichennoy otvetstvennovstyu|obshchestvo s ogranichennoy otvetchtvennostyu|obshchestvo s ogrannichennoy otvetstvennostyu|
obshchestvo s ogranichenoy otvetstveenostyu|obshchestvo s ograichennoy otvetstvennostyu|obshchestvo s ogranichnnoy otvestvennostyu|
obshchestvo s ogranichennoy otvetstvennosti|obshchestvo s ograinchennoy otvetstvennostyu|obshchestvo s ogranichennoy otvetstvenosstyu|
obshchestvo s ogranichennoy ltvetstvennostyu|obshchestvog s ogranichennoy otvestvennostyu|obshchestvo s ogranichennoy otvetstvtennostyu|
obshchestvo s ogranichenoy otvetstvenostyu|obshchestvo s ogranichennoy otvetstveenostyu|obshchestvo s ogranichennoy otvetstvennstyu|
obshchestvo s ogranichennoy otvntstvennostyu|obshchestvo s ogranichennoy otvetstvennotsyu|obshchestvo s granichennoy otvetstvennostyu|
obshchestvo s ogranichnnoy otvetstvnnostyu|obshchestvo s ogranichennoy otvetstvennostb|obshchestvo s ogranichennoy otvetststvennostyu|
obshchestvo s ogrnichennoy otvetstvennostyu|obshchestvo s ogroranichennoy otvetstvennostyu|obshchestvo s ogranchennoy otvetstvennostyu|
obshchestvo s oranichennoy otvetstvennostyu|obshchestvo s ogranichennoy otvetstvnnostyu|obshchestvo s ogranisennoy otvetstvennostyu|
obshchestvo s oganichennoy otvetstvennostyu|obshchestvo s ogranicheenoy otvetstvennostyu|obshchestvo s ogranichennoy otvenstvennostyu|
obshchestvo s ogranichennoy otsetstvennostyu|obshchestvo s ogranchichennoy otvetstvennostyu|obshchestvo s ogranichnnoy otvetstvennostyu|
obshchestvo s ogranichennyo otvetstvennostyu|obshchestvo s ogranichennoy otvetstvennostyut|obshchestvo s ogranechennoy otvetstvennostyu|
obshchestvo s ogranichennoy otvetsstvennostyu|obshchestvo s ogranichennoy ogtvetstvennostyu|obshchestvo s ogranichennoy otvetstvennostyub|
obshchestvo s ogranichennoy otvetstvennsotyu|obshchestvo s ogranichennoy otvetstsveenostyu|obshchestvo s ogranichennoy otvetstveennostyu|
obshchestvo s ogranichennoy otvtetsvennostyu|obshchestvo st ogranichennoy otvetstvennostyu|obshchestvo s ogranichennoy osvetstvennostyu|
obshchestvo s ogranichennoy otvetstvennomtyu|obshchestvo s ogranichennoy otvetstvenoostyu|obshchestvo s ogranichennoy otvetstvennovtyu|
obshchestvo s ogranichennoy otvetstvetnostyu|obshchestvo s ogranichennoy tovetstvennostyu|obshchestvo s ogranichenooy otvetstvennostyu|
obshchestvo s ogranicheeenoy otvetstvennostyu|obshchestvo s ogranichennoy otvetstvenenostyu|obshchestvo s ogranichennnoy otvetstvennostyu|
obshchestvo s ogrranichennoy otvetstvennostyu|obshchestvo s ogranichennoy ot|obshchestvo sogranichennoy otvetstvennostyu|
obshchestvo s ogronichennoy otvetstvennostyu|obshchestvo s ogranichennoy otvetstvennnostyu|obshchestvo s ogranichennoy otvetstvennoostyu|
obshchestvo ogranichennoy otvetstvennosti|obshchestvo s ogranichennoy otvetstvennovstyu|obshchestvo s ogranichinnoy otvetstvennostyu|
obshchestvo sogranichenoy otvetstvennostyu|obshchestvo s ogranichennoy obshchestvo s ogranichennoy otvetstvennostyu|
obshchestvo s ogranichennoy otvetsvennosst|obshchestvo s ogranichennoy otvetstvennrostyu|obshchestvo s ogra nichennoy otvetstvennostyu|
obshchestvo s ogranichennoy otvetstvennostyum|ocoo|likvidatsionnaya komissiya obshchestva s ogranichennoy otvetstvennostyu|
likvidatsionnaya komissiya obshchestvo s ogranichennoy otvetstvennostyu|likvidatsionnaya komissiya ooo|
obshchestvo s ogranichennoy otvetstvennostyu stroitelnaya kompaniya|obshchestvo s ogranichennoy otvetstvennostyu torgovy dom|
obshchestvo s ogranichennoy otvetstvennostyu upravlyayushchaya kompaniya|obshchestvo s ogranichennoy otvetstvennostyu firma|
obshchestvo s ogranichennoy otvetstvennostyu chastnaya okhrannaya organizatsiya|
obshchestvo s ogranichennoy otvetstvennostyu chastnoe okhrannoe predpriyatie|inostrannoe obshchestvo s ogranichennoy otvetstvennostyu;
tov=llc: tovarystvo z obmezhenoyu vidpovidalnistyu|tovarystvo z obmezhenoiu vidpovidalnistiu;
spd=sp: subekt predprinimatelskoy deyatelnosti|subyekt pidpryyemnytskoyi diyalnosti; fop=sp: fizicheskoe litso predprinimatel|
fizychna osoba pidpryyemets; ltd=llc: lda|limitada|limitd|limite|limited|limited by guarantee|limited by shares|
chastnaya kompaniya s otvetstvennostyu ogranichennoy aktsiyami|chastnaya kompaniya s otvetstvennostyu|limited co|limited company|limitee|
limted|lmtd|lt|ltd co|ltda|ltds|private company with limited liability|private limited company|cyf|cyfyngedig|
kompaniya s ogranichennoy otvetstvennostyu|ba m|youxiangongsi|youxian|al mhduda|al msahma al mhduda|ltd sti|limited sirket|limited sti|
limited sirketi|pty ltd|proprietary limited|proprietary limited company|proprietary ltd|pty limited;
shps=llc: shezghuduli pasukhismgeblobis sazogadoeba; mchzh=llc: masuliyati cheklangan jamiyat|masuliyati cheklangan zhamiyat|mchj;
mmc=llc: mehdud mesuliyyetli cemiyyet; mtu=ngo: mittetulundusuhing; na: n a; np=ngo: nekommercheskoe partnerstvo; nv=jsc: n v|
naamloze vennootschap|naamlze vennootschap|n vennootschap|naaml vennootschap; oaj=jsc: ochiq aksiyadorlik jamiyati|
ochiq aktsiyadorlik zhamiyati; od=llc: ortacko drustvo|ortachko drushtvo; odo=llc: obshchestvo s dopolnitelnoj otvetstvennostyu|
obshchestvo s dopolnitelnoy otvetstvennostyu; oeg: offene erwerbsgesellschaft; og: offene gesellschaft;
ngo=ngo: non governmental organization|non government organisation|non governmental organisation|non profit organization|
non profit organisation|nmm|mnzma ghir hkumya|nonprofit organization|npo|non profit|nonprofit|niegovorni organizaciji|
nevladine organizacije|nevladina organizacija|charitable organization|charitable organisation|charitable fund|charity fund|
nichtregierungsorganisation|organizatia societatii civile|organizatia neguvernamentala|niet gouvernementele organisatie|
organizacja pozarzadowa|nevladni organizace|mimovladna organizacia|obcanske sdruzeni; cso=ngo: civil society organization|
civil society organisation; ong=ngo: organisation non gouvernementale|organizacion no gubernamental|organizacao nao governamental|
organizzazione non governativa; ood=llc: drujestvo s ogranichena otgovornost|druzestvo s ogranicena otgovornost|
druzhestvo s ogranichena otgovornost; opg=sp: obiteljsko poljoprivredno gospodarstvo; ops=ngo: obecne prospesna spolecnost;
oscip=ngo: organizacao da sociedade civil de interesse publico; osk: osuuskunta; owm=fin: onderlinge waarborgmaatschappij;
oy=llc: osakeyhtio|ab company oy|oy company ab|company oy ab; oyj=jsc: julkinen osakeyhtio; ou: osauhing; pc: korporeshn;
pe: yemengst lmat drjtoch; pp=sp: privatne pidpryyemstvo|pryvatne pidpryiemstvo; pr: preduzetnik; ps: partnerselskab|pilnsabiedriba;
pse: public sector enterprise; psu: public sector undertaking; pt: perseroan terbatas; pttbk: pt tbk|perseroan terbatas terbuka;
qk: qoshma korxona|qushma korkhona; qmj: qoshimcha masuliyatli jamiyat|qushimcha masuliyatli zhamiyat; qsc: qapali sehmdar cemiyyeti|
qapali tipli sehmdar cemiyyeti; rp: rekisteroity puolue; rs: saatio; ry=ngo: rekisteroity yhdistys|rekisteroity yhdistys ry;
rf=ngo: reykjavikurfelag|registrerad forening; scra=lp: s cra|sociedad comanditaria; sa=jsc: s a|sarf|sociedad anonima|sociedada anonima|
sociedade anonima|socieda anonima|societat anonima|societe anonyme|societa anonima|societate anonima|societate pe actiuni|
societatea pe actiuni|societateare pe actiuni|societe par actions de regime federal|societe par actions|spolka akcyjna|shrka khfya al ism;
sad=jsc: sociedad anonima deportiva; saoc=jsc: societe anonyme omanaise close; saog=jsc: societe anonyme omanaise generale;
sapa=lp: societa in accomandita per azioni; sarl=llc: societe a responsabilite limitee|soc a resp limitee|soc a responsab limitee|s ar l|
shrka dhat msuulyat mhduda shmm; scc=llc: societe commerciale canadienne; scop=coop: societe cooperative de production;
scpa: sociedad civil privada; sd=llc: s ie|sabiratelno druzhestvo sd sadruzhie|sd s ie|sbiratelno druzhestvo|
sbiratelno druzhestvo sd sdruzhie; sdnbhd=llc: sdn bhd|sendirian berhad; se=jsc: societas europaea|europaische aktiengesellschaft|
europaische gesellschaft; sem=coop: societe deconomie mixte; sf=gp: sameignarfelag; sgr=coop: ;
sia=llc: sabiedriba ar ierobezotu atbildibu; sicaf=fin: societe dinvestissement a capital fixe;
sicav=fin: societe dinvestissement a capital variable|soc invest capital variable; sll=llc: sociedad limitada laboral;
slne=llc: sociedad limitada nueva empresa; pteltd=llc: pte ltd|single member private limited company;
smba=llc: selskab med begraenset ansvar; snc=lp: societe en nom collectif; snt=lp: sadovodcheskoe nekommercheskoe tovarishchestvo;
spf=ngo: stichting particulier fonds; sprl=llc: societe privee a responsabilite limitee|
societe privee a responsabilite limitee unipersonnelle; srl=llc: intreprinderea cu responsabilitate limitata|
societa a responsabilita limitata|sociedad de responsabilidad limitada|societate cu raspundere limitata|soc resp limitada|
soc a resp limitata|sicietatea de raspundere limitata|societata cu raspundere limitata|societate cu rasponbilitate limitata|
societate cu responsabilitate limiiata|societate cu responsabilitate limitata|societate cu raspundre limitata|
societatea cu rasdpundere limitata|societatea cu rasponsabilitate limitata|societatea cu raspundere|societatea cu raspundere limitata|
societatea cu raspundere limitate|societatea cu responsabilitate limitata|societatea cu responsabilitatea limitata|
societatea cu respundere limitata|societatii cu raspunderea limitata|societete cu raspundere limitata|
socitate cu responsabilitate limitata; rt=jsc: reszvenytarsasag; nyrt=jsc: nyilvanosan mukodo reszvenytarsasag;
zrt=jsc: zartkoruen mukodo reszvenytarsasag; bt=lp: beteti tarsasag; kkt=gp: kozkereseti tarsasag; szov=coop: szovetkezet;
egyes=ngo: egyesulet; alap=ngo: alapitvany; kht=ngo: kozhasznu tarsasag; ege=coop: europai gazdasagi egyesules;
kjsz=soe: kozjogi szervezet; kftfioktelep=llc: kft fioktelep|kulfoldi szekhelyu vallalkozas fioktelepe; etx=gp: egyszeru tarsasag;
kv=jv: kozos vallalat; ets=coop: erdeszeti tarsulas; ltda=llc: sociedade limitada|sociedada limitada; stg: stille gesellschaft;
suarl=llc: shrka frdya dhat msuulyat mhduda; tmi: t mi|oiminimi; sti=llc: sirketi; milx=mil: militarische organisation|
militarische vereinigung|militarna organizacija|militarne organizacije|pmc|privatna viyskova kompaniya|chvk|chastnaya voennaya kompaniya|
private military company; too=llp: tovarishchestvo s ogranichennoy otvetstvennostyu; tu=lp: taisuhing; uab=llc: uzdaroji akcine bendrove|
uzdarosios akcines bendroves; soe=soe: unitar korxona|unitar korkhona; ultd=sp: unlimited|unlimited company|unlimited proprietary|unltd|
wuxiangongsi; =soe: consorzio statale|den foderale statsejede budgetinstitution|empresa orcamental do estado federal|
empresa unitaria estatal de la|empresa unitaria estatal|entita statali|entreprise unitaire detat|gosudarstvennoe unitarnoe predpriyatie|
staatsinformatieagentschap|impresa unitaria statale|staatliches einheitsunternehmen|staatskonzern|state concern|state enterprise|
state unitary enterprise|state unitary enterprise of the|statni jednotny podnik|statni koncern|unitarnoe predpriyatie|
unitarnae pradpryemstva|statny unitarny podnik|gosudarstvennogo unitarnogo predpriyatiya|gp|derzhavnogo unitarnoho pidpryyemstva|
derzhavne unitarne pidpryyemstvo|federalne derzhavne unitarne pidpryyemstvo|fgbu|federal state budgetary enterprise|
federal state budgetary institution|federal state institution|federal state unitary enterprise|federalna budzetowa instytucja|
foderales staatseigenes unternehmen|intreprinderea unitara a statului federal|empresa publica unitaria federal|
entreprise unitaire publique federale|federalne panstwowe przedsiebiorstwo unitarne|fgbu dpo|
federalnoe gosudarstvennoe byudzhetnoe uchrezhdenie dopolnitelnogo professionalnogo obrazovaniya; uu=lp: usaldusuhing;
vof=sp: vennootschap onder firma; vos=sp: verejna obchodni spolecnost; vzw=ngo: internationale vereniging zonder winstoogmerk|ivzw|
vereinigung ohne gewinnerzielungsabsicht|vereniging zonder winstoogmerk|vog; xk: xususiy korxona|khususy korkhona;
xt: xususiy tadbirkorlik|khususy tadbirkorlik; yk=llc: youxianhuishe; yoaj=jsc: yopiq aksiyadorlik jamiyati|epiq aktsiyadorlik zhamiyati;
yu=llc: yoo|yuhanhoesa; cjsc=jsc: closed jsc|closed joint stock company; zao=jsc: zakrytoe akcionernoe obshchestvo|
zakrytoe aktsionernoe obshchestvo|zakrytoye aktsionernoye obshchestvo|zakrytoe aktsionernoe obshhestvo|zakrytoje akcionernoje obshchestvo|
zakryte akcjonarne obschtschestwo|zakritoe aktsionernoe obshchestvo; zat=jsc: zakritaye aktsiyanernaye tavaristva|
zakrytae akcyyanernae tavarystva|zakrytae aktsyyanernae tavarystva; zs=ngo: zapsany spolek; sb: sube;
tda=llc: tavarystva z dadatkovaj adkaznascyu|tavarystva z dadatkovay adkaznastsyu; taa=llc: tavarystva z abmezhavanay adkaznastsyu|
tavarystva z abmezhavanaj adkaznascyu; tbb=ngo: toriyn bus bayguullaga; tszh: tovarishchestvo sobstvennikov zhilya|
tovarishchestvo sobstvennikov nedvizhimosti; khk=jsc: khuvtsaat kompani; khkhk=llc: khyazgaarlagdmal khariutslagatay kompani;
otdelgps=soe: otdel gps|otdel gosudarstvennoy protivopozharnoy sluzhby; ds: detsky sad; mou=soe: munitsipalnoe obrazovatelnoe uchrezhdenie;
mau=soe: munitsipalnoe avtonomnoe doshkolnoe obrazovatelnoe uchrezhdenie;
mbou=soe: munitsipalnoe byudzhetnoe obshcheobrazovatelnoe uchrezhdenie|munitsipalnoe obshcheobrazovatelnoe byudzhetnoe uchrezhdenie|
munitsipalnoe byudzhetnoe obrazovatelnoe uchrezhdenie; mbdou=soe: munitsipalnoe byudzhetnoe doshkolnoe obrazovatelnoe uchrezhdenie;
mbudo=soe: mbu do|munitsipalnoe byudzhetnoe uchrezhdenie dopolnitelnogo obrazovaniya; mkdou=soe: mk dou|
munitsipalnoe kazennoe doshkolnoe obrazovatelnoe uchrezhdenie; gu=soe: gosudarstvennoe uchrezhdenie;
ogu=soe: okruzhnoe gosudarstvennoe uchrezhdenie; gou=soe: gosudarstvennoe obrazovatelnoe uchrezhdenie|
gosudarstvennoe obshcheobrazovatelnoe uchrezhdenie; gbou=soe: gosudarstvennoe byudzhetnoe obshcheobrazovatelnoe uchrezhdenie;
gkou=soe: gosudarstvennoe kazennoe obrazovatelnoe uchrezhdenie; goshkint=soe: go shk int|
gosudarstvennaya obshcheobrazovatelnaya shkola internat; gouddmshv=soe: gou ddmshv;
gauso=soe: gosudarstvennoe avtonomnoe uchrezhdenie sotsialnogo obsluzhivaniya; gbskou=soe: ;
gskou=soe: gosudarstvennoe spetsialnoe korrektsionnoe obrazovatelnoe uchrezhdenie;
gdou=soe: gosudarstvennoe doshkolnoe obrazovatelnoe uchrezhdenie; gdouds=soe: gdou ds|
gosudarstvennoe doshkolnoe obrazovatelnoe uchrezhdenie detsky sad; gku=soe: gosudarstvennoe kazennoe uchrezhdenie; gkskou=soe: gks k ou|
gosudarstvennoe kazennoe spetsialnoe korrektsionnoe obrazovatelnoe uchrezhdenie; gnu=soe: gosudarstvennoe nauchnoe uchrezhdenie;
gosnii=soe: gosudarstvenny nauchno issledovatelsky institut; gouvpo=soe: gou vpo|
gosudarstvennoe byudzhetnoe obrazovatelnoe uchrezhdenie vysshego professionalnogo obrazovaniya|
gosudarstvennoe obrazovatelnoe uchrezhdenie vysshego professionalnogo obrazovaniya; oudpo=soe: ou dpo|
obrazovatelnoe uchrezhdenie dopolnitelnogo professionalnogo obrazovaniya; goudpo=soe: gou dpo|
gosudarstvennoe obrazovatelnoe uchrezhdenie dopolnitelnogo professionalnogo obrazovaniya povysheniya kvalifikatsii spetsialistov;
nochudpo=soe: nochu dpo|negosudarstvennoe obrazovatelnoe chastnoe uchrezhdenie dopolnitelnogo professionalnogo obrazovaniya;
pou=soe: professionalnoe obrazovatelnoe uchrezhdenie; gp=soe: gosudarstvennoe predpriyatie; gup=soe: ;
dgup=soe: dochernee gosudarstvennoe unitarnoe predpriyatie|dochernee gosudarstvenoe unitarnoe predpriyatie;
gusp=soe: gosudarstvennoe unitarnoe selskokhozyaystvennoe predpriyatie; gudp=soe: gosudarstvennoe unitarnoe dochernee predpriyatie;
fgnu=soe: federalnoe gosudarstvennoe nauchnoe uchrezhdenie; docherneefgup=soe: dochernee fgup|
federalnoe dochernee gosudarstvennoe unitarnoe predpriyatie;
fgbdou=soe: federalnoe gosudarstvennoe byudzhetnoe doshkolnoe obrazovatelnoe uchrezhdenie; fgboudpo=soe: fgbou dpo|
federalnoe gosudarstvennoe byudzhetnoe obrazovatelnoe uchrezhdenie dopolnitelnogo professionalnogo obrazovaniya; fgaoudpo=soe: fgaou dpo|
federalnoe gosudarstvennoe avtonomnoe obrazovatelnoe uchrezhdenie dopolnitelnogo professionalnogo obrazovaniya; fgbouvo=soe: fgbou vo|
federalnoe gosudarstvennoe byudzhetnoe obrazovatelnoe uchrezhdenie vysshego obrazovaniya|
federalnoe gosudarstvennoe byudzhetnoe obrazovatelnoe uchrezhdenie vysshego professionalnogo obrazovaniya; fgouvpo=soe: fgou vpo|
federalnoe gosudarstvennoe obrazovatelnoe uchrezhdenie vysshego professionalnogo obrazovaniya; fgkvouvpo=soe: fgkvou vpo|
federalnoe gosudarstvennoe kazennoe voennoe obrazovatelnoe uchrezhdenie vysshego professionalnogo obrazovaniya;
maou=soe: munitsipalnoe avtonomnoe obshcheobrazovatelnoe uchrezhdenie munitsipalnogo obrazovaniya gorod krasnodar;
mku=soe: munitsipalnoe kazennoe uchrezhdenie; mro=rel: mestnaya pravoslavnaya religioznaya organizatsiya|
mestnaya religioznaya organizatsiya; tsro=rel: tsentralnaya religioznaya organizatsiya; rox=rel: religioznaya organizatsiya;
fgu=soe: federalnoe gosudarstvennoe uchrezhdenie; fgku=soe: federalnoe gosudarstvennoe kazennoe uchrezhdenie;
fku=soe: federalnoe kazennoe uchrezhdenie; fkp=soe: federalnoe kazennoe predpriyatie; fgbvouvo=soe: fgbvou vo|
federalnoe gosudarstvennoe byudzhetnoe voennoe obrazovatelnoe uchrezhdenie vysshego obrazovaniya; fgkvouvo=soe: fgkvou vo|fgkvou|
federalnoe gosudarstvennoe kazennoe voennoe obrazovatelnoe uchrezhdenie vysshego obrazovaniya; fgaouvo=soe: fgaou vo|
federalnoe gosudarstvennoe avtonomnoe obrazovatelnoe uchrezhdenie vysshego obrazovaniya; fgkoudpo=soe: fgkou dpo; fgoudpo=soe: fgou dpo|
federalnoe gosudarstvennoe obrazovatelnoe uchrezhdenie dopolnitelnogo professionalnogo obrazovaniya spetsialistov;
fgdou=soe: federalnoe gosudarstvennoe doshkolnoe obrazovatelnoe uchrezhdenie; fgup=soe: federalnoe gosudarstvennoe unitarnoe predpriyatie;
fgbu=soe: federalnoe gosudarstvennoe byudzhetnoe uchrezhdenie; oppo=soe: obedinennaya pervichnaya profsoyuznaya organizatsiya|
obedinennaya territorialnaya profsoyuznaya organizatsiya; ppo=soe: pervichnaya profsoyuznaya organizatsiya|
profsoyuznaya organizatsiya rabotnikov; ppoooo=soe: ppo ooo|
pervichnaya profsoyuznaya organizatsiya obshchestva s ogranichennoy otvetstvennostyu; ppodochernegoooo=soe: ppo dochernego ooo|
pervichnaya profsoyuznaya organizatsiya rabotnikov dochernego obshchestva s ogranichenoy otvetstvennostyu; ppooao=soe: ppo oao|
pervichnaya profsoyuznaya organizatsiya otkrytogo aktsionernogo obshchestva|
pervichnaya profsoyuznaya organizatsiya rabotnikov otkrytogo aktsionernogo obshchestva|ppoo ao|
pervichnaya profsoyuznaya obshchestvennaya organizatsiya aktsionernogo obshchestva; ppogouspo=soe: ppo gouspo|
pervichnaya profsoyuznaya organizatsiya gosudarstvennogo obrazovatelnogo uchrezhdeniya srednego professionalnogo obrazovaniya|
pervichnaya profsoyuznaya organizatsiya gosudarstvennogo uchrezhdeniya srednego professionalnogo obrazovaniya; ppofgbu=soe: ppo fgbu|
pervichnaya profsoyuznaya organizatsiya federalnogo gosudarstvennogo byudzhetnogo uchrezhdeniya; ppofgbouvo=soe: ppo fgbou vo;
ppofku=soe: ppo fku|pervichnaya profsoyuznaya organizatsiya federalnogo kazennogo uchrezhdeniya; ppogbu=soe: ppo gbu|
pervichnaya profsoyuznaya organizatsiya gosudarstvennoe byudzhetnoe uchrezhdenie|
pervichnaya profsoyuznaya organizatsiya gosudarstvennogo byudzhetnogo uchrezhdeniya; ppogbou=soe: ppo gbou|
pervichnaya profsoyuznaya organizatsiya gosudarstvennogo byudzhetnogo obrazovatelnogo uchrezhdeniya; ppofbu=soe: ppo fbu|
pervichnaya profsoyuznaya organizatsiya federalnogo byudzhetnogo uchrezhdeniya; ppofgup=soe: ppo fgup|
pervichnaya profsoyuznaya organizatsiya sotrudnikov federalnogo gosudarstvennogo unitarnogo predpriyatiya; ppogup=soe: ppo gup|
pervichnaya profsoyuznaya organizatsiya gosudarstvennogo unitarnogo predpriyatiya; ppopsrz=soe: ppo psrz|
pervichnaya profsoyuznaya organizatsiya profsoyuza rabotnikov zdravookhraneniya|
pervichnaya profsoyuznaya organizatsiya professionalnogo soyuza rabotnikov zdravookhraneniya|
pervichnaya organizatsiya professionalnogo soyuza rabotnikov zdravookhraneniya;
ppoo=soe: pervichnaya profsoyuznaya obshchestvennaya organizatsiya; popobguz: pop obguz|
pervichnaya organizatsiya profsoyuza oblastnogo byudzhetnogo uchrezhdeniya zdravookhraneniya;
poprz: pervichnaya organizatsiya profsoyuza rabotnikov zdravookhraneniya; upravleniefsbrf=soe: upravlenie fsb rf|
upravlenie federalnoy sluzhby bezopasnosti rossiyskoy federatsii;
ogkou=soe: oblastnoe gosudarstvennoe kazennoe obrazovatelnoe uchrezhdenie|
oblastnoe gosudarstvennoe kazennoe obshcheobrazovatelnoe uchrezhdenie; moo=ngo: mestnaya obshchestvennaya organizatsiya;
mooppo=ngo: moo ppo|mestnaya obshchestvennaya organizatsiya pervichnaya profsoyuznaya organizatsiya; mooppogup=ngo: moo ppo gup|
mestnaya obshchestvennaya organizatsiya pervichnaya profsoyuznaya organizatsiya gosudarstvennogo unitarnogo predpriyatiya;
mchsrossii=soe: mchs rossii; oo=ngo: obshchestvennaya organizatsiya|obshchestvennoe obedinenie|obshchestvennoye obyedineniye|
obscestvennoe obedinenie|obschestvennoe obyedinenie|obschestvennaya organizatsiya|obscestvennaja organizacija; noudpo=ngo: nou dpo|
negosudarstvennoe obrazovatelnoe uchrezhdenie dopolnitelnogo professionalnogo obrazovaniya|
negosudarstvennoe obrazovatelnoe uchrezhdenie nachalnogo i dopolnitelnogo professionalnogo obrazovaniya|
negosudarstvenoe obrazovatelnoe uchrezhdenie dopolnitelnogo professionalnogo obrazovaniya povysheniya kvalifikatsii spetsialistov;
ao=jsc: sak|strakhovaya aktsionernaya kompaniya|strakhovaya aktsioner kompaniya|zao|zakrite aktsionerne tovaristvo|
aktsionenoe obshchestvo zakrytogo tipa|aktsioneroe obshchestvo zakrytogo tipa|aktsoinernoe obshchestvo zakrytogo tipa|
aktsionrnoe obshchestvo zakrytogo tipa|aktsionernye obshchestva zakrytogo tipa|aktsionernoe obshestvo zakrytogo tipa|
aktsionerne obshchestvo zakrytogo tipa|aktsonernoe obshchestvo zakrytogo tipa|aktsionernogo obshchestva zakrytogo tipa|
aktsioneronoe obshchestvo zakrytogo tipa|zakrytoe aktsionerne tovaristvo|oao|otkrytoe aktsionernoye obshestvo|
otkrytoe aktsionernoe obshchestvo|otkrytoe aktsionergoe obshchestvo|aktsionernoe obshchestvo otkrytogo tipa|
aktsonernoe obshchestvo otkrytogo tipa|otkrytoe akcionernoe obshchestvo|otkrytoye aktsionernoye obshchestvo|
otkrytoe akcionernoe obshhestvo|publichnoe aktsionernoe obshchestvo|otkrytoe aktsionernoe obschchestvo|otkritoe aktsionernoe obshchestvo|
otkrytoe aktsionernoe obschestvo|aktsionerne tovaristvo vidkrytoho tipu|otkr akts obshch|odkryte akcjonarne obschtschestwo|
otkrytoje akcionernoje obshchestvo|aktsionernoe obshchestvo|aktsionernye obshchestva|
aktsionernaya kompaniya s ogranichennoy otvetstvennostyu|aktsionernogo obshchestva|aktsionernoe obschestvo|pao|
privatne aktsionerne tovaristvo|pat|publichne aktsionerne tovaristvo|nao|nepublichnoe aktsionernoe obshchestvo;
vat=jsc: vidkryte aktsionerne tovarystvo|vidkrite akcionerne tovaristvo|vidkryte aktsionerne tovaristvo;
pao=jsc: publichne aktsionerne tovarystvo; spk=coop: selskokhozyaystvenny proizvodstvenny kooperativ; suskrf=soe: su sk rf|
sledstvennoe upravlenie sledstvennogo komiteta rossiyskoy federatsii; mup=soe: munitsipalnoe unitarnoe predpriyatie;
ano=ngo: avtonomnaya nekommercheskaya organizatsiya|avtonomnaja nekommerceskaja organizacija; nko=ngo: nekommercheskaya organizatsiya fond;
kfkh: krestyanskoe fermerskoe khozyaystvo|krestyanskoe khozyaystvo; oop=llp: partnerstvo s ogranichennoy otvetstvennostyu;
pt=gp: polnoe tovarishchestvo; dou: doshkolnoe obrazovatelnoe uchrezhdenie; pkoop=coop: potrebitelsky kooperativ;
pk=coop: proizvodstvenny kooperativ; nts: nauchny tsentr; oyul: obedinenie yuridicheskikh lits;
noudo=ngo: negosudarstvennoe obrazovatelnoe uchrezhdenie dopolnitelnogo obrazovaniya|
negosudarstvennoe obrazovatelnoe uchrezhdenie dopolnitelnogo obrazovaniya detey;
onoss=ngo: organizatsiya nauchnogo obsluzhivaniya i sotsialnoy sfery; nox=ngo: nekommercheskaya organizatsiya|
nekommercheskaya organizaciya|nekommerceskaya organizatsiya|nekommerceskaja organizacija;
obo=ngo: oblastnaya obshchestvennaya organizatsiya; bf=ngo: blagotvoritelny fond|blagotvoritelnyy fond|blagotvoritelnyj fond|
blahodiyny fond|blahodiynyy fond|blahodijnyj fond; bo=ngo: blagotvoritelnaya organizatsiya|blahodiyna orhanizatsiya|
blagotvoritelnaja organizacija|blahodijna orhanizacija; gox=ngo: gromadska orhanizatsiya|hromadska orhanizatsiya|hromadska orhanizacija|
gromadske obyednannya|hromadske obyednannya|hromadske objednannja; vox=ngo: volonterska orhanizatsiya|volonterska orhanizacija;
nda=ngo: nedzyarzhaunaya arganizatsyya|nedziarzhaunaya arhanizatsyya|nedzarzaunaja arhanizacyja|nedzjarzhaunaja arhanizacyja;
dax=ngo: dabrachynnaya arganizatsyya|dabrachynnaya arhanizatsyya|dabracynnaja arhanizacyja; df=ngo: dabrachynny fond|dabracynny fond;
ofx=ngo: obshchestvenny fond|obshchestvennyy fond|obscestvennyj fond; ga=ngo: gramadskae abyadnanne|hramadskaye abyadnanne|
hramadskae abjadnanne|gramadskaya arganizatsyya|hramadskaya arhanizatsyya|hramadskaja arhanizacyja; ndo=ngo: nuo|
negosudarstvennaya nekommercheskaya organizatsiya|negosudarstvennaya organizatsiya|nederzhavna orhanizatsiya|nekomertsiyna orhanizatsiya|
nekomercijna orhanizacija|nederzavna orhanizacija|neuryadova orhanizatsiya|neurjadova orhanizacija;
`

interface LegalForm {
  readonly form: string
  /** The kind of the form across countries: GmbH, S.r.l. and OOO are all `llc`; empty where none is like it. */
  readonly kind: string
}

/** A form by each of its spellings, of one or more words. */
export const LEGAL_FORMS: ReadonlyMap<string, LegalForm> = new Map(
  [...readTable(FORMS + FORMS_ADDED, 'keys-too')].map(([spelling, id]) => {
    const [form = '', kind = ''] = id.split('=')
    return [spelling, { form, kind }] as const
  }),
)
