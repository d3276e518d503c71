// The time zone database (tz 2025), as kube-apiserver and kube-controller-manager have it built in: its names, told with their capitals, and by
// which rule each zone goes from 2026 on. A rule is the last line of the zone's file, in minutes: what is added to UTC, and in summer time, and when
// that begins and ends (month, week, weekday, and the time of that day).
import { civil, daysFromCivil } from '../base/civil.ts';

const rules = [
  '-180',
  '0',
  '60 120 3.5.0/120 10.5.0/180',
  '-240',
  '180',
  '-300 -240 3.2.0/120 11.1.0/120',
  '480',
  '300',
  '120',
  '-360 -300 3.2.0/120 11.1.0/120',
  '-360',
  '-300',
  '420',
  '120 180 3.5.0/180 10.5.0/240',
  '60',
  '0 60 3.5.0/60 10.5.0/120',
  '-420',
  '600',
  '240',
  '-420 -360 3.2.0/120 11.1.0/120',
  '720',
  '540',
  '660',
  '600 660 10.1.0/120 4.1.0/180',
  '360',
  '-480 -420 3.2.0/120 11.1.0/120',
  '-540 -480 3.2.0/120 11.1.0/120',
  '-240 -180 3.2.0/120 11.1.0/120',
  '-600',
  '-660',
  '780',
  '-120',
  '720 780 9.5.0/120 4.1.0/180',
  '570 630 10.1.0/120 4.1.0/180',
  '-600 -540 3.2.0/120 11.1.0/120',
  '-120 -60 3.5.0/-60 10.5.0/0',
  '330',
  '120 180 3.4.4/1560 10.5.0/120',
  '390',
  '120 180 4.5.5/0 10.5.4/1440',
  '-300 -240 3.2.0/0 11.1.0/60',
  '-240 -180 9.1.6/1440 4.1.6/1440',
  '-210 -150 3.2.0/120 11.1.0/120',
  '345',
  '210',
  '-60',
  '570',
  '630 660 10.1.0/120 4.1.0/120',
  '-360 -300 9.1.6/1320 4.1.6/1320',
  '60 0 10.5.0/120 3.5.0/60',
  '-480',
  '-540',
  '840',
  '120 180 3.5.0/120 10.5.0/180',
  '765 825 9.5.0/165 4.1.0/225',
  '-180 -120 3.2.0/120 11.1.0/120',
  '0 120 3.5.0/60 10.5.0/180',
  '120 180 3.5.0/0 10.5.0/0',
  '270',
  '-60 0 3.5.0/0 10.5.0/60',
  '525',
  '-720',
  '-570',
  '660 720 10.1.0/120 4.1.0/180',
];

