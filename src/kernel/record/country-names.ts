/**
 * Other names of countries than the English ones of FollowTheMoney, each certain by itself: in the languages of the coalition for its states and partners,
 * and older or longer English names. Names that more than one country answers to (Congo, Korea, Guinea alone) are left out.
 * Source of codes: ISO 3166-1 (alpha-2 with alpha-3).
 */
export const COUNTRY_NAMES =
  'al=albanie,albanien,albania,albânia|ar=argentinië,argentine,argentinien,argentina|at=oostenrijk,autriche,österreich,austria,áustria|' +
  'ba=bosnië en herzegovina,bosnië-herzegovina,bosnie-herzégovine,bosnien und herzegowina,bosnia y herzegovina,bosnia ed erzegovina,bósnia e herzegovina,bosnia-herzegovina|' +
  'be=belgië,belgique,belgien,bélgica,belgio|bg=bulgarije,bulgarie,bulgarien,bulgaria,bulgária|bo=bolivie,bolivien,bolivia,bolívia,plurinational state of bolivia|' +
  'br=brazilië,brésil,brasilien,brasil,brasile|ch=zwitserland,suisse,schweiz,suiza,svizzera,suíça|cl=chili,chile,cile|cn=people’s republic of china,chine,china,cina|' +
  'co=colombie,kolumbien,colombia,colômbia|cr=costa rica|cv=cabo verde,kaapverdië,cap-vert,kap verde,capo verde|cy=zypern,chypre,chipre,cipro|' +
  'cz=czech republic,tsjechië,tchéquie,tschechien,chequia,cechia,república checa|de=duitsland,allemagne,deutschland,alemania,germania,alemanha|' +
  'dk=denemarken,danemark,dänemark,dinamarca,danimarca|do=dominicaanse republiek,république dominicaine,dominikanische republik,república dominicana,repubblica dominicana|' +
  'ec=équateur,ecuador,equador|ee=estland,estonie,estonia,estónia|es=spanje,espagne,spanien,españa,spagna,espanha|fi=finlande,finnland,finlandia,finlândia|' +
  'fr=frankrijk,frankreich,francia,frança|gb=great britain,united kingdom of great britain and northern ireland,verenigd koninkrijk,royaume-uni,vereinigtes königreich,reino unido,regno unito|' +
  'gr=griekenland,grèce,griechenland,grecia,grécia,hellas|gt=guatemala|hn=honduras|hr=kroatië,croatie,kroatien,croacia,croazia,croácia,hrvatska|' +
  'hu=hongarije,hongrie,ungarn,hungría,ungheria,hungria,magyarország|ie=ierland,irlande,irland,irlanda,éire|it=italië,italie,italien,italia,itália|' +
  'lt=litouwen,lituanie,litauen,lituania,lituânia|lu=luxemburg,luxemburgo,lussemburgo|lv=letland,lettonie,lettland,letonia,lettonia,letónia|' +
  'ma=marokko,maroc,marruecos,marocco,marrocos|md=republic of moldova,moldavië,moldavie,moldawien,moldavia,moldávia|me=monténégro,crna gora|' +
  'mk=macedonia,noord-macedonië,macédoine du nord,nordmazedonien,macedonia del norte,macedonia del nord,macedónia do norte|mt=malte|' +
  'mx=mexique,mexiko,méxico,messico|nl=the netherlands,holland,nederland,pays-bas,niederlande,países bajos,paesi bassi,países baixos|no=noorwegen,norvège,norwegen,noruega,norvegia|' +
  'pa=panamá|pe=pérou,perú|pl=polen,pologne,polonia,polónia,polska|pt=portogallo|py=paraguai|ro=roemenië,roumanie,rumänien,rumania,romênia,roménia|' +
  'rs=servië,serbie,serbien,serbia,sérvia,srbija|ru=russian federation,rusland,russie,russland,rusia,rússia|se=zweden,suède,schweden,suecia,svezia,suécia,sverige|' +
  'si=slovenië,slovénie,slowenien,eslovenia,eslovénia|sk=slowakije,slovaquie,slowakei,eslovaquia,slovacchia,eslováquia|sr=surinam|' +
  'tr=turkey,turkije,turquie,türkei,turquía,turchia,turquia|ua=oekraïne,ukraine,ucrania,ucraina,ucrânia|' +
  'us=usa,united states,verenigde staten,états-unis,vereinigte staaten,estados unidos,stati uniti|uy=uruguai|ve=bolivarian republic of venezuela|' +
  'xk=kosova|cd=democratic republic of the congo|cg=republic of the congo|ci=ivory coast|ir=islamic republic of iran|kp=democratic people’s republic of korea|' +
  'kr=republic of korea|la=lao people’s democratic republic|mm=burma|sz=swaziland|sy=syrian arab republic|tz=united republic of tanzania|vn=viet nam|hk=hong kong|mo=macao,macau|ae=uae'

