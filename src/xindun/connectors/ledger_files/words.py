"""Words in cells: document and settlement kinds, yes and no, currencies, countries, terms.

What a reader would get wrong: a word that is not known is refused, never read as the nearest
known one; only two-character SAP document types that nobody publishes are read by their sign,
with a notice.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

import pycountry

from xindun.engine import schema
from xindun.kernel.money import is_currency

DEBIT_NOTE = "debit_note"
BY_SIGN = "by_sign"
CANCELLED = "cancelled"
EMPTY = frozenset(("", "nan", "nat", "null", "none", "n/a", "#n/a", "-", "--", "<na>"))


class UnknownWord(ValueError):
    """The cell's word has no known meaning."""


class Ambiguous(ValueError):
    """The cell's word has more than one meaning."""


def fold(text: str) -> str:
    """NFKC, casefolded, inner spaces and marks as one space."""
    folded = unicodedata.normalize("NFKC", text).strip().casefold()
    return re.sub(r"[\s_\-./:]+", " ", folded).strip()


def _table(entries: dict[str, str]) -> dict[str, str]:
    return {fold(word): meaning for meaning, words in entries.items() for word in words.split("|")}


DOCUMENT_KINDS = _table(
    {
        schema.INVOICE: "invoice|inv|invoices|sales invoice|customer invoice|tax invoice|bill|"
        "rechnung|rv|dr|rd|ri|f1|f2|accrec|out_invoice|sales|charge|opening invoice|"
        "opening balance|发票|销售发票|应收单|应收|销售应收单|应收账款|销售专用发票|销售普通发票|"
        "增值税专用发票|增值税普通发票|标准应收单|其他应收单|期初应收|期初余额|發票|銷售發票|應收單|應收",
        DEBIT_NOTE: "debit note|debit memo|debit|dn|dm|lastschrift|belastung|借项通知单|借项|借方|"
        "借記單|finance charge|interest invoice|违约金|利息单",
        schema.CREDIT_NOTE: "credit note|credit memo|creditnote|cn|cm|credit|credit invoice|return|"
        "refund note|gutschrift|dg|g2|re|accreccredit|out_refund|customer credit note|"
        "sales return|红字发票|红票|红冲|负数发票|贷项通知单|贷项|退货单|销售退货|折让|折让单|"
        "销售折让|红字应收单|紅字發票|貸項通知單|退貨單|折讓單",
        schema.RECEIPT: "receipt|receipts|payment|payments|cash receipt|customer payment|"
        "payment entry|payment receipt|received|cash|bank receipt|incoming payment|zahlung|"
        "zahlungseingang|dz|pmt|pay|arcreditpayment|accrecpayment|deposit|advance|prepayment|"
        "on account|收款|收款单|收款單|回款|回款单|销售收款|销售收款单|到账|预收|预收款|预收单|收款退款单|"
        "银行收款|期初收款|收据|收據",
        schema.WRITE_OFF: "write off|writeoff|bad debt|bad debts|bad debt write off|abschreibung|"
        "坏账|坏账核销|坏账损失|核销坏账|呆账核销|壞賬|壞帳|壞賬核銷",
        schema.SET_OFF: "set off|setoff|offset|netting|contra|verrechnung|抵账|抵消|对冲|冲抵|应收冲应付|"
        "抵賬|對沖|以账抵账",
        schema.GOODS: "goods|goods in settlement|barter|以物抵债|以货抵债|实物抵债|抵货",
        schema.UNBILLED_DELIVERY: "unbilled delivery|unbilled|delivered not invoiced|"
        "goods delivered not invoiced|unbilled receivable|delivery note|delivery|accrued revenue|"
        "已发货未开票|未开票|未开票应收|发出商品|暂估应收|已發貨未開票|送货单|发货单|出库单|销售出库单",
        schema.RETENTION: "retention|retainage|retention money|warranty retention|einbehalt|质保金|"
        "质保金应收|保证金|保修金|质量保证金|保固金|質保金",
        BY_SIGN: "ab|sa|da|ac|journal entry|journal|general journal|je|adjustment|期初|转账|凭证|"
        "记账凭证|转|记|调整",
    }
)

