# ruff: noqa: E501 - publishers write long lines
"""Small lists in their publishers' formats. Synthetic: no name here is a real designation."""

from __future__ import annotations

from pathlib import Path

OFAC_XML = """<?xml version="1.0" standalone="yes"?>
<sdnList xmlns="https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/XML">
  <publshInformation><Publish_Date>06/22/2026</Publish_Date><Record_Count>{count}</Record_Count></publshInformation>
  <sdnEntry><uid>9001</uid><lastName>NORDWIND SAMPLE SHIPPING LLC</lastName><sdnType>Entity</sdnType>
    <programList><program>SAMPLE-EO1</program><program>SAMPLE-EO2</program></programList>
    <idList><id><uid>1</uid><idType>Registration Number</idType><idNumber>SMP-55-1234</idNumber></id></idList>
    <akaList>
      <aka><uid>2</uid><type>a.k.a.</type><category>strong</category><lastName>NORDWIND LINES</lastName></aka>
      <aka><uid>3</uid><type>a.k.a.</type><category>weak</category><lastName>NSL</lastName></aka>
    </akaList>
    <addressList><address><uid>4</uid><city>Pyongyang</city><country>Korea, North</country></address></addressList>
  </sdnEntry>
  <sdnEntry><uid>9002</uid><firstName>Testo</firstName><lastName>SAMPLEMAN</lastName><sdnType>Individual</sdnType>
    <remarks>(Linked To: NORDWIND SAMPLE SHIPPING LLC)</remarks>
    <nationalityList><nationality><uid>5</uid><country>Iran</country></nationality></nationalityList>
    <dateOfBirthList><dateOfBirthItem><uid>6</uid><dateOfBirth>07 Oct 1952</dateOfBirth></dateOfBirthItem>
      <dateOfBirthItem><uid>7</uid><dateOfBirth>circa 1953</dateOfBirth></dateOfBirthItem></dateOfBirthList>
  </sdnEntry>
</sdnList>
"""
SDN_CSV = (
    '9001,"NORDWIND SAMPLE SHIPPING LLC",-0- ,"SAMPLE-EO1] [SAMPLE-EO2",-0- ,-0- ,-0- ,-0- ,-0- ,'
    '-0- ,-0- ,"Registration Number SMP-55-1234 (Iran); Linked To: NOBODY."\r\n'
    '9002,"SAMPLEMAN, Testo","individual","SAMPLE-EO1","Director",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,'
    '"DOB 07 Oct 1952; alt. DOB circa 1953; nationality Iran; Passport X7654321 (Iran)."\r\n'
    "\x1a"
)
ALT_CSV = '9001,2,"aka","NORDWIND LINES",-0- \r\n9001,3,"aka","NSL","weak"\r\n'
ADD_CSV = '9001,4,"1 Sample St","Pyongyang","Korea, North",-0- \r\n'
UN_XML = """<?xml version="1.0" encoding="UTF-8"?>
<CONSOLIDATED_LIST dateGenerated="2026-07-14T08:00:00">
  <INDIVIDUALS><INDIVIDUAL>
    <DATAID>700001</DATAID><FIRST_NAME>TESTO</FIRST_NAME><SECOND_NAME>BIN</SECOND_NAME><THIRD_NAME>SAMPLE</THIRD_NAME>
    <UN_LIST_TYPE>Sample</UN_LIST_TYPE><REFERENCE_NUMBER>SMi.001</REFERENCE_NUMBER>
    <NAME_ORIGINAL_SCRIPT>تستو سامبل</NAME_ORIGINAL_SCRIPT><COMMENTS1>Synthetic.</COMMENTS1>
    <NATIONALITY><VALUE>Russian Federation</VALUE></NATIONALITY>
    <INDIVIDUAL_ALIAS><QUALITY>Good</QUALITY><ALIAS_NAME>Testo Sampler</ALIAS_NAME></INDIVIDUAL_ALIAS>
    <INDIVIDUAL_ALIAS><QUALITY>Low</QUALITY><ALIAS_NAME>Sam</ALIAS_NAME></INDIVIDUAL_ALIAS>
    <INDIVIDUAL_ALIAS><QUALITY/><ALIAS_NAME/></INDIVIDUAL_ALIAS>
    <INDIVIDUAL_ADDRESS><COUNTRY>Syrian Arab Republic</COUNTRY></INDIVIDUAL_ADDRESS>
    <INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>EXACT</TYPE_OF_DATE><DATE>1965-03-12</DATE></INDIVIDUAL_DATE_OF_BIRTH>
    <INDIVIDUAL_DOCUMENT><TYPE_OF_DOCUMENT>Passport</TYPE_OF_DOCUMENT><NUMBER>750123456</NUMBER></INDIVIDUAL_DOCUMENT>
  </INDIVIDUAL></INDIVIDUALS>
  <ENTITIES><ENTITY><DATAID>700002</DATAID><FIRST_NAME>SAMPLE HOLDING</FIRST_NAME>
    <REFERENCE_NUMBER>SMe.002</REFERENCE_NUMBER>
    <ENTITY_ALIAS><QUALITY>a.k.a.</QUALITY><ALIAS_NAME>Sample Group</ALIAS_NAME></ENTITY_ALIAS>
    <ENTITY_ADDRESS><COUNTRY>Democratic People's Republic of Korea</COUNTRY></ENTITY_ADDRESS>
  </ENTITY></ENTITIES>
</CONSOLIDATED_LIST>
"""
EU_XML = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<export xmlns="http://eu.europa.ec/fpi/fsd/export" generationDate="2026-08-05T16:47:04.449+02:00" globalFileId="1">
  <sanctionEntity designationDetails="" unitedNationId="" euReferenceNumber="EU.900.1" logicalId="13">
    <remark>Synthetic.</remark>
    <regulation regulationType="amendment" publicationDate="2026-02-16" programme="SMP" logicalId="1"/>
    <subjectType code="person" classificationCode="P"/>
    <nameAlias firstName="Testo" lastName="Sampleman" wholeName="Testo Sampleman" strong="true" logicalId="1"/>
    <nameAlias wholeName="Testo Sampleman" strong="true" logicalId="2"/>
    <nameAlias wholeName="Тесто Семплман" nameLanguage="BG" strong="true" logicalId="3"/>
    <nameAlias wholeName="The Sampler" strong="false" logicalId="4"/>
    <citizenship countryIso2Code="RU" countryDescription="RUSSIAN FEDERATION" logicalId="5"/>
    <citizenship countryIso2Code="00" countryDescription="UNKNOWN" logicalId="6"/>
    <birthdate circa="false" calendarType="GREGORIAN" birthdate="1961-04-28" year="1961" logicalId="7"/>
    <identification number="D9X123" identificationTypeCode="passport" countryIso2Code="RU" logicalId="8"/>
  </sanctionEntity>
  <sanctionEntity euReferenceNumber="EU.901.2" logicalId="20"><subjectType code="enterprise" classificationCode="E"/>
    <nameAlias wholeName="Sample Trade LLC" strong="true" logicalId="9"/><address city="Minsk" countryIso2Code="BY" logicalId="10"/>
  </sanctionEntity>