/** ISO 3166-1: alpha-3 by alpha-2. */
export const COUNTRY_ALPHA_3 =
  'ad=and ae=are af=afg ag=atg ai=aia al=alb am=arm ao=ago aq=ata ar=arg as=asm at=aut au=aus aw=abw ax=ala az=aze ba=bih bb=brb bd=bgd be=bel bf=bfa ' +
  'bg=bgr bh=bhr bi=bdi bj=ben bl=blm bm=bmu bn=brn bo=bol bq=bes br=bra bs=bhs bt=btn bv=bvt bw=bwa by=blr bz=blz ca=can cc=cck cd=cod cf=caf cg=cog ' +
  'ch=che ci=civ ck=cok cl=chl cm=cmr cn=chn co=col cr=cri cu=cub cv=cpv cw=cuw cx=cxr cy=cyp cz=cze de=deu dj=dji dk=dnk dm=dma do=dom dz=dza ec=ecu ' +
  'ee=est eg=egy eh=esh er=eri es=esp et=eth fi=fin fj=fji fk=flk fm=fsm fo=fro fr=fra ga=gab gb=gbr gd=grd ge=geo gf=guf gg=ggy gh=gha gi=gib gl=grl ' +
  'gm=gmb gn=gin gp=glp gq=gnq gr=grc gs=sgs gt=gtm gu=gum gw=gnb gy=guy hk=hkg hm=hmd hn=hnd hr=hrv ht=hti hu=hun id=idn ie=irl il=isr im=imn in=ind ' +
  'io=iot iq=irq ir=irn is=isl it=ita je=jey jm=jam jo=jor jp=jpn ke=ken kg=kgz kh=khm ki=kir km=com kn=kna kp=prk kr=kor kw=kwt ky=cym kz=kaz la=lao ' +
  'lb=lbn lc=lca li=lie lk=lka lr=lbr ls=lso lt=ltu lu=lux lv=lva ly=lby ma=mar mc=mco md=mda me=mne mf=maf mg=mdg mh=mhl mk=mkd ml=mli mm=mmr mn=mng ' +
  'mo=mac mp=mnp mq=mtq mr=mrt ms=msr mt=mlt mu=mus mv=mdv mw=mwi mx=mex my=mys mz=moz na=nam nc=ncl ne=ner nf=nfk ng=nga ni=nic nl=nld no=nor np=npl ' +
  'nr=nru nu=niu nz=nzl om=omn pa=pan pe=per pf=pyf pg=png ph=phl pk=pak pl=pol pm=spm pn=pcn pr=pri ps=pse pt=prt pw=plw py=pry qa=qat re=reu ro=rou ' +
  'rs=srb ru=rus rw=rwa sa=sau sb=slb sc=syc sd=sdn se=swe sg=sgp sh=shn si=svn sj=sjm sk=svk sl=sle sm=smr sn=sen so=som sr=sur ss=ssd st=stp sv=slv ' +
  'sx=sxm sy=syr sz=swz tc=tca td=tcd tf=atf tg=tgo th=tha tj=tjk tk=tkl tl=tls tm=tkm tn=tun to=ton tr=tur tt=tto tv=tuv tw=twn tz=tza ua=ukr ug=uga ' +
  'um=umi us=usa uy=ury uz=uzb va=vat vc=vct ve=ven vg=vgb vi=vir vn=vnm vu=vut wf=wlf ws=wsm ye=yem yt=myt za=zaf zm=zmb zw=zwe'