SETTLEMENT_KINDS = _table(
    {
        schema.CASH: "cash|transfer|bank transfer|wire|wire transfer|telegraphic transfer|t/t|tt|"
        "cheque|check|card|credit card|ach|sepa|sepa transfer|direct debit|bank|bank draft|eft|"
        "überweisung|现金|电汇|转账|银行转账|银行存款|网银|汇款|现汇|支票|转账支票|微信|支付宝|現金|電匯|"
        "轉帳|轉賬|匯款|网银转账|对公转账",
        schema.BANK_ACCEPTANCE: "bank acceptance|bank acceptance bill|banker's acceptance|"
        "bankers acceptance|银承|银行承兑|银行承兑汇票|电子银行承兑汇票|电子银承|银票|銀承|銀行承兌|"
        "銀行承兌匯票",
        schema.COMMERCIAL_ACCEPTANCE: "commercial acceptance|commercial acceptance bill|"
        "trade acceptance|商承|商业承兑|商业承兑汇票|电子商业承兑汇票|商票|商業承兌|商業承兌匯票",
        schema.ELECTRONIC_RECEIVABLE: "electronic receivable|electronic receivable certificate|"
        "e receivable|supply chain note|电子债权凭证|电子债权|供应链票据|数字债权凭证|云信|迪链|建信融通|"
        "融信|電子債權憑證",
        schema.SET_OFF: "set off|setoff|offset|netting|contra|抵账|抵消|对冲|三方抵账|冲抵|抵賬|對沖|"
        "应收冲应付|抵账协议",
        schema.GOODS: "goods|barter|以货抵债|以物抵债|实物|实物抵债|抵货",
        schema.CREDITED: "credit note|credit memo|credit|折让|红冲|退货|贷项",
        schema.WRITE_OFF: "write off|writeoff|bad debt|坏账|坏账核销|核销坏账|壞賬|壞帳",
    }
)
AMBIGUOUS_SETTLEMENTS = frozenset(map(fold, ("承兑", "承兑汇票", "票据", "bill", "draft", "汇票")))

BILL_STATUS = _table(
    {
        "held": "held|in hand|on hand|outstanding|open|received|持有|在手|库存|未到期|结存|收到",
        "endorsed": "endorsed|transferred|背书|背书转让|已背书|转让|背書",
        "discounted": "discounted|discounted with recourse|贴现|已贴现|有追索权贴现|附追索权贴现|有追索贴现|"
        "貼現",
        "discounted_without_recourse": "discounted without recourse|non recourse discount|"
        "无追索权贴现|无追索贴现|買斷|买断|卖断",
        "presented": "presented|in collection|collection|托收|托收中|提示付款|已提示付款",
        "honoured": "honoured|honored|paid|cleared|collected|兑付|已兑付|到期兑付|已承付|托收到账|已结清|"
        "兌付",
        "dishonoured": "dishonoured|dishonored|bounced|protested|returned|拒付|已拒付|退票|逾期未付",
    }
)

YES = frozenset(
    map(
        fold,
        ["yes", "y", "true", "t", "1", "1.0", "x", "是", "有", "有争议", "争议", "争议中", "对", "√", "ja", "disputed", "in dispute", "open"],
    )
)
NO = frozenset(
    map(
        fold,
        ["no", "n", "false", "f", "0", "0.0", "否", "无", "無", "没有", "无争议", "nein", "×", "none", "closed", "resolved", "已解决"],
    )
)

OPEN_STATES = _table(
    {
        "open": "1|1.0|true|yes|open|unpaid|not paid|not_paid|outstanding|overdue|due|sent|posted|"
        "authorised|authorized|awaiting payment|approved|submitted|viewed|issued|未清|未核销|未收款|未付|"
        "未付款|未结清|未回款|逾期|已审核|审核|是|partial|partly paid|partially paid|part paid|in payment|"
        "in_payment|部分核销|部分收款|部分付款|部分回款|unpaid and discounted|overdue and discounted",
        "closed": "0|0.0|false|no|closed|paid|cleared|settled|fully paid|complete|completed|已清|已核销|"
        "已收款|已付|已付款|已结清|已回款|结清|完全核销|否|reversed|完成|已完成|credit note issued|return",
        CANCELLED: "void|voided|cancelled|canceled|deleted|draft|作废|已作废|取消|已取消|草稿|暂存|作廢|"
        "rejected|创建",
    }
)

