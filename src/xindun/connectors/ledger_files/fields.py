"""The fields a ledger row can have, and the headers under which systems export them.

One table, English and Chinese (simplified and traditional), German for SAP. The order inside a
field is a preference: when two columns of one file match, the header that stands first here is
used and the other is listed as "also matched, not used".

What a reader would get wrong: headers are compared after :func:`headers.normalise` (NFKC,
casefold, letters and digits only), so ``Due Date``, ``due_date`` and ``DUE-DATE`` are one entry.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "date", "amount", "word"]


@dataclass(frozen=True, slots=True)
class Field:
    """One canonical field: how its cells are read, and its known headers, preferred first."""

    kind: Kind
    headers: tuple[str, ...]


def _field(kind: Kind, headers: str) -> Field:
    return Field(kind, tuple(part.strip() for part in headers.split("|") if part.strip()))


FIELDS: dict[str, Field] = {
    "customer_number": _field(
        "text",
        """cust_number | customer number | customer no | customer id | customerid | customer code
        | cust no | cust id | account number | account no | customer account | debtor number
        | debtor no | debtor code | debtor id | buyer id | buyer code | buyer number | client id
        | client number | client code | partner id | kunnr | kunde nr | kundennummer | debitor
        | debitorennummer | sold to party | payer | 客户编码 | 客户编号 | 客户代码 | 客户号 | 客商编码
        | 往来单位编码 | 购货单位编码 | 买方编号 | 客戶編號 | 客戶代碼 | 客戶編碼 | 客戶代號""",
    ),
    "customer_name": _field(
        "text",
        """name_customer | customer name | customer | company name | buyer name | buyer | client name
        | client | debtor name | debtor | partner | partner name | invoice partner display name
        | party name | party | bill to | bill to name | billto name | contact name | contact
        | contactname | account name | name 1 | name1 | customer full name | company | sold to
        | kunde | kundenname | name des debitors | 客户名称 | 客户 | 客户全称 | 客户简称 | 购货单位
        | 购货单位名称 | 购买方名称 | 购方名称 | 买方名称 | 买方 | 往来单位 | 往来单位名称 | 客商
        | 客商名称 | 债务人 | 债务人名称 | 付款单位 | 付款方 | 付款人 | 核算维度 | 结算客户
        | 客戶名稱 | 客戶 | 客戶全稱 | 買方名稱 | 買方 | 往來單位 | 購貨單位 | name""",
    ),
    "country": _field(
        "word",
        """country | country code | countrycode | customer country | country region | billing country
        | land | länderschlüssel | country key | 国家 | 国别 | 国家地区 | 所在国家 | 國家 | 國別""",
    ),
    "document_kind": _field(
        "word",
        """document type | doc type | doctype | voucher type | transaction type | entry type
        | document kind | move type | type | trans type | txn type | journal type | belegart
        | record type | 单据类型 | 单据类型名称 | 单据种类 | 业务类型 | 类型 | 类别 | 凭证类型
        | 單據類型 | 單據種類 | 類型 | kind""",
    ),
    "number": _field(
        "text",
        """doc_id | invoice number | invoice no | invoice num | invoicenumber | inv no | inv number
        | invoice # | invoice | document number | doc no | doc number | document no | documentnumber
        | voucher no | voucher number | num | no | number | reference number | transaction number
        | bill no | bill number of invoice | receipt number | receipt no | payment number | payment no
        | belegnummer | belegnr | rechnungsnummer | rechnungsnr | 发票号 | 发票号码 | 发票编号
        | 数电票号码 | 单据编号 | 单据号 | 单据号码 | 单号 | 应收单号 | 收款单号 | 凭证号 | 凭证字号
        | 發票號 | 發票號碼 | 發票編號 | 單據編號 | 單據號 | 單號 | invoice_id | invoice id | name id
        | document id | id number""",
    ),
    "issued_on": _field(
        "date",
        """document_create_date.1 | invoice date | invoicedate | date of invoice | issue date
        | issued on | date issued | invoice bill date | bill date | billing date | document date
        | doc date | rechnungsdatum | belegdatum | 开票日期 | 发票日期 | 单据日期 | 开单日期 | 业务日期
        | 立账日期 | 發票日期 | 開票日期 | 單據日期 | 業務日期 | posting_date | posting date
        | transaction date | buchungsdatum | 记账日期 | 过账日期 | 入账日期 | 記帳日期 | 過帳日期
        | document_create_date | date | txn date | datum | 日期 | baseline_create_date | 发生日期""",
    ),
    "due_on": _field(
        "date",
        """due_in_date | due date | duedate | due on | date due | invoice date due | payment due date
        | net due date | due | maturity date of invoice | expected payment date | net due
        | nettofälligkeit | fälligkeitsdatum | fällig am | fälligkeit | 到期日 | 到期日期 | 应收日期
        | 应付日期 | 付款到期日 | 收款到期日 | 应收款日 | 约定收款日 | 约定付款日 | 预计收款日期
        | 到期日 期 | 付款期限日 | 應收日期 | 付款到期日期""",
    ),
    "original_due_on": _field(
        "date",
        """original due date | initial due date | first due date | due date original | 原到期日
        | 原始到期日 | 初始到期日 | 原到期日期""",
    ),
    "terms_days": _field(
        "word",
        """cust_payment_terms | payment terms | terms of payment | payment term | terms | terms days
        | credit days | net days | credit terms | payment terms template | zahlungsbedingung
        | zahlungsbedingungen | 付款条件 | 收款条件 | 账期 | 账期天数 | 信用期 | 信用天数 | 信用账期
        | 结算条件 | 付款期限 | 賬期 | 帳期 | 付款條件 | 收款條件""",
    ),
    "amount": _field(
        "amount",
        """invoice amount | invoiceamount | invoice total | gross amount | total amount | grand total
        | amount in doc curr | amount in document currency | total | amount total | original amount
        | amount | document amount | invoice value | invoiced amount | total incl tax
        | total including tax | total in currency | total in currency signed | total signed
        | amount in local currency | amount in local curr | doc amount | value | invoice gross
        | gross | betrag | rechnungsbetrag | betrag in belegwährung | betrag in hauswährung
        | betrag in hauswähr | 价税合计 | 发票金额 | 开票金额 | 含税金额 | 应收金额 | 应收总额 | 单据金额
        | 金额 | 原币金额 | 本位币金额 | 金额合计 | 总金额 | 合计金额 | 收款金额 | 实收金额 | 發票金額
        | 開票金額 | 應收金額 | 含稅金額 | 總金額 | 金額 | 單據金額 | 價稅合計 | receipt amount
        | payment amount | amount received | total_open_amount | total open amount""",
    ),
    "open_amount": _field(
        "amount",
        """open amount | amount open | outstanding amount | outstanding | amount due | balance due
        | balance | open balance | amount residual | residual amount | remaining amount | remaining
        | amount outstanding | amount due signed | unpaid amount | invoice amount due | due amount
        | offener betrag | offen | 未收金额 | 未核销金额 | 余额 | 应收余额 | 未收款金额 | 未付金额
        | 尚欠金额 | 欠款金额 | 欠款 | 未回款金额 | 未结算金额 | 剩余金额 | 未收金額 | 餘額 | 未核銷金額
        | total_open_amount | total open amount""",
    ),
    "paid_amount": _field(
        "amount",
        """paid amount | amount paid | paid | amount received | received amount | payments
        | settled amount | invoice amount paid | amount settled | total paid | allocated amount
        | applied amount | amount applied | bezahlt | 已收金额 | 已核销金额 | 收款金额 | 回款金额
        | 实收金额 | 已收款金额 | 已回款金额 | 已付金额 | 本次核销金额 | 核销金额 | 累计收款 | 已收金額
        | 收款金額 | 已核銷金額""",
    ),
    "debit": _field(
        "amount",
        """debit | debit amount | dr | debit amt | soll | 借方 | 借方金额 | 借方发生额 | 本期借方
        | 借方本币 | 借方金額 | 本期应收""",
    ),
    "credit": _field(
        "amount",
        """credit | credit amount | cr | credit amt | haben | 贷方 | 贷方金额 | 贷方发生额 | 本期贷方
        | 贷方本币 | 貸方 | 貸方金額 | 本期收回""",
    ),
    "currency": _field(
        "word",
        """invoice_currency | currency | currency code | curr | ccy | document currency | doc currency
        | invoice currency | crcy | währung | belegwährung | 币种 | 币别 | 货币 | 结算币种 | 原币
        | 币种名称 | 幣別 | 幣種 | 貨幣 | local currency""",
    ),
    "paid_on": _field(
        "date",
        """clear_date | clearing date | cleared on | settled date | settleddate | paid on | paid date
        | date paid | payment date | settlement date | fully paid on date | fully paid on
        | receipt date | date received | received on | last payment date | paid at | clearing
        | ausgleichsdatum | ausgleich | zahlungsdatum | 收款日期 | 收款日 | 回款日期 | 回款日 | 到账日期
        | 到账日 | 实收日期 | 付款日期 | 核销日期 | 结算日期 | 清账日期 | 结清日期 | 收款日期 实际
        | 實收日期 | 到帳日期 | 沖銷日期 | 核銷日期 | 結清日期""",
    ),
    "settlement_kind": _field(
        "word",
        """settlement kind | settlement type | payment method | payment mode | mode of payment
        | settlement method | payment type | method | paid by | zahlweg | 结算方式 | 收款方式
        | 付款方式 | 回款方式 | 支付方式 | 結算方式 | 收款方式 | 付款方式""",
    ),
    "applies_to": _field(
        "text",
        """applies to | applied to | applied to invoice | against invoice | against voucher
        | invoice reference | invoice ref | reference invoice | original invoice | paid invoice
        | applies to invoice | credited invoice | reversed entry | rechnungsbezug | 核销发票号
        | 核销单号 | 对应发票号 | 对应发票 | 对应单号 | 关联发票号 | 关联发票 | 关联单号 | 被核销单号
        | 冲销发票号 | 源单编号 | 源单号 | 對應發票號 | 對應發票 | 關聯發票""",
    ),
    "disputed": _field(
        "word",
        """disputed | dispute | in dispute | is disputed | dispute flag | dispute status | strittig
        | 争议 | 是否争议 | 有争议 | 争议状态 | 爭議 | 是否爭議""",
    ),
    "is_open": _field(
        "word",
        """isopen | is open | open flag | open item | status | invoice status | payment status
        | payment state | document status | state | 是否未清 | 状态 | 核销状态 | 付款状态 | 收款状态
        | 结清状态 | 是否结清 | 單據狀態 | 狀態""",
    ),
    "contract": _field(
        "text",
        """contract | contract number | contract no | order number | sales order | purchase order
        | po number | po no | order no | so number | vertrag | auftrag | 合同号 | 合同编号 | 合同
        | 合同名称 | 订单号 | 销售订单号 | 销售订单 | 合約號 | 合同編號 | 合同號 | 訂單號""",
    ),
    "salesperson": _field(
        "text",
        """salesperson | sales person | sales rep | rep | sales representative | account manager
        | sales owner | verkäufer | 业务员 | 销售员 | 业务人员 | 销售人员 | 销售代表 | 客户经理
        | 負責人 | 業務員 | 銷售員""",
    ),
    "delivered_on": _field(
        "date",
        """delivery date | delivered on | ship date | shipped on | shipping date | date shipped
        | goods issue date | dispatch date | lieferdatum | 发货日期 | 发货日 | 收货日期 | 交货日期
        | 出库日期 | 送货日期 | 签收日期 | 發貨日期 | 收貨日期 | 交貨日期 | 出庫日期""",
    ),
    "accepted_on": _field(
        "date",
        "acceptance date | accepted on | date accepted | abnahmedatum | 验收日期 | 验收日 | 驗收日期",
    ),
    "reconciled_on": _field(
        "date",
        """reconciliation date | reconciled on | statement date | statement agreed on | 对账日期
        | 对账日 | 对帐日期 | 對帳日期 | 對賬日期""",
    ),
    "invoiced_on": _field(
        "date",
        "invoiced on | tax invoice date | fapiao date | vat invoice date | 税票日期 | 开票日",
    ),
    "net_amount": _field(
        "amount",
        """net amount | amount excl tax | amount excluding tax | untaxed amount | net total | net
        | subtotal | untaxed amount signed | amount untaxed | netto | nettobetrag | 不含税金额
        | 未税金额 | 无税金额 | 不含稅金額 | 未稅金額""",
    ),
    "vat_amount": _field(
        "amount",
        """vat | vat amount | tax | tax amount | total tax | gst | gst amount | sales tax | mwst
        | steuerbetrag | 税额 | 增值税 | 增值税额 | 稅額""",
    ),
    "bill_number": _field(
        "text",
        """bill of exchange number | acceptance number | draft number | 票据号 | 票据号码 | 汇票号码
        | 票号 | 承兑汇票号 | 凭证编号 债权 | 票據號 | 票據號碼 | 匯票號碼""",
    ),
    "bill_matures_on": _field(
        "date",
        """bill maturity | bill maturity date | maturity date | bill due date | draft maturity
        | 票据到期日 | 汇票到期日 | 承兑到期日 | 票據到期日 | 匯票到期日""",
    ),
    "bill_status": _field(
        "word", "bill status | acceptance status | draft status | 票据状态 | 票據狀態"
    ),
    "acceptor": _field(
        "text",
        """acceptor | accepting bank | drawee | bill acceptor | 承兑人 | 承兑行 | 承兑银行 | 承兌人
        | 出票人""",
    ),
    "honoured_on": _field(
        "date",
        """honoured on | honored on | bill paid on | bill cleared on | 兑付日期 | 兑付日 | 承兑日期
        | 托收到账日 | 贴现日期 | 兌付日期""",
    ),
    "dishonoured_on": _field(
        "date", "dishonoured on | dishonored on | bill bounced on | 拒付日期 | 退票日期 | 拒付日"
    ),
    "released_on": _field(
        "date",
        """retention release date | released on | release date | retention due date | 质保到期日
        | 质保金到期日 | 质保期满日 | 质保金释放日 | 保质期到期日 | 質保到期日 | 保固到期日""",
    ),
    "recorded_on": _field(
        "date",
        """recorded on | entry date | entered on | created on | creation date | date created
        | date entered | recorded at | erfassungsdatum | erfasst am | 录入日期 | 制单日期 | 登记日期
        | 创建日期 | 录入时间 | 创建时间 | 錄入日期 | 製單日期 | 建立日期""",
    ),
    "parties": _field(
        "text",
        "parties | set off parties | offset parties | 抵账方 | 抵账各方 | 三方抵账方 | 抵賬方",
    ),
    "row_id": _field(
        "text", "row id | row uid | record id | line uid | unique id | 行号标识 | 唯一标识"
    ),
}

RECEIPT_NUMBERS = (
    "receipt number",
    "receipt no",
    "payment number",
    "payment no",
    "payment entry",
    "收款单号",
    "收款单编号",
    "收款單號",
    "回款单号",
    "核销单号 收款",
)
"""Headers that say a table lists receipts: its "invoice number" is what a receipt applies to."""

INVOICE_REFERENCES = (
    "invoice number",
    "invoice no",
    "invoice",
    "invoicenumber",
    "invoice id",
    "inv no",
    "发票号",
    "发票号码",
    "发票编号",
    "應收單號",
    "应收单号",
    "發票號碼",
    "發票號",
)
"""In a table of receipts these headers name the invoice that was paid."""

LAYOUTS: dict[str, tuple[str, ...]] = {
    "SAP payments data set": ("name_customer", "due_in_date", "total_open_amount", "clear_date"),
    "IBM late payments": ("customerID", "invoiceNumber", "SettledDate", "InvoiceAmount"),
    "SAP FBL5N": ("Document Number", "Net due date", "Amount in local currency"),
    "SAP FBL5N (DE)": ("Belegnummer", "Nettofälligkeit"),
    "SAP FBL5N (ZH)": ("凭证编号", "净到期日"),
    "Odoo": ("Invoice Partner Display Name", "Invoice/Bill Date", "Due Date"),
    "ERPNext": ("Voucher Type", "Voucher No", "Outstanding Amount"),
    "Xero": ("ContactName", "InvoiceNumber", "DueDate"),
    "QuickBooks": ("Transaction type", "Num", "Open balance"),
    "Sage": ("Account No", "Inv No", "Due Date"),
    "用友 U8": ("客户名称", "单据类型", "单据号", "余额"),
    "金蝶 云星空": ("客户", "单据编号", "业务日期", "价税合计"),
}
"""Well-known exports by headers that must all be present; anything else is "by headers"."""