const codes = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** By area, and for each name the code of its rule; `-`: it is no rule that tells. */
const zones: Readonly<Record<string, readonly [names: string, rules: string]>> = {
  Africa: [
    'Abidjan Accra Addis_Ababa Algiers Asmara Asmera Bamako Bangui Banjul Bissau Blantyre Brazzaville Bujumbura Cairo Casablanca Ceuta Conakry Dakar Dar_es_Salaam Djibouti Douala El_Aaiun Freetown Gaborone Harare Johannesburg Juba Kampala Khartoum Kigali Kinshasa Lagos Libreville Lome Luanda Lubumbashi Lusaka Malabo Maputo Maseru Mbabane Mogadishu Monrovia Nairobi Ndjamena Niamey Nouakchott Ouagadougou Porto-Novo Sao_Tome Timbuktu Tripoli Tunis Windhoek',
    'BBEOEEBOBBIOIn-CBBEEO-BIIIIEIIOOOBOIIOIIIEBEOOBBOBBIOI',
  ],
  America: [
    'Adak Anchorage Anguilla Antigua Araguaina Argentina/Buenos_Aires Argentina/Catamarca Argentina/ComodRivadavia Argentina/Cordoba Argentina/Jujuy Argentina/La_Rioja Argentina/Mendoza Argentina/Rio_Gallegos Argentina/Salta Argentina/San_Juan Argentina/San_Luis Argentina/Tucuman Argentina/Ushuaia Aruba Asuncion Atikokan Atka Bahia Bahia_Banderas Barbados Belem Belize Blanc-Sablon Boa_Vista Bogota Boise Buenos_Aires Cambridge_Bay Campo_Grande Cancun Caracas Catamarca Cayenne Cayman Chicago Chihuahua Ciudad_Juarez Coral_Harbour Cordoba Costa_Rica Coyhaique Creston Cuiaba Curacao Danmarkshavn Dawson Dawson_Creek Denver Detroit Dominica Edmonton Eirunepe El_Salvador Ensenada Fort_Nelson Fort_Wayne Fortaleza Glace_Bay Godthab Goose_Bay Grand_Turk Grenada Guadeloupe Guatemala Guayaquil Guyana Halifax Havana Hermosillo Indiana/Indianapolis Indiana/Knox Indiana/Marengo Indiana/Petersburg Indiana/Tell_City Indiana/Vevay Indiana/Vincennes Indiana/Winamac Indianapolis Inuvik Iqaluit Jamaica Jujuy Juneau Kentucky/Louisville Kentucky/Monticello Knox_IN Kralendijk La_Paz Lima Los_Angeles Louisville Lower_Princes Maceio Managua Manaus Marigot Martinique Matamoros Mazatlan Mendoza Menominee Merida Metlakatla Mexico_City Miquelon Moncton Monterrey Montevideo Montreal Montserrat Nassau New_York Nipigon Nome Noronha North_Dakota/Beulah North_Dakota/Center North_Dakota/New_Salem Nuuk Ojinaga Panama Pangnirtung Paramaribo Phoenix Port-au-Prince Port_of_Spain Porto_Acre Porto_Velho Puerto_Rico Punta_Arenas Rainy_River Rankin_Inlet Recife Regina Resolute Rio_Branco Rosario Santa_Isabel Santarem Santiago Santo_Domingo Sao_Paulo Scoresbysund Shiprock Sitka St_Barthelemy St_Johns St_Kitts St_Lucia St_Thomas St_Vincent Swift_Current Tegucigalpa Thule Thunder_Bay Tijuana Toronto Tortola Vancouver Virgin Whitehorse Winnipeg Yakutat Yellowknife',
    'iaDDAAAAAAAAAAAAAADALiAKDAKDDLTATDLDAALJKTLAKAQDDBQQTFDTLKZQFAbjbFDDKLDboQFJFFJFFFFTFLAaFFJDDLZFDAKDDDJQAJKaK3bKAFDFFFafJJJjJLFAQFDLDDAJJAKJLAZApDAjTaDqDDDDKKbFZFDZDQJaT',
  ],
  Antarctica: [
    'Casey Davis DumontDUrville Macquarie Mawson McMurdo Palmer Rothera South_Pole Syowa Troll Vostok',
    'GMRXHgAAgE4H',
  ],
  Arctic: ['Longyearbyen', 'C'],
  Asia: [
    'Aden Almaty Amman Anadyr Aqtau Aqtobe Ashgabat Ashkhabad Atyrau Baghdad Bahrain Baku Bangkok Barnaul Beirut Bishkek Brunei Calcutta Chita Choibalsan Chongqing Chungking Colombo Dacca Damascus Dhaka Dili Dubai Dushanbe Famagusta Gaza Harbin Hebron Ho_Chi_Minh Hong_Kong Hovd Irkutsk Istanbul Jakarta Jayapura Jerusalem Kabul Kamchatka Karachi Kashgar Kathmandu Katmandu Khandyga Kolkata Krasnoyarsk Kuala_Lumpur Kuching Kuwait Macao Macau Magadan Makassar Manila Muscat Nicosia Novokuznetsk Novosibirsk Omsk Oral Phnom_Penh Pontianak Pyongyang Qatar Qostanay Qyzylorda Rangoon Riyadh Saigon Sakhalin Samarkand Seoul Shanghai Singapore Srednekolymsk Taipei Tashkent Tbilisi Tehran Tel_Aviv Thimbu Thimphu Tokyo Tomsk Ujung_Pandang Ulaanbaatar Ulan_Bator Urumqi Ust-Nera Vientiane Vladivostok Yakutsk Yangon Yekaterinburg Yerevan',
    'EHEUHHHHHEESMM5YGkVGGGkYEYVSHN-G-MGMGEMVl6UHYrrVkMGGEGGWGGSNMMYHMMVEHHmEMWHVGGWGHSslYYVMGGGYRMRVmHS',
  ],
  Atlantic: [
    'Azores Bermuda Canary Cape_Verde Faeroe Faroe Jan_Mayen Madeira Reykjavik South_Georgia St_Helena Stanley',
    '7bPtPPCPBfBA',
  ],
  Australia: [
    'ACT Adelaide Brisbane Broken_Hill Canberra Currie Darwin Eucla Hobart LHI Lindeman Lord_Howe Melbourne NSW North Perth Queensland South Sydney Tasmania Victoria West Yancowinna',
    'XhRhXXu8XvRvXXuGRhXXXGh',
  ],
  Brazil: ['Acre DeNoronha East West', 'LfAD'],
  '': [
    'CET CST6CDT Cuba EET EST EST5EDT Egypt Eire Factory GB GB-Eire GMT GMT+0 GMT-0 GMT0 Greenwich HST Hongkong Iceland Iran Israel Jamaica Japan Kwajalein Libya MET MST MST7MDT NZ NZ-CHAT Navajo PRC PST8PDT Poland Portugal ROC ROK Singapore Turkey UCT UTC Universal W-SU WET Zulu',
    'CJoNLFnxBPPBBBBBcGBslLVUICQTg2TGZCPGVGEBBBEPB',
  ],
  Canada: ['Atlantic Central Eastern Mountain Newfoundland Pacific Saskatchewan Yukon', 'bJFTqZKQ'],
  Chile: ['Continental EasterIsland', 'pw'],
  Etc: [
    'GMT GMT+0 GMT+1 GMT+10 GMT+11 GMT+12 GMT+2 GMT+3 GMT+4 GMT+5 GMT+6 GMT+7 GMT+8 GMT+9 GMT-0 GMT-1 GMT-10 GMT-11 GMT-12 GMT-13 GMT-14 GMT-2 GMT-3 GMT-4 GMT-5 GMT-6 GMT-7 GMT-8 GMT-9 GMT0 Greenwich UCT UTC Universal Zulu',
    'BBtcd9fADLKQyzBORWUe0IESHYMGVBBBBBB',
  ],
  Europe: [
    'Amsterdam Andorra Astrakhan Athens Belfast Belgrade Berlin Bratislava Brussels Bucharest Budapest Busingen Chisinau Copenhagen Dublin Gibraltar Guernsey Helsinki Isle_of_Man Istanbul Jersey Kaliningrad Kiev Kirov Kyiv Lisbon Ljubljana London Luxembourg Madrid Malta Mariehamn Minsk Monaco Moscow Nicosia Oslo Paris Podgorica Prague Riga Rome Samara San_Marino Sarajevo Saratov Simferopol Skopje Sofia Stockholm Tallinn Tirane Tiraspol Ulyanovsk Uzhgorod Vaduz Vatican Vienna Vilnius Volgograd Warsaw Zagreb Zaporozhye Zurich',
    'CCSNPCCCCNCC1CxCPNPEPINENPCPCCCNECENCCCCNCSCCSECNCNC1SNCCCNECCNC',
  ],
  Indian: [
    'Antananarivo Chagos Christmas Cocos Comoro Kerguelen Mahe Maldives Mauritius Mayotte Reunion',
    'EYMmEHSHSES',
  ],
  Mexico: ['BajaNorte BajaSur General', 'ZQK'],
  Pacific: [
    'Apia Auckland Bougainville Chatham Chuuk Easter Efate Enderbury Fakaofo Fiji Funafuti Galapagos Gambier Guadalcanal Guam Honolulu Johnston Kanton Kiritimati Kosrae Kwajalein Majuro Marquesas Midway Nauru Niue Norfolk Noumea Pago_Pago Palau Pitcairn Pohnpei Ponape Port_Moresby Rarotonga Saipan Samoa Tahiti Tarawa Tongatapu Truk Wake Wallis Yap',
    'egW2RwWeeUUKzWRcce0WUU+dUd/WdVyWWRcRdcUeRUUR',
  ],
  US: [
    'Alaska Aleutian Arizona Central East-Indiana Eastern Hawaii Indiana-Starke Michigan Mountain Pacific Samoa',
    'aiQJFFcJFTZd',
  ],
};