CURRENCY_NAMES = {
    fold(name): code
    for code, names in {
        "CNY": "rmb|人民币|人民幣|cnh|renminbi|yuan|rmb元|人民币元|元|cn¥|cny¥|圆",
        "USD": "us dollar|us dollars|usd$|us$|美元|美金|u.s. dollar|dollars us",
        "EUR": "€|euro|euros|欧元|歐元",
        "GBP": "£|pound|pound sterling|sterling|英镑|英鎊|pounds",
        "JPY": "yen|japanese yen|日元|日圆|日圓|円|jp¥",
        "HKD": "hk$|港币|港元|港幣|hong kong dollar",
        "TWD": "nt$|新台币|台币|新台幣|ntd",
        "KRW": "₩|won|韩元|韓元",
        "INR": "₹|rupee|rupees|indian rupee|印度卢比|rs",
        "CAD": "c$|ca$|canadian dollar|加元|加拿大元",
        "AUD": "a$|au$|australian dollar|澳元|澳大利亚元",
        "SGD": "s$|sg$|singapore dollar|新加坡元|新元",
        "CHF": "sfr|fr.|swiss franc|瑞士法郎",
        "RUB": "₽|rouble|ruble|卢布",
        "THB": "฿|baht|泰铢",
        "VND": "₫|dong|越南盾",
        "MYR": "rm|ringgit|林吉特|马来西亚林吉特",
    }.items()
    for name in names.split("|")
}
AMBIGUOUS_CURRENCIES = frozenset(("¥", "$", "kr", "dollar", "dollars", "peso", "本位币", "外币"))


def document_kind(text: str) -> str:
    """The document kind that a cell names.

    Raises:
        UnknownWord: no known kind.
    """
    word = fold(text)
    found = DOCUMENT_KINDS.get(word) or DOCUMENT_KINDS.get(re.sub(r"\s*\(.*\)$", "", word))
    if found:
        return found
    if re.fullmatch(r"[a-z][a-z0-9]", word):
        return BY_SIGN
    raise UnknownWord(text)


def settlement_kind(text: str) -> str:
    """The settlement kind that a cell names.

    Raises:
        Ambiguous: a bill whose acceptor is not said. UnknownWord: no known kind.
    """
    word = fold(text)
    if word in AMBIGUOUS_SETTLEMENTS:
        raise Ambiguous(text)
    if word not in SETTLEMENT_KINDS:
        raise UnknownWord(text)
    return SETTLEMENT_KINDS[word]


def bill_status(text: str) -> str:
    """Where a bill is: held, endorsed, discounted, presented, honoured or dishonoured."""
    word = fold(text)
    if word not in BILL_STATUS:
        raise UnknownWord(text)
    return BILL_STATUS[word]


def yes(text: str) -> bool:
    """Whether a flag is set."""
    word = fold(text)
    if word in YES:
        return True
    if word in NO:
        return False
    raise UnknownWord(text)


def open_state(text: str) -> str:
    """``open``, ``closed`` or ``cancelled``."""
    word = fold(text)
    if word not in OPEN_STATES:
        raise UnknownWord(text)
    return OPEN_STATES[word]


def currency(text: str) -> str:
    """The ISO 4217 code that a cell names.

    Raises:
        Ambiguous: ``¥`` is yuan or yen, ``$`` one of twenty. UnknownWord: no currency.
    """
    word = fold(text)
    if word in AMBIGUOUS_CURRENCIES:
        raise Ambiguous(text)
    code = word.upper()
    if re.fullmatch(r"[A-Z]{3}", code) and is_currency(code) and code not in CURRENCY_NAMES:
        return code
    if word not in CURRENCY_NAMES:
        raise UnknownWord(text)
    return CURRENCY_NAMES[word]