</export>
"""
UK_CSV = (
    "Report Date: 23-Sep-2026\r\n"
    "Last Updated,Unique ID,OFSI Group ID,UN Reference Number,Name 6,Name 1,Name 2,Name 3,Name 4,"
    "Name 5,Name type,Alias strength,Title,Name non-latin script,Regime Name,"
    '"Individual, Entity, Ship",Other Information,Address Country,D.O.B,Nationality(/ies),'
    "National Identifier number,Passport number,Business registration number (s),IMO number\r\n"
    "01/02/2026,SMP0001,1,,SAMPLEMANN,Testo,,,,,Alias,Low,,,Sample,Individual,,,dd/mm/1961,,,,,\r\n"
    "01/02/2026,SMP0001,1,,SAMPLEMAN,Testo,,,,,Primary Name,,,Тесто Семплман,Sample,Individual,"
    "Synthetic.,,28/04/1961,(1) Iraq (2) Syria,,P1234567,,\r\n"
    "01/02/2026,SMP0002,2,,SAMPLE STAR,,,,,,Primary Name,,,,Sample,Ship,,Panama,,,,,,9123456\r\n"
)
OFSI_CSV = (
    "Last Updated,14/11/2023\n"
    "Name 6,Name 1,Name 2,Name 3,Name 4,Name 5,Title,Name Non-Latin Script,Non-Latin Script Type,"
    "Non-Latin Script Language,DOB,Town of Birth,Country of Birth,Nationality,Passport Number,"
    "National Identification Number,Country,Other Information,Group Type,Alias Type,Alias Quality,"
    "Regime,Listed On,Last Updated,Group ID\n"
    "SAMPLE WORKS,,,,,,,,,,,,,,,,Korea North,,Entity,Primary name,,Sample,01/01/2020,01/01/2021,77\n"
    "SAMPLE PLANT,,,,,,,,,,,,,,,,North Korea,,Entity,AKA,Good,Sample,01/01/2020,01/01/2021,77\n"
)
WATCH_CSV = (
    "key,name,aliases,countries,identifiers,kind,day,reason\n"
    "W1,华信样品有限公司,Huaxin Sample|HX Sample,CN,91110000600037341L,company,2010-05-01,Unpaid 2019\n"
)
BOMB_XML = """<?xml version="1.0"?>
<!DOCTYPE sdnList [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>
<sdnList><sdnEntry><uid>1</uid><lastName>&b;</lastName></sdnEntry></sdnList>
"""
OUTSIDE_XML = """<?xml version="1.0"?>
<!DOCTYPE export [<!ENTITY x SYSTEM "file:///etc/passwd">]>
<export><sanctionEntity logicalId="1"><nameAlias wholeName="&x;"/></sanctionEntity></export>
"""


def written(folder: Path, name: str, content: str) -> Path:
    path = folder / name
    path.write_text(content, encoding="utf-8", newline="")
    return path