/** Seconds to add to UTC at a moment (seconds since 1970). */
export type Offset = (utc: number) => number;

let ruleByName: ReadonlyMap<string, string> | undefined;

function rulesByName(): ReadonlyMap<string, string> {
  ruleByName ??= new Map(
    Object.entries(zones).flatMap(([area, [places, code]]) =>
      places.split(' ').map((place, i): [string, string] => {
        const name = area ? `${area}/${place}` : place;
        return [name, rules[codes.indexOf(code[i] ?? '')] ?? ''];
      }),
    ),
  );
  return ruleByName;
}

/** Whether time.LoadLocation finds a zone of the name. */
export const isTimeZone = (name: string): boolean => rulesByName().has(name);

/** What a zone adds to UTC from 2026 on; undefined where that is not known. */
export function offsetOf(name: string): Offset | undefined {
  const [standard, summer, start, end] = rulesByName().get(name)?.split(' ') ?? [];
  if (!standard) return undefined;
  const usual = Number(standard) * 60;
  if (start === undefined || end === undefined) return () => usual;
  return withSummer(usual, Number(summer) * 60, start, end);
}

/** Go's tzset: the year is that of UTC. Where summer time lasts over the turn of the year, it is the rest of the year that has an end. */
function withSummer(usual: number, summer: number, start: string, end: string): Offset {
  return (utc) => {
    const year = yearOf(utc);
    const begin = daysFromCivil(year, 1, 1) * day;
    const [from, until] = [momentIn(year, start, usual), momentIn(year, end, summer)];
    const since = utc - begin;
    if (until < from) return since < until || since >= from ? summer : usual;
    return since >= from && since < until ? summer : usual;
  };
}

const day = 86_400;

function yearOf(utc: number): number {
  return civil(Math.floor(utc / day)).year;
}

/** The seconds of a year, in UTC, until a rule's `month.week.weekday/minutes`, told by a clock that is so far ahead. */
function momentIn(year: number, rule: string, ahead: number): number {
  const [month = 1, week = 1, weekday = 0, minutes = 0] = rule.split(/[./]/).map(Number);
  const first = daysFromCivil(year, month, 1);
  const length = (month === 12 ? daysFromCivil(year + 1, 1, 1) : daysFromCivil(year, month + 1, 1)) - first;
  // 1970-01-01 was a Thursday
  let date = (weekday - ((first + 4) % 7) + 7) % 7;
  for (let i = 1; i < week && date + 7 < length; i++) date += 7;
  return (first + date - daysFromCivil(year, 1, 1)) * day + minutes * 60 - ahead;
}