@cache
def _countries() -> dict[str, str]:
    found: dict[str, str] = {}
    for country in pycountry.countries:
        for name in (
            country.alpha_2,
            country.alpha_3,
            country.name,
            getattr(country, "common_name", None),
            getattr(country, "official_name", None),
        ):
            if name:
                found[fold(name)] = country.alpha_2
        found[str(int(country.numeric))] = found[country.numeric] = country.alpha_2
    for names, code in _OTHER_COUNTRIES.items():
        found.update(dict.fromkeys(map(fold, names.split("|")), code))
    return found


_OTHER_COUNTRIES = {
    "中国|中國|prc|china mainland|中国大陆|中华人民共和国": "CN",
    "美国|美國|usa|u.s.|u.s.a.|united states of america": "US",
    "德国|德國|deutschland": "DE",
    "英国|英國|uk|great britain|england": "GB",
    "日本": "JP",
    "韩国|韓國|south korea|korea": "KR",
    "法国|法國": "FR",
    "香港|中国香港|hong kong sar": "HK",
    "台湾|台灣|中国台湾|taiwan": "TW",
    "澳门|澳門|macau": "MO",
    "新加坡": "SG",
    "印度": "IN",
    "越南|vietnam": "VN",
    "泰国|泰國": "TH",
    "马来西亚|馬來西亞": "MY",
    "印度尼西亚|印尼": "ID",
    "俄罗斯|俄羅斯|russia": "RU",
    "意大利|義大利": "IT",
    "西班牙": "ES",
    "荷兰|荷蘭|holland|the netherlands": "NL",
    "加拿大": "CA",
    "澳大利亚|澳洲|澳大利亞": "AU",
    "巴西": "BR",
    "墨西哥": "MX",
    "土耳其|turkey": "TR",
    "波兰|波蘭": "PL",
    "阿联酋|uae": "AE",
    "沙特阿拉伯|沙特": "SA",
    "österreich|奥地利": "AT",
    "schweiz|瑞士": "CH",
    "czech republic|捷克": "CZ",
}


def country(text: str) -> str:
    """ISO 3166-1 alpha-2 of a country's code or name.

    Raises:
        UnknownWord: no country of the standard.
    """
    found = _countries().get(fold(text)) or _countries().get(re.sub(r"^0+|\.0$", "", fold(text)))
    if not found:
        raise UnknownWord(text)
    return found


_AT_ONCE = frozenset(
    map(
        fold,
        ["cod", "cash on delivery", "due on receipt", "on receipt", "immediate", "immediately", "immediate payment", "cash", "prepaid", "cia", "cash in advance", "货到付款", "现结", "款到发货", "现款", "现金", "预付", "见票即付", "sofort", "即期"],
    )
)
_MONTH_END = re.compile(r"月结|月結|eom|end of month|month end|monatsende|after month")
_DAYS = re.compile(r"(\d{1,3})\s*(?:days?|d|天|日|tage|个自然日|个日历日)?")
_NET = re.compile(r"(?:net|n|netto)\s*(\d{1,3})")


def terms(text: str) -> tuple[int, bool]:
    """Days of a payment term, and whether they run from the end of the month.

    ``2/10 net 30`` is 30 days (the discount is no due date); ``月结30天`` is 30 days after the
    month's end. Codes of a company's own, such as NAA8, are not guessed.

    Raises:
        UnknownWord: the text states no days.
    """
    word = re.sub(r"\.0$", "", unicodedata.normalize("NFKC", text).strip().casefold())
    if fold(word) in _AT_ONCE:
        return 0, False
    month_end = bool(_MONTH_END.search(word))
    bare = _MONTH_END.sub(" ", word)
    if found := _NET.search(bare):
        return int(found[1]), month_end
    numbers = re.findall(r"\d+", bare)
    if len(numbers) == 1:
        rest = re.sub(
            r"[\s,.()+]|days?|tage|天|日|账期|帐期|付款|收款|后|内|from|after|the|of|invoice|date|"
            r"开票|发票|验收|收货|对账|到货|月|\bd\b|credit|terms?|within",
            "",
            bare.replace(numbers[0], "", 1),
        )
        if not rest and int(numbers[0]) <= 999:
            return int(numbers[0]), month_end
    if month_end and not numbers and not re.sub(r"[\s,.()]|net|付款|the|of", "", bare):
        return 0, True
    raise UnknownWord(text)
